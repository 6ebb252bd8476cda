//! The client runtime that generated AWS clients stand on: a described operation and its input in, its output or one
//! flat error out. Nothing in it names a service.

pub mod credentials;
pub mod environment;
pub mod http;
pub mod profile;
pub mod time;
