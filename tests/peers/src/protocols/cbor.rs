//! Bodies of CBOR: the suites have them in base64, the runner as digits.

use crate::cbor_document::read;
use anyhow::{Context, Result};
use aws_smithy_types::base64;
use serde_json::Value;

/// Returns a body of the suites as the digits that the runner takes.
pub(super) fn digits(body: &Value) -> Result<String> {
    Ok(hex::encode(decoded(body)?))
}

/// Returns the document that was sent and the one that is expected, in a form that can be compared.
pub(super) fn documents(sent: &Value, expected: &Value) -> Result<(Value, Value)> {
    let sent = hex::decode(sent.as_str().unwrap_or_default())?;
    Ok((read(&sent)?, read(&decoded(expected)?)?))
}

fn decoded(body: &Value) -> Result<Vec<u8>> {
    let body = body.as_str().unwrap_or_default();
    base64::decode(body).context("a body of the suites is base64")
}
