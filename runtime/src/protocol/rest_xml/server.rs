//! The server side of AWS restXml.

use crate::protocol::http_binding::write_headers;
use crate::protocol::payload::{payload, read_raw_payload, write_raw_payload};
#[cfg(feature = "event-stream")]
use crate::protocol::rest_xml::root_name_of;
use crate::protocol::rest_xml::{UNWRAPPED, XML, is_blank, write_document, write_payload};
use crate::protocol::server::bindings::{
    check_media_types, check_no_body, has_document, matches, read_head, status,
};
use crate::protocol::server::{
    ErrorAnswer, Labels, Missing, Request, ServerProtocol, ServiceError, answer, serialization,
};
use crate::protocol::xml::{
    Fault, Reader, Root, error_content, error_response, name_of, text_element, wrap, write,
};
use crate::protocol::{ReadError, RestXml, ServiceSchema, WriteError, idempotency};
#[cfg(feature = "event-stream")]
use crate::value::schema::MemberSchema;
use crate::value::schema::{CarriedTraits, Location, OperationSchema, TargetSchema};
#[cfg(feature = "event-stream")]
use crate::value::shape::Value;
use crate::value::shape::{Slot, Structure};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, Response};

impl ServerProtocol for RestXml {
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
        check_media_types(request, input, output, "application/xml")
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
        let body = request.body;
        match payload(input) {
            Some(_) if body.is_empty() => Ok(Missing::default()),
            Some((index, member)) => {
                let raw = read_raw_payload(body, input.member_slot(index).fill());
                match raw.map_err(|error: ReadError| serialization(error.to_string()))? {
                    Some(slot) => read_document(body, slot, member.target),
                    None => Ok(Missing::default()),
                }
            }
            None if !has_document(input) => Ok(Missing::default()),
            // Without a document, the members are those of an empty one.
            None if is_blank(body) => read_document(
                &Bytes::from_static(b"<empty/>"),
                Slot::Structure(input),
                None,
            ),
            None => read_document(body, Slot::Structure(input), None),
        }
    }

    fn write_response(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Bytes>, WriteError> {
        let mut headers = write_headers(output)?;
        let body = match operation.carried.has(UNWRAPPED) {
            true => write_unwrapped(service, output),
            false => write_output(service, output, &mut headers),
        };
        if payload(output).is_none() && !output.schema().is_unit() {
            headers.entry(CONTENT_TYPE).or_insert(XML);
        }
        Ok(answer(status(output, operation.code), headers, body))
    }

    #[cfg(feature = "event-stream")]
    fn write_event(
        &self,
        value: Value<'_>,
        member: Option<&'static MemberSchema>,
    ) -> Result<(&'static str, Bytes), WriteError> {
        let schema = match &value {
            Value::Structure(structure) => structure.schema(),
            Value::Union(union) => union.schema(),
            _ => {
                let reason = "an event can contain only documents of structures".to_owned();
                return Err(WriteError::Document(reason));
            }
        };
        let own = member.and_then(|member| member.carried.text("smithy.api#xmlName"));
        let root = Root {
            name: own.unwrap_or_else(|| root_name_of(schema)),
            namespaces: [schema.carried, CarriedTraits::NONE],
        };
        let document = write(&root, value, member.and_then(|member| member.target));
        Ok(("application/xml", document.into()))
    }

    fn write_error(&self, error: &ErrorAnswer<'_>) -> Result<Response<Bytes>, WriteError> {
        let mut headers = match error.members {
            Some(members) => write_headers(members)?,
            None => HeaderMap::new(),
        };
        headers.entry(CONTENT_TYPE).or_insert(XML);
        let id = idempotency::token();
        let document = match self.bare_errors {
            true => {
                let content = error_content(error) + &text_element("RequestId", &id);
                wrap("Error", CarriedTraits::NONE, &content)
            }
            false => error_response(error, &id),
        };
        Ok(answer(error.status, headers, document.into()))
    }
}

fn write_output(service: &ServiceSchema, output: &dyn Structure, headers: &mut HeaderMap) -> Bytes {
    let Some((index, member)) = payload(output) else {
        return write_document(service, output).unwrap_or_default().into();
    };
    let value = output.member(index);
    if let Some(body) = write_raw_payload(member, &value, headers) {
        return body;
    }
    match write_payload(service, member, value) {
        Some(document) => {
            headers.entry(CONTENT_TYPE).or_insert(XML);
            document.into()
        }
        None => Bytes::new(),
    }
}

/// Writes the only member of an output as the root of the document, which is empty if the member is absent.
fn write_unwrapped(service: &ServiceSchema, output: &dyn Structure) -> Bytes {
    let mut members = output.schema().members.iter().enumerate();
    let Some((index, member)) = members.find(|(_, member)| member.location == Location::Body)
    else {
        return Bytes::new();
    };
    let name = name_of(member);
    let root = Root {
        name,
        namespaces: [member.carried, service.carried],
    };
    match output.member(index) {
        value if value.is_absent() => wrap(name, service.carried, "").into(),
        value => write(&root, value, member.target).into(),
    }
}

fn read_document(
    body: &Bytes,
    slot: Slot<'_>,
    target: Option<&'static TargetSchema>,
) -> Result<Missing, ServiceError> {
    let refused = |fault: Fault| {
        serialization(match fault.path.is_empty() {
            true => format!("The request body cannot be read: {}", fault.reason),
            false => format!("Unexpected value at '{}'", fault.path),
        })
    };
    let mut reader = Reader::new(body).map_err(refused)?.exactly();
    reader.document(slot, target).map_err(refused)?;
    Ok(reader.into_missing().into())
}
