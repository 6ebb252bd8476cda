//! [`Events`]: what AppFlow tells EventBridge of runs: kept for a while, and sent to an endpoint where one is given.

use crate::clock::Millis;
use crate::rules::flow::object_of;
use crate::state::{Flow, Phase, Run};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Value, json};
use smithy_reqwest::server::random_uuid;
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const KEPT: usize = 1000;
/// How long the receiver of an event may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// The last events.
#[derive(Debug, Default)]
pub(crate) struct Events {
    latest: Mutex<VecDeque<Value>>,
    endpoint: Option<Sender<Value>>,
}

/// Where events are sent.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    authority: String,
    path: String,
}

impl Endpoint {
    /// Reads an `http://` URL.
    pub(crate) fn parse(url: &str) -> Option<Self> {
        let uri: http::Uri = url.parse().ok()?;
        if uri.scheme_str() != Some("http") {
            return None;
        }
        let authority = uri.authority()?;
        let port = authority.port_u16().unwrap_or(80);
        Some(Self {
            authority: format!("{}:{port}", authority.host()),
            path: uri
                .path_and_query()
                .map_or("/", |path| path.as_str())
                .to_owned(),
        })
    }

    fn send(&self, event: &Value) -> io::Result<()> {
        let address = self.authority.to_socket_addrs()?.next();
        let address = address.ok_or(io::ErrorKind::NotFound)?;
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let body = event.to_string();
        write!(
            stream,
            "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            self.path,
            self.authority,
            body.len()
        )?;
        // The answer says nothing that matters, but a connection that is closed before it may lose the request.
        stream.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Events {
    /// Events that are sent to an endpoint, one after another; one that cannot be sent is not tried again, as EventBridge's
    /// are a best effort.
    pub(crate) fn to(endpoint: Endpoint) -> Self {
        let (events, waiting): (Sender<Value>, Receiver<Value>) = channel();
        std::thread::spawn(move || {
            for event in waiting {
                let _ = endpoint.send(&event);
            }
        });
        Self {
            latest: Mutex::default(),
            endpoint: Some(events),
        }
    }

    pub(crate) fn add(&self, events: Vec<Value>) {
        for event in events {
            if let Some(endpoint) = &self.endpoint {
                // Nobody receives it when the service ends.
                let _ = endpoint.send(event.clone());
            }
            let mut latest = self.lock();
            latest.push_back(event);
            if latest.len() > KEPT {
                latest.pop_front();
            }
        }
    }

    /// The last events, the oldest first.
    pub(crate) fn latest(&self) -> Vec<Value> {
        self.lock().iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Value>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The event of a run that began.
pub(crate) fn started(flow: &Flow, run: &Run) -> Value {
    event(
        flow,
        run.started_at,
        "AppFlow Start Flow Run Report",
        of_run(flow, run),
    )
}

/// The event of a run that ended.
pub(crate) fn ended(flow: &Flow, run: &Run) -> Value {
    let counts = run.counts.unwrap_or_default();
    let (read, bytes) = match run.counts {
        Some(counts) => (counts.read, counts.bytes_written),
        None if run.phase == Phase::Successful => (
            u64::try_from(run.records).unwrap_or(0),
            u64::try_from(run.bytes).unwrap_or(0),
        ),
        None => (0, 0),
    };
    let mut detail = of_run(flow, run);
    detail["end-time"] = json!(zoned(run.updated_at));
    detail["num-of-records-processed"] = json!(read.to_string());
    detail["num-of-records-filtered"] = json!((counts.filtered + counts.dropped).to_string());
    detail["num-of-record-failures"] = json!(counts.failed.to_string());
    detail["num-of-documents-processed"] = json!("0");
    detail["data-processed"] = json!(bytes.to_string());
    detail["status"] = json!(match run.phase {
        Phase::Successful => "Execution Successful",
        Phase::Error { .. } => "Execution Failed",
        _ => "Execution Canceled",
    });
    if let Phase::Error { message } = &run.phase {
        detail["error-message"] = json!(message);
    }
    event(flow, run.updated_at, "AppFlow End Flow Run Report", detail)
}

/// The event of a schedule that was switched off.
pub(crate) fn deactivated(flow: &Flow, at: Millis) -> Value {
    let mut detail = of_flow(flow);
    detail["status-message"] = json!(flow.status_message);
    event(flow, at, "AppFlow Scheduled Flow Deactivated", detail)
}

fn event(flow: &Flow, at: Millis, kind: &str, detail: Value) -> Value {
    let mut pieces = flow.arn.split(':').skip(3);
    let (region, account) = (pieces.next(), pieces.next());
    let time = DateTime::from_secs(at.div_euclid(1000)).fmt(Format::DateTime);
    json!({
        "version": "0", "id": random_uuid(), "detail-type": kind, "source": "aws.appflow", "account": account,
        "time": time.unwrap_or_default(), "region": region, "resources": [flow.arn], "detail": detail,
    })
}

fn of_flow(flow: &Flow) -> Value {
    let object = |objects: Vec<(&'static str, String)>| {
        let names: Vec<String> = objects.into_iter().map(|(_, name)| name).collect();
        names.join("/")
    };
    let source = &flow.source;
    let mut detail = json!({
        "flow-name": flow.name, "flow-arn": flow.arn, "created-by": flow.created_by,
        "source": source.connector_type.as_str(),
        "source-object": object(object_of(&source.source_connector_properties, &source.connector_type)),
        "trigger-type": flow.trigger.trigger_type.as_str().to_uppercase(),
    });
    if let Some(to) = flow.destination() {
        let objects = object_of(&to.destination_connector_properties, &to.connector_type);
        detail["destination"] = json!(to.connector_type.as_str());
        detail["destination-object"] = json!(object(objects));
    }
    detail
}

fn of_run(flow: &Flow, run: &Run) -> Value {
    let mut detail = of_flow(flow);
    detail["execution-id"] = json!(run.id);
    detail["start-time"] = json!(zoned(run.started_at));
    detail
}

/// A time as these events have it: `2023-08-29T12:55:23.835Z[UTC]`.
fn zoned(at: Millis) -> String {
    let (seconds, millis) = (at.div_euclid(1000), at.rem_euclid(1000));
    let text = DateTime::from_secs(seconds)
        .fmt(Format::DateTime)
        .unwrap_or_default();
    format!("{}.{millis:03}Z[UTC]", text.trim_end_matches('Z'))
}
