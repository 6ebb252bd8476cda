//! Emits the `use` lines of a file: exactly the names that its fields need.

use crate::ir::{Field, Type};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// The names that a file uses.
#[derive(Debug, Default)]
pub(super) struct Imports {
    types: BTreeSet<Ident>,
    primitives: BTreeSet<&'static str>,
    hash_map: bool,
    targets: bool,
}

impl Imports {
    /// Returns the names that the fields use.
    pub(super) fn of<'a>(fields: impl IntoIterator<Item = &'a Field>) -> Self {
        let mut imports = Self::default();
        for field in fields {
            imports.add(&field.ty);
            imports.targets |= field.target.is_some();
        }
        imports
    }

    /// Adds the names that the types use.
    pub(super) fn and<'a>(mut self, types: impl IntoIterator<Item = &'a Type>) -> Self {
        types.into_iter().for_each(|ty| self.add(ty));
        self
    }

    fn add(&mut self, ty: &Type) {
        match ty {
            Type::Enum(ident)
            | Type::IntEnum(ident)
            | Type::Structure(ident)
            | Type::Union(ident) => {
                self.types.insert(ident.clone());
            }
            Type::List(element, _) => self.add(element),
            Type::Map(key, value, _) => {
                self.hash_map = true;
                self.add(key);
                self.add(value);
            }
            Type::Boxed(inner) => self.add(inner),
            Type::Blob => drop(self.primitives.insert("Blob")),
            Type::Stream => drop(self.primitives.insert("ByteStream")),
            Type::Timestamp => drop(self.primitives.insert("DateTime")),
            Type::Document => drop(self.primitives.insert("Document")),
            Type::BigInteger => drop(self.primitives.insert("BigInteger")),
            Type::BigDecimal => drop(self.primitives.insert("BigDecimal")),
            _ => {}
        }
    }

    /// Removes the statics of targets.
    pub(super) fn without_targets(mut self) -> Self {
        self.targets = false;
        self
    }

    /// Removes a type that the file itself defines.
    pub(super) fn without(mut self, ident: &Ident) -> Self {
        self.types.remove(ident);
        self
    }

    /// Emits the `use` lines.
    pub(super) fn emit(&self) -> TokenStream {
        let types: Vec<_> = self.types.iter().collect();
        let types = (!types.is_empty()).then(|| quote!(use crate::types::{#(#types),*};));
        let targets = self.targets.then(|| {
            quote!(
                use crate::generated::targets;
            )
        });
        let primitives = self.primitives.iter().map(|name| Ident::upper_camel(name));
        let primitives = (!self.primitives.is_empty())
            .then(|| quote!(use smithy_reqwest::primitives::{#(#primitives),*};));
        let hash_map = self.hash_map.then(|| {
            quote!(
                use std::collections::HashMap;
            )
        });
        quote! { #hash_map #targets #types #primitives }
    }
}
