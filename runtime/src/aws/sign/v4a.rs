//! Signs requests with SigV4A, whose signatures are valid in several regions. Keys and signatures come from aws-sigv4.

#[cfg(feature = "presigning")]
use super::query::{Parameters, append};
use super::{Payload, Scope, Stamp, canonical_request, set_authorization, sha256_hex, unsendable};
use crate::http::BoxError;
use aws_credential_types::Credentials;
use aws_sigv4::sign::v4a::{calculate_signature, generate_signing_key};
use http::{HeaderName, HeaderValue};

const ALGORITHM: &str = "AWS4-ECDSA-P256-SHA256";
const REGION_SET: HeaderName = HeaderName::from_static("x-amz-region-set");

/// Adds the headers of a signature that is valid in `regions`, which are separated by commas. The region of `scope` is
/// not part of it.
///
/// # Errors
///
/// Returns an error if the value of a header is not UTF-8.
pub(crate) fn sign_request_v4a(
    request: &mut http::request::Parts,
    payload: Payload,
    credentials: &Credentials,
    scope: Scope<'_>,
    regions: &str,
) -> Result<(), BoxError> {
    let value = HeaderValue::from_str(regions).map_err(|_| unsendable("region set"))?;
    request.headers.insert(REGION_SET, value);
    let (service, stamp) = (scope.service, Stamp::of(scope.time)?);
    let canonical = canonical_request(request, payload, credentials, service, &stamp)?;
    let (time, date) = (stamp.time(), stamp.date());
    let hash = sha256_hex(canonical.text.as_bytes());
    let to_sign = format!("{ALGORITHM}\n{time}\n{date}/{service}/aws4_request\n{hash}");
    let id = credentials.access_key_id();
    let key = generate_signing_key(id, credentials.secret_access_key());
    let signature = calculate_signature(key, to_sign.as_bytes());
    let authorization = format!(
        "{ALGORITHM} Credential={id}/{date}/{service}/aws4_request, SignedHeaders={}, Signature={signature}",
        canonical.signed_headers,
    );
    set_authorization(request, authorization, credentials)
}

/// Adds the parameters of a signature that is valid in `regions` for a duration to the query, as
/// [`presign`](super::presign) does.
///
/// # Errors
///
/// Returns an error if the value of a header is not UTF-8, or the request is not a URL.
#[cfg(feature = "presigning")]
pub(crate) fn presign_v4a(
    request: &mut http::request::Parts,
    payload: Payload,
    credentials: &Credentials,
    scope: Scope<'_>,
    valid_for: std::time::Duration,
    regions: &str,
) -> Result<(), BoxError> {
    let (service, stamp) = (scope.service, Stamp::of(scope.time)?);
    let signed_scope = format!("{}/{service}/aws4_request", stamp.date());
    let id = credentials.access_key_id();
    let parameters = Parameters {
        algorithm: ALGORITHM,
        credential: format!("{id}/{signed_scope}"),
        regions: Some(regions),
        token: credentials.session_token(),
        valid_for,
    };
    let canonical = parameters.add(request, payload, service, &stamp)?;
    let hash = sha256_hex(canonical.as_bytes());
    let to_sign = format!("{ALGORITHM}\n{}\n{signed_scope}\n{hash}", stamp.time());
    let key = generate_signing_key(id, credentials.secret_access_key());
    let signature = calculate_signature(key, to_sign.as_bytes());
    append(request, &[("X-Amz-Signature", &signature)])
}
