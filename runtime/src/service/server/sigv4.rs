//! SigV4, verified: a request and the known access keys in, who is calling out.
//!
//! The request is signed again with the key that it names, over the headers that it says it signed; the two
//! signatures are compared in constant time.

mod authorization;
mod check;

pub use authorization::CredentialScope;
pub use check::{AccessKey, Verifier};
