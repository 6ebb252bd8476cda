//! Reads values with serde: fills a [`Slot`] from a deserializer. The wire format has its own reader, `wire`.

mod collections;
mod context;
#[cfg(any(test, fuzzing))]
mod digits;
mod key;
mod members;
mod nearest;
#[cfg(any(test, fuzzing))]
pub(crate) mod reference;
mod seed;

use crate::value::codec::path::Path;
use crate::value::shape::{Shape, Slot};
pub(crate) use context::{Context, Names};
pub use nearest::nearest;
use seed::Seed;
use serde::de::{DeserializeSeed, Deserializer, Error};

/// Deserializes any shape in the dialect of the AWS CLI. The error lists all required members that are missing. Shapes
/// that can be part of an input are read strictly; see [`ReadOptions`](crate::value::codec::ReadOptions).
///
/// The format must be self-describing, as JSON, YAML and TOML are.
///
/// # Errors
///
/// Returns the error of the format, or an error if the value does not match the model.
pub fn deserialize<'de, T: Shape, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let context = Context {
        strict: is_input(T::empty().slot()),
        ..Context::new(Names::Model)
    };
    read_shape(deserializer, context)
}

/// Returns whether the value of this slot can be part of an input.
fn is_input(slot: Slot<'_>) -> bool {
    match slot {
        Slot::Structure(structure) => !structure.schema().output,
        Slot::Union(union) => !union.schema().output,
        _ => true,
    }
}

/// Reads a shape, and adds the path to an error.
pub(crate) fn read_shape<'de, T: Shape, D: Deserializer<'de>>(
    deserializer: D,
    context: Context,
) -> Result<T, D::Error> {
    let mut shape = T::empty();
    let filled = Seed::new(shape.slot(), None, &context).deserialize(deserializer);
    let path = context.path.into_inner();
    filled.map_err(|error| {
        if path.is_empty() {
            error
        } else {
            D::Error::custom(format_args!("{path}: {error}"))
        }
    })?;
    let missing = context.missing.into_inner();
    if missing.is_empty() {
        return Ok(shape);
    }
    let paths: Vec<_> = missing.iter().map(Path::to_string).collect();
    Err(D::Error::custom(format_args!(
        "missing required: {}",
        paths.join(", ")
    )))
}

/// Fills a structure from the parameters of a Smithy protocol test, which have the names of the model and blobs as
/// plain text.
#[cfg(feature = "test-util")]
pub(crate) fn from_parameters(
    parameters: &serde_json::Value,
    structure: &mut dyn crate::value::shape::Structure,
) -> Result<(), serde_json::Error> {
    let mut context = Context::new(Names::Model);
    context.rules.plain_blobs = true;
    Seed::new(Slot::Structure(structure), None, &context).deserialize(parameters)
}
