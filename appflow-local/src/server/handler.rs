//! [`Handler`]: handles a request: authentication, routing, injected faults and logging.

use crate::access_keys::AccessKeys;
use crate::caller::Caller;
use crate::control;
use crate::faults::Fault;
use crate::generated::{AppFlowOperation, dispatch, error};
use crate::request_log::{Entry, RequestLog};
use crate::server::Answer;
use crate::server::answer::AnswerBody;
use crate::server::hosts::Hosts;
use crate::service::Service;
use appflow_sdk::operation::create_flow::CreateFlow;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use smithy_reqwest::operation::Operation;
use smithy_reqwest::protocol::RestJson1;
use smithy_reqwest::server::{self, Route, Router, ServiceError, ServiceStyle, random_uuid};
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// The maximum size of the body of a request.
const MAX_BODY_BYTES: usize = 10 << 20;
/// The maximum size of a snapshot, which may have many runs.
const MAX_SNAPSHOT_BYTES: usize = 256 << 20;
/// The members that identify the subject of a request in its log line.
const SUBJECT_MEMBERS: [&str; 4] = [
    "flowName",
    "connectorProfileName",
    "connectorLabel",
    "connectorType",
];

/// The handler of all requests.
#[derive(Debug)]
pub(crate) struct Handler {
    pub(crate) service: Arc<Service>,
    pub(crate) keys: AccessKeys,
    pub(crate) log: RequestLog,
    pub(crate) hosts: Hosts,
    router: Router<AppFlowOperation>,
}

/// The facts about a request for its log entry.
#[derive(Default)]
struct Findings {
    operation: Option<&'static str>,
    caller: Option<Caller>,
    /// The subject, such as `flowName=accounts`.
    subject: Option<String>,
    fault: Option<Fault>,
    /// The warnings about the flow that was defined.
    warnings: Vec<String>,
    error: Option<String>,
}

impl Handler {
    pub(crate) fn new(
        service: Arc<Service>,
        keys: AccessKeys,
        log: RequestLog,
        hosts: Hosts,
    ) -> Self {
        let operations = AppFlowOperation::ALL.iter();
        let operations = operations.map(|operation| (*operation, operation.schema()));
        Self {
            service,
            keys,
            log,
            hosts,
            router: Router::new(&RestJson1, CreateFlow::service(), operations),
        }
    }

    /// Handles a request. An error closes the connection, with a reset if it is of that kind.
    pub(crate) async fn answer(&self, request: Request<Incoming>) -> Result<Answer, io::Error> {
        let (at, started) = (SystemTime::now(), Instant::now());
        let (head, body) = request.into_parts();
        let mut findings = Findings::default();
        let is_control = control::is_control_request(&head);
        let limit = if control::has_snapshot(&head) {
            MAX_SNAPSHOT_BYTES
        } else {
            MAX_BODY_BYTES
        };
        let mut response = match read(body, limit).await? {
            Ok(body) if is_control => control::answer(self, &head, &body).await,
            Ok(body) => {
                findings.subject = subject(&body);
                let result = self.serve(&head, &body, &mut findings).await;
                result.unwrap_or_else(|error| refuse(&error, &mut findings))
            }
            Err(error) => refuse(&error, &mut findings),
        };
        if !is_control {
            identify(&mut response);
        }
        // Reads of the page and the control API are not logged.
        if !is_control || head.method != Method::GET {
            self.log
                .add(entry(&head, &response, &findings, at, started.elapsed()));
        }
        match findings.fault {
            Some(Fault::Reset) => Err(io::Error::new(
                io::ErrorKind::ConnectionReset,
                "injected fault: connection reset",
            )),
            Some(Fault::HalfBody) => Ok(response.map(|body| AnswerBody::half(&body))),
            _ => Ok(response.map(AnswerBody::whole)),
        }
    }

