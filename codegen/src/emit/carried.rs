//! Emits traits that only the protocol reads, as static data.

use crate::ir::CarriedTrait;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

/// The names that files with such traits use from the runtime.
pub(super) const TYPES: [&str; 2] = ["CarriedTraits", "CarriedValue"];

/// Emits the call that adds the traits to a schema, or `None` if there are none.
pub(super) fn emit(carried: &[CarriedTrait]) -> Option<TokenStream> {
    let traits = carried.iter().map(|CarriedTrait { id, value }| {
        let value = data(value);
        quote!((#id, #value))
    });
    (!carried.is_empty()).then(|| quote!(.carries(&CarriedTraits(&[#(#traits),*]))))
}

fn data(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(CarriedValue::Null),
        Value::Bool(value) => quote!(CarriedValue::Boolean(#value)),
        Value::Number(number) => match number.as_i64() {
            Some(number) => {
                let number = Literal::i64_unsuffixed(number);
                quote!(CarriedValue::Integer(#number))
            }
            None => {
                let number = Literal::f64_unsuffixed(number.as_f64().unwrap_or_default());
                quote!(CarriedValue::Double(#number))
            }
        },
        Value::String(text) => quote!(CarriedValue::Text(#text)),
        Value::Array(elements) => {
            let elements = elements.iter().map(data);
            quote!(CarriedValue::List(&[#(#elements),*]))
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = data(value);
                quote!((#name, #value))
            });
            quote!(CarriedValue::Object(&[#(#members),*]))
        }
    }
}
