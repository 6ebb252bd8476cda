//! The error document of the JSON protocols: the places of code and message, by AWS restJson1, "Operation error
//! serialization".

use crate::http::header_text;
use crate::protocol::ErrorDocument;
use crate::protocol::scan::Scan;
use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;
use serde::de::IgnoredAny;

/// The maximum length of the excerpt that is the message for a body that is not JSON.
const EXCERPT: usize = 200;

/// Reads the code and the message from headers and body, regardless of the rest of the body.
pub(super) fn read(headers: &HeaderMap, body: &Bytes) -> ErrorDocument {
    let document = Scan::of(body);
    let header = headers
        .get("x-amzn-errortype")
        .map(|value| header_text(value).into_owned());
    // `Code` is not part of the specification; some services write it, and all SDKs read it.
    let codes = [
        header,
        document.text("code"),
        document.text("__type"),
        document.text("Code"),
    ];
    let code = codes
        .iter()
        .flatten()
        .map(|code| bare(code))
        .find(|code| !code.is_empty());
    let message = ["message", "Message", "errorMessage", "error_description"]
        .into_iter()
        .find_map(|name| document.scalar(name));
    ErrorDocument {
        code: code.map(str::to_owned),
        query_code: None,
        message: message.or_else(|| foreign(headers, body, document.is_whole)),
        request_id: None,
    }
}

/// Returns the message for a body that is not a document.
pub(super) fn foreign(headers: &HeaderMap, body: &Bytes, is_whole: bool) -> Option<String> {
    if is_whole || serde_json::from_slice::<IgnoredAny>(body).is_ok() {
        return None;
    }
    match unrequested_encoding(headers, body) {
        Some(encoding) => Some(format!("unexpected content encoding {encoding}")),
        None => excerpt(body),
    }
}

/// Returns the code without the namespace before `#` and the URL after `:`.
fn bare(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.rsplit('#').next().unwrap_or_default().trim()
}

/// Returns the encoding of a body that is encoded although no request asks for it. Without a header, it is detected by
/// the first bytes.
pub(crate) fn unrequested_encoding(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let named = headers.get(CONTENT_ENCODING).map(header_text);
    let named = named.map(|encoding| encoding.trim().to_ascii_lowercase());
    match named {
        Some(encoding) if !matches!(encoding.as_str(), "" | "identity" | "aws-chunked") => {
            Some(encoding)
        }
        _ => body.starts_with(&[0x1f, 0x8b]).then(|| "gzip".to_owned()),
    }
}

/// Returns the beginning of a body that is not JSON, on one line.
fn excerpt(body: &Bytes) -> Option<String> {
    let beginning = body.get(..body.len().min(4 * EXCERPT))?;
    // The last character may have been truncated.
    if std::str::from_utf8(beginning).is_err_and(|error| error.error_len().is_some()) {
        return Some(format!("{} bytes that are not UTF-8", body.len()));
    }
    let text = String::from_utf8_lossy(beginning).into_owned();
    let line: String = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(EXCERPT)
        .collect();
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn code_and_message_are_found_wherever_services_put_them() {
        let table = [
            (Some("FooError"), r#"{}"#, Some("FooError"), None),
            (
                Some("FooError:http://internal.example/x"),
                r#"{"message":"m"}"#,
                Some("FooError"),
                Some("m"),
            ),
            (
                Some("aws.protocoltests.restjson#FooError:http://x/"),
                "{}",
                Some("FooError"),
                None,
            ),
            (None, r#"{"code":"a#B:c","__type":"X"}"#, Some("B"), None),
            (
                None,
                r#"{"__type":"com.example#FooError","Message":"M"}"#,
                Some("FooError"),
                Some("M"),
            ),
            (Some(""), r#"{"__type":"FooError"}"#, Some("FooError"), None),
            (None, r#"{"code":12,"message":null}"#, None, None),
            (
                None,
                r#"{"Code":"ResourceNotFoundException","Message":"m","RequestID":"r"}"#,
                Some("ResourceNotFoundException"),
                Some("m"),
            ),
            (
                None,
                r#"{"Code":"A","__type":"B","code":"C"}"#,
                Some("C"),
                None,
            ),
            (None, r#"{"Code":12}"#, None, None),
            (
                None,
                r#"{"__type":"A","message":12}"#,
                Some("A"),
                Some("12"),
            ),
            (
                None,
                r#"{"limit":1e999,"__type":"A","message":"m"}"#,
                Some("A"),
                Some("m"),
            ),
            (
                None,
                r#"{"__type":"A","message":{"text":"m"},"Message":"M"}"#,
                Some("A"),
                Some("M"),
            ),
            (
                None,
                r#"{"__type":"A","message":"cut of"#,
                Some("A"),
                Some(r#"{"__type":"A","message":"cut of"#),
            ),
            (
                None,
                "<html>\n  <b>Bad  Gateway</b></html>",
                None,
                Some("<html> <b>Bad Gateway</b></html>"),
            ),
            (None, "", None, None),
            (
                None,
                r#"{"message":"cut of"#,
                None,
                Some(r#"{"message":"cut of"#),
            ),
        ];
        for (header, body, code, message) in table {
            let mut headers = HeaderMap::new();
            if let Some(header) = header {
                headers.insert("x-amzn-errortype", HeaderValue::from_static(header));
            }
            let document = read(&headers, &Bytes::from_static(body.as_bytes()));
            assert_eq!(
                (document.code.as_deref(), document.message.as_deref()),
                (code, message),
                "{header:?} {body}"
            );
        }
    }

    #[test]
    fn a_body_that_is_not_text_is_named_and_not_shown() {
        let gzip: &[u8] = b"\x1f\x8b\x08\x00hush";
        let table: [(Option<&'static str>, &'static [u8], &str); 5] = [
            (Some("gzip"), gzip, "unexpected content encoding gzip"),
            (
                Some("BR"),
                b"\x0b\x02hush",
                "unexpected content encoding br",
            ),
            (None, gzip, "unexpected content encoding gzip"),
            (
                Some("identity"),
                b"<b>Bad Gateway</b>",
                "<b>Bad Gateway</b>",
            ),
            (None, b"hush\xff\xfe", "6 bytes that are not UTF-8"),
        ];
        for (encoding, body, message) in table {
            let mut headers = HeaderMap::new();
            if let Some(encoding) = encoding {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            let document = read(&headers, &Bytes::from_static(body));
            assert_eq!(document.message.as_deref(), Some(message), "{encoding:?}");
        }
    }
}
