//! Smithy's HTTP bindings: members that travel in the path, the query, headers or the status, written and read.

use crate::protocol::query_string::{push_greedy_label, push_label, push_parameter};
use crate::protocol::text::{from_text, to_text};
use crate::protocol::{ReadError, WriteError};
use crate::value::schema::{
    Location, MemberSchema, OperationSchema, Segment, TargetSchema, TimestampFormat,
};
use crate::value::shape::{Slot, Structure, Value};
use aws_smithy_types::base64;
use http::response::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

/// Path and query of a call, percent-encoded: the operation's own, with the labels and parameters of the input.
pub fn write_target(
    operation: &OperationSchema,
    input: &dyn Structure,
) -> Result<String, WriteError> {
    let mut target = String::with_capacity(64);
    write_segments(&mut target, operation.path, input, "path")?;
    let mut has_query = false;
    for (name, value) in operation.query {
        push_parameter(
            &mut target,
            &mut has_query,
            name,
            Some(value).filter(|value| !value.is_empty()).copied(),
        );
    }
    for (index, member) in input.schema().members.iter().enumerate() {
        match member.location {
            Location::Query(name) => write_parameter(
                &mut target,
                &mut has_query,
                name,
                member,
                input.member(index),
            ),
            Location::QueryParams => write_parameters(&mut target, &mut has_query, input, index),
            _ => {}
        }
    }
    Ok(target)
}

/// What goes before the host: `smithy.api#endpoint`, which counts in every protocol.
pub fn write_host_prefix(
    operation: &OperationSchema,
    input: &dyn Structure,
) -> Result<String, WriteError> {
    let mut prefix = String::new();
    write_segments(&mut prefix, operation.host_prefix, input, "host")?;
    Ok(prefix)
}

