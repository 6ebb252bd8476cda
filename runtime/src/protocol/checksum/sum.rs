//! [`Sum`]: the checksum of a request body, which is sent in a header or in a trailer.

use crate::http::ChecksumAlgorithm;
use crate::http::content_encoding;
use crate::http::{Body, filtered};
use crate::protocol::checksum::aws_chunked::AwsChunked;
use crate::protocol::checksum::hasher::Hasher;
use http::header::{CONTENT_LENGTH, HeaderName};
use http::{HeaderMap, HeaderValue};
use http_body::Body as _;

const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");
const DECODED_LENGTH: HeaderName = HeaderName::from_static("x-amz-decoded-content-length");
const TRAILER: HeaderName = HeaderName::from_static("x-amz-trailer");

/// The place of the checksum of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The header `Content-MD5`, which is never a trailer.
    ContentMd5,
    /// The header or trailer of the algorithm.
    Flexible,
}

impl Place {
    /// Returns whether a header that the caller has set replaces the checksum. `Content-MD5` does not replace that of an
    /// algorithm: the request names the algorithm, and S3 rejects it without the header or trailer of one.
    pub(super) fn is_taken_by(self, header: &str) -> bool {
        match self {
            Self::ContentMd5 => is_own(header),
            Self::Flexible => is_of_algorithm(header),
        }
    }
}

/// Returns whether a header is a checksum of the whole body that the caller has set.
pub(super) fn is_own(header: &str) -> bool {
    header.eq_ignore_ascii_case(CONTENT_MD5.as_str()) || is_of_algorithm(header)
}

fn is_of_algorithm(header: &str) -> bool {
    ChecksumAlgorithm::all().any(|known| header.eq_ignore_ascii_case(known.header()))
}

/// The checksum of a request.
#[derive(Debug)]
pub(crate) struct Sum {
    hasher: Hasher,
    name: HeaderName,
    fits_a_trailer: bool,
}

impl Sum {
    pub(super) fn new(algorithm: ChecksumAlgorithm, place: Place, streams: bool) -> Self {
        Self {
            fits_a_trailer: streams && place == Place::Flexible,
            hasher: Hasher::new(algorithm),
            name: match place {
                Place::ContentMd5 => CONTENT_MD5,
                Place::Flexible => HeaderName::from_static(algorithm.header()),
            },
        }
    }

    /// Returns whether the checksum may be a trailer, which requires a streaming body.
    pub(crate) fn fits_a_trailer(&self) -> bool {
        self.fits_a_trailer
    }

    /// Adds a piece of the body.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
    }

    /// Sets the header, after the whole body has been added.
    pub(crate) fn put(self, headers: &mut HeaderMap) {
        if let Ok(value) = HeaderValue::try_from(self.hasher.finish()) {
            headers.insert(self.name, value);
        }
    }

    /// Sends the checksum in a trailer, in the chunked encoding that AWS documents for streams.
    pub(crate) fn in_trailer(self, body: Body, headers: &mut HeaderMap) -> Body {
        // The caller may know the length of the stream, but it is not the length of the encoded body.
        let announced = headers.remove(CONTENT_LENGTH);
        let known = body.size_hint().exact();
        if let Some(length) = known.map(HeaderValue::from).or(announced) {
            headers.insert(DECODED_LENGTH, length);
        }
        headers.insert(TRAILER, self.name.clone().into());
        content_encoding::append(headers, "aws-chunked");
        let chunked = AwsChunked::new(self.hasher, self.name);
        let length = known.map(|length| chunked.length(length));
        filtered(body, chunked, length)
    }
}
