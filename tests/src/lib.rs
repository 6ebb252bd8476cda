//! Helpers for tests across crates: fixture models and their generated code, and a server on loopback with set responses that
//! records requests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

pub mod fixtures;
pub mod scratch;
pub mod server;
