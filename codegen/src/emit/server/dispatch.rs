//! Emits the dispatcher, which calls the method of the service for the operation of a request.

use crate::emit::server::defaults;
use crate::ir::{Defaults, ServedOperation, Server};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(server: &Server) -> TokenStream {
    let Server {
        client_crate: crate_,
        operation_enum: name,
        service_trait: service,
        operations,
        ..
    } = server;
    let arms = operations.iter().map(|operation| {
        let (module, ident) = (&operation.module, &operation.ident);
        let run = run(operation, crate_);
        quote! {
            #name::#ident => Box::pin(serve::<operation::#module::#ident, _>(protocol, request, #run)).await
        }
    });
    let operations = operations.iter();
    let uses = defaults::uses(
        operations.flat_map(|operation| [&operation.input_defaults, &operation.output_defaults]),
    );
    quote! {
        //! From a request to the method it is for.
        use super::{#service, #name};
        use bytes::Bytes;
        use #crate_::operation;
        use http::Response;
        #uses
        use smithy_reqwest::server::{Request, ServerProtocol, ServiceError, serve};

        /// Reads a request's input, checks it against the model, calls the service and writes its output.
        pub async fn dispatch<S: #service>(
            service: &S,
            context: &S::Context,
            operation: #name,
            protocol: &dyn ServerProtocol,
            request: Request<'_>,
        ) -> Result<Response<Bytes>, ServiceError> {
            match operation {
                #(#arms,)*
            }
        }
    }
}

/// Emits the closure that calls the method of the service, and fills defaults into its input and output.
fn run(operation: &ServedOperation, client_crate: &Ident) -> TokenStream {
    let module = &operation.module;
    let call = quote!(service.#module(context, input));
    let filled = |defaults: &Defaults, variable: TokenStream| {
        defaults::filled(defaults, &variable, &quote!(defaults::), client_crate)
    };
    let input = filled(&operation.input_defaults, quote!(input));
    let output = filled(&operation.output_defaults, quote!(output));
    let parameter = match input.is_empty() {
        true => quote!(input),
        false => quote!(mut input),
    };
    let run = match (input.is_empty(), output.is_empty()) {
        (true, true) => call,
        (false, true) => quote!({ #input #call }),
        (_, false) => {
            quote!(async move { #input let mut output = #call.await?; #output Ok(output) })
        }
    };
    quote!(|#parameter| #run)
}
