//! Emits unions, with a variant for values that the model does not define.

use crate::emit::imports::Imports;
use crate::emit::{carried, docs, structure, types};
use crate::ir::{Type, Union, UnionVariant};
use crate::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit(union: &Union) -> TokenStream {
    let imports = Imports::of(union.variants.iter().map(|variant| &variant.field))
        .without(&union.ident)
        .emit();
    let definition = definition(union);
    let methods = union.variants.iter().map(methods);
    let ident = &union.ident;
    let reflection = reflection(union);
    let schemas = schemas(union);
    quote! {
        #imports
        use smithy_reqwest::schema::{#(#schemas),*};
        use smithy_reqwest::shape::{Shape, Slot, Union, Value};

        #definition
        impl #ident {
            #(#methods)*

            /// Returns `true` if the model does not know the variant.
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown)
            }
        }
        #reflection
        smithy_reqwest::union!(#ident);
    }
}

/// Returns the names that the file uses from the runtime's `schema` module, sorted.
fn schemas(union: &Union) -> Vec<Ident> {
    let mut members = union.variants.iter().map(|variant| &variant.field.carried);
    let carries = !union.carried.is_empty() || members.any(|carried| !carried.is_empty());
    let carried = carried::TYPES.into_iter().filter(|_| carries);
    let schemas = carried.chain(["MemberSchema", "StructureSchema"]);
    schemas.map(Ident::verbatim).collect()
}

fn definition(union: &Union) -> TokenStream {
    let (doc, ident) = (docs::outer(&union.docs), &union.ident);
    let variants = union.variants.iter().map(|variant| {
        let (doc, ident) = (docs::outer(&variant.field.docs), &variant.ident);
        let ty = types::plain(&variant.field.ty);
        let value = (!is_unit(variant)).then(|| quote!((#ty)));
        quote! { #doc #ident #value }
    });
    quote! {
        #doc
        #[non_exhaustive]
        #[derive(Clone, PartialEq)]
        pub enum #ident {
            #(#variants,)*
            /// A variant that the model does not know. It cannot be sent.
            Unknown,
        }
    }
}

fn methods(variant: &UnionVariant) -> TokenStream {
    let ident = &variant.ident;
    let ty = match &variant.field.ty {
        Type::Boxed(inner) => types::plain(inner),
        ty => types::plain(ty),
    };
    let (is, as_ref) = (&variant.question, &variant.accessor);
    let is_doc = docs::line(&format!(
        "Returns `true` if this is [`{ident}`](Self::{ident})."
    ));
    let as_doc = docs::line(&format!(
        "Returns the value if this is [`{ident}`](Self::{ident}), and the union itself otherwise."
    ));
    if is_unit(variant) {
        return quote! {
            #is_doc
            pub fn #is(&self) -> bool {
                matches!(self, Self::#ident)
            }
        };
    }
    quote! {
        #is_doc
        pub fn #is(&self) -> bool {
            matches!(self, Self::#ident(_))
        }

        #as_doc
        pub fn #as_ref(&self) -> Result<&#ty, &Self> {
            match self {
                Self::#ident(value) => Ok(value),
                other => Err(other),
            }
        }
    }
}

/// Returns whether a variant has no value of its own.
fn is_unit(variant: &UnionVariant) -> bool {
    variant.field.ty == Type::Unit
}

fn reflection(union: &Union) -> TokenStream {
    let (id, name, ident) = (&union.id, union.ident.text(), &union.ident);
    let members = union
        .variants
        .iter()
        .map(|variant| structure::member(&variant.field));
    let output = union.output.then(|| quote!(.output()));
    let carries = carried::emit(&union.carried);
    let numbered = || {
        let variants = union.variants.iter().enumerate();
        variants.map(|(index, variant)| (Literal::usize_unsuffixed(index), variant))
    };
    let values = numbered().map(|(index, variant)| {
        let ident = &variant.ident;
        if is_unit(variant) {
            quote!(Self::#ident => Some((#index, Value::Structure(&smithy_reqwest::shape::Unit))))
        } else {
            quote!(Self::#ident(value) => Some((#index, Shape::value(value))))
        }
    });
    let empties = numbered().map(|(index, variant)| {
        let ident = &variant.ident;
        let value = (!is_unit(variant)).then(|| quote!((Shape::empty())));
        quote!(#index => Self::#ident #value)
    });
    let slots = union.variants.iter().filter(|variant| !is_unit(variant));
    let slots =
        slots.map(|UnionVariant { ident, .. }| quote!(Self::#ident(value) => Shape::slot(value)));
    quote! {
        static SCHEMA: StructureSchema = StructureSchema::new(#id, #name, &[#(#members),*]) #output #carries;

        impl Union for #ident {
            fn schema(&self) -> &'static StructureSchema {
                &SCHEMA
            }

            fn variant(&self) -> Option<(usize, Value<'_>)> {
                match self {
                    #(#values,)*
                    Self::Unknown => None,
                }
            }

            fn set_variant(&mut self, index: usize) -> Slot<'_> {
                *self = match index {
                    #(#empties,)*
                    _ => Self::Unknown,
                };
                match self {
                    #(#slots,)*
                    _ => Slot::Ignored,
                }
            }
        }
    }
}
