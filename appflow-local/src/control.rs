//! The control API: everything under `/_appflow-local/`, for tests in any language.
//!
//! | Method and path | Body | Does |
//! | --- | --- | --- |
//! | `GET /_appflow-local/` | | The status page |
//! | `GET /_appflow-local/health` | | Says that it is ready |
//! | `POST /_appflow-local/reset` | `{}` | Forgets all state, faults, and moves of the clock |
//! | `GET /_appflow-local/snapshot` | | Gives all state |
//! | `PUT /_appflow-local/snapshot` | a snapshot | Replaces all state |
//! | `GET /_appflow-local/clock` | | Tells the time |
//! | `POST /_appflow-local/clock` | `{"advanceSeconds": 60}`, `{"set": 1767225600}`, `{"freeze": true}`, `{"reset": true}` | Moves the time |
//! | `GET`, `PUT /_appflow-local/entities` | `{"Salesforce": {"Custom__c": ["Id"]}}` | Gives or replaces the seeded entities |
//! | `GET /_appflow-local/events` | | Lists the last events of runs, as EventBridge has them |
//! | `GET /_appflow-local/faults` | | Lists the faults that are still to come |
//! | `POST /_appflow-local/faults` | `{"operation": "StartFlow", "times": 2, "kind": "throttle"}` | Adds a fault of calls |
//! | `POST /_appflow-local/run-faults` | `{"flowName": "f", "times": 1, "message": "..."}` | Lets runs fail |
//! | `DELETE /_appflow-local/faults` | | Forgets all faults |
//!
//! Only requests for a loopback name, or for one of `--control-host`, are answered: the name of a web page that was let
//! lead to this machine is none of them. Requests that change something must say `Content-Type: application/json`, which keeps foreign web pages out.

use crate::faults::{CallFault, Fault, RunFault};
use crate::front::{Front, answer::text};
use crate::generated::AppFlowOperation;
use crate::page;
use crate::state::Records;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{Method, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::{Duration, UNIX_EPOCH};

/// Where the control API begins.
const PREFIX: &str = "/_appflow-local";
const VERSION: u64 = 1;

/// A request that cannot be done.
struct Refusal(StatusCode, String);

/// What the clock is to do, in this order.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Move {
    reset: bool,
    set: Option<f64>,
    freeze: Option<bool>,
    advance_seconds: Option<f64>,
}

/// Whether a request is for the control API.
pub(crate) fn is_meant(head: &Parts) -> bool {
    if is_health(head) {
        return true;
    }
    let rest = head.uri.path().strip_prefix(PREFIX);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a request asks at `/health` whether the service is ready. It tells nothing else, so it is answered by any name.
fn is_health(head: &Parts) -> bool {
    head.method == Method::GET && head.uri.path() == "/health"
}

/// Answers a request to the control API.
pub(crate) async fn answer(front: &Front, head: &Parts, body: &Bytes) -> Response<Bytes> {
    if is_health(head) {
        return text(StatusCode::OK, "application/json", health().to_string());
    }
    let path = head.uri.path().strip_prefix(PREFIX).unwrap_or_default();
    let path = path.trim_matches('/');
    if !front.hosts.accept(head) {
        let message = "the control API answers only for localhost and the names of --control-host";
        let refusal = json!({ "message": message }).to_string();
        return text(StatusCode::FORBIDDEN, "application/json", refusal);
    }
    if head.method == Method::GET && path.is_empty() {
        return page::answer(front);
    }
    let (status, value) = match run(front, head, path, body).await {
        Ok(value) => (StatusCode::OK, value),
        Err(Refusal(status, message)) => (status, json!({ "message": message })),
    };
    text(status, "application/json", value.to_string())
}

async fn run(front: &Front, head: &Parts, path: &str, body: &Bytes) -> Result<Value, Refusal> {
    let service = &front.service;
    if head.method != Method::GET {
        check_content_type(head)?;
    }
    match (head.method.as_str(), path) {
        ("GET", "health") => Ok(health()),
        ("POST", "reset") => {
            front.reset().await.map_err(failed)?;
            Ok(json!({}))
        }
        ("GET", "snapshot") => Ok(front.snapshot()),
        ("PUT", "snapshot") => {
            front.restore(read(body)?).await.map_err(refused)?;
            Ok(json!({}))
        }
        ("GET", "clock") => Ok(clock(front)),
        ("POST", "clock") => {
            move_clock(front, &read::<Move>(body)?)?;
            Ok(clock(front))
        }
        ("GET", "events") => Ok(json!(service.events.latest())),
        ("GET", "entities") => Ok(json!(service.seeds.get())),
        ("PUT", "entities") => {
            service.seeds.set(read(body)?);
            Ok(json!(service.seeds.get()))
        }
        ("GET", "faults") => Ok(json!(service.faults.pending())),
        ("POST", "faults") => {
            service.faults.add_call(possible(read(body)?)?);
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
            let message = format!("{method} {PREFIX}/{path} is not known");
            Err(Refusal(StatusCode::NOT_FOUND, message))
        }
    }
}

fn health() -> Value {
    json!({ "status": "ready", "version": env!("CARGO_PKG_VERSION") })
}

/// A web page cannot send this content type elsewhere without being asked first.
fn check_content_type(head: &Parts) -> Result<(), Refusal> {
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
    let message = "the request must say Content-Type: application/json".to_owned();
    Err(Refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, message))
}

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| refused(error.to_string()))
}

