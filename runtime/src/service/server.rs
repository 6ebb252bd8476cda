//! The service side of the protocols: an HTTP request in, a checked input out; an output or an error in, an HTTP
//! response out.
//!
//! It reads the same schemas that clients are made of, so a local stand-in for a service needs no description of its
//! own. A request goes through four steps: [`Router`] finds the operation, [`sigv4`] says who is calling,
//! [`serve`] reads the input, checks it against the whole model, runs the operation and writes the answer.

mod router;
mod serve;
pub mod sigv4;
mod validate;
mod validation_exception;
mod violation;

pub use crate::protocol::server::{
    ErrorAnswer, Labels, Missing, Request, ServerProtocol, ServiceError, ServiceStyle,
};
pub use router::{Route, Router};
pub use serve::serve;
pub use validate::validate;
pub use violation::{Violation, Violations};

/// A random UUID, version 4: the form of request ids.
pub fn random_uuid() -> String {
    crate::protocol::idempotency::token()
}
