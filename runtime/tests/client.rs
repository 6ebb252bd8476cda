//! A client of a small service in, its calls in good and bad worlds out: what it sends, returns, retries and gives up.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

#[path = "client/server.rs"]
mod server;
#[path = "client/service.rs"]
mod service;

#[path = "client/bad_worlds.rs"]
mod bad_worlds;
#[path = "client/kit.rs"]
mod kit;
