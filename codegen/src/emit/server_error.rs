//! Constructors of the errors that the model names.

use crate::emit::docs;
use crate::emit::server::{Names, linked};
use crate::ir::{Client, ModeledError, Structure, Type};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit(client: &Client, names: &Names) -> TokenStream {
    let constructors = client.errors.iter().filter_map(|error| {
        let status = status(client, &error.structure)?;
        Some(constructor(error, status, names))
    });
    let structures = || client.errors.iter().map(|error| &error.structure);
    let idents = structures()
        .filter(|error| status(client, error).is_some())
        .map(|error| &error.ident);
    let crate_ = &names.client;
    let message_only = structures().any(is_message);
    let shape = message_only.then(|| {
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

/// The status that operations answer the error with.
fn status(client: &Client, error: &Structure) -> Option<u16> {
    let mut named = client
        .operations
        .iter()
        .flat_map(|operation| &operation.errors);
    named
        .find(|named| named.ident == error.ident)
        .map(|named| named.status)
}

/// Whether the error says nothing but its message.
fn is_message(error: &Structure) -> bool {
    matches!(error.fields.as_slice(), [field] if field.ty == Type::String && field.ident.text() == "message")
}

fn constructor(error: &ModeledError, status: u16, names: &Names) -> TokenStream {
    let ModeledError {
        code,
        structure: error,
    } = error;
    let (ident, module) = (&error.ident, &error.module);
    let status = Literal::u16_unsuffixed(status);
    let doc = docs::outer(&linked(&docs::summary(&error.docs), names));
    if is_message(error) {
        let value = match error.fields.first().map(|field| &field.presence) {
            Some(crate::ir::Presence::Optional) => quote!(Some(message.into())),
            _ => quote!(message.into()),
        };
        quote! {
            #doc
            pub fn #module(message: impl Into<String>) -> ServiceError {
                let mut error = #ident::empty();
                error.message = #value;
                ServiceError::modeled(#code, #status, &error)
            }
        }
    } else {
        quote! {
            #doc
            pub fn #module(error: &#ident) -> ServiceError {
                ServiceError::modeled(#code, #status, error)
            }
        }
    }
}
