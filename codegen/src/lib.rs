//! From a model to the source of a client: [`generate`] lowers the model to plain data, in which every decision is
//! made, and emits that data as files.
//!
//! One-way: `model` -> [lower](mod@lower) -> [`ir`] -> [emit](mod@emit) -> [`files`].

pub mod emit;
pub mod error;
pub mod files;
pub mod ir;
pub mod jmespath;
pub mod lower;
pub mod names;

pub use emit::server::ServerOptions;
pub use error::CodegenError;
pub use files::{Changes, FileSet};

use smithy_model::{Closure, Model};

/// What generated code has to know of its surroundings.
#[derive(Debug, Clone)]
pub struct Options {
    /// The name and version that the client sends in its user agent, such as `appflow-sdk/0.1.0`.
    pub user_agent: String,
    /// The first line of every file, after the `@generated` marker: the command that writes it and the model it is of.
    pub origin: String,
}

/// What was generated.
#[derive(Debug)]
pub struct Generated {
    /// The files, by their path below `src/generated`.
    pub files: FileSet,
    /// How many operations the client has.
    pub operations: usize,
    /// How many structures, unions and enums the client has.
    pub shapes: usize,
    /// Operations that the generator cannot serve yet, with the reason.
    pub left_out: Vec<(String, String)>,
}

/// Generates the client of a model's service.
pub fn generate(
    model: &Model,
    closure: &Closure,
    options: &Options,
) -> Result<Generated, CodegenError> {
    let client = lower::lower(model, closure, options)?;
    let files = emit::emit(&client)?;
    Ok(Generated {
        files: FileSet::new(files, &options.origin),
        operations: client.operations.len(),
        shapes: client.shape_count(),
        left_out: client.left_out,
    })
}

/// Generates the service side of a model's service: what a crate needs to stand in for it.
pub fn generate_server(
    model: &Model,
    closure: &Closure,
    options: &Options,
    server: &ServerOptions,
) -> Result<Generated, CodegenError> {
    let client = lower::lower(model, closure, options)?;
    let files = emit::server::emit(&client, server)?;
    Ok(Generated {
        files: FileSet::new(files, &options.origin),
        operations: client.operations.len(),
        shapes: client.shape_count(),
        left_out: client.left_out,
    })
}
