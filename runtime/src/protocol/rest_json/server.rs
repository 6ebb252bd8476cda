//! The server side of AWS restJson1.

use crate::protocol::http_binding::write_headers;
use crate::protocol::payload::payload;
use crate::protocol::rest_json::{read_payload, write_payload};
use crate::protocol::server::bindings::{
    check_media_types, check_no_body, has_document, matches, read_head, status,
};
#[cfg(feature = "event-stream")]
use crate::protocol::server::json::write_event;
use crate::protocol::server::json::{read_document, read_value, write_document, write_error};
use crate::protocol::server::{
    ErrorAnswer, Labels, Missing, Request, ServerProtocol, ServiceError, answer, serialization,
};
use crate::protocol::{ReadError, RestJson1, ServiceSchema, WriteError};
use crate::value::codec::Dialect;
#[cfg(feature = "event-stream")]
use crate::value::schema::MemberSchema;
use crate::value::schema::OperationSchema;
#[cfg(feature = "event-stream")]
use crate::value::shape::Value;
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
        _: &Bytes,
    ) -> Option<Labels> {
        matches(operation, head)
    }

    fn check_media_types(
        &self,
        request: Request<'_>,
        input: &mut dyn Structure,
        output: &mut dyn Structure,
    ) -> Result<(), ServiceError> {
        check_media_types(request, input, output, JSON)
    }

    fn check_no_body(
        &self,
        request: Request<'_>,
        input: &dyn Structure,
    ) -> Result<(), ServiceError> {
        check_no_body(request, input)
    }

    fn read_request(
        &self,
        request: Request<'_>,
        input: &mut dyn Structure,
    ) -> Result<Missing, ServiceError> {
        read_head(request, input)?;
        match payload(input) {
            // Clients send an empty object for a structure that is not set.
            Some((_, member)) if member.empty_document && is_empty_object(request.body) => {
                Ok(Missing::default())
            }
            Some((index, _)) => read_bound_payload(request, input.member_slot(index)),
            None if has_document(input) => read_document(request, input),
            None => Ok(Missing::default()),
        }
    }

    fn write_response(
        &self,
        _: &ServiceSchema,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Bytes>, WriteError> {
        let (headers, body) = write_members(output)?;
        Ok(answer(status(output, operation.code), headers, body))
    }

    #[cfg(feature = "event-stream")]
    fn write_event(
        &self,
        value: Value<'_>,
        member: Option<&'static MemberSchema>,
    ) -> Result<(&'static str, Bytes), WriteError> {
        write_event(value, member)
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

/// Returns the headers and body of an output or an error.
fn write_members(structure: &dyn Structure) -> Result<(HeaderMap, Bytes), WriteError> {
    let mut headers = write_headers(structure)?;
    let body = match payload(structure) {
        Some((index, member)) => {
            let value = structure.member(index);
            write_payload(member, value, &mut headers, Dialect::RESPONSE)?
        }
        None => write_document(structure)?,
    };
    if payload(structure).is_none() && !structure.schema().is_unit() {
        headers
            .entry(CONTENT_TYPE)
            .or_insert(HeaderValue::from_static(JSON));
    }
    Ok((headers, body))
}

fn is_empty_object(body: &Bytes) -> bool {
    let inner = body.trim_ascii().strip_prefix(b"{");
    let inner = inner.and_then(|inner| inner.strip_suffix(b"}"));
    inner.is_some_and(|inner| inner.trim_ascii().is_empty())
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
