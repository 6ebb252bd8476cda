//! The parts that all calls to AWS share: endpoints, signatures and retries.

pub mod clock_skew;
mod configuration_error;
pub mod endpoint;
pub mod retry;
pub(crate) mod sign;

pub use configuration_error::ConfigurationError;
