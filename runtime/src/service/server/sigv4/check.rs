//! [`Verifier`], which checks the access key, the session, the scope, the time and the signature of a request.

use crate::aws::sign::Stamp;
use crate::service::server::ServiceError;
use crate::service::server::sigv4::CredentialScope;
use crate::service::server::sigv4::authorization::{Authorization, incomplete};
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use http::HeaderMap;
use http::request::Parts;
use std::fmt;
use std::time::{Duration, SystemTime};
use subtle::ConstantTimeEq;

/// The maximum clock skew of a caller.
const SKEW: Duration = Duration::from_secs(5 * 60);

/// A known access key.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessKey {
    /// The secret access key.
    pub secret: String,
    /// The session token that a request must have.
    pub session_token: Option<String>,
    /// The time at which the access key expires.
    pub expires_at: Option<SystemTime>,
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessKey")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// A verifier of signatures for one service.
#[derive(Debug, Clone, Copy)]
pub struct Verifier<'a> {
    /// The signing name of the service.
    pub service: &'a str,
    /// The time of day.
    pub now: SystemTime,
}

impl Verifier<'_> {
    /// Returns the scope of a request if its signature is valid. `key` looks up an access key by its ID.
    ///
    /// # Errors
    ///
    /// Returns an error if the signature is missing, malformed or invalid, if the access key is unknown or expired, or if
    /// the scope or the time is wrong.
    pub fn verify(
        &self,
        head: &Parts,
        body: &[u8],
        key: impl FnOnce(&str) -> Option<AccessKey>,
    ) -> Result<CredentialScope, ServiceError> {
        let authorization = Authorization::of(&head.headers)?;
        let scope = &authorization.scope;
        let date = header(&head.headers, "x-amz-date")
            .ok_or_else(|| incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."))?;
        let signed_at = parse_date(date)
            .ok_or_else(|| incomplete("Date must be in ISO-8601 'basic format'."))?;
        let key = key(&scope.access_key_id).ok_or_else(invalid_token)?;
        self.check_session(&key, &head.headers)?;
        self.check_scope(scope, date)?;
        self.check_time(signed_at)?;
        let expected = signature(head, body, &key, &authorization, signed_at)
            .ok_or_else(|| incomplete("The request cannot be brought into canonical form."))?;
        if bool::from(
            expected
                .as_bytes()
                .ct_eq(authorization.signature.as_bytes()),
        ) {
            Ok(authorization.scope)
        } else {
            Err(invalid_signature(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
                 Access Key and signing method. Consult the service documentation for details.",
            ))
        }
    }

    fn check_session(&self, key: &AccessKey, headers: &HeaderMap) -> Result<(), ServiceError> {
        let given = header(headers, "x-amz-security-token");
        let matches = match (key.session_token.as_deref(), given) {
            (Some(expected), Some(given)) => {
                bool::from(expected.as_bytes().ct_eq(given.as_bytes()))
            }
            (None, None) => true,
            _ => false,
        };
        if !matches {
            return Err(invalid_token());
        }
        if key
            .expires_at
            .is_some_and(|expires_at| expires_at <= self.now)
        {
            return Err(ServiceError::new(
                "ExpiredTokenException",
                403,
                "The security token included in the request is expired",
            ));
        }
        Ok(())
    }

    fn check_scope(&self, scope: &CredentialScope, date: &str) -> Result<(), ServiceError> {
        if scope.service != self.service {
            return Err(invalid_signature(&format!(
                "Credential should be scoped to correct service: '{}'.",
                self.service
            )));
        }
        if date.get(..8) != Some(scope.date.as_str()) {
            return Err(invalid_signature(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP",
            ));
        }
        Ok(())
    }

    fn check_time(&self, signed_at: SystemTime) -> Result<(), ServiceError> {
        let (earliest, latest) = (self.now - SKEW, self.now + SKEW);
        let (signed, now) = (basic(signed_at), basic(self.now));
        if signed_at < earliest {
            return Err(invalid_signature(&format!(
                "Signature expired: {signed} is now earlier than {} ({now} - 5 min.)",
                basic(earliest)
            )));
        }
        if signed_at > latest {
            return Err(invalid_signature(&format!(
                "Signature not yet current: {signed} is still later than {} ({now} + 5 min.)",
                basic(latest)
            )));
        }
        Ok(())
    }
}

