//! Emits the constructors of modeled errors.

use crate::emit::docs;
use crate::emit::server::defaults;
use crate::ir::{Message, ServedError, Server};
use crate::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit(server: &Server) -> TokenStream {
    let errors = &server.errors;
    let constructors = errors
        .iter()
        .map(|error| constructor(error, &server.client_crate));
    let idents = errors.iter().map(|error| &error.ident);
    let crate_ = &server.client_crate;
    let makes_errors = errors.iter().any(|error| error.message.is_some());
    let shape = makes_errors.then(|| {
        quote!(
            use smithy_reqwest::shape::Shape;
        )
    });
    let fills = defaults::uses(errors.iter().map(|error| &error.defaults));
    let imports = (!errors.is_empty()).then(|| {
        quote! {
            #fills
            use #crate_::types::error::{#(#idents),*};
            use smithy_reqwest::server::ServiceError;
        }
    });
    quote! {
        //! The errors that the model names, each with its code and status.
        #imports
        #shape

        #(#constructors)*
    }
}

fn constructor(error: &ServedError, client_crate: &Ident) -> TokenStream {
    let ServedError {
        code,
        ident,
        function,
        status,
        message,
        defaults,
        docs,
    } = error;
    let status = Literal::u16_unsuffixed(*status);
    let doc = docs::outer(docs);
    let Some(Message {
        ident: field,
        optional,
    }) = message
    else {
        let fills = (!defaults.is_empty()).then(|| {
            let fills =
                defaults::filled(defaults, &quote!(error), &quote!(defaults::), client_crate);
            quote!(let mut error = error.clone(); #fills let error = &error;)
        });
        return quote! {
            #doc
            pub fn #function(error: &#ident) -> ServiceError {
                #fills
                ServiceError::modeled(#code, #status, error)
            }
        };
    };
    let value = match optional {
        true => quote!(Some(message.into())),
        false => quote!(message.into()),
    };
    quote! {
        #doc
        pub fn #function(message: impl Into<String>) -> ServiceError {
            let mut error = #ident::empty();
            error.#field = #value;
            ServiceError::modeled(#code, #status, &error)
        }
    }
}
