//! Tests of the client with a small service: requests, results, retries and errors.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]
#![cfg_attr(
    not(any(feature = "reqwest", feature = "hyper")),
    allow(
        dead_code,
        unused_imports,
        reason = "without an HTTP client, few tests are left"
    )
)]

#[path = "client/configuration.rs"]
mod configuration;
#[path = "client/default_chain.rs"]
mod default_chain;
#[path = "client/inputs.rs"]
mod inputs;
#[path = "client/kit.rs"]
mod kit;
#[path = "client/main_errors.rs"]
mod main_errors;
#[path = "client/secrets.rs"]
mod secrets;
#[path = "client/server.rs"]
mod server;
#[path = "client/service.rs"]
mod service;
#[cfg(feature = "sdk-config")]
#[path = "client/shared_settings.rs"]
mod shared_settings;

/// The HTTP client of the tests in the modules of this file: that of the build.
const HTTP_CLIENT: Option<smithy_reqwest::config::HttpClient> = None;

/// Defines the tests that run with each HTTP client: all that send requests to a server.
macro_rules! with_client {
    ($name:ident, $client:ident, $feature:literal) => {
        #[cfg(feature = $feature)]
        #[allow(clippy::duplicate_mod, reason = "the same tests for each HTTP client")]
        #[path = "client"]
        mod $name {
            const HTTP_CLIENT: Option<smithy_reqwest::config::HttpClient> =
                Some(smithy_reqwest::config::HttpClient::$client);

            mod bad_worlds;
            #[cfg(feature = "blocking")]
            mod blocking;
            mod connections;
            mod edges;
            mod encrypted;
            mod endings;
            mod lifetimes;
            mod middleware;
            mod observability;
            mod odd_documents;
            mod on_the_wire;
            mod routes;
            mod server;
        }
    };
}
with_client!(on_reqwest, Reqwest, "reqwest");
with_client!(on_hyper, Hyper, "hyper");
