//! Verification of SigV4 signatures, which authenticates the caller of a request.
//!
//! The request is signed again with the access key that it names, over the headers that it lists as signed. The two
//! signatures are compared in constant time.

mod authorization;
mod check;

pub use authorization::CredentialScope;
pub use check::{AccessKey, Verifier};
