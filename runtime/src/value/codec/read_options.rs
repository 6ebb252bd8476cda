//! [`ReadOptions`]: how strictly a value is read that a person wrote.

use crate::value::codec::deserialize::{Context, Names, read_shape};
use crate::value::shape::Shape;
use serde::Deserializer;
use serde::de::DeserializeSeed;
use std::marker::PhantomData;

/// How strictly an input is read, for example from a file.
///
/// The `Deserialize` of a generated type is [`strict`](Self::strict) if it can be part of an input, and
/// [`lenient`](Self::lenient) if only services write it.
///
/// The path of what is wrong is part of every error. Formats that know where they are, such as the texts that
/// `serde_json` reads, add line and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    strict: bool,
    allow_missing: bool,
}

impl ReadOptions {
    /// Refuses members that the model does not have, members that occur twice, a second member of a union, and values
    /// without their required members, at any depth. The AWS CLI is as strict.
    pub const fn strict() -> Self {
        Self {
            strict: true,
            allow_missing: false,
        }
    }

    /// Passes over members that the model does not have, as clients do in what services send; of members that occur
    /// twice, the last counts.
    pub const fn lenient() -> Self {
        Self {
            strict: false,
            allow_missing: false,
        }
    }

    /// Accepts values without their required members, such as a template that is completed by a program. A required
    /// text, number, list or map is then empty or zero.
    pub const fn allow_missing(mut self) -> Self {
        self.allow_missing = true;
        self
    }

    /// Reads a value from any format that says what its values are, such as JSON, YAML or TOML.
    ///
    /// # Errors
    ///
    /// The error of the format, or of a value that is not as the model and these options require.
    pub fn deserialize<'de, T: Shape, D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<T, D::Error> {
        let mut context = Context::new(Names::Model);
        context.strict = self.strict;
        context.notes_missing = !self.allow_missing;
        read_shape(deserializer, context)
    }

    /// Reads a value from a JSON text, with nothing behind it.
    ///
    /// # Errors
    ///
    /// Like [`deserialize`](Self::deserialize); the error has the line and the column.
    pub fn from_json<T: Shape>(self, text: &str) -> Result<T, serde_json::Error> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let value = self.deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok(value)
    }

    /// Returns a seed that reads a value with these options, for use within other deserializers.
    pub fn seed<T: Shape>(self) -> ReadSeed<T> {
        ReadSeed(self, PhantomData)
    }
}

/// Reads a value with [`ReadOptions`] as part of something else.
#[derive(Debug, Clone, Copy)]
pub struct ReadSeed<T>(ReadOptions, PhantomData<fn() -> T>);

impl<'de, T: Shape> DeserializeSeed<'de> for ReadSeed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.0.deserialize(deserializer)
    }
}
