//! Emits enums of strings and of integers.

use crate::emit::docs;
use crate::ir::{Enum, IntEnum, Variant};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Emits an enum of strings.
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

/// Returns the values that are left out of messages.
fn internal_values(definition: &Enum) -> impl Iterator<Item = &String> {
    let internal = definition
        .variants
        .iter()
        .filter(|variant| variant.internal);
    internal.map(|variant| &variant.wire_value)
}

/// Emits a line of the table.
fn variant(variant: &Variant) -> TokenStream {
    let Variant {
        ident, wire_value, ..
    } = variant;
    let doc = docs::outer(&variant.docs);
    quote!(#doc #ident = #wire_value)
}

/// Emits an integer enum: a number with constants for the values that the model defines.
pub(super) fn emit_int(definition: &IntEnum) -> TokenStream {
    let ident = &definition.ident;
    let doc = docs::outer(&definition.docs);
    let constants = definition.values.iter().map(|value| {
        let (doc, ident, value) = (
            docs::outer(&value.docs),
            &value.ident,
            Literal::i32_unsuffixed(value.value),
        );
        quote! { #doc pub const #ident: Self = Self(#value); }
    });
    quote! {
        #doc
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct #ident(pub i32);

        impl #ident {
            #(#constants)*

            /// Returns the number as it stands on the wire.
            pub const fn as_i32(self) -> i32 {
                self.0
            }
        }

        impl From<i32> for #ident {
            fn from(value: i32) -> Self {
                Self(value)
            }
        }

        smithy_reqwest::int_enumeration!(#ident);
    }
}
