//! Lowers the names and the documentation of the service side of a client.

mod nested;

use crate::ir::{Client, Docs, ModeledError, Operation, ServedError, ServedOperation, Server};
use crate::names::Ident;
use crate::options::ServerOptions;
use nested::Nested;

/// Lowers the service side of a client.
pub fn lower(client: &Client, options: &ServerOptions) -> Server {
    let client_crate = Ident::snake(&options.client_crate);
    let service_trait = Ident::upper_camel(&options.service_trait);
    let operations = client.operations.iter();
    let errors = client.errors.iter();
    let nested = Nested::of(client);
    Server {
        title: client.service.title.clone(),
        operations: operations
            .map(|served| operation(served, &client_crate, &nested))
            .collect(),
        errors: errors
            .filter_map(|answered| error(answered, &client_crate, &nested))
            .collect(),
        operation_enum: service_trait.suffixed("Operation"),
        service_trait,
        client_crate,
        nested: nested.definitions(client),
    }
}

fn operation(operation: &Operation, client_crate: &Ident, nested: &Nested<'_>) -> ServedOperation {
    ServedOperation {
        ident: operation.ident.clone(),
        module: operation.module.clone(),
        input: operation.input.ident.clone(),
        output: operation.output.ident.clone(),
        input_defaults: nested.defaults(&operation.input.fields),
        output_defaults: nested.defaults(&operation.output.fields),
        docs: linked(&operation.docs, client_crate),
    }
}

/// Lowers an error. Returns `None` if no operation has the error.
fn error(error: &ModeledError, client_crate: &Ident, nested: &Nested<'_>) -> Option<ServedError> {
    Some(ServedError {
        code: error.code.clone(),
        ident: error.structure.ident.clone(),
        function: error.structure.module.clone(),
        status: error.status?,
        message: error.message.clone(),
        defaults: nested.defaults(&error.structure.fields),
        docs: linked(&error.structure.docs, client_crate),
    })
}

/// Returns the first paragraph, with its links into the client's crate.
fn linked(docs: &Docs, client_crate: &Ident) -> Docs {
    let target = format!("({client_crate}::");
    let lines = docs.summary().0.into_iter();
    Docs(
        lines
            .map(|line| line.replace("(crate::", &target))
            .collect(),
    )
}
