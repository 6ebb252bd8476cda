//! The commands that generate and check this workspace, as a library for the program and for tests.

pub mod api;
pub mod bench;
pub mod codegen;
pub mod docs;
pub mod facts;
pub mod model;
mod package;
pub mod peers;
pub mod services;
pub mod workspace;
