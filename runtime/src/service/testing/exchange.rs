//! [`Exchange`]: a request and its answer, without secrets, as they stand in a file.

use crate::http::Response;
use crate::service::testing::redact::Redacted;
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::io;

/// The version of the file's format.
const VERSION: u64 = 1;

/// A request and its answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Exchange {
    pub(super) operation: String,
    pub(super) method: String,
    pub(super) request: Redacted,
    pub(super) status: u16,
    pub(super) answer: Redacted,
}

/// The text of a file with these exchanges.
pub(super) fn write(exchanges: &[Exchange]) -> String {
    let exchanges: Vec<Json> = exchanges.iter().map(Exchange::to_json).collect();
    let file = json!({ "version": VERSION, "exchanges": exchanges });
    format!("{file:#}\n")
}

/// The exchanges in the text of a file.
pub(super) fn read(text: &str) -> io::Result<Vec<Exchange>> {
    let file: Json = serde_json::from_str(text)?;
    if file["version"] != VERSION {
        return Err(invalid(format!(
            "it is no recording of version {VERSION}: its version is {}",
            file["version"]
        )));
    }
    let exchanges = file["exchanges"]
        .as_array()
        .ok_or_else(|| invalid("it has no exchanges"))?;
    let exchanges = exchanges.iter().enumerate();
    let exchanges = exchanges.map(|(position, exchange)| {
        Exchange::from_json(exchange)
            .ok_or_else(|| invalid(format!("exchange {position} cannot be read")))
    });
    exchanges.collect()
}

fn invalid(text: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text.into())
}

impl Exchange {
    fn to_json(&self) -> Json {
        json!({
            "operation": self.operation,
            "request": {
                "method": self.method,
                "target": self.request.target,
                "headers": self.request.headers,
                "body": self.request.body,
            },
            "response": {
                "status": self.status,
                "headers": self.answer.headers,
                "body": self.answer.body,
            },
        })
    }

    fn from_json(exchange: &Json) -> Option<Self> {
        let (request, response) = (&exchange["request"], &exchange["response"]);
        let text = |value: &Json| value.as_str().map(str::to_owned);
        let redacted = |side: &Json, target| {
            Some(Redacted {
                target,
                headers: headers(&side["headers"])?,
                body: Some(side["body"].clone()).filter(|body| !body.is_null()),
                secrets: Vec::new(),
            })
        };
        Some(Self {
            operation: text(&exchange["operation"])?,
            method: text(&request["method"])?,
            request: redacted(request, text(&request["target"])?)?,
            status: response["status"].as_u64()?.try_into().ok()?,
            answer: redacted(response, String::new())?,
        })
    }

    /// The answer as it comes from a transport.
    pub(super) fn to_response(&self) -> Response {
        let body = self.answer.body.as_ref().map(Json::to_string);
        let mut response = http::Response::new(body.unwrap_or_default().into_bytes());
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or_default();
        for (name, value) in &self.answer.headers {
            // The length is that of the body as it was, and the rest of what is left out says nothing.
            let is_left_out = value == crate::value::debug::REDACTED || name == "content-length";
            if let (Ok(name), Ok(value), false) = (
                HeaderName::try_from(name),
                HeaderValue::try_from(value),
                is_left_out,
            ) {
                response.headers_mut().insert(name, value);
            }
        }
        response.map(crate::http::Body::from_bytes)
    }
}

fn headers(headers: &Json) -> Option<BTreeMap<String, String>> {
    let headers = headers.as_object()?.iter();
    headers
        .map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}
