//! What calls to AWS have in common: where a service is, how requests to it are signed, and when they are sent again.

pub mod clock_skew;
mod configuration_error;
pub mod endpoint;
pub mod retry;
pub(crate) mod sign;

pub use configuration_error::ConfigurationError;
