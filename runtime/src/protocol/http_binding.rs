//! Writes and reads members that Smithy's HTTP bindings place in the path, the query, the headers or the status.

use crate::http::header_text;
use crate::http::url::is_host_label;
use crate::protocol::query_string::{push_greedy_label, push_label, push_parameter};
use crate::protocol::text::{ReadText, from_text, read_leniently, to_text};
use crate::protocol::{ReadError, WriteError};
use crate::value::schema::{
    Location, MemberSchema, OperationSchema, Segment, TargetSchema, TimestampFormat,
};
use crate::value::shape::{Slot, Structure, Value};
use aws_smithy_types::base64;
use http::response::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

/// Returns the percent-encoded path and query of a call: those of the operation, with the labels and parameters of the
/// input.
///
/// # Errors
///
/// Returns an error if a label is missing or empty, or if a member cannot be written to the path or query.
pub fn write_target(
    operation: &OperationSchema,
    input: &dyn Structure,
) -> Result<String, WriteError> {
    let mut target = String::with_capacity(64);
    write_path(&mut target, operation.path, input)?;
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

const HOST_LABEL: &str = "it is part of the host, so it must be 1 to 63 letters, digits and hyphens, \
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

fn write_path(
    target: &mut String,
    segments: &'static [Segment],
    input: &dyn Structure,
) -> Result<(), WriteError> {
    for segment in segments {
        match segment {
            Segment::Literal(text) => target.push_str(text),
            Segment::Label(name) => {
                let text = label(input, name, "path")?;
                check_segments(name, [text.as_str()])?;
                push_label(target, &text);
            }
            Segment::Greedy(name) => {
                let text = label(input, name, "path")?;
                check_segments(name, text.split('/'))?;
                push_greedy_label(target, &text);
            }
        }
    }
    Ok(())
}

/// Rejects segments that URL parsers resolve, on the way or in the service: the request would be one of another
/// operation.
fn check_segments<'a>(
    member: &'static str,
    segments: impl IntoIterator<Item = &'a str>,
) -> Result<(), WriteError> {
    match segments
        .into_iter()
        .any(|segment| matches!(segment, "." | ".."))
    {
        true => Err(unwritable(
            member,
            "it is part of the path, so no segment of it may be `.` or `..`, which URL parsers resolve",
        )),
        false => Ok(()),
    }
}

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
    // A parameter that is bound to its own member has the value of that member, by the specification of
    // httpQueryParams.
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

/// Returns the headers that members are bound to.
///
/// # Errors
///
/// Returns an error if a member cannot be written as a header.
pub fn write_headers(input: &dyn Structure) -> Result<HeaderMap, WriteError> {
    let mut headers = HeaderMap::new();
    for (index, member) in input.schema().members.iter().enumerate() {
        match (member.location, input.member(index)) {
            (Location::Header(name), value) => {
                if let Some(text) = text_for_header(&value, member.target) {
                    insert(&mut headers, member, name, &text)?;
                }
            }
            (Location::PrefixHeaders(prefix), Value::Map(map)) => {
                for (name, value) in map.entries() {
                    if let Some(text) = text_for_header(&value, None) {
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
    let name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| unwritable(member.name, "a key of it cannot be the name of a header"))?;
    let mut value = HeaderValue::from_str(text).map_err(|_| {
        unwritable(
            member.name,
            "it holds a control character, which a header cannot",
        )
    })?;
    value.set_sensitive(member.sensitive);
    headers.insert(name, value);
    Ok(())
}

fn text_for_header(value: &Value<'_>, target: Option<&'static TargetSchema>) -> Option<String> {
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
        // A string with a media type may contain line breaks, so it is sent in base64.
        Value::String(text) if target.is_some_and(|target| target.media_type.is_some()) => {
            Some(base64::encode(text))
        }
        value => to_text(value, target, TimestampFormat::HttpDate).map(|text| text.into_owned()),
    }
}

/// Returns an element of a header list, in quotes if they are required.
fn quoted(text: &str) -> String {
    if text.contains([',', '"']) {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        text.to_owned()
    }
}

/// Reads the members that are bound to the head of a response.
///
/// # Errors
///
/// Returns an error if a header does not match the model.
pub fn read_head(head: &Parts, output: &mut dyn Structure) -> Result<(), ReadError> {
    for (index, member) in output.schema().members.iter().enumerate() {
        read_head_member(head, member, output.member_slot(index))?;
    }
    Ok(())
}

/// Reads a member if it is bound to the head of a response.
pub(crate) fn read_head_member(
    head: &Parts,
    member: &'static MemberSchema,
    slot: Slot<'_>,
) -> Result<(), ReadError> {
    match member.location {
        Location::Header(name) => {
            if let Some(text) = joined(&head.headers, name) {
                read_header(name, &text, member, slot, read_leniently)?;
            }
        }
        Location::PrefixHeaders(prefix) => read_prefix_headers(&head.headers, prefix, slot),
        Location::ResponseCode => {
            from_text(slot, head.status.as_str());
        }
        _ => {}
    }
    Ok(())
}

/// Returns the values of a header, joined with commas as RFC 9110, section 5.3, permits, or `None` without the header.
pub(crate) fn joined(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Vec<_> = headers.get_all(name).iter().map(header_text).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

pub(crate) fn read_header(
    name: &'static str,
    text: &str,
    member: &'static MemberSchema,
    slot: Slot<'_>,
    read_text: ReadText,
) -> Result<(), ReadError> {
    let format = TimestampFormat::HttpDate;
    let unreadable = || ReadError::Header {
        header: name,
        reason: "it is not what the model says".to_owned(),
    };
    let read = match slot.fill() {
        Slot::List(list) => {
            list.clear();
            let element = member.target.and_then(|target| target.element);
            let dates = element.and_then(|element| element.timestamp_format);
            split_list(text, dates)
                .iter()
                .all(|text| read_text(list.push(), text, element, format))
        }
        slot @ Slot::String(_)
            if member
                .target
                .is_some_and(|target| target.media_type.is_some()) =>
        {
            let bytes = base64::decode(text).map_err(|_| unreadable())?;
            from_text(slot, &String::from_utf8(bytes).map_err(|_| unreadable())?)
        }
        slot => read_text(slot, text.trim(), member.target, format),
    };
    if read { Ok(()) } else { Err(unreadable()) }
}

/// Splits a header list at commas outside of quotes, or at every second comma if the elements are HTTP dates.
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
    let found: Vec<_> = headers
        .iter()
        .filter_map(|(name, value)| {
            let name = name.as_str().strip_prefix(prefix.as_str())?;
            Some((name, header_text(value)))
        })
        .collect();
    if found.is_empty() {
        return;
    }
    if let Slot::Map(map) = slot.fill() {
        map.clear();
        for (name, value) in found {
            from_text(map.insert(name), &value);
        }
    }
}
