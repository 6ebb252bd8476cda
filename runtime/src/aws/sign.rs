//! Signs requests with SigV4. Keys and signatures come from aws-sigv4, or from ring in builds without it. The canonical
//! request is created here, at a third of the cost.

#[cfg(feature = "sigv4")]
mod by_aws;
#[cfg(any(test, not(feature = "sigv4")))]
mod by_ring;
mod canonical;
mod keys;
#[cfg(feature = "presigning")]
mod query;
mod stamp;
#[cfg(feature = "sigv4a")]
mod v4a;

pub(crate) use keys::SigningKeys;
#[cfg(feature = "presigning")]
pub(crate) use query::presign;
pub(crate) use stamp::Stamp;
#[cfg(all(feature = "sigv4a", feature = "presigning"))]
pub(crate) use v4a::presign_v4a;
#[cfg(feature = "sigv4a")]
pub(crate) use v4a::sign_request_v4a;

use crate::http::BoxError;
use aws_credential_types::Credentials;
#[cfg(feature = "sigv4")]
use by_aws::{signature, signing_key};
#[cfg(not(feature = "sigv4"))]
use by_ring::{signature, signing_key};
use bytes::Bytes;
use canonical::Canonical;
use http::header::{AUTHORIZATION, HeaderName};
use http::{HeaderMap, HeaderValue};
use ring::digest::{SHA256, digest};
use std::time::SystemTime;

const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";
const UNSIGNED_WITH_TRAILER: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
/// The services that sign the path as it is sent, and require the digest of the body in a header.
const OF_S3: [&str; 4] = ["s3", "s3-outposts", "s3-object-lambda", "s3express"];
const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The signing parameters besides the request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
    pub(crate) time: SystemTime,
}

/// The part of the body that is signed.
#[derive(Debug, Clone)]
pub(crate) enum Payload {
    /// The whole body.
    Bytes(Bytes),
    /// The whole body, by its SHA-256 in hexadecimal digits.
    Sha256(String),
    /// No part of the body, which a header of the request announces.
    Unsigned,
    /// No part of a body in chunks with a trailer, which a header of the request announces.
    UnsignedWithTrailer,
}

impl Payload {
    /// Returns the value of the header that announces an unsigned body, which the service requires to accept it.
    fn announcement(&self) -> Option<&'static str> {
        match self {
            Self::Bytes(_) | Self::Sha256(_) => None,
            Self::Unsigned => Some(UNSIGNED),
            Self::UnsignedWithTrailer => Some(UNSIGNED_WITH_TRAILER),
        }
    }

    /// Announces a body with a trailer in a request without a signature.
    pub(crate) fn announce_trailer(&self, headers: &mut HeaderMap) {
        if let Self::UnsignedWithTrailer = self {
            let value = HeaderValue::from_static(UNSIGNED_WITH_TRAILER);
            headers.insert(CONTENT_SHA256, value);
        }
    }
}

/// Adds the headers of a signature.
///
/// # Errors
///
/// Returns an error if the value of a header is not UTF-8: it cannot be part of the signature, and must not be sent
/// unsigned.
pub(crate) fn sign_request(
    request: &mut http::request::Parts,
    payload: Payload,
    credentials: &Credentials,
    scope: Scope<'_>,
    keys: &SigningKeys,
) -> Result<(), BoxError> {
    let stamp = Stamp::of(scope.time)?;
    let canonical = canonical_request(request, payload, credentials, scope.service, &stamp)?;
    let (time, date) = (stamp.time(), stamp.date());
    let hash = sha256_hex(canonical.text.as_bytes());
    let scoped = credential_scope(date, scope);
    let to_sign = [ALGORITHM, "\n", time, "\n", &scoped, "\n", &hash].concat();
    let key = keys.key(credentials.secret_access_key(), date, scope);
    let signature = signature(key, &to_sign);
    // The text has no spare capacity, since it is in memory as long as the request.
    let authorization = [
        ALGORITHM,
        " Credential=",
        credentials.access_key_id(),
        "/",
        &scoped,
        ", SignedHeaders=",
        &canonical.signed_headers,
        ", Signature=",
        &signature,
    ]
    .concat();
    set_authorization(request, authorization, credentials)
}

/// Returns the credential scope of a signature: the date, region and service of its key.
fn credential_scope(date: &str, scope: Scope<'_>) -> String {
    [date, "/", scope.region, "/", scope.service, "/aws4_request"].concat()
}

/// Sets the headers that the signature adds and covers, and returns the canonical request.
fn canonical_request(
    request: &mut http::request::Parts,
    payload: Payload,
    credentials: &Credentials,
    service: &str,
    stamp: &Stamp,
) -> Result<Canonical, BoxError> {
    let is_of_s3 = OF_S3.contains(&service);
    let is_announced = is_of_s3 || payload.announcement().is_some();
    let payload = match payload {
        Payload::Bytes(bytes) => sha256_hex(&bytes),
        Payload::Sha256(digest) => digest,
        Payload::Unsigned => UNSIGNED.to_owned(),
        Payload::UnsignedWithTrailer => UNSIGNED_WITH_TRAILER.to_owned(),
    };
    let announced = is_announced.then_some(payload.as_str());
    set_signed_headers(&mut request.headers, stamp, announced, credentials)?;
    Ok(canonical::request(request, &payload, is_of_s3)?)
}

fn set_authorization(
    request: &mut http::request::Parts,
    authorization: String,
    credentials: &Credentials,
) -> Result<(), BoxError> {
    let mut authorization = HeaderValue::try_from(authorization).map_err(|_| {
        let is_of_key = credentials.access_key_id().contains(char::is_control);
        unsendable(if is_of_key {
            "access key id"
        } else {
            "region or service name"
        })
    })?;
    authorization.set_sensitive(true);
    request.headers.insert(AUTHORIZATION, authorization);
    Ok(())
}

/// Sets the headers that the signature adds and covers.
fn set_signed_headers(
    headers: &mut HeaderMap,
    stamp: &Stamp,
    payload: Option<&str>,
    credentials: &Credentials,
) -> Result<(), BoxError> {
    headers.insert(DATE, HeaderValue::from_str(stamp.time())?);
    if let Some(payload) = payload {
        headers.insert(CONTENT_SHA256, HeaderValue::from_str(payload)?);
    }
    if let Some(token) = credentials.session_token() {
        let mut token = HeaderValue::from_str(token).map_err(|_| unsendable("session token"))?;
        token.set_sensitive(true);
        headers.insert(TOKEN, token);
    }
    Ok(())
}

/// Returns the error of a part of the signature that is not a valid header value, with its name.
fn unsendable(what: &str) -> BoxError {
    format!("{what}: control characters are not allowed in a header").into()
}

fn sha256_hex(bytes: &[u8]) -> String {
    let mut digits = [0; 64];
    // The two digits for each of the 32 bytes always fit, and are text.
    let _ = hex::encode_to_slice(digest(&SHA256, bytes), &mut digits);
    String::from_utf8_lossy(&digits).into_owned()
}

#[cfg(test)]
mod tests;
