//! Emits the trait that a service implements, with an async method for each operation.

use crate::emit::docs;
use crate::ir::{ServedOperation, Server};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(server: &Server) -> TokenStream {
    let Server {
        client_crate: crate_,
        service_trait: service,
        operations,
        title,
        ..
    } = server;
    let doc = docs::line(&format!(
        "The operations of {title}, to be implemented. Inputs are validated against the model before."
    ));
    let methods = operations.iter().map(method);
    let imports = operations.iter().map(|operation| {
        let (module, input, output) = (&operation.module, &operation.input, &operation.output);
        quote!(use #crate_::operation::#module::{#input, #output};)
    });
    quote! {
        //! The trait that a service implements.
        #(#imports)*
        use smithy_reqwest::server::ServiceError;

        #doc
        pub trait #service: Send + Sync {
            /// The context of a call besides its input, such as the identity of the caller.
            type Context: Send + Sync;

            #(#methods)*
        }
    }
}

fn method(operation: &ServedOperation) -> TokenStream {
    let (module, input, output) = (&operation.module, &operation.input, &operation.output);
    let doc = docs::outer(&operation.docs);
    quote! {
        #doc
        fn #module(
            &self,
            context: &Self::Context,
            input: #input,
        ) -> impl Future<Output = Result<#output, ServiceError>> + Send;
    }
}
