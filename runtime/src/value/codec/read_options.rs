//! [`ReadOptions`]: the strictness with which a value of a user is read.

use crate::value::codec::deserialize::{Context, Names, read_shape};
use crate::value::shape::Shape;
use serde::Deserializer;
use serde::de::DeserializeSeed;
use std::marker::PhantomData;

/// The strictness with which an input is read, for example from a file.
///
/// The `Deserialize` of a generated type is [`strict`](Self::strict) if it can be part of an input, and
/// [`lenient`](Self::lenient) if only services write it.
///
/// Every error contains the path of the fault. Formats with positions, such as the texts that `serde_json` reads, add
/// the line and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    strict: bool,
    allow_missing: bool,
}

impl ReadOptions {
    /// Rejects members that the model does not declare, duplicate members, unions with more than one member, and values
    /// without their required members, at any depth. The AWS CLI is as strict.
    pub const fn strict() -> Self {
        Self {
            strict: true,
            allow_missing: false,
        }
    }

    /// Ignores members that the model does not declare, as clients do in responses. The last of duplicate members is
    /// used.
    pub const fn lenient() -> Self {
        Self {
            strict: false,
            allow_missing: false,
        }
    }

    /// Accepts values without their required members, such as a template that a program completes. A required text,
    /// number, list or map is then empty or zero.
    pub const fn allow_missing(mut self) -> Self {
        self.allow_missing = true;
        self
    }

    /// Reads a value from any self-describing format, such as JSON, YAML or TOML.
    ///
    /// # Errors
    ///
    /// Returns the error of the format, or an error if the value does not match the model and these options.
    pub fn deserialize<'de, T: Shape, D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<T, D::Error> {
        let mut context = Context::new(Names::Model);
        context.strict = self.strict;
        context.notes_missing = !self.allow_missing;
        read_shape(deserializer, context)
    }

    /// Reads a value from a JSON text, with no text after it.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`deserialize`](Self::deserialize), with the line and the column.
    pub fn from_json<T: Shape>(self, text: &str) -> Result<T, serde_json::Error> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let value = self.deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok(value)
    }

    /// Returns a seed that reads a value with these options, for use in other deserializers.
    pub fn seed<T: Shape>(self) -> ReadSeed<T> {
        ReadSeed(self, PhantomData)
    }
}

/// A seed that reads a value with [`ReadOptions`], as part of another value.
#[derive(Debug, Clone, Copy)]
pub struct ReadSeed<T>(ReadOptions, PhantomData<fn() -> T>);

impl<'de, T: Shape> DeserializeSeed<'de> for ReadSeed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.0.deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::ReadOptions;
    use crate::value::schema::{MemberSchema, StructureSchema};
    use crate::value::shape::{Shape, Slot, Structure, Value};

    static SCHEMA: StructureSchema = StructureSchema::new(
        "test#Named",
        "Named",
        &[MemberSchema::new("name", "name").required()],
    );

    struct Named {
        name: Option<String>,
    }

    impl Structure for Named {
        fn schema(&self) -> &'static StructureSchema {
            &SCHEMA
        }

        fn member(&self, _: usize) -> Value<'_> {
            Shape::value(&self.name)
        }

        fn member_slot(&mut self, _: usize) -> Slot<'_> {
            Shape::slot(&mut self.name)
        }
    }

    crate::structure!(Named { name });

    #[test]
    fn options_say_whether_unknown_members_and_missing_ones_are_errors() {
        let (strict, lenient) = (ReadOptions::strict(), ReadOptions::lenient());
        for (options, json, expected) in [
            (strict, r#"{"name": "a"}"#, true),
            (strict, "{}", false),
            (strict, r#"{"name": "a", "other": 1}"#, false),
            (strict.allow_missing(), "{}", true),
            (strict.allow_missing(), r#"{"other": 1}"#, false),
            (lenient, "{}", false),
            (lenient, r#"{"name": "a", "other": 1}"#, true),
            (lenient.allow_missing(), r#"{"other": 1}"#, true),
            (lenient, r#"{"name": "a"} x"#, false),
        ] {
            let read = options.from_json::<Named>(json);
            assert_eq!(read.is_ok(), expected, "{options:?} {json}");
        }
    }
}
