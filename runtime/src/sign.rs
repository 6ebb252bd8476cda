//! SigV4: a request and credentials in, the request with its signature out.

use crate::http::BoxError;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use std::time::SystemTime;
use tracing::Dispatch;
use tracing::level_filters::LevelFilter;

/// What a signature is made of besides the request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
    pub(crate) time: SystemTime,
    pub(crate) unsigned_payload: bool,
}

/// Adds the headers of a signature. Header values that are no text are left unsigned.
pub(crate) fn sign_request(
    request: &mut http::request::Parts,
    body: &[u8],
    credentials: Credentials,
    scope: Scope<'_>,
) -> Result<(), BoxError> {
    let identity = credentials.into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(scope.time)
        .settings(SigningSettings::default())
        .build()?
        .into();
    let headers = request
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let body = if scope.unsigned_payload {
        SignableBody::UnsignedPayload
    } else {
        SignableBody::Bytes(body)
    };
    let uri = request.uri.to_string();
    let signable = SignableRequest::new(request.method.as_str(), &uri, headers, body)?;
    let (instructions, _) = silently(|| sign(signable, &params))?.into_parts();
    for (name, value) in instructions.headers() {
        let mut value = http::HeaderValue::from_str(value)?;
        value.set_sensitive(name != "x-amz-date");
        request
            .headers
            .insert(http::HeaderName::from_bytes(name.as_bytes())?, value);
    }
    Ok(())
}

/// Runs this without any tracing: the signer tells all headers at TRACE, and a caller's header may be a secret.
fn silently<T>(sign: impl FnOnce() -> T) -> T {
    // Nearly always nobody listens at that level, and one look at a number tells.
    if LevelFilter::current() < LevelFilter::DEBUG {
        return sign();
    }
    tracing::dispatcher::with_default(&Dispatch::none(), sign)
}
