//! Setters: a field and where its builder keeps it in, `x`, `set_x` and `get_x` out.

use crate::emit::{docs, types};
use crate::ir::{Field, Type};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

/// The three methods for a field; `place` is the expression of its `Option`, and `owner` the type that documents it.
pub(super) fn emit(field: &Field, place: &TokenStream, owner: &Ident) -> TokenStream {
    let name = &field.ident;
    let (set, get) = (name.prefixed("set_"), name.prefixed("get_"));
    let ty = types::plain(&field.ty);
    // Links take names as they are, without `r#`.
    let link = format!("[`{0}`](field@{owner}::{0})", name.text());
    let whole_doc = docs::line(&format!("Sets or unsets {link}."));
    let get_doc = docs::line(&format!("What {link} is set to."));
    let deprecated = docs::deprecated(field.deprecated.as_ref());
    let single = single(field, place, &link);
    quote! {
        #single

        #whole_doc
        #deprecated
        #[inline]
        pub fn #set(mut self, input: Option<#ty>) -> Self {
            #place = input;
            self
        }

        #get_doc
        #[inline]
        pub fn #get(&self) -> &Option<#ty> {
            &#place
        }
    }
}

/// The method that sets a value, appends to a list, or adds to a map.
fn single(field: &Field, place: &TokenStream, link: &str) -> TokenStream {
    let name = &field.ident;
    let deprecated = docs::deprecated(field.deprecated.as_ref());
    match &field.ty {
        Type::List(element, density) => {
            let doc = docs::line(&format!("Appends to {link}."));
            let (argument, value) = types::part_argument(element, *density, &quote!(input));
            quote! {
                #doc
                #deprecated
                #[inline]
                pub fn #name(mut self, input: #argument) -> Self {
                    #place.get_or_insert_default().push(#value);
                    self
                }
            }
        }
        Type::Map(key, value, density) => {
            let doc = docs::line(&format!("Adds an entry to {link}."));
            let (key_argument, key_value) = types::argument(key, &quote!(key));
            let (value_argument, value_value) =
                types::part_argument(value, *density, &quote!(value));
            quote! {
                #doc
                #deprecated
                #[inline]
                pub fn #name(mut self, key: #key_argument, value: #value_argument) -> Self {
                    #place.get_or_insert_default().insert(#key_value, #value_value);
                    self
                }
            }
        }
        ty => {
            let doc = docs::line(&format!("Sets {link}."));
            let (argument, value) = types::argument(ty, &quote!(input));
            quote! {
                #doc
                #deprecated
                #[inline]
                pub fn #name(mut self, input: #argument) -> Self {
                    #place = Some(#value);
                    self
                }
            }
        }
    }
}
