//! Normalizes requests of both sides to the parts with a meaning for the service.

use super::body;
use serde_json::{Map, Value, json};

/// Headers that differ between calls, belong to the transport, or identify the client.
const IGNORED: &[&str] = &[
    "amz-sdk-invocation-id",
    "amz-sdk-request",
    "authorization",
    "content-length",
    "expect",
    "host",
    "user-agent",
    "x-amz-date",
    "x-amz-user-agent",
];

/// Headers that signing adds, besides the signature.
const OF_SIGNING: &[&str] = &["x-amz-date", "x-amz-security-token"];

/// Returns the `Authorization` header of our request, and the headers that it signs, without those that signing adds. The
/// length is among them if it is a member of the input, and not if the transport adds it.
pub(super) fn without_signature(sent: &Value) -> (Value, Map<String, Value>) {
    let mut headers = headers(sent);
    let signature = headers.shift_remove("authorization").unwrap_or_default();
    let signs_length = signature.as_str().is_some_and(|signature| {
        let mut parts = signature.split([' ', ',', ';', '=']);
        parts.any(|part| part == LENGTH)
    });
    headers.retain(|name, _| match name.as_str() {
        LENGTH => signs_length,
        name => !OF_SIGNING.contains(&name),
    });
    (signature, headers)
}

const LENGTH: &str = "content-length";

/// Returns the URL of our request.
pub(super) fn url(sent: &Value) -> String {
    let text = |name: &str| sent[name].as_str().unwrap_or_default();
    format!("https://{}{}", text("host"), text("target"))
}

fn headers(sent: &Value) -> Map<String, Value> {
    let headers = sent["headers"].as_array().into_iter().flatten();
    let headers = headers.map(|header| (header[0].clone(), header[1].clone()));
    let headers =
        headers.map(|(name, value)| (name.as_str().unwrap_or_default().to_owned(), value));
    headers.collect()
}

/// Our request.
pub(super) fn ours(sent: &Value) -> Value {
    let target = sent["target"].as_str().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    form(sent, path, query, headers(sent), &sent["body_hex"])
}

/// botocore's. A checksum after a body in chunks is a header, and the body is whole.
pub(super) fn theirs(sent: &Value) -> Value {
    let path = sent["path"].as_str().unwrap_or_default();
    let query = sent["query"].as_str().unwrap_or_default();
    let mut headers = sent["headers"].as_object().cloned().unwrap_or_default();
    match without_chunks(&mut headers, &sent["body"]) {
        Some(body) => form(sent, path, query, headers, &body),
        None => form(sent, path, query, headers, &sent["body"]),
    }
}

/// The value of `x-amz-content-sha256` of a body in chunks with a checksum after it.
pub(super) const TRAILER: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

/// Returns the content of a body in one chunk, as hexadecimal digits, and makes a header of the checksum after it.
fn without_chunks(headers: &mut Map<String, Value>, body: &Value) -> Option<Value> {
    if headers.get("x-amz-content-sha256")? != TRAILER {
        return None;
    }
    let encoding = match headers.get("content-encoding")?.as_str()? {
        "aws-chunked" => None,
        encodings => Some(json!(encodings.strip_suffix(",aws-chunked")?)),
    };
    let body = hex::decode(body.as_str()?).ok()?;
    let line = body.windows(2).position(|end| end == b"\r\n")?;
    let (length, rest) = body.split_at_checked(line)?;
    let length = usize::from_str_radix(std::str::from_utf8(length).ok()?, 16).ok()?;
    let (content, rest) = rest.get(2..)?.split_at_checked(length)?;
    // An empty body has the last chunk only.
    let rest = match content {
        [] => rest,
        _ => rest.strip_prefix(b"\r\n0\r\n")?,
    };
    let (name, value) = std::str::from_utf8(rest).ok()?.trim_end().split_once(':')?;
    headers.insert(name.to_owned(), json!(value));
    match encoding {
        None => headers.shift_remove("content-encoding"),
        Some(encoding) => headers.insert("content-encoding".to_owned(), encoding),
    };
    let of_chunks = [
        "transfer-encoding",
        "x-amz-decoded-content-length",
        "x-amz-trailer",
    ];
    headers.retain(|name, _| !of_chunks.contains(&name.as_str()));
    Some(json!(hex::encode(content)))
}

