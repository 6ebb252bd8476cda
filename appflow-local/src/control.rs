//! The control API under `/_appflow-local/`, for tests in any language.
//!
//! | Method and path | Body | Does |
//! | --- | --- | --- |
//! | `GET /_appflow-local/` | | The status page |
//! | `GET /_appflow-local/health` | | Responds when the service is ready |
//! | `POST /_appflow-local/reset` | `{}` | Removes all state and faults, and resets the clock |
//! | `GET /_appflow-local/snapshot` | | Returns a snapshot of all state |
//! | `PUT /_appflow-local/snapshot` | a snapshot | Replaces all state |
//! | `GET /_appflow-local/clock` | | Returns the time |
//! | `POST /_appflow-local/clock` | `{"advanceSeconds": 60}`, `{"set": 1767225600}`, `{"freeze": true}`, `{"reset": true}` | Changes the time |
//! | `GET`, `PUT /_appflow-local/entities` | `{"Salesforce": {"Custom__c": ["Id"]}}` | Returns or replaces the seeded entities |
//! | `GET /_appflow-local/events` | | Lists the latest EventBridge events of runs |
//! | `GET /_appflow-local/faults` | | Lists the pending faults |
//! | `POST /_appflow-local/faults` | `{"operation": "StartFlow", "times": 2, "kind": "throttle"}` | Injects a fault into the next calls |
//! | `POST /_appflow-local/run-faults` | `{"flowName": "f", "times": 1, "message": "..."}` | Makes the next runs fail |
//! | `DELETE /_appflow-local/faults` | | Removes all faults |
//!
//! It responds only to requests for a loopback name or a name of `--control-host`, which prevents DNS rebinding.
//! Requests that change something must have `Content-Type: application/json`, which prevents cross-site requests.

use crate::faults::{CallFault, Fault, RunFault};
use crate::generated::AppFlowOperation;
use crate::page;
use crate::server::{Handler, answer::text};
use crate::state::Records;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{Method, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::{Duration, UNIX_EPOCH};

/// The path prefix of the control API.
const PREFIX: &str = "/_appflow-local";
const VERSION: u64 = 1;

/// A status and message for a request that is rejected.
struct Rejection(StatusCode, String);

/// The changes of the clock, in the order in which they are made.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct ClockChange {
    reset: bool,
    set: Option<f64>,
    freeze: Option<bool>,
    advance_seconds: Option<f64>,
}

