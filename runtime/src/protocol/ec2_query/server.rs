//! The server side of EC2 Query.

use crate::protocol::query_form::EC2_QUERY;
use crate::protocol::query_form::read::{check_media_types, matches, read_request};
use crate::protocol::server::{
    ErrorAnswer, Labels, Missing, Request, ServerProtocol, ServiceError, answer,
};
use crate::protocol::xml::{error_content, text_element, wrap, write_members};
use crate::protocol::{Ec2Query, ServiceSchema, WriteError, idempotency};
use crate::value::schema::{CarriedTraits, OperationSchema};
use crate::value::shape::Structure;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Response};

impl ServerProtocol for Ec2Query {
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
        read_request(EC2_QUERY, request, input)
    }

    fn write_response(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Bytes>, WriteError> {
        let id = text_element("requestId", &idempotency::token());
        let name = format!("{}Response", operation.name);
        let document = wrap(&name, service.carried, &(id + &write_members(output)));
        Ok(answer(operation.code, headers(), document.into()))
    }

    fn write_error(&self, error: &ErrorAnswer<'_>) -> Result<Response<Bytes>, WriteError> {
        let plain = |name: &str, content: &str| wrap(name, CarriedTraits::NONE, content);
        let errors = plain("Errors", &plain("Error", &error_content(error)));
        let id = text_element("RequestID", &idempotency::token());
        let document = plain("Response", &(errors + &id));
        Ok(answer(error.status, headers(), document.into()))
    }
}

fn headers() -> HeaderMap {
    HeaderMap::from_iter([(
        CONTENT_TYPE,
        HeaderValue::from_static("text/xml;charset=UTF-8"),
    )])
}
