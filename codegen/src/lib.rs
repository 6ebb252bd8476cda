//! Generates the source of a client from a model. [`generate`] lowers the model to plain data, in which every decision
//! is made, and emits that data as files.
//!
//! Data flows one way: `model` -> [lower](mod@lower) -> [`ir`] -> [emit](mod@emit) -> [`files`].

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

/// The result of a generation.
#[derive(Debug)]
pub struct Generated {
    /// The title of the service, for readers.
    pub title: String,
    /// The name of the service in AWS SDKs.
    pub sdk_id: String,
    /// The version of the service's API.
    pub version: String,
    /// The files, by their path below `src/generated`.
    pub files: FileSet,
    /// The features of the runtime that the operations use.
    pub runtime_features: Vec<&'static str>,
    /// The number of operations of the client.
    pub operations: usize,
    /// The number of structures, unions and enums of the client.
    pub shapes: usize,
    /// The operations that the generator does not support yet, with the reason.
    pub left_out: Vec<(String, String)>,
    /// The other parts of the model that have no effect on the code.
    pub warnings: Vec<Warning>,
}

/// Generates the client of a model's service.
///
/// # Errors
///
/// Returns an error if the service supports no known protocol, if a shape uses a feature that the generator does not
/// support, or if the generated code is not valid Rust.
pub fn generate(
    model: &Model,
    closure: &Closure,
    options: &Options,
) -> Result<Generated, CodegenError> {
    let client = lower::lower(model, closure, options)?;
    let files = emit::emit(&client)?;
    Ok(generated(client, files, options))
}

/// Generates the service side of a model's service: the parts of a crate that implements the service.
///
/// # Errors
///
/// Returns an error if the service supports no known protocol, if a shape uses a feature that the generator does not
/// support, or if the generated code is not valid Rust.
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

/// Compiles the program of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
