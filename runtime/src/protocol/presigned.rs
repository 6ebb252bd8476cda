//! Moves the parameters of a body to the query of a presigned request, whose sender does not know the body.

use crate::protocol::query_string::push_parameter;
use crate::protocol::text::to_text;
use crate::protocol::{RequestParts, WriteError};
use crate::value::schema::{Customization, Location, OperationSchema, TimestampFormat};
use crate::value::shape::{Structure, Value, has_stream};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// Returns an error if the body of a request is a document. A form becomes the query of a GET request, and so do the
/// members of an operation for which the generator determined it.
pub(crate) fn without_body(
    operation: &OperationSchema,
    input: &dyn Structure,
    method: &mut Method,
    parts: &mut RequestParts,
) -> Result<(), WriteError> {
    if operation
        .customizations
        .contains(&Customization::PresignedQuery)
    {
        push_members(&mut parts.target, input)?;
    } else if parts.headers.get(CONTENT_TYPE) == Some(&FORM) {
        let form = String::from_utf8_lossy(&parts.body);
        parts.target.push(match parts.target.contains('?') {
            true => '&',
            false => '?',
        });
        parts.target.push_str(&form);
    } else if has_stream(input) {
        // The type of a body that another sends is known only if the caller has set it.
        if !binds_content_type(input) {
            parts.headers.remove(CONTENT_TYPE);
        }
        return Ok(());
    } else if parts.body.is_empty() {
        return Ok(());
    } else {
        return Err(unwritable(
            "body",
            "a presigned request has no document as its body: send the call instead",
        ));
    }
    parts.body = Bytes::new();
    parts.headers.remove(CONTENT_TYPE);
    *method = Method::GET;
    Ok(())
}

fn binds_content_type(input: &dyn Structure) -> bool {
    let mut members = input.schema().members.iter().enumerate();
    members.any(|(index, member)| {
        matches!(member.location, Location::Header(name) if name.eq_ignore_ascii_case("content-type"))
            && !input.member(index).is_absent()
    })
}

/// Appends the members of the body, which are simple values and lists of them.
fn push_members(target: &mut String, input: &dyn Structure) -> Result<(), WriteError> {
    let mut has_query = target.contains('?');
    let format = TimestampFormat::DateTime;
    for (index, member) in input.schema().members.iter().enumerate() {
        if member.location != Location::Body {
            continue;
        }
        match input.member(index) {
            Value::Absent => {}
            Value::List(list) => {
                let element = member.target.and_then(|target| target.element);
                for index in 0..list.len() {
                    let text = to_text(&list.element(index), element, format);
                    push_parameter(target, &mut has_query, member.wire_name, text.as_deref());
                }
            }
            value => {
                let text = to_text(&value, member.target, format);
                let text = text.ok_or_else(|| {
                    unwritable(
                        member.name,
                        "a presigned request cannot have it in its query",
                    )
                })?;
                push_parameter(target, &mut has_query, member.wire_name, Some(&text));
            }
        }
    }
    Ok(())
}

fn unwritable(member: &'static str, reason: &str) -> WriteError {
    WriteError::Unwritable {
        member,
        reason: reason.to_owned(),
    }
}
