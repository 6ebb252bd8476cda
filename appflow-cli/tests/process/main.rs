//! The command as a process: on a terminal and without, interrupted, killed, with settings of all kinds; against a local
//! AppFlow of the test.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod applying;
mod completions;
mod lab;
mod running;
mod settings;
mod statuses;
mod terminal;
mod writing;