/// Returns whether a request is for the control API.
pub(crate) fn is_control_request(head: &Parts) -> bool {
    if is_health(head) {
        return true;
    }
    let rest = head.uri.path().strip_prefix(PREFIX);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns whether the body of a request is a snapshot.
pub(crate) fn has_snapshot(head: &Parts) -> bool {
    head.method == Method::PUT && is_control_request(head) && path(head) == "snapshot"
}

/// Returns the path of a request within the control API.
fn path(head: &Parts) -> &str {
    let path = head.uri.path().strip_prefix(PREFIX).unwrap_or_default();
    path.trim_matches('/')
}

/// Returns whether a request is for `/health`. It reveals only that the service is ready, so any host name may ask.
fn is_health(head: &Parts) -> bool {
    head.method == Method::GET && head.uri.path() == "/health"
}

/// Handles a request to the control API.
pub(crate) async fn answer(handler: &Handler, head: &Parts, body: &Bytes) -> Response<Bytes> {
    if is_health(head) {
        return text(StatusCode::OK, "application/json", health().to_string());
    }
    let path = path(head);
    if !handler.hosts.accept(head) {
        let message = "host not allowed: the control API responds for localhost and the names of --control-host";
        let rejection = json!({ "message": message }).to_string();
        return text(StatusCode::FORBIDDEN, "application/json", rejection);
    }
    if head.method == Method::GET && path.is_empty() {
        return page::answer(handler);
    }
    let (status, value) = match run(handler, head, path, body).await {
        Ok(value) => (StatusCode::OK, value),
        Err(Rejection(status, message)) => (status, json!({ "message": message })),
    };
    text(status, "application/json", value.to_string())
}

async fn run(
    handler: &Handler,
    head: &Parts,
    path: &str,
    body: &Bytes,
) -> Result<Value, Rejection> {
    let service = &handler.service;
    if head.method != Method::GET {
        check_content_type(head)?;
    }
    match (head.method.as_str(), path) {
        ("GET", "health") => Ok(health()),
        ("POST", "reset") => {
            handler.reset().await.map_err(failed)?;
            Ok(json!({}))
        }
        ("GET", "snapshot") => Ok(handler.snapshot()),
        ("PUT", "snapshot") => {
            handler.restore(read(body)?).await.map_err(bad_request)?;
            Ok(json!({}))
        }
        ("GET", "clock") => Ok(clock(handler)),
        ("POST", "clock") => {
            move_clock(handler, &read::<ClockChange>(body)?)?;
            Ok(clock(handler))
        }
        ("GET", "events") => Ok(json!(service.events.latest())),
        ("GET", "entities") => Ok(json!(service.seeds.get())),
        ("PUT", "entities") => {
            service.seeds.set(read(body)?);
            Ok(json!(service.seeds.get()))
        }
        ("GET", "faults") => Ok(json!(service.faults.pending())),
        ("POST", "faults") => {
            service.faults.add_call(check_fault(read(body)?)?);
            Ok(json!(service.faults.pending()))
        }
        ("POST", "run-faults") => {
            let fault: RunFault = read(body)?;
            check_times(fault.times)?;
            service.faults.add_run(fault);
            Ok(json!(service.faults.pending()))
        }
        ("DELETE", "faults") => {
            service.faults.clear();
            Ok(json!({}))
        }
        (method, path) => {
            let message = format!("{method} {PREFIX}/{path}: no such path");
            Err(Rejection(StatusCode::NOT_FOUND, message))
        }
    }
}

fn health() -> Value {
    json!({ "status": "ready", "version": env!("CARGO_PKG_VERSION") })
}

/// A web page cannot send this content type to another origin without a preflight request.
fn check_content_type(head: &Parts) -> Result<(), Rejection> {
    let given = head
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let given = given
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    if given.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let message = "missing header Content-Type: application/json".to_owned();
    Err(Rejection(StatusCode::UNSUPPORTED_MEDIA_TYPE, message))
}

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Rejection> {
    serde_json::from_slice(body).map_err(|error| bad_request(error.to_string()))
}

/// Rejects a fault that no call could trigger.
fn check_fault(fault: CallFault) -> Result<CallFault, Rejection> {
    check_times(fault.times)?;
    if let Some(name) = &fault.operation
        && AppFlowOperation::from_name(name).is_none()
    {
        return Err(bad_request(format!("unknown operation `{name}`")));
    }
    match &fault.fault {
        Fault::Error { status, .. } if !(400..600).contains(status) => Err(bad_request(format!(
            "invalid status {status}: an error has 400 to 599"
        ))),
        _ => Ok(fault),
    }
}

fn check_times(times: u32) -> Result<(), Rejection> {
    if times == 0 {
        return Err(bad_request(
            "invalid times: it must be at least 1".to_owned(),
        ));
    }
    Ok(())
}

fn bad_request(message: String) -> Rejection {
    Rejection(StatusCode::BAD_REQUEST, message)
}

fn failed(message: String) -> Rejection {
    Rejection(StatusCode::INTERNAL_SERVER_ERROR, message)
}

fn clock(handler: &Handler) -> Value {
    let clock = &handler.service.clock;
    let now = clock.now().duration_since(UNIX_EPOCH).unwrap_or_default();
    json!({ "now": now.as_secs_f64(), "frozen": clock.is_frozen() })
}

fn move_clock(handler: &Handler, wanted: &ClockChange) -> Result<(), Rejection> {
    let seconds = |value: f64| {
        Duration::try_from_secs_f64(value).map_err(|error| bad_request(format!("{value}: {error}")))
    };
    let clock = &handler.service.clock;
    let (set, advance) = (
        wanted.set.map(seconds).transpose()?,
        wanted.advance_seconds.map(seconds).transpose()?,
    );
    if wanted.reset {
        clock.reset();
    }
    if let Some(time) = set.and_then(|since| UNIX_EPOCH.checked_add(since)) {
        clock.set(time);
    }
    match wanted.freeze {
        Some(true) => clock.freeze(),
        Some(false) => clock.unfreeze(),
        None => {}
    }
    if let Some(by) = advance {
        clock.advance(by);
    }
    Ok(())
}

impl Handler {
    /// Returns all state as a snapshot.
    pub(crate) fn snapshot(&self) -> Value {
        let records = self.service.with_state(|state| state.records());
        json!({ "version": VERSION, "records": records })
    }

    /// Replaces all state with a snapshot.
    pub(crate) async fn restore(&self, snapshot: Value) -> Result<(), String> {
        #[derive(Deserialize)]
        struct Snapshot {
            version: u64,
            records: Records,
        }
        let Snapshot { version, records } =
            Snapshot::deserialize(snapshot).map_err(|error| error.to_string())?;
        if version != VERSION {
            return Err(format!(
                "unsupported snapshot version {version}: expected {VERSION}"
            ));
        }
        self.service.replace(&records).await
    }

    /// Removes all state and faults, and resets the clock.
    pub(crate) async fn reset(&self) -> Result<(), String> {
        self.service.faults.clear();
        self.service.seeds.reset();
        self.service.events.clear();
        self.service.clock.reset();
        self.service.replace(&Records::new()).await
    }
}
