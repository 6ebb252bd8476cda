//! Emits the builder methods of a field: `x`, `set_x` and `get_x`.

use crate::emit::{docs, types};
use crate::ir::{Field, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the three methods of a field. `place` is the expression of its `Option`. `inline` is the attribute of methods
/// that are not generic: without it, they are not inlined into other crates.
pub(super) fn emit(field: &Field, place: &TokenStream, inline: &TokenStream) -> TokenStream {
    let name = &field.ident;
    let (set, get) = (&field.whole_setter, &field.getter);
    let ty = types::plain(&field.ty);
    let doc = docs::outer(&field.setter_docs);
    // Links use the name without `r#`.
    let link = docs::link(name.text(), &format!("Self::{}()", name.text()));
    let whole_doc = docs::line(&format!("Sets or unsets {link}."));
    let get_doc = docs::line(&format!("Returns the value of {link}, if it is set."));
    let deprecated = docs::deprecated(field.deprecated.as_ref());
    let (arguments, change) = change(&field.ty, place);
    quote! {
        #doc
        #deprecated
        #inline
        pub fn #name(mut self, #arguments) -> Self {
            #change;
            self
        }

        #whole_doc
        #deprecated
        #inline
        pub fn #set(mut self, input: Option<#ty>) -> Self {
            #place = input;
            self
        }

        #get_doc
        #inline
        pub fn #get(&self) -> &Option<#ty> {
            &#place
        }
    }
}

/// Returns the parameters of the setter and the statement that sets a value, appends to a list, or adds to a map.
fn change(ty: &Type, place: &TokenStream) -> (TokenStream, TokenStream) {
    match ty {
        Type::List(element, density) => {
            let (argument, value) = types::part_argument(element, *density, &quote!(input));
            (
                quote!(input: #argument),
                quote!(#place.get_or_insert_default().push(#value)),
            )
        }
        Type::Map(key, value, density) => {
            let (key, key_value) = types::argument(key, &quote!(key));
            let (value, value_value) = types::part_argument(value, *density, &quote!(value));
            (
                quote!(key: #key, value: #value),
                quote!(#place.get_or_insert_default().insert(#key_value, #value_value)),
            )
        }
        ty => {
            let (argument, value) = types::argument(ty, &quote!(input));
            (quote!(input: #argument), quote!(#place = Some(#value)))
        }
    }
}
