//! Emits accessors: the methods that borrow the value of a field.

use crate::emit::{docs, types};
use crate::ir::{Field, Presence, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the accessor of a field, with the documentation of the field.
pub(super) fn emit(field: &Field) -> TokenStream {
    let name = &field.ident;
    let link = docs::link(name.text(), &format!("field@Self::{}", name.text()));
    let optional = field.presence == Presence::Optional;
    let doc = docs::line(&match &field.ty {
        Type::List(..) if optional => format!("Returns {link}, empty if it is not set."),
        _ => format!("Returns {link}."),
    });
    let (ty, value) = view(field);
    quote! {
        #doc
        pub fn #name(&self) -> #ty {
            #value
        }
    }
}

/// Returns the type that the accessor returns and the expression that reads it.
fn view(field: &Field) -> (TokenStream, TokenStream) {
    let name = &field.ident;
    let optional = field.presence == Presence::Optional;
    match (&field.ty, optional) {
        (ty, true) if types::is_copy(ty) => {
            let ty = types::plain(ty);
            (quote!(Option<#ty>), quote!(self.#name))
        }
        (ty, false) if types::is_copy(ty) => (types::plain(ty), quote!(self.#name)),
        (Type::String, true) => (quote!(Option<&str>), quote!(self.#name.as_deref())),
        (Type::String, false) => (quote!(&str), quote!(&self.#name)),
        (Type::List(element, density), optional) => {
            let element = types::part(element, *density);
            let value = if optional {
                quote!(self.#name.as_deref().unwrap_or_default())
            } else {
                quote!(&self.#name)
            };
            (quote!(&[#element]), value)
        }
        (Type::Boxed(inner), true) => {
            let inner = types::plain(inner);
            (quote!(Option<&#inner>), quote!(self.#name.as_deref()))
        }
        (ty, true) => {
            let ty = types::plain(ty);
            (quote!(Option<&#ty>), quote!(self.#name.as_ref()))
        }
        (ty, false) => {
            let ty = types::plain(ty);
            (quote!(&#ty), quote!(&self.#name))
        }
    }
}
