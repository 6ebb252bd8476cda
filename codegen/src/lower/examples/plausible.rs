//! [`Plausible`]: derives plausible JSON values for the required members of an input.

use super::text;
use super::values::by_ident;
use crate::ir::{Client, Field, Structure, Target, Type, TypeDefinition};
use crate::names::Ident;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The depth at which structures that require each other are abandoned.
const MAX_DEPTH: usize = 6;

/// A timestamp in 2030.
const TIMESTAMP: i64 = 1_893_456_000;

/// The types and constraints by their names in Rust.
pub(super) struct Plausible<'a> {
    types: BTreeMap<&'a Ident, &'a TypeDefinition>,
    targets: BTreeMap<&'a Ident, &'a Target>,
}

impl<'a> Plausible<'a> {
    pub(super) fn new(client: &'a Client) -> Self {
        let targets = client.targets.iter();
        Self {
            types: by_ident(client),
            targets: targets.map(|target| (&target.ident, target)).collect(),
        }
    }

    /// Returns the required members of a structure, or `None` if one of them has no plausible value.
    pub(super) fn structure(&self, structure: &Structure, depth: usize) -> Option<Value> {
        let required = structure.fields.iter().filter(|field| field.required);
        let members: Option<Map<_, _>> = required
            .map(|field| Some((field.wire_name.clone(), self.field(field, depth)?)))
            .collect();
        members.map(Value::Object)
    }

    fn field(&self, field: &Field, depth: usize) -> Option<Value> {
        self.value(&field.ty, field.target.as_ref(), &field.wire_name, depth)
    }

    fn value(&self, ty: &Type, target: Option<&Ident>, name: &str, depth: usize) -> Option<Value> {
        let target = target.and_then(|ident| self.targets.get(ident)).copied();
        let element = target.and_then(|target| target.element.as_ref());
        Some(match ty {
            Type::String => json!(text::plausible(name, target)),
            Type::Boolean => json!(true),
            Type::Byte | Type::Short | Type::Integer | Type::Long => json!(number(target) as i64),
            Type::Float | Type::Double => json!(number(target)),
            Type::Timestamp => json!(TIMESTAMP),
            Type::Blob => json!("text"),
            Type::List(of, _) => json!([self.value(of, element, singular(name), depth)?]),
            Type::Map(key, of, _) => {
                let of_key = target.and_then(|target| target.key.as_ref());
                let key = self.value(key, of_key, "key", depth)?;
                json!({ key.as_str()?: self.value(of, element, "value", depth)? })
            }
            Type::Boxed(inner) => self.value(inner, None, name, depth)?,
            Type::Enum(ident)
            | Type::IntEnum(ident)
            | Type::Structure(ident)
            | Type::Union(ident) => self.named(ident, depth)?,
            _ => return None,
        })
    }

    fn named(&self, ident: &Ident, depth: usize) -> Option<Value> {
        match self.types.get(ident)? {
            TypeDefinition::Enum(definition) => {
                Some(json!(definition.variants.first()?.wire_value))
            }
            TypeDefinition::IntEnum(definition) => Some(json!(definition.values.first()?.value)),
            _ if depth == MAX_DEPTH => None,
            TypeDefinition::Structure(structure) => self.structure(structure, depth + 1),
            TypeDefinition::Union(union) => {
                let field = &union.variants.first()?.field;
                Some(json!({ field.wire_name.as_str(): self.field(field, depth + 1)? }))
            }
        }
    }
}

/// Returns the least value that is allowed, or one.
fn number(target: Option<&Target>) -> f64 {
    match target.and_then(|target| target.range) {
        Some((Some(min), _)) => min,
        Some((None, Some(max))) => max.min(1.0),
        _ => 1.0,
    }
}

fn singular(name: &str) -> &str {
    name.strip_suffix('s').unwrap_or(name)
}
