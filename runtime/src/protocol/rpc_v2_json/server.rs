//! The server side of Smithy RPC v2 JSON.

use super::{JSON, NAME, PROTOCOL, write_document};
use crate::protocol::server::bindings::status;
use crate::protocol::server::json::{read_document, write_error};
use crate::protocol::server::media_type::{check_accept, check_content_type};
use crate::protocol::server::{
    ErrorAnswer, Labels, Missing, Request, ServerProtocol, ServiceError, ServiceStyle, answer,
};
use crate::protocol::{RpcV2Json, ServiceSchema, WriteError};
use crate::value::codec::Dialect;
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, Method, Response};

const MEDIA_TYPE: &str = "application/json";
/// The headers that name an operation in other protocols, which the protocol forbids.
const FORBIDDEN: [&str; 2] = ["x-amz-target", "x-amzn-target"];

impl ServerProtocol for RpcV2Json {
    /// Returns the labels if the path matches. The text before `/service/` belongs to the endpoint.
    fn matches(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        head: &Parts,
        _: &Bytes,
    ) -> Option<Labels> {
        let (_, path) = head.uri.path().rsplit_once("/service/")?;
        let is_for_it = head.method == Method::POST
            && head.headers.get(PROTOCOL) == Some(&NAME)
            && !FORBIDDEN
                .iter()
                .any(|name| head.headers.contains_key(*name))
            && path.split_once("/operation/") == Some((service.name, operation.name));
        is_for_it.then(Labels::new)
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
        let mut headers = HeaderMap::from_iter([(PROTOCOL, NAME)]);
        let body = match output.schema().is_unit() {
            true => Bytes::new(),
            false => {
                headers.insert(CONTENT_TYPE, JSON);
                write_document(output, Dialect::RESPONSE)?
            }
        };
        Ok(answer(status(output, operation.code), headers, body))
    }

    fn write_error(&self, error: &ErrorAnswer<'_>) -> Result<Response<Bytes>, WriteError> {
        let headers = HeaderMap::from_iter([(PROTOCOL, NAME), (CONTENT_TYPE, JSON)]);
        let id = error
            .members
            .map_or(error.code, |members| members.schema().id);
        let body = write_error(error, Some(id))?;
        Ok(answer(error.status, headers, body))
    }
}
