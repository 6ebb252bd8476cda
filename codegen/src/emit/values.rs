//! Values that stand in the model, as expressions.

use crate::ir::{Default, Type};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The default of a field.
pub(super) fn default(default: &Default, ty: &Type) -> TokenStream {
    match default {
        Default::True => quote!(true),
        Default::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            match ty {
                Type::IntEnum(ident) => quote!(#ident(#value)),
                _ => quote!(#value),
            }
        }
        Default::Float(value) => {
            let value = Literal::f64_unsuffixed(*value);
            quote!(#value)
        }
        Default::Text(text) => quote!(#text.into()),
    }
}
