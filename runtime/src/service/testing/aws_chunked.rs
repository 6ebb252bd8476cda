//! Decodes bodies with the content encoding `aws-chunked`.

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;

/// Returns the original body. It is read from its chunks if the headers announce them and the body has them.
pub(super) fn decoded(headers: &HeaderMap, body: &Bytes) -> Bytes {
    let encoding = headers.get(CONTENT_ENCODING);
    let encoding = encoding.and_then(|value| value.to_str().ok());
    match encoding.is_some_and(|encoding| encoding.ends_with("aws-chunked")) {
        true => out_of_chunks(body).map_or_else(|| body.clone(), Bytes::from),
        false => body.clone(),
    }
}

fn out_of_chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut data = Vec::new();
    loop {
        let head = rest.windows(2).position(|pair| pair == b"\r\n")?;
        let length = std::str::from_utf8(&rest[..head]).ok()?;
        let length = usize::from_str_radix(length, 16).ok()?;
        if length == 0 {
            return Some(data);
        }
        rest = &rest[head + 2..];
        data.extend_from_slice(rest.get(..length)?);
        rest = rest[length..].strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn chunked_bodies_are_decoded_and_others_are_unchanged() {
        for (encoding, body, expected) in [
            (
                "aws-chunked",
                "3\r\nabc\r\n1\r\nd\r\n0\r\nx:y\r\n\r\n",
                "abcd",
            ),
            ("gzip, aws-chunked", "0\r\n\r\n", ""),
            ("gzip", "3\r\nabc\r\n0\r\n", "3\r\nabc\r\n0\r\n"),
            ("aws-chunked", "9\r\nabc\r\n0\r\n", "9\r\nabc\r\n0\r\n"),
            ("aws-chunked", "no chunks", "no chunks"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
            assert_eq!(
                decoded(&headers, &Bytes::from_static(body.as_bytes())),
                expected
            );
        }
    }
}
