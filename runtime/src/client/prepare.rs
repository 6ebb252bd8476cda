//! [`Prepared`], a call whose input is validated and serialized, and whose endpoint is resolved. This needs no network
//! and no waiting.

use crate::aws::endpoint::Signing;
use crate::aws::endpoint::rules::Parameters;
use crate::aws::retry::RetrySettings;
use crate::client::changes::Changes;
use crate::client::changes::Mutation;
use crate::client::error::{Cause, Error};
use crate::client::lambda;
use crate::client::operation::CalledOperation;
use crate::client::{Client, Shared};
use crate::http::RequestBody;
use crate::protocol::checksum::{ChecksumSettings, Plan};
use crate::protocol::compression;
use crate::protocol::customization;
use crate::protocol::idempotency;
#[cfg(feature = "presigning")]
use crate::protocol::presigned;
use crate::protocol::validate::validate;
use crate::protocol::{RequestParts, WriteError};
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
use http::header::{HeaderName, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Uri};
use std::fmt;
use std::sync::Arc;

pub(super) const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
pub(super) const SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");

/// A call that is ready to be sent any number of times.
pub(crate) struct Prepared {
    pub(super) shared: Arc<Shared>,
    pub(super) operation: &'static OperationSchema,
    called: CalledOperation,
    pub(super) retry: RetrySettings,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    /// The body, which all attempts share.
    pub(super) body: RequestBody,
    pub(super) checksums: Plan,
    pub(super) signing: Signing,
    pub(super) mutations: Vec<Mutation>,
}

impl Prepared {
    /// Prepares a call. `changes` and `parameters` (of the endpoint rules) are those of this call only.
    pub(crate) fn new(
        client: &Client,
        called: CalledOperation,
        input: &mut dyn Structure,
        changes: &Changes,
        parameters: &Parameters,
    ) -> Result<Self, Error> {
        let prepared = Self::prepare(client, called, input, changes, parameters);
        prepared.map_err(|cause| Error::new(called.operation().name, cause))
    }

    fn prepare(
        client: &Client,
        called: CalledOperation,
        input: &mut dyn Structure,
        changes: &Changes,
        parameters: &Parameters,
    ) -> Result<Self, Cause> {
        let operation = called.operation();
        let shared = match &changes.config {
            Some(config) => client.with_config(config.clone()).shared,
            None => client.shared.clone(),
        };
        let settings = &shared.config.settings;
        let (checksums, method, parts) = written(&shared, operation, input, changes)?;
        let endpoint = shared
            .endpoint_of_call(operation, input, parameters)
            .map_err(Cause::Configuration)?;
        let host_prefix = match settings.disable_host_prefix {
            true => "",
            false => &parts.host_prefix,
        };
        let uri = endpoint
            .address(host_prefix, &parts.target)
            .map_err(unwritable)?;
        let signing = endpoint.signing.clone();
        let mut headers = parts.headers;
        headers.extend(endpoint.headers.clone());
        let body = RequestBody::new(parts.body, parts.stream);
        let body =
            compression::compress(body, input, operation, settings.compression, &mut headers)
                .map_err(Cause::Configuration)?;
        add_headers(&mut headers, &shared, changes);
        Ok(Self {
            operation,
            called,
            retry: settings.retry,
            method,
            uri,
            headers,
            body,
            checksums,
            signing,
            mutations: changes.mutations.clone(),
            shared,
        })
    }

    /// Returns the scheme, host and port of the endpoint of the call.
    pub(super) fn origin(&self) -> String {
        let authority = self
            .uri
            .authority()
            .map_or("", |authority| authority.as_str());
        format!(
            "{}://{authority}",
            self.uri.scheme_str().unwrap_or_default()
        )
    }

    /// Returns the unsigned request of one attempt.
    pub(super) fn request(&self, attempt: u32, max_attempts: u32) -> http::request::Parts {
        let (mut head, ()) = http::Request::new(()).into_parts();
        head.method = self.method.clone();
        head.uri = self.uri.clone();
        head.headers = self.headers.clone();
        head.extensions.insert(self.called);
        head.headers.insert(
            SDK_REQUEST,
            text(&format!("attempt={attempt}; max={max_attempts}")),
        );
        head
    }
}

/// Adds the headers that every attempt of a call has, and those that the call adds.
fn add_headers(headers: &mut HeaderMap, shared: &Shared, changes: &Changes) {
    headers.insert(USER_AGENT, shared.user_agent.clone());
    headers.insert(INVOCATION_ID, text(&idempotency::token()));
    for (name, value) in &changes.headers {
        headers.insert(name.clone(), value.clone());
    }
    if shared.in_lambda {
        lambda::trace(&shared.config.settings.environment, headers);
    }
}

/// Validates and writes the input. The changes of the input are those of the call: a token, an algorithm of checksums,
/// and what the service requires beyond its model.
fn written(
    shared: &Shared,
    operation: &'static OperationSchema,
    input: &mut dyn Structure,
    changes: &Changes,
) -> Result<(Plan, Method, RequestParts), Cause> {
    let settings = &shared.config.settings;
    idempotency::fill(input, settings.tokens);
    customization::change_input(operation, input).map_err(Cause::Request)?;
    let checksums = match changes.presigns {
        true => ChecksumSettings::when_required(),
        false => settings.checksums,
    };
    let checksums =
        Plan::of(operation, input, &changes.headers, checksums).map_err(Cause::Request)?;
    validate(input, settings.validation).map_err(Cause::InvalidInput)?;
    let protocol = shared.service.protocol;
    let written = protocol.write_request(shared.service, operation, input);
    let mut parts = written.map_err(Cause::Request)?;
    let mut method = Method::from_bytes(operation.method.as_bytes()).map_err(unwritable)?;
    customization::change_request(operation, &mut method, &mut parts);
    #[cfg(feature = "presigning")]
    if changes.presigns {
        let written = presigned::without_body(operation, input, &mut method, &mut parts);
        written.map_err(Cause::Request)?;
    }
    Ok((checksums, method, parts))
}

/// Returns the error of a request that is invalid regardless of the input.
fn unwritable(reason: impl fmt::Display) -> Cause {
    Cause::Request(WriteError::Unwritable {
        member: "request",
        reason: reason.to_string(),
    })
}

/// Converts text of this crate, which is always valid in a header.
fn text(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
