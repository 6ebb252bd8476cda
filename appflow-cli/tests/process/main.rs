//! The command as a process against a local AppFlow: with and without a terminal, interrupted, killed, and with all
//! kinds of settings.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod applying;
mod completions;
mod exporting;
mod lab;
mod running;
mod settings;
mod statuses;
mod terminal;
mod writing;
