//! Enums of texts.

use crate::emit::docs;
use crate::ir::{Enum, Variant};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(definition: &Enum) -> TokenStream {
    let ident = &definition.ident;
    let doc = docs::outer(&definition.docs);
    let variants = definition.variants.iter().map(variant);
    let macro_ = match definition.sensitive {
        true => quote!(sensitive_enumeration),
        false => quote!(enumeration),
    };
    let mut internal = internal_values(definition).peekable();
    let internal = internal
        .peek()
        .is_some()
        .then(|| quote!(internal: [#(#internal),*]));
    quote! {
        smithy_reqwest::#macro_! {
            #doc
            pub enum #ident {
                #(#variants,)*
            }
            #internal
        }
    }
}

/// The values that messages do not name.
fn internal_values(definition: &Enum) -> impl Iterator<Item = &String> {
    let internal = definition
        .variants
        .iter()
        .filter(|variant| variant.internal);
    internal.map(|variant| &variant.wire_value)
}

/// A line of the table.
fn variant(variant: &Variant) -> TokenStream {
    let Variant {
        ident, wire_value, ..
    } = variant;
    let doc = docs::outer(&variant.docs);
    quote!(#doc #ident = #wire_value)
}
