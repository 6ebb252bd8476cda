//! [`Sum`]: the body of a request, as it goes by, in; its checksum in a header, or in a trailer behind the body, out.

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

/// Where a checksum of a request goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// `Content-MD5`, which is a header always.
    ContentMd5,
    /// The header or trailer of its algorithm.
    Flexible,
}

/// Whether a header is a checksum of the whole body that a caller has brought.
pub(super) fn is_own(header: &str) -> bool {
    header.eq_ignore_ascii_case(CONTENT_MD5.as_str())
        || ChecksumAlgorithm::all().any(|known| header.eq_ignore_ascii_case(known.header()))
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

    /// Whether it may stand behind the body, which it may only where the body streams.
    pub(crate) fn fits_a_trailer(&self) -> bool {
        self.fits_a_trailer
    }

    /// Takes a piece of the body.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
    }

    /// Puts it into the headers, once the body has gone by.
    pub(crate) fn put(self, headers: &mut HeaderMap) {
        if let Ok(value) = HeaderValue::try_from(self.hasher.finish()) {
            headers.insert(self.name, value);
        }
    }

    /// Lets it come behind the body, as AWS's documents have it for streams: in pieces that say how long they are.
    pub(crate) fn in_trailer(self, body: Body, headers: &mut HeaderMap) -> Body {
        // A caller may know a length that the stream does not; as a header it would be wrong now.
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
