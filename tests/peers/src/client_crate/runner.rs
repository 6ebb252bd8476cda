//! The runner of generated clients, part of the crate that is built for the suites. Reads one JSON object a line (the number
//! of an operation, an input, a response of the service), and writes what the client sends and reads, one line each.

use crate::exchange::{Answer, Exchange, Refused, Setting, call, runtime};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use smithy_reqwest::Error;
use smithy_reqwest::operation::Operation;
use smithy_reqwest::presigning::PresigningConfig;
use smithy_reqwest::shape::{Shape, Structure};
use std::io::{BufRead, Write};
use std::sync::Arc;
use std::time::Duration;

/// The result of a request.
pub(crate) type Outcome = Value;

type Call = fn(u64, &Value, &Setting, Answer) -> Outcome;
type Presign = fn(u64, &Value, &Setting, u64) -> Outcome;

/// Handles requests until the input ends.
pub(crate) fn serve(call: Call, presign: Presign) {
    let mut output = std::io::stdout();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let question: Value = serde_json::from_str(&line).unwrap_or_default();
        let setting = Setting {
            endpoint_url: question["endpoint"].as_str().map(str::to_owned),
            session_token: question["token"].as_str().map(str::to_owned),
            ..Setting::default()
        };
        let number = question["number"].as_u64().unwrap_or(u64::MAX);
        let outcome = match question["presign"].as_u64() {
            Some(seconds) => presign(number, &question["input"], &setting, seconds),
            None => call(
                number,
                &question["input"],
                &setting,
                answer(&question["answer"]),
            ),
        };
        if writeln!(output, "{outcome}")
            .and_then(|()| output.flush())
            .is_err()
        {
            return;
        }
    }
}

fn answer(answer: &Value) -> Answer {
    let headers = answer["headers"].as_object().into_iter().flatten();
    Answer {
        status: answer["status"]
            .as_u64()
            .and_then(|status| status.try_into().ok())
            .unwrap_or(200),
        headers: headers
            .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
            .collect(),
        body: match answer["body_hex"].as_str() {
            Some(digits) => bytes(digits),
            None => answer["body"]
                .as_str()
                .unwrap_or_default()
                .as_bytes()
                .to_vec(),
        },
    }
}

/// Formats bytes that may not be text as digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    let bytes = pairs.map(|pair| {
        std::str::from_utf8(pair)
            .ok()
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
    });
    bytes.flatten().collect()
}

/// Formats an exchange as JSON; `read` parses an error as the shape with its name.
pub(crate) fn outcome<E>(
    exchange: Result<Exchange<E>, Refused>,
    runtime: fn(&E) -> &Error,
    read: fn(&str, &Error) -> Value,
) -> Outcome {
    let exchange = match exchange {
        Ok(exchange) => exchange,
        Err(Refused(reason)) => return json!({ "refused": reason }),
    };
    let sent = exchange.sent.map(|sent| {
        json!({
            "method": sent.method,
            "host": sent.uri.host(),
            "target": sent.uri.path_and_query().map(|target| target.as_str()),
            "headers": sent.headers,
            "body": String::from_utf8_lossy(&sent.body),
            "body_hex": hex(&sent.body),
        })
    });
    match exchange.outcome {
        Ok(output) => json!({ "sent": sent, "output": output }),
        Err(error) => {
            let error = runtime(&error);
            let code = error.code().unwrap_or_default();
            json!({
                "sent": sent,
                "error": {
                    "text": error.to_string(),
                    "code": code,
                    "message": error.message().unwrap_or_default(),
                    "members": read(error.shape_name().unwrap_or_default(), error),
                },
            })
        }
    }
}

/// Presigns a call, and returns the URL with its method and headers as JSON.
pub(crate) fn presigned<O>(input: &Value, setting: &Setting, seconds: u64) -> Outcome
where
    O: Operation<Input: DeserializeOwned, Error: std::fmt::Display>,
{
    let presigned = || {
        let call = call::<O>(input, setting, Answer::empty(), &Arc::default())?;
        let refused = |error: String| Refused(error);
        let config = PresigningConfig::expires_in(Duration::from_secs(seconds));
        let config = config.map_err(|error| refused(error.to_string()))?;
        let presigned = runtime()?.block_on(call.presigned(config));
        presigned.map_err(|error| refused(error.to_string()))
    };
    match presigned() {
        Ok(request) => {
            let headers: serde_json::Map<_, _> = request
                .headers()
                .map(|(name, value)| (name.to_owned(), json!(value)))
                .collect();
            json!({ "method": request.method(), "url": request.uri(), "headers": headers })
        }
        Err(Refused(reason)) => json!({ "refused": reason }),
    }
}

/// Returns the members of an error shape.
pub(crate) fn modeled<T: Structure + Shape + serde::Serialize>(error: &Error) -> Value {
    json!(error.modeled::<T>())
}

/// Returns the data of an error that the model does not name.
pub(crate) fn unmodeled() -> Value {
    json!({})
}

/// Responds to a request for an unknown number.
pub(crate) fn no_such_number() -> Outcome {
    json!({ "refused": "no operation has this number" })
}
