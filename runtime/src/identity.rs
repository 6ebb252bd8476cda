//! Credentials, and the environment and the profiles that they and other settings come from.

pub mod credentials;
pub mod environment;
pub(crate) mod file_system;
pub mod profile;
pub(crate) mod settings;
