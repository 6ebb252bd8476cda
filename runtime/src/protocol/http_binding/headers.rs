//! Writes and reads the members that are bound to headers or to the status.

use super::unwritable;
use crate::http::header_text;
use crate::protocol::text::{ReadText, from_text, read_leniently, to_text};
use crate::protocol::{ReadError, WriteError};
use crate::value::schema::{Location, MemberSchema, TargetSchema, TimestampFormat};
use crate::value::shape::{Slot, Structure, Value};
use aws_smithy_types::base64;
use http::response::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

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
        .map_err(|_| unwritable(member.name, "a key is not a valid header name"))?;
    let mut value = HeaderValue::from_str(text).map_err(|_| {
        unwritable(
            member.name,
            "control characters are not allowed in a header",
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
        match read_head_member(head, member, output.member_slot(index)) {
            Err(_) if member.lenient => output.member_slot(index).fill_null(),
            read => read.map(|()| true)?,
        };
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
        reason: "invalid value".to_owned(),
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
    if let Slot::Map(map) = slot.fill() {
        map.clear();
        for (name, value) in found {
            from_text(map.insert(name), &value);
        }
    }
}
