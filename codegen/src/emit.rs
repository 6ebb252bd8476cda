//! Emits the text of the generated files from the plain data of [`ir`](crate::ir). Every decision is made before: each
//! emitter only lays out the data.
//!
//! Each file of this module emits one kind of generated file, or a part of one.

mod accessors;
mod builder;
mod carried;
mod client;
mod docs;
mod endpoint;
mod enumeration;
mod error;
mod example;
mod fluent_builder;
mod hidden;
mod imports;
mod modules;
mod operation;
mod paginator;
mod protocol_tests;
mod query;
pub mod server;
mod service;
mod setters;
mod structure;
mod targets;
mod types;
mod union;
mod values;
mod waiter;

use crate::error::CodegenError;
use crate::files::format;
use crate::ir::{Client, TypeDefinition};
use proc_macro2::TokenStream;
use std::collections::BTreeMap;
use std::iter;

/// A file: the path below `src/generated` and the content.
type File = (String, TokenStream);

/// Emits all files of a client, by their path below `src/generated`.
///
/// # Errors
///
/// Returns an error that names the file if emitted code is not valid Rust.
pub fn emit(client: &Client) -> Result<BTreeMap<String, String>, CodegenError> {
    // Files are emitted one by one, since the tokens of a file take many times the memory of its text.
    let files = service_files(client)
        .into_iter()
        .chain(operation_files(client))
        .chain(waiter_files(client))
        .chain(type_files(client));
    files
        .map(|(path, tokens)| {
            let text = format(&path, tokens)?;
            Ok((path, text))
        })
        .collect()
}

fn service_files(client: &Client) -> Vec<File> {
    let mut files = vec![
        ("mod.rs".to_owned(), modules::root(client)),
        ("client.rs".to_owned(), client::emit(client)),
        ("error.rs".to_owned(), error::emit(client)),
        ("service.rs".to_owned(), service::emit(&client.service)),
        ("targets.rs".to_owned(), targets::emit(&client.targets)),
    ];
    if let Some(rules) = &client.service.endpoint_rules {
        files.push(("endpoint.rs".to_owned(), endpoint::emit(rules)));
        if !rules.cases.is_empty() {
            let tests = endpoint::emit_tests(rules);
            files.push(("endpoint_tests.rs".to_owned(), tests));
        }
    }
    if !client.protocol_tests.is_empty() {
        let tests = protocol_tests::emit(&client.protocol_tests);
        files.push(("protocol_tests.rs".to_owned(), tests));
    }
    files
}

fn operation_files(client: &Client) -> impl Iterator<Item = File> + '_ {
    let modules = modules::operations(client);
    let operations = client.operations.iter().flat_map(|operation| {
        let module = operation.module.text();
        [
            (format!("operation/{module}.rs"), operation::emit(operation)),
            (
                format!("operation/{module}/builders.rs"),
                fluent_builder::emit(operation),
            ),
        ]
    });
    iter::once(("operation/mod.rs".to_owned(), modules)).chain(operations)
}

fn waiter_files(client: &Client) -> impl Iterator<Item = File> + '_ {
    let modules = client
        .has_waiters()
        .then(|| ("waiters/mod.rs".to_owned(), modules::waiters(client)));
    let waiters = client.waiters().map(|(operation, waiter)| {
        let path = format!("waiters/{}.rs", waiter.module.text());
        (path, waiter::emit(operation, waiter))
    });
    modules.into_iter().chain(waiters)
}

fn type_files(client: &Client) -> impl Iterator<Item = File> + '_ {
    let modules = [
        ("types/mod.rs".to_owned(), modules::types(client)),
        ("types/error.rs".to_owned(), modules::errors(client)),
    ];
    let errors = client.errors.iter().map(|error| {
        let path = format!("types/error/{}.rs", error.structure.module.text());
        (path, structure::emit_file(&error.structure))
    });
    let types = client.plain_types().map(|definition| {
        let path = format!("types/{}.rs", definition.module().text());
        (path, emit_type(definition))
    });
    modules.into_iter().chain(errors).chain(types)
}

fn emit_type(definition: &TypeDefinition) -> TokenStream {
    match definition {
        TypeDefinition::Structure(structure) => structure::emit_file(structure),
        TypeDefinition::Union(union) => union::emit(union),
        TypeDefinition::Enum(definition) => enumeration::emit(definition),
        TypeDefinition::IntEnum(definition) => enumeration::emit_int(definition),
    }
}
