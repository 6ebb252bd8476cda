//! The commands that generate and check this workspace, as a library for the program and for tests.

// They panic where nobody reads: `say` does not.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod api;
pub mod bench;
pub mod codegen;
pub mod docs;
pub mod facts;
pub mod model;
mod package;
pub mod peers;
mod say;
pub mod services;
pub mod workspace;
