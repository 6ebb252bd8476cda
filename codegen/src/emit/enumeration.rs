//! Enums of texts.

use crate::emit::docs;
use crate::ir::Enum;
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(definition: &Enum) -> TokenStream {
    let ident = &definition.ident;
    let doc = docs::outer(&definition.docs);
    let variants = definition.variants.iter().map(|variant| {
        let (doc, ident) = (docs::outer(&variant.docs), &variant.ident);
        quote! { #doc #ident }
    });
    let idents: Vec<_> = definition
        .variants
        .iter()
        .map(|variant| &variant.ident)
        .collect();
    let values: Vec<_> = definition
        .variants
        .iter()
        .map(|variant| &variant.wire_value)
        .collect();
    let debug = (!definition.sensitive).then(|| quote!(Debug,));
    let mut internal_values = internal_values(definition).peekable();
    let internal = internal_values
        .peek()
        .is_some()
        .then(|| quote!(, internal: [#(#internal_values),*]));
    let hidden = definition.sensitive.then(|| hidden(ident));
    quote! {
        use smithy_reqwest::shape::UnknownVariantValue;

        #doc
        #[non_exhaustive]
        #[derive(Clone, #debug PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum #ident {
            #(#variants,)*
            /// A value that the model did not know; it survives being read and sent back.
            Unknown(UnknownVariantValue),
        }

        impl #ident {
            /// The value as it stands on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#idents => #values,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// All values that the model knows.
            pub const fn values() -> &'static [&'static str] {
                &[#(#values),*]
            }
        }

        impl From<&str> for #ident {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#idents,)*
                    other => Self::Unknown(UnknownVariantValue::new(other)),
                }
            }
        }

        #hidden
        smithy_reqwest::enumeration!(#ident #internal);
    }
}

fn internal_values(definition: &Enum) -> impl Iterator<Item = &String> {
    let internal = definition
        .variants
        .iter()
        .filter(|variant| variant.internal);
    internal.map(|variant| &variant.wire_value)
}

/// `Debug` of an enum whose values are secrets.
fn hidden(ident: &Ident) -> TokenStream {
    quote! {
        impl std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(smithy_reqwest::debug::REDACTED)
            }
        }
    }
}
