//! Tests of flows as code, against a local AppFlow.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod applying;
mod cases;
mod checks;
mod converging;
mod definitions;
mod differences;
mod many;
mod profiles;
mod support;
