//! The files that hold other files together.

use crate::emit::docs;
use crate::ir::{Client, Docs, Operation, Role, Structure, Type, TypeDefinition};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

/// `mod.rs`.
pub(super) fn root(client: &Client) -> TokenStream {
    let protocol_tests = (!client.protocol_tests.is_empty()).then(|| {
        quote!(
            #[cfg(test)]
            mod protocol_tests;
        )
    });
    let waiters = client.has_waiters().then(|| {
        quote!(
            pub mod waiters;
        )
    });
    let rules = client.service.endpoint_rules.as_ref();
    let endpoint = rules.map(|_| {
        quote!(
            mod endpoint;
        )
    });
    let tests = rules.filter(|rules| !rules.cases.is_empty()).map(|_| {
        quote!(
            #[cfg(test)]
            mod endpoint_tests;
        )
    });
    quote! {
        pub mod client;
        #endpoint
        #tests
        pub mod error;
        pub mod operation;
        #protocol_tests
        mod service;
        mod targets;
        pub mod types;
        #waiters
    }
}

/// `operation/mod.rs`.
pub(super) fn operations(client: &Client) -> TokenStream {
    let modules = client.operations.iter().map(|operation| &operation.module);
    quote! {
        //! The operations: for each its input, its output, and the builders that fill and send them.

        pub use smithy_reqwest::operation::RequestId;

        #(pub mod #modules;)*
    }
}

/// `waiters/mod.rs`.
pub(super) fn waiters(client: &Client) -> TokenStream {
    let mut modules: Vec<_> = client.waiters().map(|(_, waiter)| &waiter.module).collect();
    modules.sort();
    quote! {
        //! Waiters: each calls an operation until what is waited for is there, will never be there, or time is up.

        pub use smithy_reqwest::waiter::{ExceededMaxWait, FailureState, FinalPoll, OperationFailed, WaiterError};

        #(pub mod #modules;)*
    }
}

/// `types/mod.rs`.
pub(super) fn types(client: &Client) -> TokenStream {
    // An error that a member targets lies with the errors, and is found with the types too.
    let (errors, types): (Vec<_>, Vec<_>) = client
        .types
        .iter()
        .partition(|definition| client.is_error(definition.ident()));
    let modules = types.iter().map(|definition| definition.module());
    let exports = types.iter().map(|definition| {
        let (module, ident) = (definition.module(), definition.ident());
        quote!(pub use #module::#ident;)
    });
    let error_exports = errors.iter().map(|definition| {
        let ident = definition.ident();
        quote!(pub use error::#ident;)
    });
    let builders = builders(types.iter().filter_map(|definition| match definition {
        TypeDefinition::Structure(structure) => Some(structure),
        _ => None,
    }));
    let by_operation = docs::inner(&by_operation(client));
    quote! {
        //! The structures and enums that inputs and outputs are made of.
        #by_operation

        #(mod #modules;)*
        pub mod error;
        #(#exports)*
        #(#error_exports)*

        /// Builders of structures.
        pub mod builders {
            #builders
        }
    }
}

/// Where to begin among many types: with those that inputs and outputs hold themselves.
fn by_operation(client: &Client) -> Docs {
    let rows: Vec<String> = client.operations.iter().filter_map(row).collect();
    if rows.is_empty() {
        return Docs::default();
    }
    let head = ["", "| Operation | Takes | Gives |", "|---|---|---|"];
    Docs(head.into_iter().map(str::to_owned).chain(rows).collect())
}

fn row(operation: &Operation) -> Option<String> {
    let links = |structure: &Structure| -> String {
        let mut names: Vec<&Ident> = Vec::new();
        let types = structure.fields.iter().filter_map(|field| named(&field.ty));
        types.for_each(|name| {
            if !names.contains(&name) {
                names.push(name);
            }
        });
        let links = names.iter().map(|name| format!("[`{name}`]"));
        links.collect::<Vec<_>>().join(", ")
    };
    let (takes, gives) = (links(&operation.input), links(&operation.output));
    let module = operation.module.text();
    let has_any = !takes.is_empty() || !gives.is_empty();
    has_any.then(|| format!("| [`{module}`](crate::operation::{module}) | {takes} | {gives} |"))
}

/// The type with a name that a value is of, or is made of.
fn named(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Enum(ident) | Type::IntEnum(ident) | Type::Structure(ident) | Type::Union(ident) => {
            Some(ident)
        }
        Type::List(inner, _) | Type::Map(_, inner, _) | Type::Boxed(inner) => named(inner),
        _ => None,
    }
}

/// `types/error.rs`.
pub(super) fn errors(client: &Client) -> TokenStream {
    let errors = || client.errors.iter().map(|error| &error.structure);
    let modules = errors().map(|error| &error.module);
    let exports = errors().map(|error| {
        let (module, ident) = (&error.module, &error.ident);
        quote!(pub use #module::#ident;)
    });
    let builders = builders(errors());
    quote! {
        //! The errors that the model names.

        #(mod #modules;)*
        #(#exports)*

        /// Builders of errors.
        pub mod builders {
            #builders
        }
    }
}

fn builders<'a>(structures: impl Iterator<Item = &'a Structure>) -> TokenStream {
    let exports = structures
        .filter(|structure| matches!(structure.role, Role::Type | Role::Error))
        .map(|structure| {
            let (module, builder) = (&structure.module, super::builder::ident(structure));
            quote!(pub use super::#module::#builder;)
        });
    quote!(#(#exports)*)
}
