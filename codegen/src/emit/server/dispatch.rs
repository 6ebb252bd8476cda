//! Emits the dispatcher, which calls the method of the service for the operation of a request.

use crate::emit::imports::Imports;
use crate::emit::values;
use crate::ir::{Default, Presence, ServedDefault, Server, Type};
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
        let call = quote!(service.#module(context, input));
        let defaults = operation.defaults.iter();
        let run = match operation.defaults.is_empty() {
            true => quote!(|input| #call),
            false => {
                let defaults = defaults.map(|default| filled(default, crate_));
                quote!(|mut input| { #(#defaults)* #call })
            }
        };
        quote! {
            #name::#ident => Box::pin(serve::<operation::#module::#ident, _>(protocol, request, #run)).await
        }
    });
    let defaults = operations.iter().flat_map(|operation| &operation.defaults);
    let primitives = Imports::default()
        .and(defaults.filter_map(primitive))
        .emit();
    quote! {
        //! From a request to the method it is for.
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

/// Emits the statement that fills the default into an absent member.
fn filled(default: &ServedDefault, client_crate: &Ident) -> TokenStream {
    let field = &default.ident;
    match (&default.value, &default.ty) {
        (Presence::Default(value @ Default::Integer(_)), Type::IntEnum(_)) => {
            let value = values::default(value, &default.ty);
            quote!(input.#field.get_or_insert(#client_crate::types::#value);)
        }
        (Presence::Default(value), ty) if values::is_made(value) => {
            let value = values::default(value, ty);
            quote!(input.#field.get_or_insert_with(|| #value);)
        }
        (Presence::Default(value), ty) => {
            let value = values::default(value, ty);
            quote!(input.#field.get_or_insert(#value);)
        }
        _ => quote!(input.#field.get_or_insert_default();),
    }
}

/// Returns the type of a default whose value names the type.
fn primitive(default: &ServedDefault) -> Option<&Type> {
    let is_named = matches!(
        default.value,
        Presence::Default(Default::Blob(_) | Default::Timestamp { .. } | Default::Document(_))
    );
    is_named.then_some(&default.ty)
}
