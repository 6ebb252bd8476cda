//! A request in, the members of its input out: what the client wrote, read back from path, query, headers and body.

use crate::codec::from_json;
use crate::operation::CalledOperation;
use crate::protocol::http_binding::{read_header, read_prefix_headers};
use crate::protocol::rest_json::{payload, read_payload};
use crate::protocol::text::from_text;
use crate::schema::{Location, Segment};
use crate::shape::{Slot, Structure};
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
            Location::Query(name) => read_parameter(input.member_slot(index), name, &parameters),
            Location::Header(name) => match headers.get(name).map(|value| value.to_str()) {
                Some(Ok(text)) => read_header(name, text, member, input.member_slot(index)).is_ok(),
                Some(Err(_)) => false,
                None => true,
            },
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
    read_rest_of_query(input, &parameters);
    match payload(input) {
        Some((index, _)) => read_payload(body, input.member_slot(index)).is_ok(),
        None if body.is_empty() => true,
        None => from_json(body, input).is_ok(),
    }
}

type Pairs = Vec<(String, String)>;

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

fn parameters(query: &str) -> Pairs {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

fn read_parameter(slot: Slot<'_>, name: &str, parameters: &Pairs) -> bool {
    let mut values = parameters
        .iter()
        .filter(|(found, _)| found == name)
        .map(|(_, value)| value)
        .peekable();
    if values.peek().is_none() {
        return true;
    }
    match slot.fill() {
        Slot::List(list) => {
            list.clear();
            values.all(|value| from_text(list.push(), value))
        }
        slot => from_single(slot, values.next()),
    }
}

fn from_single(slot: Slot<'_>, value: Option<&String>) -> bool {
    value.is_some_and(|value| from_text(slot, value))
}

/// What no member of its own takes goes into the map of all parameters.
fn read_rest_of_query(input: &mut dyn Structure, parameters: &Pairs) {
    let members = input.schema().members;
    let is_taken = |name: &str| {
        let mut locations = members.iter().map(|member| member.location);
        locations.any(|location| matches!(location, Location::Query(taken) if taken == name))
    };
    let rest: Vec<_> = parameters
        .iter()
        .filter(|(name, _)| !is_taken(name))
        .collect();
    let position = members
        .iter()
        .position(|member| member.location == Location::QueryParams);
    let Some(index) = position.filter(|_| !rest.is_empty()) else {
        return;
    };
    if let Slot::Map(map) = input.member_slot(index).fill() {
        map.clear();
        for (name, value) in rest {
            match map.insert(name).fill() {
                Slot::List(list) => from_text(list.push(), value),
                slot => from_text(slot, value),
            };
        }
    }
}
