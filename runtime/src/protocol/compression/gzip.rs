//! Compresses the body of a request with gzip, if its operation and the settings permit it.

use crate::aws::ConfigurationError;
use crate::http::RequestBody;
use crate::http::content_encoding;
use crate::http::{Body, BoxError, Filter, filtered};
use crate::protocol::compression::{Compression, MAX_MIN_COMPRESSION_SIZE};
use crate::value::schema::OperationSchema;
use crate::value::shape::{Structure, has_stream};
use bytes::Bytes;
use flate2::Compression as Level;
use flate2::write::GzEncoder;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use std::io::Write;

/// A compromise between time and length.
const LEVEL: Level = Level::fast();

/// Compresses a body if the operation and the settings permit it, and sets the header.
///
/// A body that is a stream in the model is compressed regardless of its length, by the trait's section "Request
/// compression behavior".
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
    if settings.least > MAX_MIN_COMPRESSION_SIZE {
        return Err(ConfigurationError::new(format!(
            "request_min_compression_size_bytes: invalid value {}: expected a number of bytes from 0 to {MAX_MIN_COMPRESSION_SIZE}",
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
                // The header is the length of the uncompressed body.
                headers.remove(CONTENT_LENGTH);
            }
            RequestBody::Stream { stream, gzip }
        }
        body => body,
    })
}

fn compressed(bytes: Bytes, headers: &mut HeaderMap) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), LEVEL);
    // Writing to memory cannot fail; if it did, the body would be sent uncompressed.
    match encoder.write_all(&bytes).and_then(|()| encoder.finish()) {
        Ok(compressed) if content_encoding::append(headers, "gzip") => compressed.into(),
        _ => bytes,
    }
}

/// Returns a body that is compressed while it is sent. Its length is unknown until its end.
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
