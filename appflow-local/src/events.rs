//! [`Events`]: the EventBridge events of runs, kept for the control API and sent to an endpoint.

use crate::clock::Millis;
use crate::outbound::{Endpoint, Outbound};
use crate::rules::flow::object_of;
use crate::state::{Flow, Phase, Run};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Value, json};
use smithy_reqwest::server::random_uuid;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

const CAPACITY: usize = 1000;
/// The time limit for the receiver of an event.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The latest events, and where to send them.
#[derive(Debug, Default)]
pub(crate) struct Events {
    latest: Mutex<VecDeque<Value>>,
    receiver: Option<UnboundedSender<Value>>,
}

/// A URL that events are sent to, and the client that sends them.
#[derive(Debug)]
pub(crate) struct Receiver {
    endpoint: Endpoint,
    outbound: Outbound,
}

impl Receiver {
    /// Creates the receiver at an endpoint.
    pub(crate) fn new(endpoint: Endpoint) -> Result<Self, String> {
        let outbound = Outbound::new(TIMEOUT)?;
        Ok(Self { endpoint, outbound })
    }
}

impl Events {
    /// Sends events one at a time. A failed one is not sent again: EventBridge delivery is best effort. Call it within a
    /// tokio runtime.
    pub(crate) fn to(receiver: Receiver) -> Self {
        let (events, mut waiting) = unbounded_channel::<Value>();
        tokio::spawn(async move {
            while let Some(event) = waiting.recv().await {
                let _ = receiver
                    .outbound
                    .post(receiver.endpoint.as_str(), &event)
                    .await;
            }
        });
        Self {
            latest: Mutex::default(),
            receiver: Some(events),
        }
    }

    pub(crate) fn add(&self, events: Vec<Value>) {
        for event in events {
            if let Some(receiver) = &self.receiver {
                // The task is gone when the service ends.
                let _ = receiver.send(event.clone());
            }
            let mut latest = self.lock();
            latest.push_back(event);
            if latest.len() > CAPACITY {
                latest.pop_front();
            }
        }
    }

    /// Returns the latest events, oldest first.
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

/// Returns the event for a run that started.
pub(crate) fn started(flow: &Flow, run: &Run) -> Value {
    event(
        flow,
        run.started_at,
        "AppFlow Start Flow Run Report",
        of_run(flow, run),
    )
}

/// Returns the event for a run that ended.
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

/// Returns the event for a schedule that was deactivated.
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

/// Formats a time as these events have it: `2023-08-29T12:55:23.835Z[UTC]`.
fn zoned(at: Millis) -> String {
    let (seconds, millis) = (at.div_euclid(1000), at.rem_euclid(1000));
    let text = DateTime::from_secs(seconds)
        .fmt(Format::DateTime)
        .unwrap_or_default();
    format!("{}.{millis:03}Z[UTC]", text.trim_end_matches('Z'))
}
