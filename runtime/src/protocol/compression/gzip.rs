//! The decision: a body, an operation and settings in; the body as it is, or compressed by gzip, out.

use crate::aws::ConfigurationError;
use crate::http::RequestBody;
use crate::http::content_encoding;
use crate::http::{Body, BoxError, Filter, filtered};
use crate::protocol::compression::{Compression, MOST_BEFORE_COMPRESSION};
use crate::value::schema::OperationSchema;
use crate::value::shape::{Structure, has_stream};
use bytes::Bytes;
use flate2::Compression as Level;
use flate2::write::GzEncoder;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use std::io::Write;

/// A balance between time and length.
const LEVEL: Level = Level::fast();

/// Compresses a body where operation and settings allow it, and says so in a header.
///
/// What streams by the model is compressed whatever its length, by the trait's section "Request compression behavior".
pub(crate) fn compress(
    body: RequestBody,
    input: &dyn Structure,
    operation: &OperationSchema,
    settings: Compression,
    headers: &mut HeaderMap,
) -> Result<RequestBody, ConfigurationError> {
    if !operation.gzip || settings.disabled {
        return Ok(body);
    }
    if settings.least > MOST_BEFORE_COMPRESSION {
        return Err(ConfigurationError::new(format!(
            "request_min_compression_size_bytes is {}: it must be a number of bytes from 0 to {MOST_BEFORE_COMPRESSION}",
            settings.least
        )));
    }
    Ok(match body {
        RequestBody::Bytes(bytes)
            if bytes.len() >= settings.least as usize || has_stream(input) =>
        {
            RequestBody::Bytes(compressed(bytes, headers))
        }
        RequestBody::Stream { stream, .. } => {
            let gzip = content_encoding::append(headers, "gzip");
            if gzip {
                // It was the length of what is not sent.
                headers.remove(CONTENT_LENGTH);
            }
            RequestBody::Stream { stream, gzip }
        }
        body => body,
    })
}

fn compressed(bytes: Bytes, headers: &mut HeaderMap) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), LEVEL);
    // Writing to memory cannot fail; if it did, the body goes out as it is.
    match encoder.write_all(&bytes).and_then(|()| encoder.finish()) {
        Ok(compressed) if content_encoding::append(headers, "gzip") => compressed.into(),
        _ => bytes,
    }
}

/// A body that is compressed as it is sent. How long it becomes is not known before its end.
pub(crate) fn gzipped(body: Body) -> Body {
    filtered(body, GzEncoder::new(Vec::new(), LEVEL), None)
}

impl Filter for GzEncoder<Vec<u8>> {
    fn piece(&mut self, data: Bytes) -> Result<Bytes, BoxError> {
        self.write_all(&data)?;
        Ok(std::mem::take(self.get_mut()).into())
    }

    fn end(self) -> Result<Bytes, BoxError> {
        Ok(self.finish()?.into())
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
