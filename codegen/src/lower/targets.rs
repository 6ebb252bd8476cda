//! Lowers constraints and formats of targets to statics: one for each shape that has any, and one for each member that
//! overrides those of its target.

use crate::error::CodegenError;
use crate::ir::{CarriedTrait, Target, TimestampFormat};
use crate::lower::carried;
use crate::names::{Ident, Scope};
use crate::protocol::Protocol;
use smithy_model::known::{Length, MediaType, Pattern, Range, TimestampFormatTrait};
use smithy_model::{Member, Model, Shape, ShapeId, ShapeKind, Traits, known};
use std::collections::BTreeMap;

/// The statics that are complete so far.
#[derive(Debug)]
pub(super) struct Targets {
    /// The statics by shape or member. `None` marks one that needs no static.
    named: BTreeMap<ShapeId, Option<Ident>>,
    targets: Vec<Target>,
    scope: Scope,
    protocol: &'static dyn Protocol,
}

/// The traits of a member, which take precedence over those of its target.
struct Own<'a> {
    traits: &'a Traits,
    carried: Vec<CarriedTrait>,
}

impl Targets {
    /// Creates an empty collection for a service with this protocol.
    pub(super) fn new(protocol: &'static dyn Protocol) -> Self {
        Self {
            named: BTreeMap::new(),
            targets: Vec::new(),
            scope: Scope::plain(),
            protocol,
        }
    }

    /// Returns the static for the target of a structure's member. The schema of the member has the traits that the
    /// protocol reads of the member itself.
    pub(super) fn of_member(
        &mut self,
        model: &Model,
        member: &Member,
    ) -> Result<Option<Ident>, CodegenError> {
        self.of_any(model, member, Vec::new())
    }

    /// Returns the static for a list's element, or a map's key or value.
    fn of_part(&mut self, model: &Model, member: &Member) -> Result<Option<Ident>, CodegenError> {
        let carried = carried::of(self.protocol, &member.traits);
        self.of_any(model, member, carried)
    }

    fn of_any(
        &mut self,
        model: &Model,
        member: &Member,
        carried: Vec<CarriedTrait>,
    ) -> Result<Option<Ident>, CodegenError> {
        let shape = model.expect(&member.target)?;
        if !says_something(&member.traits) && carried.is_empty() {
            return self.of_shape(model, shape);
        }
        let name = format!("{}_{}", member.id.name(), member.name);
        let traits = &member.traits;
        let own = Own { traits, carried };
        self.add(model, &member.id, &name, shape, Some(own))
    }

    fn of_shape(&mut self, model: &Model, shape: &Shape) -> Result<Option<Ident>, CodegenError> {
        self.add(model, &shape.id, shape.id.name(), shape, None)
    }

    fn add(
        &mut self,
        model: &Model,
        id: &ShapeId,
        name: &str,
        shape: &Shape,
        own: Option<Own<'_>>,
    ) -> Result<Option<Ident>, CodegenError> {
        if let Some(known) = self.named.get(id) {
            return Ok(known.clone());
        }
        // The entry is added before the elements are visited, so that recursive lists terminate.
        self.named.insert(id.clone(), None);
        let mut target = self.describe(model, shape, own)?;
        let ident = (!is_empty(&target)).then(|| self.scope.claim(Ident::shouty(name)));
        if let Some(ident) = &ident {
            target.ident = ident.clone();
            self.targets.push(target);
        }
        self.named.insert(id.clone(), ident.clone());
        Ok(ident)
    }

