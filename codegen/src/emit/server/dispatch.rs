//! Emits the dispatcher, which calls the method of the service for the operation of a request.

use crate::emit::server::defaults;
use crate::ir::{Defaults, Server};
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
        let call = quote!(service.#module(context, input));
        let filled = |defaults: &Defaults, variable: TokenStream| {
            defaults::filled(defaults, &variable, &quote!(defaults::), crate_)
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
        let run = quote!(|#parameter| #run);
        quote! {
            #name::#ident => Box::pin(serve::<operation::#module::#ident, _>(protocol, request, #run)).await
        }
    });
    let operations = operations.iter();
    let all =
        operations.flat_map(|operation| [&operation.input_defaults, &operation.output_defaults]);
    let primitives = defaults::imports(all.clone().flat_map(|defaults| &defaults.own));
    let has_nested = all.clone().any(|defaults| !defaults.nested.is_empty());
    let nested = has_nested.then(|| {
        quote!(
            use super::defaults;
        )
    });
    quote! {
        //! From a request to the method it is for.
        #nested
        use super::{#service, #name};
        use bytes::Bytes;
        use #crate_::operation;
        use http::Response;
        #primitives
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
