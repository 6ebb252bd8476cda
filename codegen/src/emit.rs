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

/// A file: the path below `src/generated` and the content.
type File = (String, TokenStream);

/// Emits all files of a client, by their path below `src/generated`.
///
/// # Errors
///
/// Returns an error that names the file if emitted code is not valid Rust.
pub fn emit(client: &Client) -> Result<BTreeMap<String, String>, CodegenError> {
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

fn operation_files(client: &Client) -> Vec<File> {
    let modules = modules::operations(client);
    let mut files = vec![("operation/mod.rs".to_owned(), modules)];
    for operation in &client.operations {
        let module = operation.module.text();
        files.push((format!("operation/{module}.rs"), operation::emit(operation)));
        files.push((
            format!("operation/{module}/builders.rs"),
            fluent_builder::emit(operation),
        ));
    }
    files
}

fn waiter_files(client: &Client) -> Vec<File> {
    let mut files = Vec::new();
    if client.has_waiters() {
        files.push(("waiters/mod.rs".to_owned(), modules::waiters(client)));
    }
    for (operation, waiter) in client.waiters() {
        let path = format!("waiters/{}.rs", waiter.module.text());
        files.push((path, waiter::emit(operation, waiter)));
    }
    files
}

fn type_files(client: &Client) -> Vec<File> {
    let mut files = vec![
        ("types/mod.rs".to_owned(), modules::types(client)),
        ("types/error.rs".to_owned(), modules::errors(client)),
    ];
    for error in &client.errors {
        let path = format!("types/error/{}.rs", error.structure.module.text());
        files.push((path, structure::emit_file(&error.structure)));
    }
    for definition in client.plain_types() {
        let path = format!("types/{}.rs", definition.module().text());
        files.push((path, emit_type(definition)));
    }
    files
}

fn emit_type(definition: &TypeDefinition) -> TokenStream {
    match definition {
        TypeDefinition::Structure(structure) => structure::emit_file(structure),
        TypeDefinition::Union(union) => union::emit(union),
        TypeDefinition::Enum(definition) => enumeration::emit(definition),
        TypeDefinition::IntEnum(definition) => enumeration::emit_int(definition),
    }
}