    fn describe(
        &mut self,
        model: &Model,
        shape: &Shape,
        own: Option<Own<'_>>,
    ) -> Result<Target, CodegenError> {
        let part = |targets: &mut Self, name: &str| match shape.member(name) {
            Some(member) => targets.of_part(model, member),
            None => Ok(None),
        };
        let (element, key) = match shape.kind {
            ShapeKind::List => (part(self, "member")?, None),
            ShapeKind::Map => (part(self, "value")?, part(self, "key")?),
            _ => (None, None),
        };
        let traits = Both {
            own: own.as_ref().map(|own| own.traits),
            shape: &shape.traits,
        };
        let own = own.map(|own| own.carried).unwrap_or_default();
        // An enum may gain values that the constraints of the model do not allow.
        let constrained = !matches!(shape.kind, ShapeKind::Enum | ShapeKind::IntEnum);
        Ok(Target {
            ident: Ident::shouty(shape.id.name()),
            length: traits
                .get::<Length>()
                .filter(|_| constrained)
                .map(|length| (length.min, length.max)),
            range: match traits.get::<Range>().filter(|_| constrained) {
                Some(range) => Some((bound(shape, range.min)?, bound(shape, range.max)?)),
                None => None,
            },
            pattern: traits
                .get::<Pattern>()
                .filter(|_| constrained)
                .map(|pattern| pattern.0),
            timestamp_format: traits
                .get::<TimestampFormatTrait>()
                .filter(|_| self.protocol.has_timestamp_formats())
                .map(|format| timestamp_format(format.0)),
            media_type: traits.get::<MediaType>().map(|media_type| media_type.0),
            unique_items: shape.traits.has("smithy.api#uniqueItems"),
            keeps_digits: matches!(shape.kind, ShapeKind::BigInteger | ShapeKind::BigDecimal),
            element,
            key,
            carried: self.carried(shape, own),
        })
    }

    /// Returns the traits that the protocol reads of a shape and of the part of a collection that targets it.
    /// Structures have these traits in their own schemas.
    fn carried(&self, shape: &Shape, own: Vec<CarriedTrait>) -> Vec<CarriedTrait> {
        if matches!(shape.kind, ShapeKind::Structure | ShapeKind::Union) {
            return own;
        }
        let mut carried = own;
        for of_shape in carried::of(self.protocol, &shape.traits) {
            if carried.iter().all(|own| own.id != of_shape.id) {
                carried.push(of_shape);
            }
        }
        carried
    }

    /// Returns all statics, by name.
    pub(super) fn into_sorted(mut self) -> Vec<Target> {
        self.targets.sort_by(|a, b| a.ident.cmp(&b.ident));
        self.targets
    }
}

/// The traits of a member and of its target. Those of the member take precedence.
struct Both<'a> {
    own: Option<&'a Traits>,
    shape: &'a Traits,
}

impl Both<'_> {
    fn get<T: smithy_model::Trait>(&self) -> Option<T> {
        self.own.and_then(Traits::get).or_else(|| self.shape.get())
    }
}

fn says_something(traits: &Traits) -> bool {
    ["length", "range", "pattern", "timestampFormat", "mediaType"]
        .iter()
        .any(|name| traits.has(&format!("smithy.api#{name}")))
}

fn is_empty(target: &Target) -> bool {
    let Target {
        length,
        range,
        pattern,
        timestamp_format,
        media_type,
        unique_items,
        keeps_digits,
        element,
        key,
        carried,
        ident: _,
    } = target;
    length.is_none()
        && range.is_none()
        && pattern.is_none()
        && timestamp_format.is_none()
        && media_type.is_none()
        && !unique_items
        && !keeps_digits
        && element.is_none()
        && key.is_none()
        && carried.is_empty()
}

fn bound(shape: &Shape, number: Option<serde_json::Number>) -> Result<Option<f64>, CodegenError> {
    let Some(number) = number else {
        return Ok(None);
    };
    match number.as_f64() {
        Some(number) => Ok(Some(number)),
        None => Err(CodegenError::unsupported(
            &shape.id,
            format!("the bound {number} of its range is not a number that Rust can represent"),
        )),
    }
}

fn timestamp_format(format: known::TimestampFormat) -> TimestampFormat {
    match format {
        known::TimestampFormat::DateTime => TimestampFormat::DateTime,
        known::TimestampFormat::EpochSeconds => TimestampFormat::EpochSeconds,
        known::TimestampFormat::HttpDate => TimestampFormat::HttpDate,
    }
}
