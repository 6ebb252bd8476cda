//! Reads the members that Smithy's HTTP bindings place in the path, the query and the headers of requests, as a service
//! does.

use crate::protocol::http_binding::{joined, read_header, read_prefix_headers};
use crate::protocol::payload::payload;
use crate::protocol::server::media_type::{
    check_accept, check_content_type, check_is_typed, check_no_content, unsupported,
};
use crate::protocol::server::path_labels::path_labels;
use crate::protocol::server::query::{parameters, read_parameter, read_parameters};
use crate::protocol::server::text::read_exactly;
use crate::protocol::server::{Labels, Request, ServiceError, serialization};
use crate::value::schema::{Location, MemberSchema, OperationSchema, TimestampFormat};
use crate::value::shape::{Slot, Structure, Value};
use http::header::CONTENT_TYPE;
use http::request::Parts;

/// Returns the labels of the path if the request is for this operation, by its method, path and constant parameters.
pub(crate) fn matches(operation: &OperationSchema, head: &Parts) -> Option<Labels> {
    if head.method.as_str() != operation.method {
        return None;
    }
    let labels = path_labels(operation.path, head.uri.path())?;
    let given = parameters(head.uri.query().unwrap_or_default());
    let constant = |(name, value): &(&str, &str)| {
        given
            .iter()
            .any(|(given, text)| given == name && text == value)
    };
    operation.query.iter().all(constant).then_some(labels)
}

/// Checks the media types that a request has and accepts. Documents have the type `document`.
pub(crate) fn check_media_types(
    request: Request<'_>,
    input: &mut dyn Structure,
    output: &mut dyn Structure,
    document: &'static str,
) -> Result<(), ServiceError> {
    let (headers, body) = (&request.head.headers, request.body);
    match body_type(input, document) {
        BodyType::Only(expected) => {
            check_content_type(headers, expected)?;
            check_is_typed(headers, body, expected)?;
        }
        BodyType::Any => {}
        BodyType::None if input.schema().is_unit() => check_no_content(headers)?,
        BodyType::None => {}
    }
    match body_type(output, document) {
        BodyType::Only(written) => check_accept(headers, written),
        BodyType::Any | BodyType::None => Ok(()),
    }
}

/// Rejects a request that has a body although no member of the input is in it.
pub(crate) fn check_no_body(
    request: Request<'_>,
    input: &dyn Structure,
) -> Result<(), ServiceError> {
    match payload(input).is_some() || has_document(input) || request.body.is_empty() {
        true => Ok(()),
        false => Err(unsupported(
            "The operation has no input in the body, so the request must not have a body",
        )),
    }
}

/// Returns `true` if members are in the document of the body.
pub(crate) fn has_document(structure: &dyn Structure) -> bool {
    let mut members = structure.schema().members.iter();
    members.any(|member| member.location == Location::Body)
}

/// The media type of the body of a structure.
enum BodyType {
    /// There is no body.
    None,
    /// The body has any type.
    Any,
    /// The body has this type.
    Only(&'static str),
}

/// Returns the media type of the body of a structure, whose documents have the type `document`.
fn body_type(structure: &mut dyn Structure, document: &'static str) -> BodyType {
    let mut members = structure.schema().members.iter();
    let is_bound = members.any(|member| match member.location {
        Location::Header(name) => name.eq_ignore_ascii_case(CONTENT_TYPE.as_str()),
        _ => false,
    });
    match payload(structure) {
        _ if is_bound => BodyType::Any,
        Some((index, member)) => {
            let implied = match structure.member_slot(index).fill() {
                Slot::Stream(_) | Slot::Blob(_) => None,
                Slot::String(_) | Slot::Enum(_) => Some("text/plain"),
                _ => Some(document),
            };
            // The slot is only inspected, so the member must remain absent.
            structure.member_slot(index).fill_null();
            let modeled = member.target.and_then(|target| target.media_type);
            modeled.or(implied).map_or(BodyType::Any, BodyType::Only)
        }
        None if has_document(structure) => BodyType::Only(document),
        None => BodyType::None,
    }
}

/// Fills the members that are bound to the path, the query and the headers.
pub(crate) fn read_head(
    request: Request<'_>,
    input: &mut dyn Structure,
) -> Result<(), ServiceError> {
    let parameters = parameters(request.head.uri.query().unwrap_or_default());
    for (index, member) in input.schema().members.iter().enumerate() {
        let slot = input.member_slot(index);
        let read = match member.location {
            Location::Label => {
                let label = request.labels.iter().find(|(name, _)| *name == member.name);
                label.is_none_or(|(_, text)| {
                    read_exactly(slot, text, member.target, TimestampFormat::DateTime)
                })
            }
            Location::Query(name) => read_parameter(&parameters, name, member.target, slot),
            // By the specification of httpQueryParams, a service includes parameters that are bound to their own
            // members.
            Location::QueryParams => read_parameters(&parameters, member.target, slot),
            Location::Header(name) => read_bound_header(request.head, name, member, slot),
            Location::PrefixHeaders(prefix) => {
                read_prefix_headers(&request.head.headers, prefix, slot);
                true
            }
            _ => true,
        };
        if !read {
            let message = format!("Unexpected value at '{}'", member.name);
            return Err(serialization(message));
        }
    }
    Ok(())
}

fn read_bound_header(
    head: &Parts,
    name: &'static str,
    member: &'static MemberSchema,
    slot: Slot<'_>,
) -> bool {
    let text = joined(&head.headers, name);
    text.is_none_or(|text| read_header(name, &text, member, slot, read_exactly).is_ok())
}

/// Returns the status of success: that of the member bound to it, if it is set, and that of the operation otherwise.
pub(crate) fn status(output: &dyn Structure, otherwise: u16) -> u16 {
    let mut members = output.schema().members.iter().enumerate();
    let bound = members.find_map(|(index, member)| match output.member(index) {
        Value::Integer(status) if member.location == Location::ResponseCode => {
            // A number below 100 is not a status: an output without its required status has 0.
            u16::try_from(status).ok().filter(|status| *status >= 100)
        }
        _ => None,
    });
    bound.unwrap_or(otherwise)
}