fn form(
    sent: &Value,
    path: &str,
    query: &str,
    mut headers: Map<String, Value>,
    body: &Value,
) -> Value {
    headers.retain(|name, _| !IGNORED.contains(&name.as_str()));
    let media_type = headers.get("content-type").and_then(Value::as_str);
    let media_type = media_type.unwrap_or_default().to_owned();
    // A form has no other encoding.
    let media_type = media_type.trim_end_matches("; charset=utf-8").to_owned();
    if !media_type.is_empty() {
        headers.insert("content-type".to_owned(), json!(media_type));
    }
    // The order of parameters has no meaning.
    let query = query.split('&').filter(|part| !part.is_empty());
    let mut query: Vec<String> = query.map(without_zeros).collect();
    query.sort_unstable();
    json!({
        "method": sent["method"],
        "host": sent["host"],
        "path": path,
        "query": query,
        "headers": headers,
        "body": body::content(&media_type, body.as_str().unwrap_or_default()),
    })
}

/// Shortens fractions of a second and of numbers: botocore always writes six digits of the former, and one of the latter.
pub(super) fn without_zeros(part: &str) -> String {
    let digits = part.trim_start_matches('-').strip_suffix(".0");
    let is_number =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if digits.is_some_and(is_number) {
        return part.trim_end_matches(".0").to_owned();
    }
    match part.strip_suffix('Z').filter(|part| part.contains('.')) {
        Some(time) => format!("{}Z", time.trim_end_matches('0')),
        None => part.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_after_chunks_is_a_header() {
        for (body, content) in [
            (
                "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n",
                "hello",
            ),
            ("0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", ""),
        ] {
            let sent = json!({"headers": {
                "content-encoding": "gzip,aws-chunked",
                "x-amz-content-sha256": TRAILER,
                "x-amz-decoded-content-length": "5",
                "x-amz-trailer": "x-amz-checksum-crc32",
            }, "body": hex::encode(body)});
            let request = theirs(&sent);
            let headers = request["headers"].as_object().unwrap();
            let names: Vec<_> = headers.keys().collect();
            let expected = [
                "content-encoding",
                "x-amz-content-sha256",
                "x-amz-checksum-crc32",
            ];
            assert_eq!(names, expected);
            assert_eq!(headers["content-encoding"], "gzip");
            assert_eq!(request["body"], hex::encode(content));
        }
    }

    #[test]
    fn the_encoding_of_the_input_is_kept_as_it_is() {
        for (sent, expected) in [
            ("aws-chunked", None),
            (",aws-chunked", Some("")),
            ("gzip,,aws-chunked", Some("gzip,")),
        ] {
            let body = hex::encode("0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");
            let headers = json!({"content-encoding": sent, "x-amz-content-sha256": TRAILER});
            let request = theirs(&json!({"headers": headers, "body": body}));
            let found = request["headers"].get("content-encoding");
            assert_eq!(found.and_then(Value::as_str), expected);
        }
    }

    #[test]
    fn the_length_belongs_to_the_signature_that_names_it() {
        for (names, expected) in [
            ("content-length;host", vec!["content-length", "x-a"]),
            ("host;x-content-length", vec!["x-a"]),
        ] {
            let signature =
                format!("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders={names}, Signature=0");
            let sent = json!({"headers": [
                ["content-length", "1"],
                ["x-a", "1"],
                ["x-amz-date", "1"],
                ["authorization", signature],
            ]});
            let (found, headers) = without_signature(&sent);
            assert_eq!(found, signature);
            assert_eq!(headers.keys().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn zeros_of_fractions_have_no_meaning() {
        for (text, short) in [
            ("2026-01-02T03:04:05.500000Z", "2026-01-02T03:04:05.5Z"),
            ("-10.0", "-10"),
            ("1.50", "1.50"),
            ("1.0.0", "1.0.0"),
            (".0", ".0"),
        ] {
            assert_eq!(without_zeros(text), short);
        }
    }
}
