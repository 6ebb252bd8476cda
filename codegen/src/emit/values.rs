//! Emits values of the model as expressions.

use crate::ir::{Default, Type};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Number, Value};

/// Emits the default of a field.
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
        // The digits always parse. The fallback is an empty number.
        Default::Digits(digits) => quote!(#digits.parse().unwrap_or_default()),
        Default::Blob(bytes) => {
            let bytes = Literal::byte_string(bytes);
            quote!(Blob::new(#bytes))
        }
        Default::Timestamp {
            seconds,
            nanoseconds: 0,
        } => {
            let seconds = Literal::i64_unsuffixed(*seconds);
            quote!(DateTime::from_secs(#seconds))
        }
        Default::Timestamp {
            seconds,
            nanoseconds,
        } => {
            let seconds = Literal::i64_unsuffixed(*seconds);
            let nanoseconds = Literal::u32_unsuffixed(*nanoseconds);
            quote!(DateTime::from_secs_and_nanos(#seconds, #nanoseconds))
        }
        Default::Document(value) => document(value),
    }
}

/// Returns whether the value is built when it is needed, and not a constant.
pub(super) fn is_made(default: &Default) -> bool {
    !matches!(
        default,
        Default::True | Default::Integer(_) | Default::Float(_)
    )
}

fn document(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(Document::Null),
        Value::Bool(value) => quote!(Document::Bool(#value)),
        Value::Number(value) => {
            let value = number(value);
            quote!(Document::Number(smithy_reqwest::primitives::Number::#value))
        }
        Value::String(text) => quote!(Document::String(#text.into())),
        Value::Array(elements) => {
            let elements = elements.iter().map(document);
            quote!(Document::Array(vec![#(#elements),*]))
        }
        Value::Object(entries) => {
            let entries = entries.iter().map(|(name, value)| {
                let value = document(value);
                quote!((#name.into(), #value))
            });
            quote!(Document::Object(std::collections::HashMap::from([#(#entries),*])))
        }
    }
}

fn number(number: &Number) -> TokenStream {
    if let Some(value) = number.as_u64() {
        let value = Literal::u64_unsuffixed(value);
        quote!(PosInt(#value))
    } else if let Some(value) = number.as_i64() {
        let value = Literal::i64_unsuffixed(value);
        quote!(NegInt(#value))
    } else {
        let value = Literal::f64_unsuffixed(number.as_f64().unwrap_or_default());
        quote!(Float(#value))
    }
}
