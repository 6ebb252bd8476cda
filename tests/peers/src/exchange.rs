//! Calls an operation with a JSON input, and returns the request that our client sends and the result of a given response.
//!
//! The transport is a recording, so there is no network. This file is also part of the runner that is generated for the
//! protocol suites, so it names neither a service nor a generated crate.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use smithy_reqwest::Client;
use smithy_reqwest::call::Call;
use smithy_reqwest::config::{Config, Credentials, Region, TimeoutSettings};
use smithy_reqwest::http::{Body, BoxFuture, Request, Response, Transport, TransportError};
use smithy_reqwest::operation::Operation;
use smithy_reqwest::retry::RetrySettings;
use smithy_reqwest::time::Clock;
use smithy_reqwest::validate::Validation;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// 2026-01-02T03:04:05Z, the signing time of the peers too.
const NOW: u64 = 1_767_323_045;

/// The access key of every call, from AWS's public examples.
pub(crate) const KEY: &str = "AKIDEXAMPLE";
/// The secret of [`KEY`].
pub(crate) const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// The settings of a call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setting {
    pub(crate) session_token: Option<String>,
    pub(crate) endpoint_url: Option<String>,
    /// `true` if the call is sent with the key `test`, instead of to the recording.
    pub(crate) live: bool,
}

/// The response of the service.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Returns an empty successful response.
    pub(crate) fn empty() -> Self {
        Self {
            status: 200,
            headers: vec![],
            body: b"{}".to_vec(),
        }
    }
}

/// A sent request.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) uri: http::Uri,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Sent {
    /// Returns the header with a name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find_map(|(key, value)| (key == name).then_some(value.as_str()))
    }
}

/// The result of a call.
#[derive(Debug)]
pub(crate) struct Exchange<E> {
    /// `None` if the call failed before it was sent.
    pub(crate) sent: Option<Sent>,
    /// The output as JSON in the format of the AWS CLI.
    pub(crate) outcome: Result<Value, E>,
}

/// The reason why there was no call.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) String);

/// Calls `O` with an input in the format of the AWS CLI.
pub(crate) fn exchange<O>(
    input: &Value,
    setting: &Setting,
    answer: Answer,
) -> Result<Exchange<O::Error>, Refused>
where
    O: Operation<Input: DeserializeOwned, Output: Serialize>,
{
    exchange_then::<O>(input, setting, answer, async |_| Ok(None))
}

/// A member of an output by its name, with the events of its stream.
pub(crate) type Events = (&'static str, Vec<Value>);

/// Calls `O` as [`exchange`] does. `receive` returns the events of an output with an event stream.
pub(crate) fn exchange_then<O>(
    input: &Value,
    setting: &Setting,
    answer: Answer,
    receive: impl AsyncFnOnce(&mut O::Output) -> Result<Option<Events>, O::Error>,
) -> Result<Exchange<O::Error>, Refused>
where
    O: Operation<Input: DeserializeOwned, Output: Serialize>,
{
    let sent = Arc::default();
    let call = call::<O>(input, setting, answer, &sent)?;
    let outcome = runtime()?.block_on(async {
        let mut output = call.send().await?;
        let events = receive(&mut output).await?;
        let mut json = as_json(&output);
        if let (Some((member, events)), Some(members)) = (events, json.as_object_mut()) {
            members.insert(member.to_owned(), Value::Array(events));
        }
        Ok(json)
    });
    let sent = sent.lock().unwrap_or_else(PoisonError::into_inner).take();
    Ok(Exchange { sent, outcome })
}

/// Creates a call with an input in the format of the AWS CLI. Its request is recorded in `sent`.
pub(crate) fn call<O>(
    input: &Value,
    setting: &Setting,
    answer: Answer,
    sent: &Arc<Mutex<Option<Sent>>>,
) -> Result<Call<O>, Refused>
where
    O: Operation<Input: DeserializeOwned>,
{
    let input: O::Input =
        serde_json::from_value(input.clone()).map_err(|error| Refused(error.to_string()))?;
    let recording = Recording {
        sent: sent.clone(),
        answer,
    };
    let mut call = Call::<O>::new(Client::new(O::service(), config(setting, recording)));
    *call.input = input;
    Ok(call)
}

/// Creates the runtime of a call.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Refused> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Refused(error.to_string()))
}

/// Converts through text, so that a 32-bit float keeps its digits.
pub(crate) fn as_json(output: &impl Serialize) -> Value {
    let text = serde_json::to_string(output);
    text.and_then(|text| serde_json::from_str(&text))
        .unwrap_or_else(|error| json!({ "unwritable": error.to_string() }))
}

fn config(setting: &Setting, transport: Recording) -> Config {
    let mut retry = RetrySettings::standard();
    retry.max_attempts = 1;
    let (key, secret) = if setting.live {
        ("test", "test")
    } else {
        (KEY, SECRET)
    };
    let mut builder = Config::builder()
        .region(Region::from_static("us-west-2"))
        .credentials_provider(Credentials::new(
            key,
            secret,
            setting.session_token.clone(),
            None,
            "peers",
        ))
        .retry_config(retry)
        .timeout_config(TimeoutSettings::NONE)
        .validation(Validation::OFF);
    if !setting.live {
        builder = builder
            .clock(Stopped)
            .idempotency_tokens(|| "00000000-0000-4000-8000-000000000000".to_owned())
            .transport(transport);
    }
    if let Some(url) = &setting.endpoint_url {
        builder = builder.endpoint_url(url);
    }
    builder.build()
}

/// A transport that records the request and returns the response.
#[derive(Debug)]
struct Recording {
    sent: Arc<Mutex<Option<Sent>>>,
    answer: Answer,
}

impl Transport for Recording {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let (head, body) = request.into_parts();
        let headers = head.headers.iter().map(|(name, value)| {
            let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), text)
        });
        let sent = Sent {
            method: head.method.to_string(),
            uri: head.uri,
            headers: headers.collect(),
            body: body.bytes().unwrap_or_default().to_vec(),
        };
        *self.sent.lock().unwrap_or_else(PoisonError::into_inner) = Some(sent);
        let mut response = http::Response::builder().status(self.answer.status);
        for (name, value) in &self.answer.headers {
            response = response.header(name, value);
        }
        let response = response
            .body(Body::from_bytes(self.answer.body.clone()))
            .map_err(|error| {
                TransportError::new(smithy_reqwest::http::TransportErrorKind::Other, error)
            });
        Box::pin(std::future::ready(response))
    }
}

/// A clock with a fixed time.
#[derive(Debug)]
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW)
    }

    fn monotonic(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}
