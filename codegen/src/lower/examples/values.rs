//! [`Values`]: converts JSON values to expressions of their types.

use crate::ir::{
    Argument, Building, Client, Density, Expression, Field, Structure, Type, TypeDefinition,
};
use crate::names::Ident;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The types by their names in Rust.
pub(super) struct Values<'a> {
    types: BTreeMap<&'a Ident, &'a TypeDefinition>,
}

impl<'a> Values<'a> {
    pub(super) fn new(client: &'a Client) -> Self {
        Self {
            types: by_ident(client),
        }
    }

    /// Returns the calls of setters that fill a structure. The members are given by their names in the model.
    pub(super) fn arguments(
        &self,
        structure: &Structure,
        members: &Map<String, Value>,
    ) -> Result<Vec<Argument>, String> {
        let known = |name: &str| structure.fields.iter().any(|field| field.wire_name == name);
        if let Some(name) = members.keys().find(|name| !known(name)) {
            return Err(format!("{} has no member `{name}`", structure.ident));
        }
        let mut arguments = Vec::new();
        // The order is that of the model, whatever the order of the example.
        for field in &structure.fields {
            if let Some(value) = members
                .get(&field.wire_name)
                .filter(|value| !value.is_null())
            {
                let set = self.setters(field, value);
                arguments.extend(set.map_err(|reason| format!("{}: {reason}", field.wire_name))?);
            }
        }
        Ok(arguments)
    }

    /// Returns the calls that set a field: one for each element or entry.
    fn setters(&self, field: &Field, value: &Value) -> Result<Vec<Argument>, String> {
        let setter = field.ident.clone();
        let call = |values| Argument {
            setter: setter.clone(),
            values,
        };
        match (&field.ty, value) {
            (Type::List(element, density), Value::Array(elements)) if !elements.is_empty() => {
                let elements = elements.iter();
                elements
                    .map(|value| Ok(call(vec![self.part(element, *density, value)?])))
                    .collect()
            }
            (Type::Map(key, of, density), Value::Object(entries)) if !entries.is_empty() => {
                let entries = entries.iter().map(|(name, value)| {
                    let key = self.expression(key, &Value::String(name.clone()))?;
                    Ok(call(vec![key, self.part(of, *density, value)?]))
                });
                entries.collect()
            }
            (ty @ (Type::List(..) | Type::Map(..)), value) => Ok(vec![Argument {
                setter: field.whole_setter.clone(),
                values: vec![Expression::Some(Box::new(self.expression(ty, value)?))],
            }]),
            (ty, value) => Ok(vec![call(vec![self.expression(ty, value)?])]),
        }
    }

    fn part(&self, ty: &Type, density: Density, value: &Value) -> Result<Expression, String> {
        match (density, value) {
            (Density::Dense, value) => self.expression(ty, value),
            (Density::Sparse, Value::Null) => Ok(Expression::None),
            (Density::Sparse, value) => Ok(Expression::Some(Box::new(self.expression(ty, value)?))),
        }
    }

    fn expression(&self, ty: &Type, value: &Value) -> Result<Expression, String> {
        let misfit = || format!("the value {value} does not fit its type");
        Ok(match (ty, value) {
            (Type::String, Value::String(text)) => Expression::Text(text.clone()),
            (Type::Boolean, Value::Bool(truth)) => Expression::Boolean(*truth),
            (Type::Byte | Type::Short | Type::Integer | Type::Long, Value::Number(number)) => {
                Expression::Integer(number.as_i64().ok_or_else(misfit)?)
            }
            (Type::Float | Type::Double, Value::Number(number)) => {
                Expression::Float(number.as_f64().ok_or_else(misfit)?)
            }
            (Type::Timestamp, Value::Number(number)) => {
                Expression::Timestamp(number.as_i64().ok_or_else(misfit)?)
            }
            (Type::Blob, Value::String(text)) => Expression::Blob(text.clone()),
            (Type::Boxed(inner), value) => self.expression(inner, value)?,
            (Type::List(element, density), Value::Array(elements)) => {
                let elements = elements.iter();
                let elements = elements.map(|value| self.part(element, *density, value));
                Expression::List(elements.collect::<Result<_, _>>()?)
            }
            (Type::Map(key, of, density), Value::Object(entries)) => {
                let entries = entries.iter().map(|(name, value)| {
                    let key = self.expression(key, &Value::String(name.clone()))?;
                    Ok::<_, String>((key, self.part(of, *density, value)?))
                });
                Expression::Map(entries.collect::<Result<_, _>>()?)
            }
            (Type::Enum(ident) | Type::IntEnum(ident), value) => {
                self.variant(ident, value).ok_or_else(misfit)?
            }
            (Type::Structure(ident) | Type::Union(ident), Value::Object(members)) => {
                self.aggregate(ident, members)?
            }
            _ => return Err(misfit()),
        })
    }

    fn variant(&self, ident: &Ident, value: &Value) -> Option<Expression> {
        match (self.types.get(ident)?, value) {
            (TypeDefinition::Enum(definition), Value::String(text)) => {
                let known = definition.variants.iter().find(|it| it.wire_value == *text);
                Some(match known {
                    Some(variant) => Expression::Variant(ident.clone(), variant.ident.clone()),
                    None => Expression::Unknown(ident.clone(), text.clone()),
                })
            }
            (TypeDefinition::IntEnum(definition), Value::Number(number)) => {
                let known = |value: i32| number.as_i64() == Some(value.into());
                let constant = definition.values.iter().find(|it| known(it.value))?;
                Some(Expression::Variant(ident.clone(), constant.ident.clone()))
            }
            _ => None,
        }
    }

    fn aggregate(&self, ident: &Ident, members: &Map<String, Value>) -> Result<Expression, String> {
        match self.types.get(ident) {
            Some(TypeDefinition::Structure(structure)) => Ok(Expression::Structure(
                ident.clone(),
                self.arguments(structure, members)?,
                structure.building == Building::Checked,
            )),
            Some(TypeDefinition::Union(union)) => {
                let mut members = members.iter();
                let (Some((name, value)), None) = (members.next(), members.next()) else {
                    return Err(format!("{ident} takes exactly one member"));
                };
                let mut variants = union.variants.iter();
                let variant = variants
                    .find(|variant| variant.field.wire_name == *name)
                    .ok_or_else(|| format!("{ident} has no member `{name}`"))?;
                let value = self.expression(&variant.field.ty, value)?;
                let variant = variant.ident.clone();
                Ok(Expression::Union(ident.clone(), variant, Box::new(value)))
            }
            _ => Err(format!("{ident} is not a structure")),
        }
    }
}

/// Returns the types by their names in Rust.
pub(super) fn by_ident(client: &Client) -> BTreeMap<&Ident, &TypeDefinition> {
    let types = client.types.iter();
    types
        .map(|definition| (definition.ident(), definition))
        .collect()
}
