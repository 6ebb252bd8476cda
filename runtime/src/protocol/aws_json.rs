//! AWS JSON 1.0 and 1.1: one path, the operation in a header, everything else as a JSON object in the body.

use crate::codec::{Dialect, to_json};
use crate::protocol::rest_json::read_document;
use crate::protocol::{
    ErrorDocument, Protocol, ReadError, RequestParts, WriteError, document_error, http_binding,
};
use crate::schema::{OperationSchema, ServiceSchema};
use crate::shape::Structure;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::response::Parts;
use http::{HeaderMap, HeaderValue};

/// `aws.protocols#awsJson1_0` and `aws.protocols#awsJson1_1`.
#[derive(Debug, Clone, Copy)]
pub struct AwsJson {
    content_type: &'static str,
}

impl AwsJson {
    /// Version 1.0.
    pub const V1_0: Self = Self {
        content_type: "application/x-amz-json-1.0",
    };
    /// Version 1.1.
    pub const V1_1: Self = Self {
        content_type: "application/x-amz-json-1.1",
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
        _: &Parts,
        body: &Bytes,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError> {
        read_document(body, output)
    }

    fn read_error(&self, head: &Parts, body: &Bytes) -> ErrorDocument {
        document_error::read(&head.headers, body)
    }

    fn read_error_members(&self, head: &Parts, body: &Bytes, error: &mut dyn Structure) {
        // An error that cannot be read in full still is that error: its code says so.
        let _ = self.read_response(head, body, error);
    }
}
