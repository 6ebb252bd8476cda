//! Emits the files that declare the modules of other files.

use crate::emit::docs;
use crate::ir::{Client, Docs, Operation, Role, Structure, TypeDefinition};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits `mod.rs`.
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

/// Emits `operation/mod.rs`.
pub(super) fn operations(client: &Client) -> TokenStream {
    let modules = client.operations.iter().map(|operation| &operation.module);
    quote! {
        //! The operations: for each its input, its output, and the builders that fill and send them.

        pub use smithy_reqwest::operation::RequestId;

        #(pub mod #modules;)*
    }
}

/// Emits `waiters/mod.rs`.
pub(super) fn waiters(client: &Client) -> TokenStream {
    let modules = client.waiter_modules();
    quote! {
        //! Waiters: each calls an operation until what is waited for is there, will never be there, or time is up.

        pub use smithy_reqwest::waiter::{ExceededMaxWait, FailureState, FinalPoll, OperationFailed, WaiterError};

        #(pub mod #modules;)*
    }
}

/// Emits `types/mod.rs`.
pub(super) fn types(client: &Client) -> TokenStream {
    let modules = client.plain_types().map(TypeDefinition::module);
    let exports = client.plain_types().map(|definition| {
        let (module, ident) = (definition.module(), definition.ident());
        quote!(pub use #module::#ident;)
    });
    let error_exports = client.targeted_errors().map(|definition| {
        let ident = definition.ident();
        quote!(pub use error::#ident;)
    });
    let builders = builders(
        client
            .plain_types()
            .filter_map(|definition| match definition {
                TypeDefinition::Structure(structure) => Some(structure),
                _ => None,
            }),
    );
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

/// Returns a table of contents: for each operation, the types that its input and output hold directly.
fn by_operation(client: &Client) -> Docs {
    let rows: Vec<String> = client.operations.iter().filter_map(row).collect();
    if rows.is_empty() {
        return Docs::default();
    }
    let head = ["", "The operations begin with these:", ""];
    Docs(head.into_iter().map(str::to_owned).chain(rows).collect())
}

fn row(operation: &Operation) -> Option<String> {
    let links = |structure: &Structure| -> String {
        let links = structure
            .named_types
            .iter()
            .map(|name| format!("[`{name}`]"));
        links.collect::<Vec<_>>().join(", ")
    };
    let (takes, gives) = (links(&operation.input), links(&operation.output));
    let module = operation.module.text();
    let parts: Vec<String> = [("takes", takes), ("returns", gives)]
        .into_iter()
        .filter(|(_, links)| !links.is_empty())
        .map(|(verb, links)| format!("{verb} {links}"))
        .collect();
    let has_any = !parts.is_empty();
    has_any.then(|| {
        let parts = parts.join(" and ");
        format!("- [`{module}`](crate::operation::{module}) {parts}")
    })
}

/// Emits `types/error.rs`.
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
            let (module, builder) = (&structure.module, &structure.builder);
            quote!(pub use super::#module::#builder;)
        });
    quote!(#(#exports)*)
}
