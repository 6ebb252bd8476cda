//! Reads the wire format with serde_json, for comparison with its own reader.

use super::context::{Context, Names};
use super::seed::Seed;
use crate::value::codec::fill::Rules;
use crate::value::codec::path::Path;
use crate::value::schema::TargetSchema;
use crate::value::shape::Slot;
use serde::de::{DeserializeSeed, Error};

/// Reads a value from JSON, as a service does if `exact` is `true` and as a client does otherwise. Returns the missing
/// members.
pub(crate) fn from_json(
    json: &[u8],
    slot: Slot<'_>,
    target: Option<&'static TargetSchema>,
    exact: bool,
) -> Result<Vec<Path>, (Path, serde_json::Error)> {
    let context = Context {
        rules: Rules {
            exact,
            converts: !exact,
            plain_blobs: false,
        },
        notes_missing: exact,
        ..Context::new(Names::Wire)
    };
    let json = std::str::from_utf8(json)
        .map_err(|error| (Path::default(), serde_json::Error::custom(error)))?;
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let filled = Seed::new(slot, target, &context)
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end());
    match filled {
        Ok(()) => Ok(context.missing.into_inner()),
        Err(error) => Err((context.path.into_inner(), error)),
    }
}
