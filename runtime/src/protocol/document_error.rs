//! The error document that the JSON protocols share: where code and message stand, by AWS restJson1, "Operation error
//! serialization".

use crate::protocol::ErrorDocument;
use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;

/// How much of a body that is no JSON is shown as the message.
const EXCERPT: usize = 200;

/// Reads code and message from header and body.
pub(super) fn read(headers: &HeaderMap, body: &Bytes) -> ErrorDocument {
    let document: Option<Value> = serde_json::from_slice(body).ok();
    let member = |name: &str| {
        document
            .as_ref()?
            .get(name)?
            .as_str()
            .filter(|text| !text.is_empty())
    };
    let header = headers
        .get("x-amzn-errortype")
        .and_then(|value| value.to_str().ok());
    let code = [header, member("code"), member("__type")]
        .into_iter()
        .flatten()
        .map(bare)
        .find(|code| !code.is_empty());
    let message = member("message")
        .or_else(|| member("Message"))
        .or_else(|| member("errorMessage"));
    ErrorDocument {
        code: code.map(str::to_owned),
        query_code: None,
        message: message.map(str::to_owned).or_else(|| {
            if document.is_none() {
                excerpt(body)
            } else {
                None
            }
        }),
    }
}

/// The bare code: without the namespace before `#` and the URL after `:`.
fn bare(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.rsplit('#').next().unwrap_or_default().trim()
}

/// The beginning of a body that is no JSON, on one line.
fn excerpt(body: &Bytes) -> Option<String> {
    let text = String::from_utf8_lossy(body.get(..body.len().min(4 * EXCERPT))?).into_owned();
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
}
