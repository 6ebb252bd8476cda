//! A client of a small service in, its calls in good and bad worlds out: what it sends, returns, retries and gives up.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

#[path = "client/bad_worlds.rs"]
mod bad_worlds;
#[cfg(feature = "blocking")]
#[path = "client/blocking.rs"]
mod blocking;
#[path = "client/configuration.rs"]
mod configuration;
#[path = "client/default_chain.rs"]
mod default_chain;
#[path = "client/edges.rs"]
mod edges;
#[path = "client/endings.rs"]
mod endings;
#[path = "client/inputs.rs"]
mod inputs;
#[path = "client/kit.rs"]
mod kit;
#[path = "client/lifetimes.rs"]
mod lifetimes;
#[path = "client/main_errors.rs"]
mod main_errors;
#[path = "client/middleware.rs"]
mod middleware;
#[path = "client/observability.rs"]
mod observability;
#[path = "client/odd_documents.rs"]
mod odd_documents;
#[path = "client/on_the_wire.rs"]
mod on_the_wire;
#[path = "client/routes.rs"]
mod routes;
#[path = "client/secrets.rs"]
mod secrets;
#[path = "client/server.rs"]
mod server;
#[path = "client/service.rs"]
mod service;
#[path = "client/shared_settings.rs"]
mod shared_settings;
