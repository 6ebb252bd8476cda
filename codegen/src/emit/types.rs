//! Emits the types of fields, of setter arguments and of accessor results.

use crate::ir::{Density, Field, Presence, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits a type, without `Option`.
pub(super) fn plain(ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(String),
        Type::Boolean => quote!(bool),
        Type::Byte => quote!(i8),
        Type::Short => quote!(i16),
        Type::Integer => quote!(i32),
        Type::Long => quote!(i64),
        Type::Float => quote!(f32),
        Type::Double => quote!(f64),
        Type::BigInteger => quote!(BigInteger),
        Type::BigDecimal => quote!(BigDecimal),
        Type::Blob => quote!(Blob),
        Type::Stream => quote!(ByteStream),
        // By its path: an output can have the name of the union that it streams.
        Type::Events(union) => quote!(
            smithy_reqwest::event_stream::EventReceiver<crate::types::#union, crate::error::Error>
        ),
        Type::Timestamp => quote!(DateTime),
        Type::Document => quote!(Document),
        Type::Enum(ident) | Type::IntEnum(ident) | Type::Structure(ident) | Type::Union(ident) => {
            quote!(#ident)
        }
        Type::List(element, density) => {
            let element = part(element, *density);
            quote!(Vec<#element>)
        }
        Type::Map(key, value, density) => {
            let (key, value) = (plain(key), part(value, *density));
            quote!(HashMap<#key, #value>)
        }
        Type::Unit => quote!(()),
        Type::Boxed(inner) => {
            let inner = plain(inner);
            quote!(Box<#inner>)
        }
    }
}

/// Emits the type of an element of a list or a value of a map.
pub(super) fn part(ty: &Type, density: Density) -> TokenStream {
    let ty = plain(ty);
    match density {
        Density::Dense => ty,
        Density::Sparse => quote!(Option<#ty>),
    }
}

/// Emits the type of a field.
pub(super) fn of_field(field: &Field) -> TokenStream {
    let ty = plain(&field.ty);
    if field.presence == Presence::Optional {
        quote!(Option<#ty>)
    } else {
        ty
    }
}

/// Returns the argument type of a setter, and the expression that converts the argument to the type of the value.
pub(super) fn argument(ty: &Type, name: &TokenStream) -> (TokenStream, TokenStream) {
    match ty {
        Type::String | Type::Boxed(_) => {
            let ty = plain(ty);
            (quote!(impl Into<#ty>), quote!(#name.into()))
        }
        ty => (plain(ty), quote!(#name)),
    }
}

/// Returns the same as [`argument`], for an element of a list or a value of a map.
pub(super) fn part_argument(
    ty: &Type,
    density: Density,
    name: &TokenStream,
) -> (TokenStream, TokenStream) {
    match density {
        Density::Dense => argument(ty, name),
        Density::Sparse => (part(ty, density), quote!(#name)),
    }
}

/// Returns whether values of the type are copied, not borrowed.
pub(super) fn is_copy(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Boolean
            | Type::Byte
            | Type::Short
            | Type::Integer
            | Type::Long
            | Type::Float
            | Type::Double
            | Type::IntEnum(_)
    )
}
