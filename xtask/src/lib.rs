//! The commands that generate and check this workspace, for the program and for the tests that check the same.

pub mod codegen;
pub mod model;
pub mod workspace;
