//! Reads names of members as indexes, with a suggestion in the error for an unknown name.

use super::context::Context;
use super::nearest::nearest;
use crate::value::schema::StructureSchema;
use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};
use std::fmt;

/// The maximum number of members that a message lists.
const LISTED: usize = 6;
/// The maximum number of characters of an unknown name that a message repeats.
const REPEATED: usize = 64;

/// Reads the name of a member as its index, without storing the text.
pub(super) struct Key<'a> {
    pub(super) schema: &'static StructureSchema,
    pub(super) context: &'a Context,
    pub(super) expected: usize,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        match self.context.position(self.schema, name, self.expected) {
            None if self.context.strict => Err(E::custom(unknown(self.schema, name))),
            position => Ok(position),
        }
    }
}

fn unknown(schema: &StructureSchema, name: &str) -> String {
    let members = || schema.members.iter().map(|member| member.name);
    let remedy = match nearest(name, members()) {
        Some(nearest) => format!(", did you mean `{nearest}`?"),
        None if schema.members.is_empty() => format!(", {} has no members", schema.name),
        None if schema.members.len() <= LISTED => {
            let names: Vec<String> = members().map(|name| format!("`{name}`")).collect();
            format!(", expected {}", names.join(" or "))
        }
        None => format!(", {} has no such member", schema.name),
    };
    let shown: String = name
        .chars()
        .take(REPEATED)
        .flat_map(char::escape_debug)
        .collect();
    let cut = if name.chars().count() > REPEATED {
        "…"
    } else {
        ""
    };
    format!("unknown member `{shown}{cut}`{remedy}")
}
