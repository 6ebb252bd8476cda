//! The server side of AWS JSON 1.0 and 1.1.

use crate::protocol::server::bindings::status;
#[cfg(feature = "event-stream")]
use crate::protocol::server::json::write_event;
use crate::protocol::server::json::{read_document, write_document, write_error};
use crate::protocol::server::media_type::{check_accept, check_content_type};
use crate::protocol::server::{
    ErrorAnswer, Labels, Missing, Request, ServerProtocol, ServiceError, answer, unknown_operation,
};
use crate::protocol::{AwsJson, ServiceSchema, WriteError, query_compatible};
#[cfg(feature = "event-stream")]
use crate::value::schema::MemberSchema;
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
#[cfg(feature = "event-stream")]
use crate::value::shape::Value;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response};

impl ServerProtocol for AwsJson {
    /// Compares the names of the service and of the operation with the header that contains them.
    fn matches(
        &self,
        service: &ServiceSchema,
        operation: &OperationSchema,
        head: &Parts,
        _: &Bytes,
    ) -> Option<Labels> {
        let target = head.headers.get("x-amz-target")?.to_str().ok()?;
        let is_for_it = head.method == Method::POST
            && head.uri.path() == "/"
            && target.split_once('.') == Some((service.name, operation.name));
        is_for_it.then(Labels::new)
    }

    /// Returns status 400, as services of AWS do in these protocols.
    fn unknown_operation(&self) -> ServiceError {
        unknown_operation(400)
    }

    fn check_media_types(
        &self,
        request: Request<'_>,
        _: &mut dyn Structure,
        _: &mut dyn Structure,
    ) -> Result<(), ServiceError> {
        let headers = &request.head.headers;
        check_content_type(headers, self.content_type())?;
        check_accept(headers, self.content_type())
    }

    fn read_request(
        &self,
        request: Request<'_>,
        input: &mut dyn Structure,
    ) -> Result<Missing, ServiceError> {
        read_document(request, input)
    }

    fn write_response(
        &self,
        _: &ServiceSchema,
        operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<Response<Bytes>, WriteError> {
        let body = match write_document(output)? {
            // In this protocol an output is an object, even one that the model does not declare.
            body if body.is_empty() => Bytes::from_static(b"{}"),
            body => body,
        };
        Ok(answer(status(output, operation.code), self.headers(), body))
    }

    #[cfg(feature = "event-stream")]
    fn write_event(
        &self,
        value: Value<'_>,
        member: Option<&'static MemberSchema>,
    ) -> Result<(&'static str, Bytes), WriteError> {
        write_event(value, member)
    }

    fn write_error(&self, error: &ErrorAnswer<'_>) -> Result<Response<Bytes>, WriteError> {
        let body = write_error(error, Some(self.written_code(error)))?;
        let mut headers = self.headers();
        if self.query_mode {
            query_compatible::write_code(&mut headers, error);
        }
        Ok(answer(error.status, headers, body))
    }
}

impl AwsJson {
    /// Returns the code of an error in its document: in version 1.0, the absolute ID of the shape.
    fn written_code<'a>(&self, error: &ErrorAnswer<'a>) -> &'a str {
        match error.members {
            Some(members) if self.content_type() == Self::V1_0.content_type() => {
                members.schema().id
            }
            _ => error.code,
        }
    }

    fn headers(&self) -> HeaderMap {
        let content_type = HeaderValue::from_static(self.content_type());
        HeaderMap::from_iter([(CONTENT_TYPE, content_type)])
    }
}
