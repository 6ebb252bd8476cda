//! Runs the cases of `smithy.test#httpRequestTests` and `smithy.test#httpResponseTests`, given as JSON, for generated
//! tests.

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

/// The idempotency token that cases expect if their parameters have none.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// The failure of a case, with all of its differences.
pub struct Failed(String);

impl fmt::Debug for Failed {
    /// Writes the text that a test prints which returns this error.
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

/// Checks that the parameters of a case are serialized as the request that it describes.
///
/// # Errors
///
/// Returns all differences from the request.
pub fn request<O: Operation>(case: &str) -> Result<(), Failed> {
    let case = Case::<RequestCase>::parse(case)?;
    let mut input = O::Input::empty();
    from_parameters(&case.params, &mut input).map_err(failed)?;
    idempotency::fill(&mut input, || TOKEN.to_owned());
    let parts = write::<O>(&mut input).map_err(failed)?;
    let mut compared = Compared::default();
    compared.request(&case.own, O::schema().method, &parts);
    compared.body(&case, &parts, &read_xml::<O>);
    compared.finish()
}

/// Returns the values of an XML body as JSON, in which the order of the entries of a map does not count.
fn read_xml<O: Operation>(document: &str) -> Option<serde_json::Value> {
    let mut input = O::Input::empty();
    compare::read_xml_body(document, &mut input)?;
    serialize(&input, serde_json::value::Serializer).ok()
}

/// Serializes the request, with the headers that the client adds to those of the protocol.
fn write<O: Operation>(input: &mut O::Input) -> Result<RequestParts, WriteError> {
    let (service, operation) = (O::service(), O::schema());
    // Cases describe the requirements of the trait, not the additions of SDKs.
    let checksums = Plan::of(operation, input, &[], ChecksumSettings::when_required())?;
    let mut parts = service.protocol.write_request(service, operation, input)?;
    // Cases of compression have short bodies.
    let settings = Compression {
        least: 0,
        ..Compression::default()
    };
    let body = RequestBody::Bytes(std::mem::take(&mut parts.body));
    let body = compression::compress(body, input, operation, settings, &mut parts.headers);
    let Ok(RequestBody::Bytes(body)) = body else {
        return Err(WriteError::Document(
            "the body is no longer in memory".to_owned(),
        ));
    };
    parts.body = body;
    if let (None, Some(mut sum)) = (&parts.stream, checksums.sum(&parts.headers)) {
        sum.update(&parts.body);
        sum.put(&mut parts.headers);
    }
    Ok(parts)
}

/// Checks that the response of a case is deserialized as its parameters.
///
/// # Errors
///
/// Returns all differences from the parameters.
pub fn response<O: Operation>(case: &str) -> Result<(), Failed> {
    let case = Case::<ResponseCase>::parse(case)?;
    let (head, body) = answer(&case)?;
    let mut output = O::Output::empty();
    let protocol = O::service().protocol;
    let read = protocol.read_response(O::schema(), &head, &body, &mut output);
    read.map_err(failed)?;
    same_members(&case, &output)
}

/// Checks that the response of a case is deserialized as this error, with its parameters.
///
/// # Errors
///
/// Returns all differences from the parameters.
pub fn error<O: Operation, E: Structure + Shape>(case: &str) -> Result<(), Failed> {
    let id = E::empty().schema().id;
    error_of_code::<O, E>(id.rsplit('#').next().unwrap_or(id), case)
}

/// Checks an error like [`error()`], for one that responses identify by this code instead of the name of its shape.
///
/// # Errors
///
/// Returns all differences from the parameters.
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
            "{0}: expected the error {code}, found {1:?}",
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

/// Compares the deserialized members with the parameters. Both are JSON, in which no number loses precision and NaN
/// equals itself.
fn same_members<T: Structure + Shape>(case: &Case<ResponseCase>, read: &T) -> Result<(), Failed> {
    let mut expected = T::empty();
    from_parameters(&case.params, &mut expected).map_err(failed)?;
    let json = |shape: &T| serialize(shape, serde_json::value::Serializer).map_err(failed);
    let (expected, read) = (json(&expected)?, json(read)?);
    match expected == read {
        true => Ok(()),
        false => Err(Failed(format!(
            "{}: expected\n  {expected}\nfound\n  {read}",
            case.id
        ))),
    }
}