/// Refuses a fault that no call would ever meet.
fn possible(fault: CallFault) -> Result<CallFault, Refusal> {
    check_times(fault.times)?;
    if let Some(name) = &fault.operation
        && AppFlowOperation::from_name(name).is_none()
    {
        return Err(refused(format!("there is no operation {name}")));
    }
    match &fault.fault {
        Fault::Error { status, .. } if !(400..600).contains(status) => Err(refused(format!(
            "{status} is not the status of an error, which is 400 to 599"
        ))),
        _ => Ok(fault),
    }
}

fn check_times(times: u32) -> Result<(), Refusal> {
    if times == 0 {
        return Err(refused("times must be at least 1".to_owned()));
    }
    Ok(())
}

fn refused(message: String) -> Refusal {
    Refusal(StatusCode::BAD_REQUEST, message)
}

fn failed(message: String) -> Refusal {
    Refusal(StatusCode::INTERNAL_SERVER_ERROR, message)
}

fn clock(front: &Front) -> Value {
    let clock = &front.service.clock;
    let now = clock.now().duration_since(UNIX_EPOCH).unwrap_or_default();
    json!({ "now": now.as_secs_f64(), "frozen": clock.is_frozen() })
}

fn move_clock(front: &Front, wanted: &Move) -> Result<(), Refusal> {
    let seconds = |value: f64| {
        Duration::try_from_secs_f64(value).map_err(|error| refused(format!("{value}: {error}")))
    };
    let clock = &front.service.clock;
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

impl Front {
    /// All state, as it can be restored.
    pub(crate) fn snapshot(&self) -> Value {
        let records = self.service.look(|state| state.records());
        json!({ "version": VERSION, "records": records })
    }

    /// Replaces all state with that of a snapshot.
    pub(crate) async fn restore(&self, snapshot: Value) -> Result<(), String> {
        #[derive(Deserialize)]
        struct Snapshot {
            version: u64,
            records: Records,
        }
        let Snapshot { version, records } =
            Snapshot::deserialize(snapshot).map_err(|error| error.to_string())?;
        if version != VERSION {
            return Err(format!("the snapshot has version {version}, not {VERSION}"));
        }
        self.service.replace(&records).await
    }

    /// Forgets all state, faults, and moves of the clock.
    pub(crate) async fn reset(&self) -> Result<(), String> {
        self.service.faults.clear();
        self.service.seeds.reset();
        self.service.events.clear();
        self.service.clock.reset();
        self.service.replace(&Records::new()).await
    }
}
