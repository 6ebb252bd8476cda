//! Reads and writes JSON documents, for the protocols that use them as bodies.

use crate::protocol::WriteError;
use crate::protocol::server::{
    ErrorAnswer, Missing, Request, ServiceError, ServiceStyle, serialization,
};
#[cfg(feature = "event-stream")]
use crate::value::codec::value_to_json;
use crate::value::codec::{Dialect, Path, Step, from_json_exactly, to_json};
#[cfg(feature = "event-stream")]
use crate::value::schema::MemberSchema;
#[cfg(feature = "event-stream")]
use crate::value::shape::Value;
use crate::value::shape::{Slot, Structure};
use bytes::Bytes;

/// Fills the members of the document body.
pub(crate) fn read_document(
    request: Request<'_>,
    input: &mut dyn Structure,
) -> Result<Missing, ServiceError> {
    let body = request.body.trim_ascii();
    let is_empty = body.is_empty();
    if body == b"null" && request.style == ServiceStyle::Smithy {
        return Err(serialization("The request body is not an object"));
    }
    match request.style {
        ServiceStyle::Aws if is_empty => Err(ServiceError::new(
            "ValidationException",
            400,
            "The request object must be non-null",
        )),
        _ if is_empty => read_value(b"{}", request.style, Slot::Structure(input)),
        _ => read_value(request.body, request.style, Slot::Structure(input)),
    }
}

/// Fills a slot from a JSON text.
pub(crate) fn read_value(
    json: &[u8],
    style: ServiceStyle,
    slot: Slot<'_>,
) -> Result<Missing, ServiceError> {
    match from_json_exactly(json, slot) {
        Ok(missing) => Ok(missing.into()),
        Err(error) if error.is_data() => {
            let place = match style {
                ServiceStyle::Aws => aws_path(error.path()),
                ServiceStyle::Smithy => error.path().to_string(),
            };
            Err(serialization(format!("Unexpected value at '{place}'")))
        }
        Err(error) => Err(serialization(format!(
            "The request body is not JSON: line {}, column {}",
            error.line(),
            error.column()
        ))),
    }
}

/// Returns a path in the format of AWS's messages, in which elements are counted from one.
fn aws_path(path: &Path) -> String {
    let steps = path.steps().map(|step| match step {
        Step::Member(name) => (*name).to_owned(),
        Step::Index(index) => format!("{}.member", index + 1),
        Step::Key(key) => format!("{key}.member"),
        Step::SecretKey => "[…].member".to_owned(),
    });
    steps.collect::<Vec<_>>().join(".")
}

/// Returns the document of an output, which is empty if the operation has no output.
pub(crate) fn write_document(output: &dyn Structure) -> Result<Bytes, WriteError> {
    if output.schema().is_unit() {
        return Ok(Bytes::new());
    }
    to_json(output, Dialect::RESPONSE)
        .map(Bytes::from)
        .map_err(|error| WriteError::Document(error.to_string()))
}

/// Writes the JSON document in the payload of an event, with its media type.
#[cfg(feature = "event-stream")]
pub(crate) fn write_event(
    value: Value<'_>,
    member: Option<&'static MemberSchema>,
) -> Result<(&'static str, Bytes), WriteError> {
    let target = member.and_then(|member| member.target);
    match value_to_json(value, target, Dialect::RESPONSE) {
        Ok(json) => Ok(("application/json", json.into())),
        Err(error) => Err(WriteError::Document(error.to_string())),
    }
}

/// Returns the document of an error, with its code if the protocol includes it.
pub(crate) fn write_error(
    error: &ErrorAnswer<'_>,
    code: Option<&str>,
) -> Result<Bytes, WriteError> {
    let document = match error.members {
        Some(members) => write_document(members)?,
        None => serde_json::json!({ "message": error.message })
            .to_string()
            .into(),
    };
    let Some(code) = code else {
        return Ok(document);
    };
    let unwritable = |error: serde_json::Error| WriteError::Document(error.to_string());
    let code = serde_json::to_string(code).map_err(unwritable)?;
    // Services write the code before the members. A document is always an object.
    let members = document.strip_prefix(b"{").unwrap_or_default();
    let comma = if members.starts_with(b"}") { "" } else { "," };
    let mut text = format!("{{\"__type\":{code}{comma}").into_bytes();
    text.extend_from_slice(members);
    Ok(text.into())
}
