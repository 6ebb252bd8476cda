//! Tests of the AppFlow SDK against a server on loopback: every operation, every error, signatures, secrets, and flows in
//! files. The expected wire format is written by hand, from the model.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod connectors;
mod credentials;
mod errors;
mod files;
mod flows;
mod profiles;
mod responses;
mod secrets;
mod signature;
mod strictness;
mod support;
mod tags;
mod tokens;
