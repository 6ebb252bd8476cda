//! XML documents: reads them into values and writes values as such, by the traits `smithy.api#xmlName` and so on, which
//! schemas carry.
//!
//! quick-xml reads: it is a pull parser, so a list of any length needs no tree beside it; it checks that tags match; and it
//! leaves document type declarations and entities to its caller, which refuses them here.

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

/// The name of a member in a document.
pub(super) fn name_of(member: &MemberSchema) -> &'static str {
    member
        .carried
        .text("smithy.api#xmlName")
        .unwrap_or(member.name)
}

/// The name of a list's elements, or of a map's keys or values.
pub(super) fn part_name(part: Option<&TargetSchema>, default: &'static str) -> &'static str {
    let own = part.and_then(|part| part.carried.text("smithy.api#xmlName"));
    own.unwrap_or(default)
}

/// Returns `true` if the elements of a list or map stand in the place of the list itself.
pub(super) fn is_flattened(member: &MemberSchema) -> bool {
    member.carried.has("smithy.api#xmlFlattened")
}

fn is_attribute(member: &MemberSchema) -> bool {
    member.carried.has("smithy.api#xmlAttribute")
}

/// The value of `smithy.api#xmlNamespace`: prefix and URI.
fn namespace(traits: &CarriedTraits) -> Option<(Option<&'static str>, &'static str)> {
    let namespace = traits.get("smithy.api#xmlNamespace")?;
    let uri = namespace.member("uri")?.as_text()?;
    let prefix = namespace.member("prefix").and_then(|text| text.as_text());
    Some((prefix, uri))
}

/// The name without the prefix of its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
