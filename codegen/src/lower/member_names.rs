//! Assigns the names of members in Rust: of fields, and of the variants of unions. All names are assigned once for the
//! whole closure, so that code that reads a member by a path, such as a waiter, uses the name in the type.

use crate::names::{Ident, Scope};
use smithy_model::{Closure, Member, Model, Shape, ShapeId, ShapeKind};
use std::collections::BTreeMap;

/// The names, by member.
pub(super) struct MemberNames {
    fields: BTreeMap<ShapeId, Ident>,
    variants: BTreeMap<ShapeId, VariantNames>,
}

/// The names of a variant of a union.
#[derive(Debug, Clone)]
pub(super) struct VariantNames {
    /// The variant.
    pub(super) ident: Ident,
    /// The method that returns whether a value is this variant.
    pub(super) question: Ident,
    /// The method that returns the value of this variant.
    pub(super) accessor: Ident,
}

impl VariantNames {
    /// Creates the names of the variant `ident`, whose methods end in `suffix`.
    fn new(ident: Ident, suffix: &Ident) -> Self {
        Self {
            ident,
            question: suffix.prefixed("is_"),
            accessor: suffix.prefixed("as_"),
        }
    }
}

impl MemberNames {
    pub(super) fn new(model: &Model, closure: &Closure) -> Self {
        let mut names = Self {
            fields: BTreeMap::new(),
            variants: BTreeMap::new(),
        };
        for shape in closure.shapes.keys().filter_map(|id| model.shape(id)) {
            match shape.kind {
                ShapeKind::Structure => names.add_structure(shape),
                ShapeKind::Union => names.add_union(shape),
                _ => {}
            }
        }
        names
    }

    fn add_structure(&mut self, shape: &Shape) {
        let mut scope = Scope::fields();
        for member in shape.members.values() {
            let ident = scope.claim(Ident::snake(&member.name));
            self.fields.insert(member.id.clone(), ident);
        }
    }

    fn add_union(&mut self, shape: &Shape) {
        let (mut idents, mut suffixes) = (Scope::variants(), Scope::plain());
        suffixes.reserve("unknown");
        for member in shape.members.values() {
            let ident = idents.claim(Ident::upper_camel(&member.name));
            let suffix = suffixes.claim(Ident::snake(&member.name));
            let names = VariantNames::new(ident, &suffix);
            self.variants.insert(member.id.clone(), names);
        }
    }

    /// Returns the field of a member. A union has no fields, and reflection knows its members by their plain names.
    pub(super) fn field(&self, member: &Member) -> Ident {
        let known = self.fields.get(&member.id).cloned();
        known.unwrap_or_else(|| Ident::snake(&member.name))
    }

    /// Returns the setter that replaces or removes the whole value of a field.
    pub(super) fn whole_setter(field: &Ident) -> Ident {
        field.prefixed("set_")
    }

    /// Returns the getter of builders for a field.
    pub(super) fn getter(field: &Ident) -> Ident {
        field.prefixed("get_")
    }

    /// Returns the variant of a union's member.
    pub(super) fn variant(&self, member: &Member) -> VariantNames {
        let known = self.variants.get(&member.id).cloned();
        known.unwrap_or_else(|| {
            let ident = Ident::upper_camel(&member.name);
            VariantNames::new(ident, &Ident::snake(&member.name))
        })
    }
}
