//! Fuzzes error responses: any header and body give a code and a message, or none.
#![no_main]

use appflow_sdk::types::error::{ConnectorServerException, ValidationException};
use bytes::Bytes;
use http::HeaderValue;
use libfuzzer_sys::fuzz_target;
use smithy_reqwest::protocol::{Protocol, RestJson1};
use smithy_reqwest::shape::Shape;

fuzz_target!(|parts: (&[u8], u16, &[u8])| {
    let (error_type, status, body) = parts;
    let mut response = http::Response::new(());
    if let Ok(status) = http::StatusCode::from_u16(status) {
        *response.status_mut() = status;
    }
    if let Ok(value) = HeaderValue::from_bytes(error_type) {
        response.headers_mut().insert("x-amzn-errortype", value);
    }
    let (head, ()) = response.into_parts();
    let body = Bytes::copy_from_slice(body);
    let document = RestJson1.read_error(&head, &body);
    // A code is a name, whatever a server writes around it.
    if let Some(code) = document.code {
        assert!(!code.is_empty() && !code.contains(':') && !code.contains('#'));
    }
    RestJson1.read_error_members(&head, &body, &mut ValidationException::empty());
    RestJson1.read_error_members(&head, &body, &mut ConnectorServerException::empty());
});
