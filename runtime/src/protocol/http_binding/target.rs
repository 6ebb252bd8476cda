//! Writes the path and the query of a request.

use super::{label, unwritable};
use crate::protocol::WriteError;
use crate::protocol::query_string::{push_greedy_label, push_label, push_parameter};
use crate::protocol::text::to_text;
use crate::value::schema::{Location, MemberSchema, OperationSchema, Segment, TimestampFormat};
use crate::value::shape::{Structure, Value};

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
            "invalid part of a path: the segments `.` and `..` are not allowed, since URL parsers resolve them",
        )),
        false => Ok(()),
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
