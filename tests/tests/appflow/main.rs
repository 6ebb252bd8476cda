//! AppFlow through the SDK, against a server on loopback: every operation, every error, what is signed, what is kept
//! secret, and flows in files. What goes over the wire is written here by hand, from the model.
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
