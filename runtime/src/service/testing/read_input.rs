//! A request in, the members of its input out: what the client wrote, read back from path, query, headers and body.

use crate::client::operation::CalledOperation;
use crate::protocol::http_binding::{joined, read_header, read_prefix_headers};
use crate::protocol::query_string::{Parameters, parameters, read_parameter, read_parameters};
use crate::protocol::rest_json::{payload, read_payload};
use crate::protocol::text::from_text;
use crate::value::codec::from_json;
use crate::value::schema::{Location, Segment};
use crate::value::shape::Structure;
use bytes::Bytes;
use http::{HeaderMap, Uri};
use percent_encoding::percent_decode_str;

/// Fills the input; `false` when the request is not one that a client wrote for this operation.
pub(super) fn read(
    called: CalledOperation,
    uri: &Uri,
    headers: &HeaderMap,
    body: &Bytes,
    input: &mut dyn Structure,
) -> bool {
    let labels = labels(called.operation().path, uri.path()).unwrap_or_default();
    let parameters = parameters(uri.query().unwrap_or_default());
    for (index, member) in input.schema().members.iter().enumerate() {
        let read = match member.location {
            Location::Label => match labels.iter().find(|(name, _)| *name == member.name) {
                Some((_, text)) => from_text(input.member_slot(index), text),
                None => false,
            },
            Location::Query(name) => read_parameter(&parameters, name, input.member_slot(index)),
            Location::Header(name) => joined(headers, name).is_none_or(|text| {
                read_header(name, &text, member, input.member_slot(index)).is_ok()
            }),
            Location::PrefixHeaders(prefix) => {
                read_prefix_headers(headers, prefix, input.member_slot(index));
                true
            }
            _ => true,
        };
        if !read {
            return false;
        }
    }
    if !read_rest_of_query(input, &parameters) {
        return false;
    }
    match payload(input) {
        Some((index, _)) => read_payload(body, input.member_slot(index)).is_ok(),
        None if body.is_empty() => true,
        None => from_json(body, input).is_ok(),
    }
}

/// The values of a path's labels; `None` when the path is another operation's. What an endpoint puts before the path is
/// passed over.
fn labels(segments: &'static [Segment], path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut labels = Vec::new();
    let mut rest = match segments.first() {
        Some(Segment::Literal(text)) => path.get(path.find(text)?..)?,
        _ => path,
    };
    let mut segments = segments.iter().peekable();
    while let Some(segment) = segments.next() {
        match segment {
            Segment::Literal(text) => rest = rest.strip_prefix(text)?,
            Segment::Label(name) | Segment::Greedy(name) => {
                let end = match segments.peek() {
                    Some(Segment::Literal(next)) => rest.find(next)?,
                    _ => rest.len(),
                };
                let (value, after) = rest.split_at_checked(end)?;
                labels.push((*name, decode(value)));
                rest = after;
            }
        }
    }
    rest.is_empty().then_some(labels)
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// What no member of its own takes goes into the map of all parameters.
fn read_rest_of_query(input: &mut dyn Structure, parameters: &Parameters) -> bool {
    let members = input.schema().members;
    let is_taken = |name: &str| {
        let mut locations = members.iter().map(|member| member.location);
        locations.any(|location| matches!(location, Location::Query(taken) if taken == name))
    };
    let position = members
        .iter()
        .position(|member| member.location == Location::QueryParams);
    position.is_none_or(|index| {
        let rest = parameters.iter().filter(|(name, _)| !is_taken(name));
        read_parameters(rest, input.member_slot(index))
    })
}