fn write_segments(
    target: &mut String,
    segments: &'static [Segment],
    input: &dyn Structure,
    place: &'static str,
) -> Result<(), WriteError> {
    for segment in segments {
        match segment {
            Segment::Literal(text) => target.push_str(text),
            Segment::Label(name) => push_label(target, &label(input, name, place)?),
            Segment::Greedy(name) => push_greedy_label(target, &label(input, name, place)?),
        }
    }
    Ok(())
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

fn write_parameter(
    target: &mut String,
    has_query: &mut bool,
    name: &str,
    member: &'static MemberSchema,
    value: Value<'_>,
) {
    let format = TimestampFormat::DateTime;
    if let Value::List(list) = value {
        let element = member.target.and_then(|target| target.element);
        for index in 0..list.len() {
            let text = to_text(&list.element(index), element, format);
            push_parameter(
                target,
                has_query,
                name,
                Some(text.as_deref().unwrap_or_default()),
            );
        }
    } else if let Some(text) = to_text(&value, member.target, format) {
        push_parameter(target, has_query, name, Some(&text));
    }
}

fn write_parameters(
    target: &mut String,
    has_query: &mut bool,
    input: &dyn Structure,
    index: usize,
) {
    let Value::Map(map) = input.member(index) else {
        return;
    };
    // A parameter that has a member of its own is that member's, by the specification of httpQueryParams.
    let members = input.schema().members.iter().enumerate();
    let taken: Vec<&str> = members
        .filter_map(|(index, member)| match member.location {
            Location::Query(name) if !input.member(index).is_absent() => Some(name),
            _ => None,
        })
        .collect();
    for (name, value) in map
        .entries()
        .into_iter()
        .filter(|(name, _)| !taken.contains(name))
    {
        match value {
            Value::List(list) => {
                for index in 0..list.len() {
                    let text = to_text(&list.element(index), None, TimestampFormat::DateTime);
                    push_parameter(
                        target,
                        has_query,
                        name,
                        Some(text.as_deref().unwrap_or_default()),
                    );
                }
            }
            value => {
                let text = to_text(&value, None, TimestampFormat::DateTime);
                push_parameter(
                    target,
                    has_query,
                    name,
                    Some(text.as_deref().unwrap_or_default()),
                );
            }
        }
    }
}

/// The headers that members are bound to.
pub fn write_headers(input: &dyn Structure) -> Result<HeaderMap, WriteError> {
    let mut headers = HeaderMap::new();
    for (index, member) in input.schema().members.iter().enumerate() {
        match (member.location, input.member(index)) {
            (Location::Header(name), value) => {
                if let Some(text) = header_text(&value, member.target) {
                    insert(&mut headers, member, name, &text)?;
                }
            }
            (Location::PrefixHeaders(prefix), Value::Map(map)) => {
                for (name, value) in map.entries() {
                    if let Some(text) = header_text(&value, None) {
                        insert(&mut headers, member, &format!("{prefix}{name}"), &text)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(headers)
}

fn insert(
    headers: &mut HeaderMap,
    member: &'static MemberSchema,
    name: &str,
    text: &str,
) -> Result<(), WriteError> {
    let unwritable = |reason: String| WriteError::Unwritable {
        member: member.name,
        reason,
    };
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| unwritable(format!("{name:?} cannot be the name of a header")))?;
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| unwritable("it holds what a header cannot".to_owned()))?;
    value.set_sensitive(member.sensitive);
    headers.insert(name, value);
    Ok(())
}

fn header_text(value: &Value<'_>, target: Option<&'static TargetSchema>) -> Option<String> {
    match value {
        Value::List(list) => {
            let element = target.and_then(|target| target.element);
            let texts = (0..list.len()).filter_map(|index| {
                let value = list.element(index);
                let text = to_text(&value, element, TimestampFormat::HttpDate)?;
                Some(if matches!(value, Value::String(_) | Value::Enum(_)) {
                    quoted(&text)
                } else {
                    text.into_owned()
                })
            });
            Some(texts.collect::<Vec<_>>().join(", "))
        }
        // A string with a media type may hold line breaks, so it travels as base64.
        Value::String(text) if target.is_some_and(|target| target.media_type.is_some()) => {
            Some(base64::encode(text))
        }
        value => to_text(value, target, TimestampFormat::HttpDate).map(|text| text.into_owned()),
    }
}

/// An element of a header list, in quotes where it must be.
fn quoted(text: &str) -> String {
    if text.contains([',', '"']) {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        text.to_owned()
    }
}

/// Fills the members that travel in the head of a response.
pub fn read_head(head: &Parts, output: &mut dyn Structure) -> Result<(), ReadError> {
    for (index, member) in output.schema().members.iter().enumerate() {
        match member.location {
            Location::Header(name) => {
                let values: Vec<&str> = head
                    .headers
                    .get_all(name)
                    .iter()
                    .filter_map(|value| value.to_str().ok())
                    .collect();
                if !values.is_empty() {
                    read_header(name, &values.join(", "), member, output.member_slot(index))?;
                }
            }
            Location::PrefixHeaders(prefix) => {
                read_prefix_headers(&head.headers, prefix, output.member_slot(index))
            }
            Location::ResponseCode => {
                from_text(output.member_slot(index), head.status.as_str());
            }
            _ => {}
        }
    }
    Ok(())
}

pub(crate) fn read_header(
    name: &'static str,
    text: &str,
    member: &'static MemberSchema,
    slot: Slot<'_>,
) -> Result<(), ReadError> {
    let unreadable = || ReadError::Header {
        header: name,
        reason: "it is not what the model says".to_owned(),
    };
    let read = match slot.fill() {
        Slot::List(list) => {
            list.clear();
            let dates = member
                .target
                .and_then(|target| target.element)
                .and_then(|element| element.timestamp_format);
            split_list(text, dates)
                .iter()
                .all(|element| from_text(list.push(), element))
        }
        slot @ Slot::String(_)
            if member
                .target
                .is_some_and(|target| target.media_type.is_some()) =>
        {
            let bytes = base64::decode(text).map_err(|_| unreadable())?;
            from_text(slot, &String::from_utf8(bytes).map_err(|_| unreadable())?)
        }
        slot => from_text(slot, text.trim()),
    };
    if read { Ok(()) } else { Err(unreadable()) }
}

/// The elements of a header list: cut at commas outside of quotes; at every second comma where elements are HTTP dates.
fn split_list(text: &str, dates: Option<TimestampFormat>) -> Vec<String> {
    let mut elements = vec![String::new()];
    let (mut in_quotes, mut escaped, mut commas) = (false, false, 0);
    let looks_like_dates =
        dates == Some(TimestampFormat::HttpDate) || (dates.is_none() && text.contains(" GMT"));
    for character in text.chars() {
        let last = elements.len() - 1;
        match character {
            character if escaped => {
                escaped = false;
                elements[last].push(character);
            }
            '\\' if in_quotes => escaped = true,
            '"' => in_quotes = !in_quotes,
            ',' if !in_quotes && looks_like_dates && commas % 2 == 0 => {
                commas += 1;
                elements[last].push(',');
            }
            ',' if !in_quotes => {
                commas += 1;
                elements.push(String::new());
            }
            character => elements[last].push(character),
        }
    }
    elements
        .into_iter()
        .map(|element| element.trim().to_owned())
        .collect()
}

pub(crate) fn read_prefix_headers(headers: &HeaderMap, prefix: &str, slot: Slot<'_>) {
    let prefix = prefix.to_ascii_lowercase();
    let found: Vec<(&str, &str)> = headers
        .iter()
        .filter_map(|(name, value)| {
            Some((
                name.as_str().strip_prefix(prefix.as_str())?,
                value.to_str().ok()?,
            ))
        })
        .collect();
    if found.is_empty() {
        return;
    }
    if let Slot::Map(map) = slot.fill() {
        map.clear();
        for (name, value) in found {
            from_text(map.insert(name), value);
        }
    }
}
