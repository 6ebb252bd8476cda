//! Lowers steps to a member of a structure, a variant of a union, or the entries of a map.

use super::{Kind, Lowerer, Result, Typed, member, shape_kind};
use crate::ir::{Presence, Query, Role, Step, Type};
use crate::lower::fields;
use smithy_model::{Shape, ShapeKind};

impl Lowerer<'_, '_> {
    /// Lowers the step to `name` in a value: a member, a variant, or an entry.
    pub(super) fn field(&self, name: &str, current: &Typed) -> Result {
        if matches!(current.kind, Kind::InputAndOutput) {
            return match name {
                "input" => self.input(),
                "output" => self.output(),
                _ => Err(format!("`{name}` is neither `input` nor `output`")),
            };
        }
        let Kind::Shape(id, role) = &current.kind else {
            return Err(format!("`{name}` of {}", current.kind.name()));
        };
        let shape = self.shape(id)?;
        match &shape.kind {
            ShapeKind::Structure => {
                let role = match role {
                    Role::Type => self.resolver.role(&shape.id),
                    role => *role,
                };
                self.structure_field(shape, role, name, current)
            }
            ShapeKind::Union => self.variant(shape, name, current),
            ShapeKind::Map => self.entry(shape, name, current),
            kind => Err(format!("`{name}` of a {}", kind.name())),
        }
    }

    fn structure_field(&self, shape: &Shape, role: Role, name: &str, current: &Typed) -> Result {
        let member = member(shape, name)?;
        let ty = self
            .resolver
            .member_type(member)
            .map_err(|error| error.to_string())?;
        let presence = fields::presence(self.resolver, member, role, &ty)
            .map_err(|error| error.to_string())?;
        let optional = presence == Presence::Optional;
        let query = Query {
            optional: optional || current.query.optional,
            step: Step::Field {
                of: Box::new(current.query.clone()),
                field: self.resolver.field_ident(member),
                optional,
                boxed: matches!(ty, Type::Boxed(_)),
            },
        };
        Ok(Typed::new(query, shape_kind(&member.target)))
    }

    fn variant(&self, shape: &Shape, name: &str, current: &Typed) -> Result {
        let member = member(shape, name)?;
        if member.target.is_unit() {
            return Err(format!("`{name}` is a variant without a value"));
        }
        let step = Step::Variant {
            of: Box::new(current.query.clone()),
            method: self.resolver.variant_names(member).accessor,
        };
        Ok(Typed::new(
            Query {
                step,
                optional: true,
            },
            shape_kind(&member.target),
        ))
    }

    /// Lowers the step to the values of a map.
    pub(super) fn values(&self, current: &Typed) -> Result {
        let Kind::Shape(id, _) = &current.kind else {
            return Err(format!("`*` is asked of {}", current.kind.name()));
        };
        let shape = self.shape(id)?;
        if !matches!(shape.kind, ShapeKind::Map) || shape.traits.has("smithy.api#sparse") {
            let kind = shape.kind.name();
            return Err(format!(
                "`*` is asked of a {kind}, not of a map without nulls"
            ));
        }
        let value = member(shape, "value")?;
        Ok(Typed::new(
            Query {
                step: Step::Values(Box::new(current.query.clone())),
                optional: current.query.optional,
            },
            Kind::List(Box::new(shape_kind(&value.target))),
        ))
    }

    fn entry(&self, shape: &Shape, name: &str, current: &Typed) -> Result {
        let (key, value) = (member(shape, "key")?, member(shape, "value")?);
        let is_text = matches!(self.shape(&key.target)?.kind, ShapeKind::String);
        if !is_text || shape.traits.has("smithy.api#sparse") {
            return Err(format!(
                "`{name}` of a map that is sparse or has no strings as keys"
            ));
        }
        let step = Step::Entry {
            of: Box::new(current.query.clone()),
            key: name.to_owned(),
        };
        Ok(Typed::new(
            Query {
                step,
                optional: true,
            },
            shape_kind(&value.target),
        ))
    }
}
