//! Unions: one of several values, or one that the model does not know.

use crate::emit::imports::Imports;
use crate::emit::{docs, structure, types};
use crate::ir::{Union, UnionVariant};
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
    quote! {
        #imports
        use smithy_reqwest::schema::{MemberSchema, StructureSchema};
        use smithy_reqwest::shape::{Shape, Slot, Union, Value};

        #definition
        impl #ident {
            #(#methods)*

            /// Whether the variant is one that the model does not know.
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown)
            }
        }
        #reflection
        smithy_reqwest::union!(#ident);
    }
}

fn definition(union: &Union) -> TokenStream {
    let (doc, ident) = (docs::outer(&union.docs), &union.ident);
    let variants = union.variants.iter().map(|variant| {
        let (doc, ident, ty) = (
            docs::outer(&variant.field.docs),
            &variant.ident,
            types::plain(&variant.field.ty),
        );
        quote! { #doc #ident(#ty) }
    });
    quote! {
        #doc
        #[non_exhaustive]
        #[derive(Clone, PartialEq)]
        pub enum #ident {
            #(#variants,)*
            /// A variant that the model did not know. It cannot be sent.
            Unknown,
        }
    }
}

fn methods(variant: &UnionVariant) -> TokenStream {
    let (ident, ty) = (&variant.ident, types::plain(&variant.field.ty));
    let (is, as_ref) = (
        variant.suffix.prefixed("is_"),
        variant.suffix.prefixed("as_"),
    );
    let is_doc = docs::line(&format!("Whether it is [`{ident}`](Self::{ident})."));
    let as_doc = docs::line(&format!("The value, if it is [`{ident}`](Self::{ident})."));
    quote! {
        #is_doc
        pub fn #is(&self) -> bool {
            matches!(self, Self::#ident(_))
        }

        #as_doc
        pub fn #as_ref(&self) -> Option<&#ty> {
            match self {
                Self::#ident(value) => Some(value),
                _ => None,
            }
        }
    }
}

fn reflection(union: &Union) -> TokenStream {
    let (id, name, ident) = (&union.id, union.ident.text(), &union.ident);
    let members = union
        .variants
        .iter()
        .map(|variant| structure::member(&variant.field));
    let indices: Vec<_> = (0..union.variants.len())
        .map(Literal::usize_unsuffixed)
        .collect();
    let idents: Vec<_> = union
        .variants
        .iter()
        .map(|variant| &variant.ident)
        .collect();
    quote! {
        static SCHEMA: StructureSchema = StructureSchema::new(#id, #name, &[#(#members),*]);

        impl Union for #ident {
            fn schema(&self) -> &'static StructureSchema {
                &SCHEMA
            }

            fn variant(&self) -> Option<(usize, Value<'_>)> {
                match self {
                    #(Self::#idents(value) => Some((#indices, Shape::value(value))),)*
                    Self::Unknown => None,
                }
            }

            fn set_variant(&mut self, index: usize) -> Slot<'_> {
                *self = match index {
                    #(#indices => Self::#idents(Shape::empty()),)*
                    _ => Self::Unknown,
                };
                match self {
                    #(Self::#idents(value) => Shape::slot(value),)*
                    Self::Unknown => Slot::Ignored,
                }
            }
        }
    }
}
