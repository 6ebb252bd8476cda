//! Smithy RPC v2 JSON: the operation in the path, and everything else as a JSON object in the body.

#[cfg(any(feature = "server", feature = "test-util"))]
mod server;

use crate::protocol::rest_json::{read_document, read_error_body};
use crate::protocol::rpc_v2::{self, Format};
use crate::protocol::scan::Scan;
#[cfg(any(feature = "server", feature = "test-util"))]
use crate::protocol::server::ServerProtocol;
use crate::protocol::{
    ErrorDocument, Protocol, ReadError, RequestParts, ServiceSchema, WriteError, document_error,
    query_compatible,
};
use crate::value::codec::{Dialect, to_json};
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::HeaderValue;
use http::response::Parts;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const FORMAT: Format = Format {
    name: HeaderValue::from_static("rpc-v2-json"),
    media_type: JSON,
    write_document,
};

/// The protocol `smithy.protocols#rpcv2Json`.
#[derive(Debug, Clone, Copy)]
pub struct RpcV2Json {
    query_mode: bool,
}

impl RpcV2Json {
    /// The protocol without variations.
    pub const PLAIN: Self = Self { query_mode: false };
    /// The protocol with `aws.protocols#awsQueryCompatible`: errors also contain their codes in awsQuery.
    pub const QUERY_COMPATIBLE: Self = Self { query_mode: true };
}

impl Protocol for RpcV2Json {
    fn write_request(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<RequestParts, WriteError> {
        let called = (service, operation);
        rpc_v2::write_request(&FORMAT, JSON, self.query_mode, called, input)
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

    /// Reads the error by its `__type` alone: the protocol ignores the header and the members that others have for it.
    fn read_error(&self, head: &Parts, body: &Bytes) -> ErrorDocument {
        let document = Scan::of(body);
        let code = document.text("__type");
        let code = code.as_deref().and_then(|code| code.rsplit('#').next());
        let message = ["message", "Message"];
        let message = message.into_iter().find_map(|name| document.scalar(name));
        ErrorDocument {
            code: code.filter(|code| !code.is_empty()).map(str::to_owned),
            query_code: query_compatible::read_code(self.query_mode, &head.headers),
            message: message
                .or_else(|| document_error::foreign(&head.headers, body, document.is_whole)),
            request_id: None,
        }
    }

    fn read_error_members(&self, _: &Parts, body: &Bytes, error: &mut dyn Structure) {
        read_error_body(body, error);
    }

    fn reads(&self, content_type: &str) -> bool {
        content_type.contains("json")
    }

    #[cfg(any(feature = "server", feature = "test-util"))]
    fn server_side(&self) -> Option<&dyn ServerProtocol> {
        Some(self)
    }
}

/// Returns the document of a structure. Numbers of any size are texts in this protocol.
fn write_document(structure: &dyn Structure, dialect: Dialect) -> Result<Bytes, WriteError> {
    let json = to_json(structure, dialect.with_big_numbers_as_text());
    json.map(Bytes::from)
        .map_err(|error| WriteError::Document(error.to_string()))
}
