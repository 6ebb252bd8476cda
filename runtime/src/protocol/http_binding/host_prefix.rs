//! Writes the members that are labels of a host prefix.

use super::{label, unwritable};
use crate::http::url::is_host_label;
use crate::protocol::WriteError;
use crate::value::schema::{OperationSchema, Segment};
use crate::value::shape::Structure;

/// Returns the prefix of the host, by `smithy.api#endpoint`, which applies in every protocol.
///
/// # Errors
///
/// Returns an error if a label is missing or empty, or if the prefix is not valid in a host name.
pub fn write_host_prefix(
    operation: &OperationSchema,
    input: &dyn Structure,
) -> Result<String, WriteError> {
    let mut prefix = String::new();
    for segment in operation.host_prefix {
        match segment {
            Segment::Literal(text) => prefix.push_str(text),
            Segment::Label(name) | Segment::Greedy(name) => {
                let text = label(input, name, "host")?;
                if !is_part_of_host_label(&text) {
                    return Err(unwritable(name, HOST_LABEL));
                }
                prefix.push_str(&text);
            }
        }
    }
    check_host_labels(operation, &prefix)?;
    Ok(prefix)
}

const HOST_LABEL: &str = "invalid part of a host name: expected 1 to 63 letters, digits and hyphens, \
                          and no label of the host may begin or end with a hyphen";

fn is_part_of_host_label(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=63).contains(&text.len()) && text.bytes().all(is_inner)
}

/// Checks the labels of a prefix, by RFC 1123. The text after its last dot is continued by the host of the endpoint.
fn check_host_labels(operation: &OperationSchema, prefix: &str) -> Result<(), WriteError> {
    let (whole, begun) = prefix.rsplit_once('.').unwrap_or(("", prefix));
    let are_whole = whole.is_empty() || whole.split('.').all(is_host_label);
    if are_whole && !begun.starts_with('-') && begun.len() <= 63 {
        return Ok(());
    }
    let mut labels = operation
        .host_prefix
        .iter()
        .filter_map(|segment| match segment {
            Segment::Label(name) | Segment::Greedy(name) => Some(*name),
            Segment::Literal(_) => None,
        });
    Err(unwritable(
        labels.next().unwrap_or("hostPrefix"),
        HOST_LABEL,
    ))
}
