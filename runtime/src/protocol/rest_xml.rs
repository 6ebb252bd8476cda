//! AWS restXml: members by their HTTP bindings, and all others as an XML document in the body.

#[cfg(any(feature = "server", feature = "test-util"))]
mod server;

use crate::protocol::payload::{payload, read_raw_payload, stream, write_raw_payload};
use crate::protocol::rest_json::error_members::read_head as read_error_head;
#[cfg(any(feature = "server", feature = "test-util"))]
use crate::protocol::server::ServerProtocol;
use crate::protocol::xml::{Reader, Root, read_error, read_error_members, root_name, write};
use crate::protocol::{
    ErrorDocument, Protocol, ReadError, RequestParts, ServiceSchema, WriteError, http_binding,
};
#[cfg(feature = "event-stream")]
use crate::value::schema::TargetSchema;
use crate::value::schema::{
    CarriedTraits, Location, MemberSchema, OperationSchema, StructureSchema,
};
use crate::value::shape::{Slot, Structure, Value};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::response::Parts;
use http::{HeaderMap, HeaderValue};

const XML: HeaderValue = HeaderValue::from_static("application/xml");

/// The protocol `aws.protocols#restXml`.
#[derive(Debug, Clone, Copy)]
pub struct RestXml {
    /// `true` if the root of an error document is `<Error>` instead of `<ErrorResponse>`.
    bare_errors: bool,
}

impl RestXml {
    /// The protocol with errors in an `<ErrorResponse>`.
    pub const WRAPPED_ERRORS: Self = Self { bare_errors: false };
    /// The protocol with `noErrorWrapping`: the root of an error document is `<Error>`, also in responses with status
    /// 200, such as those of S3's `CopyObject`.
    pub const BARE_ERRORS: Self = Self { bare_errors: true };
}

