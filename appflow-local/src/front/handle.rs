//! [`Front`]: one request in: who calls, what for, what is to go wrong, the answer out.

use crate::caller::Caller;
use crate::control;
use crate::faults::Fault;
use crate::front::Answer;
use crate::front::answer::AnswerBody;
use crate::front::hosts::Hosts;
use crate::generated::{AppFlowOperation, dispatch, error};
use crate::keys::AccessKeys;
use crate::request_log::{Entry, RequestLog};
use crate::service::Service;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use smithy_reqwest::protocol::RestJson1;
use smithy_reqwest::server::{self, Route, Router, ServiceError, ServiceStyle, random_uuid};
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// The longest request body.
const MOST_BYTES: usize = 10 << 20;
/// The names that tell in a log line what a request is about.
const TELLING: [&str; 4] = [
    "flowName",
    "connectorProfileName",
    "connectorLabel",
    "connectorType",
];

/// Answers requests.
#[derive(Debug)]
pub(crate) struct Front {
    pub(crate) service: Arc<Service>,
    pub(crate) keys: AccessKeys,
    pub(crate) log: RequestLog,
    pub(crate) hosts: Hosts,
    router: Router<AppFlowOperation>,
}

/// What became clear of a request on the way to its answer.
#[derive(Default)]
struct Findings {
    operation: Option<&'static str>,
    caller: Option<Caller>,
    /// Such as `flowName=accounts`.
    about: Option<String>,
    fault: Option<Fault>,
    /// What is doubtful about the flow that was defined.
    doubts: Vec<String>,
    error: Option<String>,
}

impl Front {
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
            router: Router::new(&RestJson1, operations),
        }
    }

    /// Answers a request; an error closes the connection, by a reset if that is its kind.
    pub(crate) async fn answer(&self, request: Request<Incoming>) -> Result<Answer, io::Error> {
        let (at, started) = (SystemTime::now(), Instant::now());
        let (head, body) = request.into_parts();
        let mut findings = Findings::default();
        let is_control = control::is_meant(&head);
        let mut response = match read(body).await? {
            Ok(body) if is_control => control::answer(self, &head, &body).await,
            Ok(body) => {
                findings.about = about(&body);
                let result = self.serve(&head, &body, &mut findings).await;
                result.unwrap_or_else(|error| refuse(&error, &mut findings))
            }
            Err(error) => refuse(&error, &mut findings),
        };
        if !is_control {
            identify(&mut response);
        }
        // Looking at the page or at the state is no news.
        if !is_control || head.method != Method::GET {
            self.log
                .add(entry(&head, &response, &findings, at, started.elapsed()));
        }
        match findings.fault {
            Some(Fault::Reset) => Err(io::Error::new(
                io::ErrorKind::ConnectionReset,
                "the connection is reset, as was asked for",
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
        let Some(Route { operation, labels }) = self.router.route(head) else {
            return Err(ServiceError::new(
                "UnknownOperationException",
                404,
                "The operation is not known.",
            ));
        };
        findings.operation = Some(operation.name());
        if let Some((name, value)) = labels.first() {
            findings.about = Some(telling(name, value));
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
        let about = findings.about.as_deref().filter(|_| defines);
        if let Some(flow) = about.and_then(|about| about.strip_prefix("flowName=")) {
            findings.doubts = self.service.doubts(caller, flow);
        }
        Ok(answer)
    }
}

/// The whole body of a request, unless it is too long. An error is that of the connection.
async fn read(body: Incoming) -> Result<Result<Bytes, ServiceError>, io::Error> {
    match Limited::new(body, MOST_BYTES).collect().await {
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

/// Every answer has an id and the time.
fn identify(response: &mut Response<Bytes>) {
    if let Ok(id) = HeaderValue::from_str(&random_uuid()) {
        response.headers_mut().insert("x-amzn-requestid", id);
    }
}

/// What is told of a request and its answer.
fn entry(
    head: &Parts,
    response: &Response<Bytes>,
    findings: &Findings,
    at: SystemTime,
    took: Duration,
) -> Entry {
    let fault = match &findings.fault {
        Some(Fault::Delay { .. }) => Some("fault: late"),
        Some(Fault::Reset) => Some("fault: connection closed without an answer"),
        Some(Fault::HalfBody) => Some("fault: connection closed in the middle of the answer"),
        // Those are seen by their status.
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
        about: findings.about.clone(),
        doubts: findings.doubts.clone(),
        scope,
        status: response.status().as_u16(),
        error: findings.error.clone().or(fault.map(str::to_owned)),
        took,
    }
}

/// What a request is about, by the first telling name in its body; names are no secrets.
fn about(body: &Bytes) -> Option<String> {
    let document: serde_json::Value = serde_json::from_slice(body).ok()?;
    let found = TELLING
        .iter()
        .find_map(|name| Some((name, document.get(name)?.as_str()?)));
    found.map(|(name, value)| telling(name, value))
}

/// A name and its value, in one line.
fn telling(name: &str, value: &str) -> String {
    let value: String = value
        .chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect();
    format!("{name}={value}")
}
