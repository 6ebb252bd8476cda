//! [`ir`](crate::ir) in, the text of files out. Nothing is decided here: each emitter lays out what the data says.
//!
//! One file here for each kind of file, or part of one, in the generated crate.

mod accessors;
mod builder;
mod client;
mod docs;
mod endpoint;
mod enumeration;
mod error;
mod example;
mod fluent_builder;
mod imports;
mod int_enumeration;
mod modules;
mod operation;
mod paginator;
mod protocol_tests;
mod query;
pub mod server;
mod server_dispatch;
mod server_error;
mod server_operation;
mod server_service;
mod service;
mod setters;
mod structure;
mod targets;
mod types;
mod union;
mod waiter;

use crate::error::CodegenError;
use crate::files::format;
use crate::ir::{Client, TypeDefinition};
use proc_macro2::TokenStream;
use std::collections::BTreeMap;

/// Emits all files of a client, by their path below `src/generated`.
pub fn emit(client: &Client) -> Result<BTreeMap<String, String>, CodegenError> {
    let mut files = BTreeMap::new();
    let mut add = |path: String, tokens: TokenStream| -> Result<(), CodegenError> {
        let text = format(&path, tokens)?;
        files.insert(path, text);
        Ok(())
    };
    add("mod.rs".to_owned(), modules::root(client))?;
    add("client.rs".to_owned(), client::emit(client))?;
    add("error.rs".to_owned(), error::emit(client))?;
    add("service.rs".to_owned(), service::emit(&client.service))?;
    if let Some(rules) = &client.service.endpoint_rules {
        add("endpoint.rs".to_owned(), endpoint::emit(rules))?;
        if !rules.cases.is_empty() {
            add("endpoint_tests.rs".to_owned(), endpoint::emit_tests(rules))?;
        }
    }
    add("targets.rs".to_owned(), targets::emit(&client.targets))?;
    if !client.protocol_tests.is_empty() {
        add(
            "protocol_tests.rs".to_owned(),
            protocol_tests::emit(&client.protocol_tests),
        )?;
    }
    add("operation/mod.rs".to_owned(), modules::operations(client))?;
    for operation in &client.operations {
        let module = operation.module.text();
        add(
            format!("operation/{module}.rs"),
            operation::emit(operation, client.examples.as_ref()),
        )?;
        add(
            format!("operation/{module}/builders.rs"),
            fluent_builder::emit(operation),
        )?;
    }
    if client.has_waiters() {
        add("waiters/mod.rs".to_owned(), modules::waiters(client))?;
    }
    for (operation, waiter) in client.waiters() {
        let module = waiter.module.text();
        add(
            format!("waiters/{module}.rs"),
            waiter::emit(operation, waiter),
        )?;
    }
    add("types/mod.rs".to_owned(), modules::types(client))?;
    add("types/error.rs".to_owned(), modules::errors(client))?;
    for error in &client.errors {
        add(
            format!("types/error/{}.rs", error.module.text()),
            structure::emit_file(error),
        )?;
    }
    for definition in &client.types {
        add(
            format!("types/{}.rs", definition.module().text()),
            emit_type(definition),
        )?;
    }
    Ok(files)
}

fn emit_type(definition: &TypeDefinition) -> TokenStream {
    match definition {
        TypeDefinition::Structure(structure) => structure::emit_file(structure),
        TypeDefinition::Union(union) => union::emit(union),
        TypeDefinition::Enum(definition) => enumeration::emit(definition),
        TypeDefinition::IntEnum(definition) => int_enumeration::emit(definition),
    }
}
