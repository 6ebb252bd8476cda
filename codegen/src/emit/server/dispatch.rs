//! Emits the dispatcher, which calls the method of the service for the operation of a request.

use crate::ir::Server;
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
        quote! {
            #name::#ident => Box::pin(serve::<operation::#module::#ident, _>(
                protocol,
                request,
                |input| service.#module(context, input),
            ))
            .await
        }
    });
    quote! {
        //! From a request to the method it is for.
        use super::{#service, #name};
        use bytes::Bytes;
        use #crate_::operation;
        use http::Response;
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
