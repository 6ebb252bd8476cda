//! Smithy's protocol tests: a case of `smithy.test#httpRequestTests` or `smithy.test#httpResponseTests` as JSON in;
//! whether the protocol does as it says, out. Generated tests call it.

mod case;
mod compare;

use crate::client::operation::Operation;
use crate::http::RequestBody;
use crate::protocol::checksum::{ChecksumSettings, Plan};
use crate::protocol::compression::{self, Compression};
use crate::protocol::idempotency;
use crate::protocol::{RequestParts, WriteError};
use crate::value::codec::{from_parameters, serialize};
use crate::value::shape::{Shape, Structure};
use aws_smithy_types::base64;
use bytes::Bytes;
use case::{Case, RequestCase, ResponseCase};
use compare::{CBOR, Compared};
use http::response::Parts;
use std::fmt;

/// The token that cases expect where their parameters have none.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// A case that did not hold, with everything in which it did not.
pub struct Failed(String);

impl fmt::Debug for Failed {
    /// A test that returns it prints it like this.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failed {}

fn failed(error: impl fmt::Display) -> Failed {
    Failed(error.to_string())
}

/// Whether the case's parameters are written as the request that it describes.
pub fn request<O: Operation>(case: &str) -> Result<(), Failed> {
    let case = Case::<RequestCase>::parse(case)?;
    let mut input = O::Input::empty();
    from_parameters(&case.params, &mut input).map_err(failed)?;
    idempotency::fill(&mut input, || TOKEN.to_owned());
    let parts = write::<O>(&mut input).map_err(failed)?;
    let mut compared = Compared::default();
    compared.request(&case.own, O::schema().method, &parts);
    compared.body(&case, &parts);
    compared.finish()
}

/// The request, with what the client adds besides the protocol.
fn write<O: Operation>(input: &mut O::Input) -> Result<RequestParts, WriteError> {
    let (service, operation) = (O::service(), O::schema());
    // Cases say what the trait asks for, not what SDKs add where it does not.
    let checksums = Plan::of(operation, input, &[], ChecksumSettings::when_required())?;
    let mut parts = service.protocol.write_request(service, operation, input)?;
    // Cases about compression have short bodies.
    let settings = Compression {
        least: 0,
        ..Compression::default()
    };
    let body = RequestBody::Bytes(std::mem::take(&mut parts.body));
    let body = compression::compress(body, input, operation, settings, &mut parts.headers);
    let Ok(RequestBody::Bytes(body)) = body else {
        return Err(WriteError::Document("it is no longer in memory".to_owned()));
    };
    parts.body = body;
    if let (None, Some(mut sum)) = (&parts.stream, checksums.sum(&parts.headers)) {
        sum.update(&parts.body);
        sum.put(&mut parts.headers);
    }
    Ok(parts)
}

/// Whether the response that the case describes is read as its parameters.
pub fn response<O: Operation>(case: &str) -> Result<(), Failed> {
    let case = Case::<ResponseCase>::parse(case)?;
    let (head, body) = answer(&case)?;
    let mut output = O::Output::empty();
    let protocol = O::service().protocol;
    let read = protocol.read_response(O::schema(), &head, &body, &mut output);
    read.map_err(failed)?;
    same_members(&case, &output)
}

/// Whether the response that the case describes is read as this error, with its parameters.
pub fn error<O: Operation, E: Structure + Shape>(case: &str) -> Result<(), Failed> {
    let id = E::empty().schema().id;
    error_of_code::<O, E>(id.rsplit('#').next().unwrap_or(id), case)
}

/// The same of an error that answers name by a code of its own, and not by the name of its shape.
pub fn error_of_code<O: Operation, E: Structure + Shape>(
    code: &str,
    case: &str,
) -> Result<(), Failed> {
    let case = Case::<ResponseCase>::parse(case)?;
    let (head, body) = answer(&case)?;
    let protocol = O::service().protocol;
    let mut error = E::empty();
    let document = protocol.read_error(&head, &body);
    if document.code.as_deref() != Some(code) {
        return Err(Failed(format!(
            "{}: the error is {:?}, and should be {code}",
            case.id, document.code
        )));
    }
    protocol.read_error_members(&head, &body, &mut error);
    same_members(&case, &error)
}

fn answer(case: &Case<ResponseCase>) -> Result<(Parts, Bytes), Failed> {
    let mut builder = http::Response::builder().status(case.own.code);
    for (name, value) in &case.headers {
        builder = builder.header(name, value);
    }
    let (head, ()) = builder.body(()).map_err(failed)?.into_parts();
    let body = case.body.clone().unwrap_or_default();
    let body = match case.body_media_type.as_deref() == Some(CBOR) {
        true => base64::decode(body).map_err(failed)?,
        false => body.into_bytes(),
    };
    Ok((head, body.into()))
}

/// Compares what was read with the parameters, both as JSON, in which no number is lost and NaN equals itself.
fn same_members<T: Structure + Shape>(case: &Case<ResponseCase>, read: &T) -> Result<(), Failed> {
    let mut expected = T::empty();
    from_parameters(&case.params, &mut expected).map_err(failed)?;
    let json = |shape: &T| serialize(shape, serde_json::value::Serializer).map_err(failed);
    let (expected, read) = (json(&expected)?, json(read)?);
    match expected == read {
        true => Ok(()),
        false => Err(Failed(format!(
            "{}: read\n  {read}\nand should be\n  {expected}",
            case.id
        ))),
    }
}
