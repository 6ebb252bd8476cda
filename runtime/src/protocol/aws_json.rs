//! AWS JSON 1.0 and 1.1: one path, the operation in a header, and everything else as a JSON object in the body.

#[cfg(any(feature = "server", feature = "test-util"))]
mod server;

use crate::protocol::ServiceSchema;
#[cfg(feature = "event-stream")]
use crate::protocol::rest_json::read_event;
use crate::protocol::rest_json::{read_document, read_error_body};
#[cfg(any(feature = "server", feature = "test-util"))]
use crate::protocol::server::ServerProtocol;
use crate::protocol::{
    ErrorDocument, Protocol, ReadError, RequestParts, WriteError, document_error, http_binding,
    query_compatible,
};
use crate::value::codec::{Dialect, to_json};
use crate::value::schema::OperationSchema;
#[cfg(feature = "event-stream")]
use crate::value::schema::TargetSchema;
#[cfg(feature = "event-stream")]
use crate::value::shape::Slot;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::response::Parts;
use http::{HeaderMap, HeaderValue};

/// The protocols `aws.protocols#awsJson1_0` and `aws.protocols#awsJson1_1`.
#[derive(Debug, Clone, Copy)]
pub struct AwsJson {
    content_type: &'static str,
    query_mode: bool,
}

impl AwsJson {
    /// Version 1.0.
    pub const V1_0: Self = Self {
        content_type: "application/x-amz-json-1.0",
        query_mode: false,
    };
    /// Version 1.1.
    pub const V1_1: Self = Self {
        content_type: "application/x-amz-json-1.1",
        query_mode: false,
    };
    /// Returns the media type of requests and responses.
    #[cfg(any(feature = "server", feature = "test-util"))]
    pub(super) fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// Version 1.0 with `aws.protocols#awsQueryCompatible`: errors also contain their codes in awsQuery.
    pub const V1_0_QUERY_COMPATIBLE: Self = Self {
        query_mode: true,
        ..Self::V1_0
    };
    /// Version 1.1 with `aws.protocols#awsQueryCompatible`.
    pub const V1_1_QUERY_COMPATIBLE: Self = Self {
        query_mode: true,
        ..Self::V1_1
    };
}

impl Protocol for AwsJson {
    fn write_request(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<RequestParts, WriteError> {
        let json = to_json(input, Dialect::REQUEST)
            .map_err(|error| WriteError::Document(error.to_string()))?;
        let target = HeaderValue::from_str(&format!("{}.{}", service.name, operation.name))
            .map_err(|error| WriteError::Document(error.to_string()))?;
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.insert("x-amz-target", target);
        if self.query_mode {
            query_compatible::announce(&mut headers);
        }
        let host_prefix = http_binding::write_host_prefix(operation, input)?;
        Ok(RequestParts {
            target: "/".to_owned(),
            headers,
            body: json.into(),
            stream: None,
            host_prefix,
        })
    }

    fn read_response(
        &self,
        _: &OperationSchema,
        _: &Parts,
        body: &Bytes,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError> {
        read_document(body, output)
    }

    fn read_error(&self, head: &Parts, body: &Bytes) -> ErrorDocument {
        ErrorDocument {
            query_code: query_compatible::read_code(self.query_mode, &head.headers),
            ..document_error::read(&head.headers, body)
        }
    }

    fn read_error_members(&self, _: &Parts, body: &Bytes, error: &mut dyn Structure) {
        read_error_body(body, error);
    }

    #[cfg(feature = "event-stream")]
    fn read_event(
        &self,
        payload: &Bytes,
        target: Option<&'static TargetSchema>,
        slot: Slot<'_>,
    ) -> Result<(), ReadError> {
        read_event(payload, target, slot)
    }

    fn reads(&self, content_type: &str) -> bool {
        content_type.contains("json")
    }

    #[cfg(any(feature = "server", feature = "test-util"))]
    fn server_side(&self) -> Option<&dyn ServerProtocol> {
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_keeps_the_code_that_it_had_in_aws_query() {
        let (mut head, ()) = http::Response::new(()).into_parts();
        let body =
            Bytes::from_static(br#"{"__type":"com.example#QueueDoesNotExist","message":"m"}"#);
        let mut read = |protocol: AwsJson, header: Option<&'static str>| {
            head.headers.clear();
            if let Some(header) = header {
                let value = HeaderValue::from_static(header);
                head.headers.insert("x-amzn-query-error", value);
            }
            let document = protocol.read_error(&head, &body);
            (document.code.unwrap_or_default(), document.query_code)
        };
        let (plain, compatible) = (AwsJson::V1_0, AwsJson::V1_0_QUERY_COMPATIBLE);
        let header = Some("Example.NonExistentQueue;Sender");
        let name = "QueueDoesNotExist".to_owned();
        assert_eq!(
            read(compatible, header),
            (name.clone(), Some("Example.NonExistentQueue".to_owned()))
        );
        assert_eq!(read(compatible, None), (name.clone(), None));
        assert_eq!(read(compatible, Some(";Sender")), (name.clone(), None));
        assert_eq!(read(plain, header), (name, None));
    }
}
