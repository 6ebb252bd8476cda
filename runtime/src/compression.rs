//! Request compression, by `smithy.api#requestCompression`: a body in, the same body or a smaller one out.

use crate::schema::OperationSchema;
use bytes::Bytes;
use http::HeaderMap;

/// When requests are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Compression {
    pub(crate) disabled: bool,
    /// The least length that is compressed: below it, what is saved is not worth the time.
    pub(crate) least: u32,
}

impl Default for Compression {
    fn default() -> Self {
        Self {
            disabled: false,
            least: 10_240,
        }
    }
}

/// Compresses a body where operation and settings allow it, and says so in a header. What streams is sent as it is.
#[cfg(feature = "compression")]
pub(crate) fn compress(
    body: Bytes,
    operation: &OperationSchema,
    settings: Compression,
    headers: &mut HeaderMap,
) -> Bytes {
    use crate::content_encoding;
    use flate2::{Compression as Level, write::GzEncoder};
    use std::io::Write;

    if !operation.gzip || settings.disabled || body.len() < settings.least as usize {
        return body;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Level::fast());
    // Writing to memory cannot fail; if it did, the body goes out as it is.
    let compressed = encoder.write_all(&body).and_then(|()| encoder.finish());
    let Ok(compressed) = compressed else {
        return body;
    };
    // A member may be bound to the header, with what is no text.
    match content_encoding::append(headers, "gzip") {
        true => compressed.into(),
        false => body,
    }
}

/// Without the feature `compression`, bodies are sent as they are, which every service takes.
#[cfg(not(feature = "compression"))]
pub(crate) fn compress(
    body: Bytes,
    _: &OperationSchema,
    _: Compression,
    _: &mut HeaderMap,
) -> Bytes {
    body
}

#[cfg(all(test, feature = "compression"))]
mod tests {
    use super::*;
    use http::header::CONTENT_ENCODING;
    use std::io::Read;

    fn compressed(length: usize, settings: Compression, gzip: bool) -> (Bytes, HeaderMap) {
        let operation = OperationSchema::new("Op", "POST", &[]);
        let operation = if gzip { operation.gzip() } else { operation };
        let mut headers = HeaderMap::new();
        let body = Bytes::from(vec![b'a'; length]);
        let body = compress(body, &operation, settings, &mut headers);
        (body, headers)
    }

    #[test]
    fn long_bodies_are_compressed_where_the_model_and_the_settings_allow_it() {
        let default = Compression::default();
        let disabled = Compression {
            disabled: true,
            ..default
        };
        let from_ten = Compression {
            least: 10,
            ..default
        };
        for (length, settings, gzip, expected) in [
            (10_240, default, true, true),
            (10_239, default, true, false),
            (10_240, default, false, false),
            (10_240, disabled, true, false),
            (10, from_ten, true, true),
        ] {
            let (body, headers) = compressed(length, settings, gzip);
            assert_eq!(headers.contains_key(CONTENT_ENCODING), expected, "{length}");
            let mut text = Vec::new();
            match expected {
                true => {
                    let mut decoder = flate2::read::GzDecoder::new(&body[..]);
                    decoder.read_to_end(&mut text).unwrap();
                }
                false => text.extend_from_slice(&body),
            }
            assert_eq!(text, vec![b'a'; length]);
        }
    }

    #[test]
    fn an_encoding_that_the_caller_has_set_stays_before_ours() {
        let operation = OperationSchema::new("Op", "POST", &[]).gzip();
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_ENCODING, "custom".parse().unwrap());
        let body = Bytes::from(vec![0; 20_000]);
        compress(body, &operation, Compression::default(), &mut headers);
        assert_eq!(headers[CONTENT_ENCODING], "custom, gzip");
    }
}
