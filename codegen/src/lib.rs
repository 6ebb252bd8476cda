//! From a model to the source of a client: [`generate`] lowers the model to plain data, in which every decision is
//! made, and emits that data as files.
//!
//! One-way: `model` -> [lower](mod@lower) -> [`ir`] -> [emit](mod@emit) -> [`files`].

pub mod emit;
pub mod error;
pub mod files;
pub mod html;
pub mod ir;
pub mod jmespath;
pub mod lower;
pub mod names;
pub mod package;
pub mod protocol;

pub use emit::server::ServerOptions;
pub use error::CodegenError;
pub use files::{Changes, FileSet, write_whole};
pub use package::{Package, Runtime};
pub use protocol::{Protocol, RuntimeProtocol};

use ir::Client;
use smithy_model::{Closure, Model};
use std::collections::BTreeMap;

/// What generated code has to know of its surroundings.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The name and version that the client sends in its user agent, such as `appflow-sdk/0.1.0`.
    pub user_agent: String,
    /// The first line of every file, after the `@generated` marker: the command that writes it and the model it is of.
    pub origin: String,
    /// What surrounds the examples in the documentation of operations; `None` leaves them out.
    pub examples: Option<Examples>,
    /// Whether the model's documentation is HTML, as AWS writes it, and not Markdown.
    pub html_documentation: bool,
    /// Protocols besides those that are shipped, for services that speak others. They are preferred, in this order.
    pub protocols: Vec<&'static dyn Protocol>,
}

/// What surrounds the examples of operations, which are compiled as tests of the documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examples {
    /// The generated crate, as its users write it in paths.
    pub crate_name: String,
    /// Lines before the call that readers do not see; they bring `client`. `{operation}` stands for the operation.
    pub before: Vec<String>,
    /// Lines behind it that readers do not see.
    pub after: Vec<String>,
}

impl Examples {
    /// Examples that are compiled and not run.
    pub fn compiled(crate_name: &str) -> Self {
        Self {
            crate_name: crate_name.to_owned(),
            before: vec![format!(
                "async fn example(client: &{crate_name}::Client) -> Result<(), {crate_name}::Error> {{"
            )],
            after: vec!["Ok(())".to_owned(), "}".to_owned()],
        }
    }
}

/// What was generated.
#[derive(Debug)]
pub struct Generated {
    /// What people call the service.
    pub title: String,
    /// What AWS's SDKs call the service.
    pub sdk_id: String,
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
    let files = emit::server::emit(&client, server)?;
    Ok(generated(client, files, options))
}

fn generated(client: Client, files: BTreeMap<String, String>, options: &Options) -> Generated {
    Generated {
        files: FileSet::new(files, &options.origin),
        runtime_features: client.runtime_features(),
        operations: client.operations.len(),
        shapes: client.shape_count(),
        title: client.service.title,
        sdk_id: client.service.sdk_id,
        left_out: client.left_out,
    }
}

/// The README's program compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
