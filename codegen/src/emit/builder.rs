//! Emits builders of structures: a setter and a getter for each field, and `build`.

use crate::emit::hidden::{self, Hidden};
use crate::emit::{docs, setters, types, values};
use crate::ir::{Building, Field, Presence, Role, Structure};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

/// Returns the path that precedes the builder's name in the file of the structure.
pub(super) fn path(structure: &Structure) -> TokenStream {
    match structure.role {
        Role::Input | Role::Output => quote!(builders::),
        Role::Error | Role::Type => TokenStream::new(),
    }
}

/// Returns the names that builders use from the runtime.
pub(super) fn runtime_imports<'a>(
    structures: impl IntoIterator<Item = &'a Structure>,
) -> TokenStream {
    let structures: Vec<_> = structures.into_iter().collect();
    let fails = structures
        .iter()
        .any(|structure| structure.building == Building::Checked);
    let is_input = structures
        .iter()
        .any(|structure| structure.role == Role::Input);
    let names = match (fails, is_input) {
        (true, _) => quote!(
            use smithy_reqwest::build::{BuildError, Required};
        ),
        (false, true) => quote!(
            use smithy_reqwest::build::BuildError;
        ),
        (false, false) => TokenStream::new(),
    };
    quote!(#names)
}

/// Emits the builder.
pub(super) fn emit(structure: &Structure) -> TokenStream {
    let wraps = structure.building == Building::Whole;
    let (definition, place): (_, fn(&Ident) -> TokenStream) = if wraps {
        (wrapper(structure), |name| quote!(self.inner.#name))
    } else {
        (fields(structure), |name| quote!(self.#name))
    };
    let builder = &structure.builder;
    let methods = structure
        .fields
        .iter()
        .map(|field| setters::emit(field, &place(&field.ident), &quote!(#[inline])));
    let build = build(structure);
    quote! {
        #definition
        impl #builder {
            #(#methods)*
            #build
        }
    }
}

fn wrapper(structure: &Structure) -> TokenStream {
    let (ident, builder) = (&structure.ident, &structure.builder);
    let doc = docs::line(&format!("A builder of [`{ident}`]."));
    quote! {
        #doc
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #builder {
            inner: #ident,
        }
    }
}

fn fields(structure: &Structure) -> TokenStream {
    let (ident, builder) = (&structure.ident, &structure.builder);
    let doc = docs::line(&format!("A builder of [`{ident}`]."));
    let fields = structure.fields.iter().map(|field| {
        let (name, ty) = (&field.ident, types::plain(&field.ty));
        quote!(#name: Option<#ty>)
    });
    let names = structure.fields.iter().map(|field| &field.ident);
    quote! {
        #doc
        #[derive(Clone, Default, PartialEq)]
        pub struct #builder {
            #(#fields,)*
        }

        smithy_reqwest::builder!(SCHEMA: #builder { #(#names),* });
    }
}

fn build(structure: &Structure) -> TokenStream {
    let ident = &structure.ident;
    let doc = docs::line(&format!("Builds the [`{ident}`]."));
    match structure.building {
        Building::Whole => quote! {
            #doc
            pub fn build(self) -> #ident {
                self.inner
            }
        },
        Building::Filled => {
            let values = members(structure);
            quote! {
                #doc
                pub fn build(self) -> #ident {
                    #ident { #values }
                }
            }
        }
        Building::Checked => fallible(structure, &doc),
    }
}

fn fallible(structure: &Structure, doc: &TokenStream) -> TokenStream {
    let ident = &structure.ident;
    let name = ident.text().to_owned();
    let values = members(structure);
    quote! {
        #doc
        ///
        /// # Errors
        ///
        /// Returns an error that names all required fields that were not set.
        pub fn build(self) -> Result<#ident, BuildError> {
            let mut required = Required::of(#name);
            let built = #ident { #values };
            required.finish(built)
        }
    }
}

fn members(structure: &Structure) -> TokenStream {
    let values = structure.fields.iter().map(value);
    let hidden = hidden::fields(structure);
    let hidden = hidden.iter().map(Hidden::value);
    quote! { #(#values,)* #(#hidden),* }
}

fn value(field: &Field) -> TokenStream {
    let name = &field.ident;
    let text = name.text();
    match &field.presence {
        Presence::Optional => quote!(#name: self.#name),
        Presence::Required => quote!(#name: required.take(#text, self.#name)),
        Presence::Zero => quote!(#name: self.#name.unwrap_or_default()),
        Presence::Default(default) if values::is_made(default) => {
            let value = values::default(default, &field.ty);
            quote!(#name: self.#name.unwrap_or_else(|| #value))
        }
        Presence::Default(default) => {
            let default = values::default(default, &field.ty);
            quote!(#name: self.#name.unwrap_or(#default))
        }
    }
}
