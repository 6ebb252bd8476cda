//! The service side of the protocols: it reads HTTP requests as validated inputs, and writes outputs and errors as HTTP
//! responses.
//!
//! It uses the same schemas as clients, so that a local implementation of a service needs no description of its own. A
//! request is handled in these steps: [`Router`] finds the operation, [`sigv4`] authenticates the caller, [`serve`]
//! reads the input, validates it against the whole model, runs the operation and writes the response.

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

/// Returns a random UUID, version 4, which is the form of request IDs.
pub fn random_uuid() -> String {
    crate::protocol::idempotency::token()
}
