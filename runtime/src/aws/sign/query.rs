//! Signs requests in their query, so that a URL alone is authorized: "Authenticating Requests: Using Query Parameters"
//! of the Amazon S3 API Reference.

use super::{
    ALGORITHM, OF_S3, Payload, Scope, SigningKeys, Stamp, UNSIGNED, canonical, credential_scope,
    sha256_hex, signature,
};
use crate::http::BoxError;
use crate::http::percent::COMPONENT;
use aws_credential_types::Credentials;
use http::Uri;
use percent_encoding::utf8_percent_encode;
use std::time::Duration;

/// Adds the parameters of a signature that is valid for a duration to the query. The headers of the request are signed,
/// so that they have to be sent with it. A body of S3 is never signed.
///
/// # Errors
///
/// Returns an error if the value of a header is not UTF-8, or the request is not a URL.
pub(crate) fn presign(
    request: &mut http::request::Parts,
    payload: Payload,
    credentials: &Credentials,
    scope: Scope<'_>,
    valid_for: Duration,
    keys: &SigningKeys,
) -> Result<(), BoxError> {
    let stamp = Stamp::of(scope.time)?;
    let date = stamp.date();
    let signed_scope = credential_scope(date, scope);
    let credential = format!("{}/{signed_scope}", credentials.access_key_id());
    let parameters = Parameters {
        algorithm: ALGORITHM,
        credential,
        regions: None,
        token: credentials.session_token(),
        valid_for,
    };
    let canonical = parameters.add(request, payload, scope.service, &stamp)?;
    let hash = sha256_hex(canonical.as_bytes());
    let to_sign = format!("{ALGORITHM}\n{}\n{signed_scope}\n{hash}", stamp.time());
    let key = keys.key(credentials.secret_access_key(), date, scope);
    append(request, &[("X-Amz-Signature", &signature(key, &to_sign))])
}

/// The parameters of a signature, except for the signature itself.
pub(super) struct Parameters<'a> {
    pub(super) algorithm: &'static str,
    pub(super) credential: String,
    /// The region set of SigV4A.
    pub(super) regions: Option<&'a str>,
    pub(super) token: Option<&'a str>,
    pub(super) valid_for: Duration,
}

impl Parameters<'_> {
    /// Adds the parameters to the query, and returns the canonical request.
    pub(super) fn add(
        &self,
        request: &mut http::request::Parts,
        payload: Payload,
        service: &str,
        stamp: &Stamp,
    ) -> Result<String, BoxError> {
        let is_of_s3 = OF_S3.contains(&service);
        let signed_headers = canonical::signed_headers(&request.headers);
        let seconds = self.valid_for.as_secs().to_string();
        let mut parameters = vec![
            ("X-Amz-Algorithm", self.algorithm),
            ("X-Amz-Credential", self.credential.as_str()),
            ("X-Amz-Date", stamp.time()),
            ("X-Amz-Expires", seconds.as_str()),
            ("X-Amz-SignedHeaders", signed_headers.as_str()),
        ];
        parameters.extend(self.regions.map(|regions| ("X-Amz-Region-Set", regions)));
        parameters.extend(self.token.map(|token| ("X-Amz-Security-Token", token)));
        append(request, &parameters)?;
        let hash = match payload {
            _ if is_of_s3 => UNSIGNED.to_owned(),
            Payload::Bytes(bytes) => sha256_hex(&bytes),
            Payload::Sha256(digest) => digest,
            Payload::Unsigned | Payload::UnsignedWithTrailer => UNSIGNED.to_owned(),
        };
        Ok(canonical::request(request, &hash, is_of_s3)?.text)
    }
}

/// Appends parameters to the query.
pub(super) fn append(
    request: &mut http::request::Parts,
    parameters: &[(&str, &str)],
) -> Result<(), BoxError> {
    let mut target = request.uri.path().to_owned();
    let mut separator = '?';
    if let Some(query) = request.uri.query().filter(|query| !query.is_empty()) {
        target.push('?');
        target.push_str(query);
        separator = '&';
    }
    for (name, value) in parameters {
        target.push(separator);
        target.push_str(name);
        target.push('=');
        target.extend(utf8_percent_encode(value, COMPONENT));
        separator = '&';
    }
    let mut parts = request.uri.clone().into_parts();
    parts.path_and_query = Some(target.parse()?);
    request.uri = Uri::from_parts(parts)?;
    Ok(())
}