impl Protocol for RestXml {
    fn write_request(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<RequestParts, WriteError> {
        let target = http_binding::write_target(operation, input)?;
        let host_prefix = http_binding::write_host_prefix(operation, input)?;
        let mut headers = http_binding::write_headers(input)?;
        let body = write_body(service, input, &mut headers);
        Ok(RequestParts {
            target,
            headers,
            body,
            stream: stream(input),
            host_prefix,
        })
    }

    fn read_response(
        &self,
        operation: &OperationSchema,
        head: &Parts,
        body: &Bytes,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError> {
        http_binding::read_head(head, output)?;
        match payload(output) {
            Some((index, member)) => read_payload(body, member, output.member_slot(index)),
            None if is_blank(body) => Ok(()),
            None if operation.carried.has(UNWRAPPED) => read_unwrapped(body, output),
            None if has_document(output) => {
                Ok(Reader::new(body)?.document(Slot::Structure(output), None)?)
            }
            None => Ok(()),
        }
    }

    fn is_error(&self, body: &Bytes) -> bool {
        self.bare_errors && root_name(body).as_deref() == Some("Error")
    }

    fn read_error(&self, head: &Parts, body: &Bytes) -> ErrorDocument {
        let document = read_error(&head.headers, body);
        match is_blank(body) {
            // Responses to HEAD have no body, so the status is the code.
            true => ErrorDocument {
                code: code_of_status(head),
                ..document
            },
            false => document,
        }
    }

    fn read_error_members(&self, head: &Parts, body: &Bytes, error: &mut dyn Structure) {
        read_error_head(head, error);
        match payload(error) {
            Some((index, member)) => {
                if read_payload(body, member, error.member_slot(index)).is_err() {
                    error.member_slot(index).fill_null();
                }
            }
            None => read_error_members(body, error),
        }
    }

    #[cfg(feature = "event-stream")]
    fn read_event(
        &self,
        payload: &Bytes,
        target: Option<&'static TargetSchema>,
        slot: Slot<'_>,
    ) -> Result<(), ReadError> {
        Ok(Reader::new(payload)?.document(slot, target)?)
    }

    fn reads(&self, content_type: &str) -> bool {
        content_type.contains("xml")
    }

    #[cfg(any(feature = "server", feature = "test-util"))]
    fn server_side(&self) -> Option<&dyn ServerProtocol> {
        Some(self)
    }
}

/// The trait of operations whose response has a member of the output as its root, such as S3's `GetBucketLocation`.
const UNWRAPPED: &str = "aws.customizations#s3UnwrappedXmlOutput";

fn is_blank(body: &Bytes) -> bool {
    body.iter().all(u8::is_ascii_whitespace)
}

fn has_document(structure: &dyn Structure) -> bool {
    let mut members = structure.schema().members.iter();
    members.any(|member| member.location == Location::Body)
}

/// Returns the reason phrase of a status as a code, such as `NotFound` for 404.
fn code_of_status(head: &Parts) -> Option<String> {
    let reason = head.status.canonical_reason()?;
    Some(reason.split_whitespace().collect())
}

fn write_body(service: &ServiceSchema, input: &dyn Structure, headers: &mut HeaderMap) -> Bytes {
    let written = match payload(input) {
        Some((index, member)) => {
            let value = input.member(index);
            if let Some(body) = write_raw_payload(member, &value, headers) {
                return body;
            }
            write_payload(service, member, value)
        }
        None => write_document(service, input),
    };
    let Some(document) = written else {
        return Bytes::new();
    };
    headers.entry(CONTENT_TYPE).or_insert(XML);
    document.into()
}

/// Returns the document of a member that is the body, or `None` if it is absent.
fn write_payload(
    service: &ServiceSchema,
    member: &'static MemberSchema,
    value: Value<'_>,
) -> Option<String> {
    let schema = match &value {
        Value::Structure(structure) => structure.schema(),
        Value::Union(union) => union.schema(),
        _ => return None,
    };
    let own = member.carried.text("smithy.api#xmlName");
    let root = Root {
        name: own.unwrap_or_else(|| root_name_of(schema)),
        namespaces: [
            with_namespace(member.carried).unwrap_or(schema.carried),
            service.carried,
        ],
    };
    Some(write(&root, value, member.target))
}

/// Returns the document of the members, or `None` if there are none.
fn write_document(service: &ServiceSchema, structure: &dyn Structure) -> Option<String> {
    let schema = structure.schema();
    let root = Root {
        name: root_name_of(schema),
        namespaces: [schema.carried, service.carried],
    };
    has_document(structure).then(|| write(&root, Value::Structure(structure), None))
}

fn with_namespace(traits: &'static CarriedTraits) -> Option<&'static CarriedTraits> {
    traits.has("smithy.api#xmlNamespace").then_some(traits)
}

/// Returns the name of a structure as the root of a document.
fn root_name_of(schema: &'static StructureSchema) -> &'static str {
    let own = schema.carried.text("smithy.api#xmlName");
    own.unwrap_or_else(|| schema.id.rsplit('#').next().unwrap_or(schema.id))
}

/// Fills the member that is the body.
fn read_payload(
    body: &Bytes,
    member: &'static MemberSchema,
    slot: Slot<'_>,
) -> Result<(), ReadError> {
    if body.is_empty() {
        return Ok(());
    }
    match read_raw_payload(body, slot.fill())? {
        Some(_) if is_blank(body) => Ok(()),
        Some(slot) => Ok(Reader::new(body)?.document(slot, member.target)?),
        None => Ok(()),
    }
}

/// Fills the only member of an output from the root of the document. An empty root is absent: S3 has no name for its
/// first region.
fn read_unwrapped(body: &Bytes, output: &mut dyn Structure) -> Result<(), ReadError> {
    let mut members = output.schema().members.iter().enumerate();
    let Some((index, member)) = members.find(|(_, member)| member.location == Location::Body)
    else {
        return Ok(());
    };
    Reader::new(body)?.document(output.member_slot(index), member.target)?;
    let is_empty = match output.member(index) {
        Value::String(text) => text.is_empty(),
        Value::Enum(value) => value.wire_value().is_empty(),
        _ => false,
    };
    if is_empty {
        output.member_slot(index).fill_null();
    }
    Ok(())
}
