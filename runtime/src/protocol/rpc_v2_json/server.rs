//! The server side of Smithy RPC v2 JSON.

use super::FORMAT;
use crate::protocol::rpc_v2;
use crate::protocol::server::json::{read_document, write_error};
use crate::protocol::server::media_type::{check_accept, check_content_type};
use crate::protocol::server::{
    ErrorAnswer, Labels, Missing, Request, ServerProtocol, ServiceError, ServiceStyle,
};
use crate::protocol::{RpcV2Json, ServiceSchema, WriteError};
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::Response;
use http::request::Parts;

const MEDIA_TYPE: &str = "application/json";

impl ServerProtocol for RpcV2Json {
    fn matches(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        head: &Parts,
        _: &Bytes,
    ) -> Option<Labels> {
        // The absolute shape ID must not be accepted, unlike in CBOR.
        let called = rpc_v2::service_of(&FORMAT, operation, head)?;
        (called == service.name).then(Labels::new)
    }

    fn check_media_types(
        &self,
        request: Request<'_>,
        input: &mut dyn Structure,
        _: &mut dyn Structure,
    ) -> Result<(), ServiceError> {
        let headers = &request.head.headers;
        if !input.schema().is_unit() {
            check_content_type(headers, MEDIA_TYPE)?;
        }
        check_accept(headers, MEDIA_TYPE)
    }

    /// Reads the members. Without a document, they are those of an empty one.
    fn read_request(
        &self,
        request: Request<'_>,
        input: &mut dyn Structure,
    ) -> Result<Missing, ServiceError> {
        let request = match request.body.is_empty() {
            true => Request {
                style: ServiceStyle::Smithy,
                ..request
            },
            false => request,
        };
        read_document(request, input)
    }

    fn write_response(
        &self,
        _: &ServiceSchema,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Bytes>, WriteError> {
        rpc_v2::write_response(&FORMAT, operation, output)
    }

    fn write_error(&self, error: &ErrorAnswer<'_>) -> Result<Response<Bytes>, WriteError> {
        rpc_v2::write_error(&FORMAT, self.query_mode, error, |id| {
            write_error(error, Some(id))
        })
    }
}
