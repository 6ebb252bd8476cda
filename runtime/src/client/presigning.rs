//! Presigned requests: calls that are authorized by their URL, so that programs without credentials can send them.

mod config;
mod request;

pub use config::{PresigningConfig, PresigningConfigBuilder, PresigningConfigError};
pub use request::PresignedRequest;

use crate::aws::sign::Payload;
use crate::client::Prepared;
use crate::client::attempt::changed;
use crate::client::authorization::Authorization;
use crate::client::call::{Call, Customize};
use crate::client::error::{Cause, Error};
use crate::client::operation::Operation;
use crate::client::outgoing::Coverage;
use crate::client::prepare::{INVOCATION_ID, SDK_REQUEST};
use crate::http::RequestBody;
use http::HeaderName;
use http::header::USER_AGENT;

const TRACE: HeaderName = HeaderName::from_static("x-amzn-trace-id");

impl<O: Operation> Call<O> {
    /// Returns the request as a URL that is authorized for a limited time, and sends nothing.
    ///
    /// The parameters of a query protocol become those of a GET request. A body that is a stream is sent by the user of
    /// the URL.
    ///
    /// # Errors
    ///
    /// Returns an error if the input is invalid, no credentials are available, or the body of the request is a
    /// document.
    pub async fn presigned(
        mut self,
        config: PresigningConfig,
    ) -> Result<PresignedRequest, O::Error> {
        self.changes.presigns = true;
        let prepared = self.prepare()?;
        let presigned = presign(&prepared, &config).await;
        Ok(presigned.map_err(|cause| Error::new(O::schema().name, cause))?)
    }
}

impl<O: Operation> Customize<O> {
    /// Returns the request as a URL that is authorized for a limited time, and sends nothing.
    ///
    /// The parameters of a query protocol become those of a GET request. A body that is a stream is sent by the user of
    /// the URL.
    ///
    /// # Errors
    ///
    /// Returns an error if the input is invalid, no credentials are available, or the body of the request is a
    /// document.
    pub async fn presigned(self, config: PresigningConfig) -> Result<PresignedRequest, O::Error> {
        self.call.presigned(config).await
    }
}

async fn presign(
    prepared: &Prepared,
    config: &PresigningConfig,
) -> Result<PresignedRequest, Cause> {
    let mut head = prepared.request(1, 1);
    // These headers describe the sender, which is not this client.
    for name in [USER_AGENT, INVOCATION_ID, SDK_REQUEST, TRACE] {
        head.headers.remove(name);
    }
    let mut head = changed(prepared, head)?;
    let authorization = Authorization::of(prepared).await?;
    let payload = match (&prepared.body, authorization.coverage()) {
        (RequestBody::Bytes(bytes), Coverage::Body) => Payload::Bytes(bytes.clone()),
        (body, coverage) => body.digests(coverage, None, &mut head.headers).await?,
    };
    let (start, valid_for) = (config.start_time(), config.expires());
    authorization.presign(prepared, &mut head, payload, start, valid_for)?;
    PresignedRequest::new(&head).map_err(Cause::Signing)
}
