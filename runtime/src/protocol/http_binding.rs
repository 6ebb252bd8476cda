//! Writes and reads members that Smithy's HTTP bindings place in the path, the query, the headers or the status.

mod headers;
mod host_prefix;
mod target;

pub(crate) use headers::read_head_member;
#[cfg(any(feature = "server", feature = "test-util"))]
pub(crate) use headers::{joined, read_header, read_prefix_headers};
pub use headers::{read_head, write_headers};
pub use host_prefix::write_host_prefix;
pub use target::write_target;

use crate::protocol::WriteError;
use crate::protocol::text::to_text;
use crate::value::schema::TimestampFormat;
use crate::value::shape::Structure;

fn unwritable(member: &'static str, reason: &str) -> WriteError {
    WriteError::Unwritable {
        member,
        reason: reason.to_owned(),
    }
}

fn label(
    input: &dyn Structure,
    name: &'static str,
    place: &'static str,
) -> Result<String, WriteError> {
    let schema = input.schema();
    let index = schema.position_by_name(name, 0).unwrap_or(usize::MAX);
    let target = schema.members.get(index).and_then(|member| member.target);
    let text = to_text(&input.member(index), target, TimestampFormat::DateTime).unwrap_or_default();
    if text.is_empty() {
        Err(WriteError::EmptyLabel {
            member: name,
            place,
        })
    } else {
        Ok(text.into_owned())
    }
}
