//! Reads and writes values as XML documents, by traits such as `smithy.api#xmlName`, which schemas contain.
//!
//! Documents are read with quick-xml. It is a pull parser, so that a list of any length needs no tree in memory; it
//! checks that tags match; and it leaves document type declarations and entities to its caller, which rejects them
//! here.

#[cfg(feature = "test-util")]
pub(crate) mod compare;
mod error;
#[cfg(any(feature = "server", feature = "test-util"))]
mod error_answer;
mod events;
mod read;
mod text;
mod write;

pub(super) use error::{read_error, read_error_members};
#[cfg(any(feature = "server", feature = "test-util"))]
pub(super) use error_answer::{error_content, error_response};
pub(super) use events::root_name;
#[cfg(any(feature = "server", feature = "test-util"))]
pub(super) use read::Fault;
pub(super) use read::Reader;
pub(super) use write::{Root, write};
#[cfg(any(feature = "server", feature = "test-util"))]
pub(super) use write::{text_element, wrap, write_members};

use crate::value::schema::{CarriedTraits, MemberSchema, TargetSchema};

/// Returns the name of a member in a document.
pub(super) fn name_of(member: &MemberSchema) -> &'static str {
    member
        .carried
        .text("smithy.api#xmlName")
        .unwrap_or(member.name)
}

/// Returns the name of the elements of a list, or of the keys or values of a map.
pub(super) fn part_name(part: Option<&TargetSchema>, default: &'static str) -> &'static str {
    let own = part.and_then(|part| part.carried.text("smithy.api#xmlName"));
    own.unwrap_or(default)
}

/// Returns `true` if a list or map is flattened.
pub(super) fn is_flattened(member: &MemberSchema) -> bool {
    member.carried.has("smithy.api#xmlFlattened")
}

fn is_attribute(member: &MemberSchema) -> bool {
    member.carried.has("smithy.api#xmlAttribute")
}

/// Returns the value of `smithy.api#xmlNamespace`: the prefix and the URI.
fn namespace(traits: &CarriedTraits) -> Option<(Option<&'static str>, &'static str)> {
    let namespace = traits.get("smithy.api#xmlNamespace")?;
    let uri = namespace.member("uri")?.as_text()?;
    let prefix = namespace.member("prefix").and_then(|text| text.as_text());
    Some((prefix, uri))
}

/// Returns the name without the prefix of its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
