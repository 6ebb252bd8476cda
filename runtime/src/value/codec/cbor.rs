//! Reads and writes values as CBOR (RFC 8949), the wire format of `smithy.protocols#rpcv2Cbor`.
//!
//! The data model is that of the protocol: blobs are byte strings, timestamps are seconds with tag 1, and numbers
//! beyond 64 bits have the tags 2 to 4.

mod big_number;
#[cfg(feature = "test-util")]
pub(crate) mod compare;
mod error;
mod parts;
mod read;
#[cfg(test)]
mod tests;
mod write;

use crate::value::codec::fill::Rules;
#[cfg(any(feature = "server", feature = "test-util"))]
use crate::value::codec::path::Path;
#[cfg(feature = "event-stream")]
use crate::value::schema::TargetSchema;
#[cfg(feature = "event-stream")]
use crate::value::shape::Slot;
use crate::value::shape::Structure;
pub(crate) use error::CborError;
use read::Reader;
pub(crate) use write::to_cbor;
#[cfg(all(
    feature = "event-stream",
    any(feature = "server", feature = "test-util")
))]
pub(crate) use write::value_to_cbor;

/// Reads a document as a client does: unknown members are skipped, and simple values may be of another type.
pub(crate) fn from_cbor_leniently(
    cbor: &[u8],
    structure: &mut dyn Structure,
) -> Result<(), CborError> {
    Reader::new(cbor, Rules::RESPONSE, None).whole(structure)
}

/// Reads a value that is a document, as a target with this schema.
#[cfg(feature = "event-stream")]
pub(crate) fn value_from_cbor_leniently(
    cbor: &[u8],
    slot: Slot<'_>,
    target: Option<&'static TargetSchema>,
) -> Result<(), CborError> {
    Reader::new(cbor, Rules::RESPONSE, None).slot(slot, target)
}

/// Reads a document as a service does, and returns the paths of the required members that are missing.
#[cfg(any(feature = "server", feature = "test-util"))]
pub(crate) fn from_cbor_exactly(
    cbor: &[u8],
    structure: &mut dyn Structure,
) -> Result<Vec<Path>, CborError> {
    let mut missing = Vec::new();
    Reader::new(cbor, Rules::REQUEST, Some(&mut missing)).whole(structure)?;
    Ok(missing)
}

/// Reads the members of a document, and passes each name and position to `member`. Returns `false` if the document is
/// incomplete or not a map with text keys.
pub(crate) fn each_member<'b>(cbor: &'b [u8], member: &mut dyn FnMut(&str, Member<'b>)) -> bool {
    Reader::new(cbor, Rules::default(), None)
        .each_member(member)
        .is_ok()
}

/// The value of one member of a document.
#[derive(Clone, Copy)]
pub(crate) struct Member<'b> {
    cbor: &'b [u8],
}

impl Member<'_> {
    /// Returns the value if it is text.
    pub(crate) fn text(self) -> Option<String> {
        let text = Reader::new(self.cbor, Rules::default(), None).text();
        text.ok().map(std::borrow::Cow::into_owned)
    }

    /// Fills a member of a structure as a client does.
    pub(crate) fn fill(self, structure: &mut dyn Structure, index: usize) -> Result<(), CborError> {
        Reader::new(self.cbor, Rules::RESPONSE, None).member(structure, index)
    }
}
