//! The server side of AWS Query.

use crate::protocol::query_form::AWS_QUERY;
use crate::protocol::query_form::read::{check_media_types, matches, read_request};
use crate::protocol::server::{
    ErrorAnswer, Labels, Missing, Request, ServerProtocol, ServiceError, answer, query_code,
};
use crate::protocol::xml::{error_response, text_element, wrap, write_members};
use crate::protocol::{AwsQuery, ServiceSchema, WriteError, idempotency};
use crate::value::schema::{CarriedTraits, OperationSchema, StructureSchema};
use crate::value::shape::Structure;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Response};

impl ServerProtocol for AwsQuery {
    fn matches(
        &self,
        _: &ServiceSchema,
        operation: &OperationSchema,
        head: &Parts,
        body: &Bytes,
    ) -> Option<Labels> {
        matches(operation, head, body).then(Labels::new)
    }

    fn check_media_types(
        &self,
        request: Request<'_>,
        _: &mut dyn Structure,
        _: &mut dyn Structure,
    ) -> Result<(), ServiceError> {
        check_media_types(request.head)
    }

    fn read_request(
        &self,
        request: Request<'_>,
        input: &mut dyn Structure,
    ) -> Result<Missing, ServiceError> {
        read_request(AWS_QUERY, request, input)
    }

    fn write_response(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Bytes>, WriteError> {
        let result = match output.schema().members.is_empty() {
            true => String::new(),
            false => wrap(
                &format!("{}Result", operation.name),
                CarriedTraits::NONE,
                &write_members(output),
            ),
        };
        let id = text_element("RequestId", &idempotency::token());
        let metadata = wrap("ResponseMetadata", CarriedTraits::NONE, &id);
        let name = format!("{}Response", operation.name);
        let document = wrap(&name, service.carried, &(result + &metadata));
        Ok(answer(operation.code, headers(), document.into()))
    }

    fn error_code(&self, error: &'static StructureSchema) -> &'static str {
        query_code(error).unwrap_or_else(|| error.id.rsplit('#').next().unwrap_or(error.id))
    }

    fn write_error(&self, error: &ErrorAnswer<'_>) -> Result<Response<Bytes>, WriteError> {
        let document = error_response(error, &idempotency::token());
        Ok(answer(error.status, headers(), document.into()))
    }
}

fn headers() -> HeaderMap {
    HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("text/xml"))])
}
