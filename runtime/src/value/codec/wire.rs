//! Reads values from JSON, the wire format.
//!
//! It does not use serde, whose visitors pass every name and value through several calls. Values are filled by the same
//! functions as those that serde reads from files, and the errors are worded as those of serde_json.

#[cfg(any(test, fuzzing))]
pub(crate) mod compare;
mod cursor;
mod document;
mod error;
mod members;
mod number;
mod reader;
mod skip;
#[cfg(test)]
mod tests;
mod text;

use crate::value::codec::fill::Rules;
use crate::value::codec::path::Path;
use crate::value::schema::TargetSchema;
use crate::value::shape::Slot;
pub(crate) use error::WireError;
use reader::Reader;
use serde::de::Error;

/// Reads the document body of a request as a service does: timestamps in the required format, unions of exactly one
/// member, and nulls only where the model permits them. Returns the required members that are missing.
#[cfg(any(feature = "server", feature = "test-util"))]
pub(crate) fn from_json_exactly(json: &[u8], slot: Slot<'_>) -> Result<Vec<Path>, WireError> {
    let mut missing = Vec::new();
    read(json, slot, None, Rules::REQUEST, Some(&mut missing))?;
    Ok(missing)
}

/// Reads any value from JSON, with or without its required members: a client accepts what a service sends.
pub(crate) fn from_json_leniently(json: &[u8], slot: Slot<'_>) -> Result<(), WireError> {
    member_from_json_leniently(json, slot, None)
}

/// Reads any value from JSON, as a target with this schema.
pub(crate) fn member_from_json_leniently(
    json: &[u8],
    slot: Slot<'_>,
    target: Option<&'static TargetSchema>,
) -> Result<(), WireError> {
    read(json, slot, target, Rules::RESPONSE, None)
}

fn read(
    json: &[u8],
    slot: Slot<'_>,
    target: Option<&'static TargetSchema>,
    rules: Rules,
    missing: Option<&mut Vec<Path>>,
) -> Result<(), WireError> {
    // The whole text is checked once, at a fraction of the cost of checking each string of the document.
    let json = std::str::from_utf8(json).map_err(WireError::custom)?;
    let read = Reader::new(json, rules, missing).whole(slot, target);
    read.map_err(|error| error.in_text(json))
}
