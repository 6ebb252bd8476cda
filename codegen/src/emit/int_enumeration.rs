//! Enums of integers: a number with names for the values that the model knows.

use crate::emit::docs;
use crate::ir::IntEnum;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit(definition: &IntEnum) -> TokenStream {
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
