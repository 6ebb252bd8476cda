//! Constructors of the errors that the model names.

use crate::emit::docs;
use crate::emit::server::names::Names;
use crate::ir::{Client, Message, ModeledError};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit(client: &Client, names: &Names) -> TokenStream {
    let errors = client.errors.iter();
    let constructors = errors.filter_map(|error| constructor(error, names));
    let answered = || client.errors.iter().filter(|error| error.status.is_some());
    let idents = answered().map(|error| &error.structure.ident);
    let crate_ = &names.client;
    let makes_errors = answered().any(|error| error.message.is_some());
    let shape = makes_errors.then(|| {
        quote!(
            use smithy_reqwest::shape::Shape;
        )
    });
    quote! {
        //! The errors that the model names, each with its code and status.
        use #crate_::types::error::{#(#idents),*};
        use smithy_reqwest::server::ServiceError;
        #shape

        #(#constructors)*
    }
}

/// `None` for an error that no operation answers with.
fn constructor(error: &ModeledError, names: &Names) -> Option<TokenStream> {
    let ModeledError {
        code,
        structure,
        status,
        message,
        ..
    } = error;
    let (ident, function) = (&structure.ident, &structure.module);
    let status = Literal::u16_unsuffixed((*status)?);
    let doc = docs::outer(&names.linked(&docs::summary(&structure.docs)));
    let Some(Message {
        ident: field,
        optional,
    }) = message
    else {
        return Some(quote! {
            #doc
            pub fn #function(error: &#ident) -> ServiceError {
                ServiceError::modeled(#code, #status, error)
            }
        });
    };
    let value = match optional {
        true => quote!(Some(message.into())),
        false => quote!(message.into()),
    };
    Some(quote! {
        #doc
        pub fn #function(message: impl Into<String>) -> ServiceError {
            let mut error = #ident::empty();
            error.#field = #value;
            ServiceError::modeled(#code, #status, &error)
        }
    })
}
