//! What tests that span crates share: fixture models and what is generated of them in, and a server on loopback that
//! answers as it is told and remembers what it was asked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

#[path = "../fixtures/aws_query/generator.rs"]
mod aws_query;
pub mod fixtures;
pub mod scratch;
pub mod server;
