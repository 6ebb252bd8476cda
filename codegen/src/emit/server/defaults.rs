//! Emits the functions that fill in the defaults of absent members within inputs, outputs and errors.

use crate::emit::imports::Imports;
use crate::emit::values;
use crate::ir::{
    Default, Defaults, Density, NestedDefaults, Presence, ServedDefault, Server, Type,
};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the file, unless inputs, outputs and errors contain no such members.
pub(super) fn emit(server: &Server) -> Option<TokenStream> {
    let (crate_, nested) = (&server.client_crate, &server.nested);
    let functions = nested.iter().map(|nested| function(nested, crate_));
    let defaults = nested.iter().flat_map(|nested| &nested.defaults.own);
    let primitives = imports(defaults);
    let file = quote! {
        //! The defaults of members within inputs and outputs that are optional for clients only.
        use #crate_::types;
        #primitives

        #(#functions)*
    };
    (!nested.is_empty()).then_some(file)
}

fn function(nested: &NestedDefaults, client_crate: &Ident) -> TokenStream {
    let NestedDefaults {
        function,
        ty,
        union,
        defaults,
    } = nested;
    // Without the path, a variable of the same name would hide the function.
    let here = quote!(self::);
    let body = match union {
        false => filled(defaults, &quote!(whole), &here, client_crate),
        true => {
            let parts = defaults.nested.iter().map(|part| {
                let variant = &part.ident;
                let value = visited(&part.ty, &Place::borrowed(), &part.function, &here);
                (quote!(types::#ty::#variant(value)), value)
            });
            let (patterns, values): (Vec<_>, Vec<_>) = parts.unzip();
            match (patterns.as_slice(), values.as_slice()) {
                ([pattern], [value]) => quote!(if let #pattern = whole { #value }),
                _ => quote!(match whole { #(#patterns => { #values })* _ => {} }),
            }
        }
    };
    quote! {
        pub(super) fn #function(whole: &mut types::#ty) {
            #body
        }
    }
}

/// Emits the statements that fill defaults into the absent members of a variable, and into the structures that it contains
/// by functions at this path.
pub(super) fn filled(
    defaults: &Defaults,
    variable: &TokenStream,
    path: &TokenStream,
    client_crate: &Ident,
) -> TokenStream {
    let own = defaults.own.iter();
    let own = own.map(|default| own_default(default, variable, client_crate));
    let nested = defaults.nested.iter().map(|part| {
        let (field, ty, function) = (&part.ident, &part.ty, &part.function);
        if !part.optional {
            return visited(ty, &Place::owned(quote!(#variable.#field)), function, path);
        }
        let value = visited(ty, &Place::borrowed(), function, path);
        quote!(if let Some(value) = &mut #variable.#field { #value })
    });
    quote!(#(#own)* #(#nested)*)
}

/// Emits the statement that fills the default into an absent member.
fn own_default(
    default: &ServedDefault,
    variable: &TokenStream,
    client_crate: &Ident,
) -> TokenStream {
    let field = &default.ident;
    match (&default.value, &default.ty) {
        (Presence::Default(value @ Default::Integer(_)), Type::IntEnum(_)) => {
            let value = values::default(value, &default.ty);
            quote!(#variable.#field.get_or_insert(#client_crate::types::#value);)
        }
        (Presence::Default(value), ty) if values::is_made(value) => {
            let value = values::default(value, ty);
            quote!(#variable.#field.get_or_insert_with(|| #value);)
        }
        (Presence::Default(value), ty) => {
            let value = values::default(value, ty);
            quote!(#variable.#field.get_or_insert(#value);)
        }
        _ => quote!(#variable.#field.get_or_insert_default();),
    }
}

/// The place of a value.
struct Place {
    value: TokenStream,
    /// The expression of a mutable reference to the value.
    reference: TokenStream,
}

impl Place {
    fn owned(value: TokenStream) -> Self {
        Self {
            reference: quote!(&mut #value),
            value,
        }
    }

    /// Returns the place of the variable `value`, which is a mutable reference.
    fn borrowed() -> Self {
        Self {
            value: quote!(value),
            reference: quote!(value),
        }
    }
}

/// Emits the calls of a function for all structures or unions of a value.
fn visited(ty: &Type, place: &Place, function: &Ident, path: &TokenStream) -> TokenStream {
    let Place { value, reference } = place;
    let each = |values: TokenStream, ty: &Type| {
        let element = visited(ty, &Place::borrowed(), function, path);
        quote!(for value in #values { #element })
    };
    match ty {
        Type::Boxed(inner) => visited(inner, place, function, path),
        Type::List(element, Density::Dense) => each(reference.clone(), element),
        Type::List(element, Density::Sparse) => each(quote!(#value.iter_mut().flatten()), element),
        Type::Map(_, element, Density::Dense) => each(quote!(#value.values_mut()), element),
        Type::Map(_, element, Density::Sparse) => {
            each(quote!(#value.values_mut().flatten()), element)
        }
        _ => quote!(#path #function(#reference);),
    }
}

/// Emits the imports of a file that fills in these defaults.
pub(super) fn uses<'a>(all: impl Iterator<Item = &'a Defaults> + Clone) -> TokenStream {
    let nested = all.clone().any(|defaults| !defaults.nested.is_empty());
    let nested = nested.then(|| {
        quote!(
            use super::defaults;
        )
    });
    let primitives = imports(all.flat_map(|defaults| &defaults.own));
    quote!(#nested #primitives)
}

/// Emits the imports of the types that values of defaults name.
fn imports<'a>(defaults: impl Iterator<Item = &'a ServedDefault>) -> TokenStream {
    Imports::default()
        .and(defaults.filter_map(primitive))
        .emit()
}

/// Returns the type of a default whose value names the type.
fn primitive(default: &ServedDefault) -> Option<&Type> {
    let is_named = matches!(
        default.value,
        Presence::Default(Default::Blob(_) | Default::Timestamp { .. } | Default::Document(_))
    );
    is_named.then_some(&default.ty)
}
