//! Moves properties of members that are traits of the target in Smithy (streaming, JSON inside a string) to the
//! targets.
//!
//! If all members that target a shape agree, the shape gets the trait; otherwise the members get a separate shape.

use super::{
    Context, ServiceModel, TraitList, add, flag,
    format::{MemberRef, Shape},
    ok, shapes,
};
use crate::{ModelError, ShapeId, ast::AstShape};
use serde_json::json;
use std::collections::BTreeMap;

/// The use of a target by a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Plain,
    Streaming,
    Json,
}

/// The uses of each shape with any use other than a plain one.
pub(super) struct TargetTraits(BTreeMap<String, Vec<Use>>);

impl TargetTraits {
    pub(super) fn of(model: &ServiceModel) -> Self {
        let mut uses: BTreeMap<String, Vec<Use>> = BTreeMap::new();
        for member in model
            .shapes
            .0
            .iter()
            .flat_map(|(_, shape)| shape.all_members())
        {
            let known = uses.entry(member.shape.clone()).or_default();
            if !known.contains(&Use::of(member)) {
                known.push(Use::of(member));
            }
        }
        uses.retain(|_, uses| uses[..] != [Use::Plain]);
        Self(uses)
    }

    /// Adds the traits that follow from all uses of a shape.
    pub(super) fn add(&self, name: &str, shape: &Shape, traits: &mut TraitList) {
        let shared = match self.0.get(name).map(Vec::as_slice) {
            Some([shared]) => *shared,
            _ => Use::Plain,
        };
        let streaming = shape.streaming || shared == Use::Streaming;
        let json = shape.jsonvalue || shared == Use::Json;
        flag(traits, streaming, "smithy.api#streaming");
        flag(traits, shape.requires_length, "smithy.api#requiresLength");
        if json {
            add(traits, "smithy.api#mediaType", json!("application/json"));
        }
    }

    /// Returns the target of a member: the named shape, or the separate shape for its use.
    pub(super) fn target(
        &self,
        cx: &Context<'_>,
        member: &MemberRef,
        problems: &mut Vec<ModelError>,
    ) -> Option<ShapeId> {
        let own = Use::of(member);
        let uses = self.0.get(&member.shape);
        if own != Use::Plain && uses.is_some_and(|uses| uses.len() > 1) {
            return own.variant(cx, &member.shape, problems);
        }
        cx.target(&member.shape, problems)
    }

    /// Returns the separate shapes for members that use `name` differently from others.
    pub(super) fn variants(
        &self,
        cx: &Context<'_>,
        name: &str,
        shape: &Shape,
        problems: &mut Vec<ModelError>,
    ) -> Vec<(ShapeId, AstShape)> {
        let uses = self.0.get(name).filter(|uses| uses.len() > 1);
        let own = uses.into_iter().flatten().filter(|own| **own != Use::Plain);
        let mut variants = Vec::new();
        for own in own {
            if let Some(id) = own.variant(cx, name, problems) {
                let mut ast = shapes::shape(cx, name, &id, shape, problems);
                let (trait_id, value) = match own {
                    Use::Json => ("smithy.api#mediaType", json!("application/json")),
                    Use::Streaming | Use::Plain => ("smithy.api#streaming", json!({})),
                };
                ast.traits.0.retain(|(known, _)| known != trait_id);
                add(&mut ast.traits, trait_id, value);
                variants.push((id, ast));
            }
        }
        variants
    }
}

impl Use {
    fn of(member: &MemberRef) -> Self {
        match member {
            MemberRef {
                streaming: true, ..
            } => Self::Streaming,
            MemberRef {
                jsonvalue: true, ..
            } => Self::Json,
            _ => Self::Plain,
        }
    }

    fn variant(
        self,
        cx: &Context<'_>,
        name: &str,
        problems: &mut Vec<ModelError>,
    ) -> Option<ShapeId> {
        let suffix = if self == Self::Json { "Json" } else { "Stream" };
        let free = cx.names.free_name(&format!("{name}{suffix}"));
        ok(cx.names.id(cx.file, &free), problems)
    }
}