    async fn serve(
        &self,
        head: &Parts,
        body: &Bytes,
        findings: &mut Findings,
    ) -> Result<Response<Bytes>, ServiceError> {
        let caller = self.keys.caller(head, body)?;
        let caller = &*findings.caller.insert(caller);
        let Route { operation, labels } = self.router.route(head, body)?;
        findings.operation = Some(operation.name());
        if let Some((name, value)) = labels.first() {
            findings.subject = Some(subject_text(name, value));
        }
        findings.fault = self.service.faults.take_call(operation.name());
        match &findings.fault {
            Some(Fault::Error {
                code,
                status,
                message,
            }) => {
                return Err(ServiceError::new(code.clone(), *status, message.clone()));
            }
            Some(Fault::Throttle) => return Err(error::throttling_exception("Rate exceeded")),
            Some(Fault::Delay { milliseconds }) => {
                tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
            }
            _ => {}
        }
        let request = server::Request {
            head,
            body,
            labels: &labels,
            style: ServiceStyle::Aws,
        };
        let answer = dispatch(&*self.service, caller, operation, &RestJson1, request).await?;
        let defines = matches!(
            operation,
            AppFlowOperation::CreateFlow | AppFlowOperation::UpdateFlow
        );
        let subject = findings.subject.as_deref().filter(|_| defines);
        if let Some(flow) = subject.and_then(|subject| subject.strip_prefix("flowName=")) {
            findings.warnings = self.service.warnings(caller, flow);
        }
        Ok(answer)
    }
}

/// Reads the body of a request, unless it is too large. An error is one of the connection.
async fn read(body: Incoming, limit: usize) -> Result<Result<Bytes, ServiceError>, io::Error> {
    match Limited::new(body, limit).collect().await {
        Ok(body) => Ok(Ok(body.to_bytes())),
        Err(reason) if reason.is::<http_body_util::LengthLimitError>() => {
            Ok(Err(ServiceError::new(
                "RequestEntityTooLargeException",
                413,
                "The request body is too large.",
            )))
        }
        Err(reason) => Err(io::Error::other(reason)),
    }
}

fn refuse(error: &ServiceError, findings: &mut Findings) -> Response<Bytes> {
    findings.error = Some(error.to_string());
    error.response(&RestJson1)
}

/// Adds the headers that every response has: a request id and the date.
fn identify(response: &mut Response<Bytes>) {
    if let Ok(id) = HeaderValue::from_str(&random_uuid()) {
        response.headers_mut().insert("x-amzn-requestid", id);
    }
}

/// Builds the log entry of a request and its response.
fn entry(
    head: &Parts,
    response: &Response<Bytes>,
    findings: &Findings,
    at: SystemTime,
    took: Duration,
) -> Entry {
    let fault = match &findings.fault {
        Some(Fault::Delay { .. }) => Some("injected fault: delayed response"),
        Some(Fault::Reset) => Some("injected fault: connection reset without a response"),
        Some(Fault::HalfBody) => {
            Some("injected fault: connection closed in the middle of the response")
        }
        // The status shows these.
        Some(Fault::Error { .. } | Fault::Throttle) | None => None,
    };
    let scope = findings
        .caller
        .as_ref()
        .map(|caller| format!("{}/{}", caller.account, caller.region));
    Entry {
        at,
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        operation: findings.operation,
        subject: findings.subject.clone(),
        warnings: findings.warnings.clone(),
        scope,
        status: response.status().as_u16(),
        error: findings.error.clone().or(fault.map(str::to_owned)),
        took,
    }
}

/// Returns the subject of a request: the first identifying member of its body. Names are not secret.
fn subject(body: &Bytes) -> Option<String> {
    let document: serde_json::Value = serde_json::from_slice(body).ok()?;
    let found = SUBJECT_MEMBERS
        .iter()
        .find_map(|name| Some((name, document.get(name)?.as_str()?)));
    found.map(|(name, value)| subject_text(name, value))
}

/// Formats a name and its value on one line.
fn subject_text(name: &str, value: &str) -> String {
    let value: String = value
        .chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect();
    format!("{name}={value}")
}
