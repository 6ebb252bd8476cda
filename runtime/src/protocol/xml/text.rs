//! Reads simple values from the text of an element, as leniently as JSON responses are read.

use crate::protocol::text::from_text;
use crate::value::schema::{TargetSchema, TimestampFormat};
use crate::value::shape::Slot;
use std::borrow::Cow;

/// Reads a simple value as a client does: timestamps in any format, and booleans in any case and as numbers.
pub(super) fn read_leniently(
    slot: Slot<'_>,
    text: &str,
    _: Option<&TargetSchema>,
    _: TimestampFormat,
) -> bool {
    match slot {
        Slot::Boolean(place) => {
            let boolean = match text {
                text if text.eq_ignore_ascii_case("true") => Some(true),
                text if text.eq_ignore_ascii_case("false") => Some(false),
                text => text.parse::<i128>().ok().map(|number| number != 0),
            };
            boolean.map(|boolean| *place = boolean).is_some()
        }
        Slot::Blob(_) if text.contains(|c: char| c.is_ascii_whitespace()) => {
            from_text(slot, &without_spaces(text))
        }
        slot => from_text(slot, text),
    }
}

/// Returns a text without white space, because base64 may be split into lines.
fn without_spaces(text: &str) -> Cow<'_, str> {
    Cow::Owned(text.split_ascii_whitespace().collect())
}

/// Returns `true` if the spaces around a text are part of the value.
pub(super) fn keeps_spaces(slot: &Slot<'_>) -> bool {
    matches!(slot, Slot::String(_) | Slot::Enum(_))
}

/// Returns `true` if an empty text is a value.
pub(super) fn may_be_empty(slot: &Slot<'_>) -> bool {
    keeps_spaces(slot) || matches!(slot, Slot::Blob(_) | Slot::Stream(_))
}

/// Describes the format that a value must have.
pub(super) fn expected(slot: &Slot<'_>) -> &'static str {
    match slot {
        Slot::Boolean(_) => "invalid text, expected a boolean",
        Slot::Byte(_) | Slot::Short(_) | Slot::Integer(_) | Slot::Long(_) => {
            "invalid text, expected a whole number in range"
        }
        Slot::BigInteger(_) => "invalid text, expected a whole number",
        Slot::Float(_) | Slot::Double(_) | Slot::BigDecimal(_) => "invalid text, expected a number",
        Slot::Blob(_) | Slot::Stream(_) => "invalid text, expected base64",
        Slot::Timestamp(_) => "invalid text, expected a timestamp",
        _ => "unsupported type in XML",
    }
}