/// Returns the signature that the request should have.
fn signature(
    head: &Parts,
    body: &[u8],
    key: &AccessKey,
    authorization: &Authorization,
    signed_at: SystemTime,
) -> Option<String> {
    let scope = &authorization.scope;
    let signed = |name: &str| {
        authorization
            .signed_headers
            .iter()
            .any(|signed| signed == name)
    };
    // Without the host, a signature could be used for another service.
    if !signed("host") {
        return None;
    }
    let headers = head
        .headers
        .iter()
        .filter(|(name, _)| signed(name.as_str()));
    let headers = headers.filter_map(|(name, value)| {
        Some((name.as_str(), std::str::from_utf8(value.as_bytes()).ok()?))
    });
    let mut settings = SigningSettings::default();
    // All headers that the caller signed count, even those that the signer of this crate excludes.
    settings.excluded_headers = None;
    let token = key
        .session_token
        .clone()
        .filter(|_| signed("x-amz-security-token"));
    let identity =
        Credentials::new(&scope.access_key_id, &key.secret, token, None, "verifier").into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(&scope.region)
        .name(&scope.service)
        .time(signed_at)
        .settings(settings)
        .build()
        .ok()?
        .into();
    let target = head
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let uri = format!("http://localhost{target}");
    let body = match header(&head.headers, "x-amz-content-sha256") {
        Some("UNSIGNED-PAYLOAD") => SignableBody::UnsignedPayload,
        _ => SignableBody::Bytes(body),
    };
    let request = SignableRequest::new(head.method.as_str(), &uri, headers, body).ok()?;
    Some(sign(request, &params).ok()?.into_parts().1)
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Parses a time of the form `YYYYMMDDTHHMMSSZ`.
fn parse_date(text: &str) -> Option<SystemTime> {
    let piece = |from: usize, to: usize| text.get(from..to);
    let rewritten = format!(
        "{}-{}-{}T{}:{}:{}Z",
        piece(0, 4)?,
        piece(4, 6)?,
        piece(6, 8)?,
        piece(9, 11)?,
        piece(11, 13)?,
        piece(13, 15)?
    );
    let whole = text.len() == 16 && piece(8, 9) == Some("T") && piece(15, 16) == Some("Z");
    let time = DateTime::from_str(&rewritten, Format::DateTime).ok()?;
    SystemTime::try_from(time).ok().filter(|_| whole)
}

/// Formats a time as `YYYYMMDDTHHMMSSZ`.
fn basic(time: SystemTime) -> String {
    Stamp::of(time).map_or_else(|_| String::new(), |stamp| stamp.time().to_owned())
}

fn invalid_token() -> ServiceError {
    ServiceError::new(
        "UnrecognizedClientException",
        403,
        "The security token included in the request is invalid.",
    )
}

fn invalid_signature(message: &str) -> ServiceError {
    ServiceError::new("InvalidSignatureException", 403, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::sign::{Payload, Scope, SigningKeys, sign_request};
    use http::{HeaderName, HeaderValue};

    const BODY: &[u8] = b"{}";

    fn key() -> AccessKey {
        AccessKey {
            secret: "secret".to_owned(),
            session_token: None,
            expires_at: None,
        }
    }

    fn signed(time: SystemTime) -> Parts {
        let request = http::Request::post("http://localhost:1/tags/arn%3Aaws%2Fx?b=2&a=1%20")
            .header("host", "localhost:1")
            .header("content-type", "application/json")
            .header("user-agent", "left unsigned");
        let mut head = request.body(()).unwrap().into_parts().0;
        let credentials = Credentials::new("id", "secret", None, None, "test");
        let scope = Scope {
            region: "us-east-1",
            service: "things",
            time,
        };
        let payload = Payload::Bytes(bytes::Bytes::from_static(BODY));
        sign_request(
            &mut head,
            payload,
            &credentials,
            scope,
            &SigningKeys::default(),
        )
        .unwrap();
        head
    }

    fn outcome(head: &Parts, body: &[u8], now: SystemTime) -> String {
        let verifier = Verifier {
            service: "things",
            now,
        };
        match verifier.verify(head, body, |id| (id == "id").then(key)) {
            Ok(scope) => format!("{} {}", scope.access_key_id, scope.region),
            Err(error) => format!("{} {}", error.code(), error.message()),
        }
    }

    #[test]
    fn a_signature_holds_for_five_minutes_either_way() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600);
        let table = [
            (time, "id us-east-1"),
            (time + SKEW, "id us-east-1"),
            (time - SKEW, "id us-east-1"),
            (
                time + SKEW + Duration::from_secs(1),
                "InvalidSignatureException Signature expired: 20260101T000000Z is now earlier than \
                 20260101T000001Z (20260101T000501Z - 5 min.)",
            ),
            (
                time - SKEW - Duration::from_secs(1),
                "InvalidSignatureException Signature not yet current: 20260101T000000Z is still later than \
                 20251231T235959Z (20251231T235459Z + 5 min.)",
            ),
        ];
        for (now, expected) in table {
            assert_eq!(outcome(&signed(time), BODY, now), expected);
        }
    }

    #[test]
    fn any_change_invalidates_the_signature() {
        let now = SystemTime::now();
        let set = |name: &'static str, value: &'static str| {
            let mut head = signed(now);
            let name = HeaderName::from_static(name);
            head.headers.insert(name, HeaderValue::from_static(value));
            head
        };
        let mut other_target = signed(now);
        other_target.uri = http::Uri::from_static("/tags/arn%3Aaws%2Fy?b=2&a=1%20");
        let mut other_method = signed(now);
        other_method.method = http::Method::DELETE;
        let mut unsigned = signed(now);
        unsigned.headers.remove("authorization");
        let (broken, incomplete) = ("InvalidSignatureException", "IncompleteSignatureException");
        let table: [(Parts, &[u8], &str); 9] = [
            (set("user-agent", "another"), BODY, "id us-east-1"),
            (signed(now), b"[]", broken),
            (set("content-type", "text/plain"), BODY, broken),
            (other_target, BODY, broken),
            (other_method, BODY, broken),
            (set("x-amz-date", "yesterday"), BODY, incomplete),
            (set("authorization", "Basic eDp5"), BODY, incomplete),
            (
                set(
                    "authorization",
                    "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=x",
                ),
                BODY,
                incomplete,
            ),
            (unsigned, BODY, "MissingAuthenticationTokenException"),
        ];
        for (position, (head, body, expected)) in table.iter().enumerate() {
            let found = outcome(head, body, now);
            assert!(found.starts_with(expected), "{position}: {found}");
        }
    }
}
