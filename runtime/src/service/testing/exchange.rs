//! [`Exchange`], a recorded request and its response, without secrets.

use crate::client::operation::CalledOperation;
use crate::http::Response;
use crate::protocol::payload::payload;
use crate::protocol::server::ErrorAnswer;
use crate::service::testing::redact::Redacted;
use crate::value::codec::from_json_leniently;
use crate::value::shape::Slot;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::io;

/// The version of the file format.
const VERSION: u64 = 1;

/// A request and its response.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Exchange {
    pub(super) operation: String,
    pub(super) method: String,
    pub(super) request: Redacted,
    pub(super) status: u16,
    pub(super) answer: Redacted,
}

/// Returns the text of a file with these exchanges.
pub(super) fn write(exchanges: &[Exchange]) -> String {
    let exchanges: Vec<Json> = exchanges.iter().map(Exchange::to_json).collect();
    let file = json!({ "version": VERSION, "exchanges": exchanges });
    format!("{file:#}\n")
}

/// Parses the text of a file.
pub(super) fn read(text: &str) -> io::Result<Vec<Exchange>> {
    let file: Json = serde_json::from_str(text)?;
    if file["version"] != VERSION {
        return Err(invalid(format!(
            "unsupported version {} of a recording: expected {VERSION}",
            file["version"]
        )));
    }
    let exchanges = file["exchanges"]
        .as_array()
        .ok_or_else(|| invalid("no exchanges"))?;
    let exchanges = exchanges.iter().enumerate();
    let exchanges = exchanges.map(|(position, exchange)| {
        Exchange::from_json(exchange).ok_or_else(|| invalid(format!("invalid exchange {position}")))
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

    /// Returns the response as from a transport.
    pub(super) fn to_response(&self, called: CalledOperation) -> Response {
        let body = self.answer.body.as_ref();
        let mut response = body
            .and_then(|body| self.written(called, body))
            .unwrap_or_else(|| {
                // Documents of a protocol without a service side are treated as JSON.
                let body = body.map(Json::to_string);
                http::Response::new(Bytes::from(body.unwrap_or_default()))
            });
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or_default();
        for (name, value) in &self.answer.headers {
            // The recorded length is that of the original body, and redacted values carry no information.
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

    /// Returns the body that the service side of the protocol writes for the recorded members, and its content type.
    fn written(&self, called: CalledOperation, body: &Json) -> Option<http::Response<Bytes>> {
        let protocol = called.service().protocol.server_side()?;
        let text = |name: &str| body[name].as_str();
        let written = if (200..300).contains(&self.status) {
            let mut output = called.empty_output();
            let place = match payload(&*output) {
                Some((index, _)) => output.member_slot(index),
                None => Slot::Structure(&mut *output),
            };
            from_json_leniently(body.to_string().as_bytes(), place).ok()?;
            protocol.write_response(called.service(), called.operation(), &*output)
        } else {
            protocol.write_error(&ErrorAnswer {
                code: text("code")?,
                status: self.status,
                message: text("message").unwrap_or_default(),
                members: None,
            })
        };
        let (head, body) = written.ok()?.into_parts();
        if called.operation().events.is_some() && (200..300).contains(&self.status) {
            // Events are not recorded.
            return Some(http::Response::new(Bytes::new()));
        }
        let mut response = http::Response::new(body);
        // Other headers were recorded separately.
        if let Some(content_type) = head.headers.get(CONTENT_TYPE) {
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, content_type.clone());
        }
        Some(response)
    }
}

fn headers(headers: &Json) -> Option<BTreeMap<String, String>> {
    let headers = headers.as_object()?.iter();
    headers
        .map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}
