//! From a model to the source of a client: [`generate`] lowers the model to plain data, in which every decision is
//! made, and emits that data as files.
//!
//! One-way: `model` -> [lower](mod@lower) -> [`ir`] -> [emit](mod@emit) -> [`files`].

pub mod emit;
pub mod error;
pub mod features;
pub mod files;
pub mod html;
pub mod ir;
pub mod jmespath;
pub mod lower;
mod markdown;
pub mod names;
mod options;
pub mod package;
pub mod protocol;
mod warning;

pub use error::CodegenError;
pub use files::{Changes, FileSet, write_whole};
pub use options::{Examples, Options, ServerOptions};
pub use package::{Package, Runtime};
pub use protocol::{Protocol, RuntimeProtocol};
pub use warning::Warning;

use ir::Client;
use smithy_model::{Closure, Model};
use std::collections::BTreeMap;

/// What was generated.
#[derive(Debug)]
pub struct Generated {
    /// What people call the service.
    pub title: String,
    /// What AWS's SDKs call the service.
    pub sdk_id: String,
    /// The version of the service's API.
    pub version: String,
    /// The files, by their path below `src/generated`.
    pub files: FileSet,
    /// The features of the runtime that its operations make use of.
    pub runtime_features: Vec<&'static str>,
    /// How many operations the client has.
    pub operations: usize,
    /// How many structures, unions and enums the client has.
    pub shapes: usize,
    /// Operations that the generator cannot serve yet, with the reason.
    pub left_out: Vec<(String, String)>,
    /// What else of the model has no effect on the code.
    pub warnings: Vec<Warning>,
}

/// Generates the client of a model's service.
pub fn generate(
    model: &Model,
    closure: &Closure,
    options: &Options,
) -> Result<Generated, CodegenError> {
    let client = lower::lower(model, closure, options)?;
    let files = emit::emit(&client)?;
    Ok(generated(client, files, options))
}

/// Generates the service side of a model's service: what a crate needs to stand in for it.
pub fn generate_server(
    model: &Model,
    closure: &Closure,
    options: &Options,
    server: &ServerOptions,
) -> Result<Generated, CodegenError> {
    let client = lower::lower(model, closure, options)?;
    let files = emit::server::emit(&lower::server::lower(&client, server))?;
    Ok(generated(client, files, options))
}

fn generated(client: Client, files: BTreeMap<String, String>, options: &Options) -> Generated {
    Generated {
        files: FileSet::new(files, &options.origin),
        runtime_features: features::used_by(&client),
        operations: client.operations.len(),
        shapes: client.shape_count(),
        title: client.service.title,
        sdk_id: client.service.sdk_id,
        version: client.service.version,
        left_out: client.left_out,
        warnings: client.warnings,
    }
}

/// The README's program compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
