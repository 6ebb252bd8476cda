//! Accessors: a field in, the method that reads it without taking it out.

use crate::emit::{docs, types};
use crate::ir::{Field, Presence, Type};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

/// `owner` is the structure, whose field holds the documentation.
pub(super) fn emit(field: &Field, owner: &Ident) -> TokenStream {
    let name = &field.ident;
    let text = name.text();
    let doc = docs::line(&format!("The field [`{text}`](field@{owner}::{text})."));
    let (ty, value) = view(field);
    quote! {
        #doc
        pub fn #name(&self) -> #ty {
            #value
        }
    }
}

/// What the accessor gives, and how.
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
