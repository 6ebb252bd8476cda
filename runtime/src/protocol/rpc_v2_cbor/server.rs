//! The server side of Smithy RPC v2 CBOR.

use super::FORMAT;
use crate::protocol::rpc_v2;
use crate::protocol::server::media_type::{check_accept, check_content_type};
use crate::protocol::server::{
    ErrorAnswer, Labels, Missing, Request, ServerProtocol, ServiceError, serialization,
};
use crate::protocol::{RpcV2Cbor, ServiceSchema, WriteError};
#[cfg(feature = "event-stream")]
use crate::value::codec::value_to_cbor;
use crate::value::codec::{Dialect, from_cbor_exactly, to_cbor};
#[cfg(feature = "event-stream")]
use crate::value::schema::MemberSchema;
use crate::value::schema::OperationSchema;
#[cfg(feature = "event-stream")]
use crate::value::shape::Value;
use crate::value::shape::{Structure, Unit};
use bytes::Bytes;
use http::Response;
use http::request::Parts;

const MEDIA_TYPE: &str = "application/cbor";
const EVENTS_TYPE: &str = "application/vnd.amazon.eventstream";

/// Returns whether a name is the absolute shape ID of the service, with a dot instead of `#`.
fn is_absolute_id(name: &str, service: &ServiceSchema) -> bool {
    let namespace = name.strip_suffix(service.name);
    let namespace = namespace.and_then(|name| name.strip_suffix('.'));
    namespace.is_some_and(|namespace| Some(namespace) == service.namespace)
}

impl ServerProtocol for RpcV2Cbor {
    fn matches(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        head: &Parts,
        _: &Bytes,
    ) -> Option<Labels> {
        let called = rpc_v2::service_of(&FORMAT, operation, head)?;
        let is_service = called == service.name || is_absolute_id(called, service);
        is_service.then(Labels::new)
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
        // The response of an operation with an event stream has another type.
        check_accept(headers, MEDIA_TYPE)
            .or_else(|error| check_accept(headers, EVENTS_TYPE).map_err(|_| error))
    }

    fn read_request(
        &self,
        request: Request<'_>,
        input: &mut dyn Structure,
    ) -> Result<Missing, ServiceError> {
        // Without a document, the members are those of an empty one.
        let body: &[u8] = match request.body.is_empty() {
            true => &[0xa0],
            false => request.body,
        };
        match from_cbor_exactly(body, input) {
            Ok(missing) => Ok(missing.into()),
            Err(error) if !error.path().is_empty() => Err(serialization(format!(
                "Unexpected value at '{}'",
                error.path()
            ))),
            Err(error) => Err(serialization(format!(
                "The request body cannot be read: {error}"
            ))),
        }
    }

    fn write_response(
        &self,
        _: &ServiceSchema,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Bytes>, WriteError> {
        rpc_v2::write_response(&FORMAT, operation, output)
    }

    #[cfg(feature = "event-stream")]
    fn write_event(
        &self,
        value: Value<'_>,
        _: Option<&'static MemberSchema>,
    ) -> Result<(&'static str, Bytes), WriteError> {
        let cbor = value_to_cbor(value, Dialect::RESPONSE);
        let cbor = cbor.map_err(|error| WriteError::Document(error.to_string()))?;
        Ok((MEDIA_TYPE, cbor.into()))
    }

    fn write_error(&self, error: &ErrorAnswer<'_>) -> Result<Response<Bytes>, WriteError> {
        rpc_v2::write_error(&FORMAT, self.query_mode, error, |id| {
            let code = ("__type", id);
            let body = match error.members {
                Some(members) => to_cbor(members, Dialect::RESPONSE, &[code]),
                None => to_cbor(
                    &Unit,
                    Dialect::RESPONSE,
                    &[code, ("message", error.message)],
                ),
            };
            body.map(Bytes::from)
                .map_err(|error| WriteError::Document(error.to_string()))
        })
    }
}
