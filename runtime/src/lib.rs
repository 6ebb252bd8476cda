//! The client runtime that generated AWS clients stand on: a described operation and its input in, its output or one
//! flat error out. Nothing in it names a service.

pub mod build;
pub mod clock_skew;
pub mod codec;
pub mod debug;
pub mod error;
pub mod http;
pub mod protocol;
pub mod retry;
pub mod schema;
pub mod shape;
pub mod time;
pub mod timeout;
pub mod validate;

pub use error::Error;
/// The serde that generated code stands on.
pub use serde;
