//! Reads simple values from their texts, as a service does.

use crate::protocol::text::from_text;
use crate::value::codec::timestamp;
use crate::value::schema::{TargetSchema, TimestampFormat};
use crate::value::shape::Slot;

/// Reads a simple value as services do: timestamps only in the required format, and non-finite numbers only by the
/// three names that the protocols define.
pub(crate) fn read_exactly(
    slot: Slot<'_>,
    text: &str,
    target: Option<&TargetSchema>,
    timestamps: TimestampFormat,
) -> bool {
    let format = target
        .and_then(|target| target.timestamp_format)
        .unwrap_or(timestamps);
    match slot.fill() {
        Slot::Timestamp(place) => timestamp::from_text_of(text, format)
            .map(|time| *place = time)
            .is_some(),
        slot @ (Slot::Float(_) | Slot::Double(_)) => {
            let is_digits = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
                && text
                    .bytes()
                    .all(|c| c.is_ascii_digit() || b"+-.eE".contains(&c));
            (is_digits || matches!(text, "NaN" | "Infinity" | "-Infinity")) && from_text(slot, text)
        }
        slot => from_text(slot, text),
    }
}
