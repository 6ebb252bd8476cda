//! The service's half of AWS restJson1.

use crate::protocol::http_binding::{joined, read_header, read_prefix_headers, write_headers};
use crate::protocol::query_string::{parameters, read_parameter, read_parameters};
use crate::protocol::rest_json::{payload, read_payload, write_payload};
use crate::protocol::text::from_text;
use crate::protocol::{ReadError, RestJson1, WriteError};
use crate::service::server::path_labels::path_labels;
use crate::service::server::violation::path_text;
use crate::service::server::{Labels, Request, ServerProtocol, ServiceError};
use crate::value::codec::{Dialect, from_json, to_json};
use crate::value::schema::{Location, MemberSchema, OperationSchema};
use crate::value::shape::{Slot, Structure};
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderValue, Response, StatusCode};
use std::collections::HashSet;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

impl ServerProtocol for RestJson1 {
    fn matches(&self, operation: &OperationSchema, head: &Parts) -> Option<Labels> {
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

    fn read_request(
        &self,
        request: Request<'_>,
        input: &mut dyn Structure,
    ) -> Result<HashSet<String>, ServiceError> {
        read_head(request, input)?;
        if let Some((index, _)) = payload(input) {
            let unreadable = |error: ReadError| serialization(error.to_string());
            read_payload(request.body, input.member_slot(index)).map_err(unreadable)?;
            return Ok(HashSet::new());
        }
        let members = input.schema().members;
        if members
            .iter()
            .any(|member| member.location == Location::Body)
        {
            read_document(request.body, input)
        } else {
            Ok(HashSet::new())
        }
    }

    fn write_response(
        &self,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Bytes>, WriteError> {
        let mut headers = write_headers(output)?;
        let body = if let Some((index, member)) = payload(output) {
            write_payload(
                member,
                output.member(index),
                &mut headers,
                Dialect::RESPONSE,
            )?
        } else {
            headers.insert(CONTENT_TYPE, JSON);
            to_json(output, Dialect::RESPONSE)
                .map_err(|error| WriteError::Document(error.to_string()))?
                .into()
        };
        let mut response = answer(operation.code, body);
        response.headers_mut().extend(headers);
        Ok(response)
    }

    fn write_error(&self, error: &ServiceError) -> Response<Bytes> {
        let mut response = answer(error.status(), error.document().clone());
        response.headers_mut().insert(CONTENT_TYPE, JSON);
        if let Ok(code) = HeaderValue::from_str(error.code()) {
            response.headers_mut().insert("x-amzn-errortype", code);
        }
        response
    }
}

fn answer(status: u16, body: Bytes) -> Response<Bytes> {
    let length = HeaderValue::from(body.len());
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(CONTENT_LENGTH, length);
    response
}

fn serialization(message: impl Into<String>) -> ServiceError {
    ServiceError::new("SerializationException", 400, message)
}

/// Fills the members that travel in path, query and headers.
fn read_head(request: Request<'_>, input: &mut dyn Structure) -> Result<(), ServiceError> {
    let parameters = parameters(request.head.uri.query().unwrap_or_default());
    for (index, member) in input.schema().members.iter().enumerate() {
        let slot = input.member_slot(index);
        let read = match member.location {
            Location::Label => {
                let label = request.labels.iter().find(|(name, _)| *name == member.name);
                label.is_none_or(|(_, text)| from_text(slot, text))
            }
            Location::Query(name) => read_parameter(&parameters, name, slot),
            Location::QueryParams => read_parameters(&parameters, slot),
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
    text.is_none_or(|text| read_header(name, &text, member, slot).is_ok())
}

/// Fills the members of the document body. Messages never repeat a value: it may be a secret.
fn read_document(body: &Bytes, input: &mut dyn Structure) -> Result<HashSet<String>, ServiceError> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(ServiceError::new(
            "ValidationException",
            400,
            "The request object must be non-null",
        ));
    }
    let body = without_nulls(body);
    match from_json(&body, input) {
        Ok(missing) => Ok(missing.iter().map(path_text).collect()),
        Err((path, error)) if error.is_data() => Err(serialization(format!(
            "Unexpected value at '{}'",
            path_text(&path)
        ))),
        Err((_, error)) => Err(serialization(format!(
            "The request body is not JSON: line {}, column {}",
            error.line(),
            error.column()
        ))),
    }
}

/// A member that is null counts as one that is not there, required or not.
fn without_nulls(body: &Bytes) -> Bytes {
    if !body.windows(4).any(|window| window == b"null") {
        return body.clone();
    }
    let Ok(mut document) = serde_json::from_slice::<serde_json::Value>(body) else {
        return body.clone();
    };
    strip_nulls(&mut document);
    document.to_string().into()
}

fn strip_nulls(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(members) => {
            members.retain(|_, value| !value.is_null());
            members.values_mut().for_each(strip_nulls);
        }
        serde_json::Value::Array(elements) => elements.iter_mut().for_each(strip_nulls),
        _ => {}
    }
}
