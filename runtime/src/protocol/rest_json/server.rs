//! The service's half of AWS restJson1.

use crate::protocol::http_binding::write_headers;
use crate::protocol::rest_json::{payload, read_payload, write_payload};
use crate::protocol::server::bindings::{read_head, status};
use crate::protocol::server::json::{
    is_unit, read_document, read_value, write_document, write_error,
};
use crate::protocol::server::media_type::{check_accept, check_content_type, check_no_content};
use crate::protocol::server::path_labels::path_labels;
use crate::protocol::server::query::parameters;
use crate::protocol::server::{
    ErrorAnswer, Labels, Missing, Request, ServerProtocol, ServiceError, answer, serialization,
};
use crate::protocol::{ReadError, RestJson1, ServiceSchema, WriteError};
use crate::value::codec::Dialect;
use crate::value::schema::{Location, OperationSchema};
use crate::value::shape::{Slot, Structure};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Response};

const JSON: &str = "application/json";

impl ServerProtocol for RestJson1 {
    fn matches(
        &self,
        _: &ServiceSchema,
        operation: &OperationSchema,
        head: &Parts,
    ) -> Option<Labels> {
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

    fn check_media_types(
        &self,
        head: &Parts,
        input: &mut dyn Structure,
        output: &mut dyn Structure,
    ) -> Result<(), ServiceError> {
        match media_type(input) {
            Some(expected) => check_content_type(&head.headers, expected)?,
            None if is_unit(input) => check_no_content(&head.headers)?,
            None => {}
        }
        match media_type(output) {
            Some(written) => check_accept(&head.headers, written),
            None => Ok(()),
        }
    }

    fn read_request(
        &self,
        request: Request<'_>,
        input: &mut dyn Structure,
    ) -> Result<Missing, ServiceError> {
        read_head(request, input)?;
        match payload(input) {
            Some((index, _)) => read_bound_payload(request, input.member_slot(index)),
            None if has_document(input) => read_document(request, input),
            None => Ok(Missing::default()),
        }
    }

    fn write_response(
        &self,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Bytes>, WriteError> {
        let (headers, body) = write_members(output)?;
        Ok(answer(status(output, operation.code), headers, body))
    }

    fn write_error(&self, error: &ErrorAnswer<'_>) -> Result<Response<Bytes>, WriteError> {
        let (mut headers, body) = match error.members {
            Some(members) => write_members(members)?,
            None => (HeaderMap::new(), write_error(error, None)?),
        };
        headers
            .entry(CONTENT_TYPE)
            .or_insert(HeaderValue::from_static(JSON));
        if let Ok(code) = HeaderValue::from_str(error.code) {
            headers.insert("x-amzn-errortype", code);
        }
        Ok(answer(error.status, headers, body))
    }
}

/// Headers and body of an output or an error.
fn write_members(structure: &dyn Structure) -> Result<(HeaderMap, Bytes), WriteError> {
    let mut headers = write_headers(structure)?;
    let body = match payload(structure) {
        Some((index, member)) => {
            let value = structure.member(index);
            write_payload(member, value, &mut headers, Dialect::RESPONSE)?
        }
        None => write_document(structure)?,
    };
    if payload(structure).is_none() && !is_unit(structure) {
        headers
            .entry(CONTENT_TYPE)
            .or_insert(HeaderValue::from_static(JSON));
    }
    Ok((headers, body))
}

fn has_document(structure: &dyn Structure) -> bool {
    let mut members = structure.schema().members.iter();
    members.any(|member| member.location == Location::Body)
}

/// Fills the member that is the whole body.
fn read_bound_payload(request: Request<'_>, slot: Slot<'_>) -> Result<Missing, ServiceError> {
    let body = request.body;
    if body.is_empty() {
        return Ok(Missing::default());
    }
    match slot.fill() {
        slot @ (Slot::Stream(_) | Slot::Blob(_) | Slot::String(_) | Slot::Enum(_)) => {
            let unreadable = |error: ReadError| serialization(error.to_string());
            read_payload(body, slot).map_err(unreadable)?;
            Ok(Missing::default())
        }
        slot => read_value(body, request.style, slot),
    }
}

/// What the body of a structure is; `None` where it has none, or may be anything.
fn media_type(structure: &mut dyn Structure) -> Option<&'static str> {
    let mut members = structure.schema().members.iter();
    let is_bound = members.any(|member| match member.location {
        Location::Header(name) => name.eq_ignore_ascii_case(CONTENT_TYPE.as_str()),
        _ => false,
    });
    match payload(structure) {
        _ if is_bound => None,
        Some((index, member)) => {
            let implied = match structure.member_slot(index).fill() {
                Slot::Stream(_) | Slot::Blob(_) => None,
                Slot::String(_) | Slot::Enum(_) => Some("text/plain"),
                _ => Some(JSON),
            };
            // Only the place was asked for: nothing came for it yet.
            structure.member_slot(index).fill_null();
            member
                .target
                .and_then(|target| target.media_type)
                .or(implied)
        }
        None => has_document(structure).then_some(JSON),
    }
}
