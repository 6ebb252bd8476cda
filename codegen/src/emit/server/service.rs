//! The trait that a service implements: one async method for each operation.

use crate::emit::docs;
use crate::emit::server::names::Names;
use crate::ir::{Client, Docs, Operation};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(client: &Client, names: &Names) -> TokenStream {
    let Names {
        client: crate_,
        service,
        ..
    } = names;
    let title = &client.service.title;
    let doc = docs::line(&format!(
        "{title}, to be implemented: inputs come checked against the model."
    ));
    let methods = client
        .operations
        .iter()
        .map(|operation| method(operation, names));
    let imports = client.operations.iter().map(|operation| {
        let (module, input, output) = (
            &operation.module,
            &operation.input.ident,
            &operation.output.ident,
        );
        quote!(use #crate_::operation::#module::{#input, #output};)
    });
    quote! {
        //! What a service does.
        #(#imports)*
        use smithy_reqwest::server::ServiceError;

        #doc
        pub trait #service: Send + Sync {
            /// What is known of a call besides its input, such as who is calling.
            type Context: Send + Sync;

            #(#methods)*
        }
    }
}

fn method(operation: &Operation, names: &Names) -> TokenStream {
    let (module, input, output) = (
        &operation.module,
        &operation.input.ident,
        &operation.output.ident,
    );
    let summary: Docs = names.linked(&docs::summary(&operation.docs));
    let doc = docs::outer(&summary);
    quote! {
        #doc
        fn #module(
            &self,
            context: &Self::Context,
            input: #input,
        ) -> impl Future<Output = Result<#output, ServiceError>> + Send;
    }
}
