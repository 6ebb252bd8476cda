//! [`FailureKind`]: classifies failures by whether and how they are retried.

use crate::http::{BodyError, TransportError};
use http::StatusCode;

/// The kind of failure of an attempt, for retries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// There is no complete response: no connection was established, the connection was closed, or a timeout expired,
    /// at the client or by the report of the service.
    Transient,
    /// The service throttles requests.
    Throttling,
    /// The service failed, and may succeed with the same request the next time.
    Server,
    /// The request was signed with a wrong time, and the right time is known now.
    ClockSkew,
    /// A retry would fail again.
    Client,
}

impl FailureKind {
    /// Returns whether another attempt may succeed.
    pub fn is_retryable(self) -> bool {
        self != Self::Client
    }
}

impl From<&TransportError> for FailureKind {
    fn from(error: &TransportError) -> Self {
        if error.is_retryable() {
            Self::Transient
        } else {
            Self::Client
        }
    }
}

impl From<&BodyError> for FailureKind {
    fn from(error: &BodyError) -> Self {
        match error {
            BodyError::Broken { .. } | BodyError::Checksum(_) => Self::Transient,
            // The next response would be as long.
            BodyError::TooLong { .. } => Self::Client,
        }
    }
}

/// The trait `smithy.api#retryable` of a modeled error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ModeledRetryable {
    /// `true` for a throttling error.
    pub throttling: bool,
}

/// The details of an error response that are relevant for retries.
#[derive(Debug, Clone, Copy)]
pub struct ErrorAnswer<'a> {
    /// The HTTP status.
    pub status: StatusCode,
    /// The error code, without namespace, such as `ThrottlingException`.
    pub code: Option<&'a str>,
    /// The `retryable` trait of the modeled error, if it has one.
    pub modeled: Option<ModeledRetryable>,
    /// `true` if the time of the signature was wrong, which
    /// [`ClockSkew::observe`](crate::aws::clock_skew::ClockSkew::observe) returns for this response.
    pub signed_with_wrong_time: bool,
}

impl ErrorAnswer<'_> {
    /// Returns the kind of failure, by the error code, then by the model, then by the status.
    ///
    /// The code takes precedence because it is the most specific: status 503 with `SlowDown` is throttling, and status
    /// 400 with `RequestTimeout` is transient. The order and the codes are those of the "Retry behavior" page of the
    /// AWS SDKs and Tools Reference Guide. Status 429 is throttling, by RFC 6585.
    pub fn kind(&self) -> FailureKind {
        let code = self.code.unwrap_or_default();
        if self.signed_with_wrong_time && may_mean_clock_skew(code) {
            FailureKind::ClockSkew
        } else if is_throttling_code(code) {
            FailureKind::Throttling
        } else if is_timeout_code(code) {
            FailureKind::Transient
        } else if is_server_code(code) {
            FailureKind::Server
        } else if let Some(modeled) = self.modeled {
            if modeled.throttling {
                FailureKind::Throttling
            } else {
                FailureKind::Server
            }
        } else {
            kind_of_status(self.status)
        }
    }
}

fn kind_of_status(status: StatusCode) -> FailureKind {
    match status.as_u16() {
        429 => FailureKind::Throttling,
        500 | 502 | 503 | 504 => FailureKind::Server,
        _ => FailureKind::Client,
    }
}

/// Returns whether an error code is one of throttling, with any status.
pub fn is_throttling_code(code: &str) -> bool {
    matches!(
        code,
        "Throttling"
            | "ThrottlingException"
            | "ThrottledException"
            | "RequestThrottledException"
            | "TooManyRequestsException"
            | "ProvisionedThroughputExceededException"
            | "TransactionInProgressException"
            | "RequestLimitExceeded"
            | "BandwidthLimitExceeded"
            | "LimitExceededException"
            | "RequestThrottled"
            | "SlowDown"
            | "PriorRequestNotComplete"
            | "EC2ThrottledException"
    )
}

/// Returns whether an error code reports expired credentials, so that one more attempt with new credentials may
/// succeed.
///
/// `RequestExpired` also reports a request that was signed too long ago; the clock distinguishes the two.
pub fn is_expired_credentials(code: &str) -> bool {
    matches!(
        code,
        "ExpiredToken" | "ExpiredTokenException" | "RequestExpired"
    )
}

fn is_timeout_code(code: &str) -> bool {
    matches!(code, "RequestTimeout" | "RequestTimeoutException")
}

fn is_server_code(code: &str) -> bool {
    matches!(code, "InternalError" | "IDPCommunicationError")
}

/// Returns whether services return this error code for a request that was signed with a wrong time.
///
/// Most of the codes are returned for other requests as well, so the code alone is not sufficient: the clock must
/// agree. The first five are those of AWS's SDKs since 2026; the others are those of earlier versions.
pub(crate) fn may_mean_clock_skew(code: &str) -> bool {
    matches!(
        code,
        "InvalidSignatureException"
            | "SignatureDoesNotMatch"
            | "AuthFailure"
            | "RequestTimeTooSkewed"
            | "AccessDeniedException"
            | "RequestExpired"
            | "RequestInTheFuture"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::TransportErrorKind;
    use FailureKind::{Client, ClockSkew, Server, Throttling, Transient};

    fn answer(status: u16, code: Option<&str>) -> ErrorAnswer<'_> {
        ErrorAnswer {
            status: StatusCode::from_u16(status).unwrap(),
            code,
            modeled: None,
            signed_with_wrong_time: false,
        }
    }

    #[test]
    fn the_code_decides_before_the_status() {
        let cases = [
            (400, Some("ThrottlingException"), Throttling),
            (503, Some("SlowDown"), Throttling),
            (400, Some("LimitExceededException"), Throttling),
            (429, Some("TooManyRequestsException"), Throttling),
            (400, Some("RequestTimeout"), Transient),
            (400, Some("RequestTimeoutException"), Transient),
            (400, Some("InternalError"), Server),
            (400, Some("ValidationException"), Client),
            (402, Some("ServiceQuotaExceededException"), Client),
            (403, Some("AccessDeniedException"), Client),
            (404, Some("ResourceNotFoundException"), Client),
            (409, Some("ConflictException"), Client),
            (500, Some("InternalServerException"), Server),
            // Codes match exactly; no meaning is derived from their parts.
            (400, Some("throttlingexception"), Client),
            (400, Some(""), Client),
        ];
        for (status, code, expected) in cases {
            assert_eq!(answer(status, code).kind(), expected, "{status} {code:?}");
        }
    }

    #[test]
    fn without_a_known_code_the_status_decides() {
        let cases = [
            (429, Throttling),
            (500, Server),
            (502, Server),
            (503, Server),
            (504, Server),
            (501, Client),
            (505, Client),
            (400, Client),
            (408, Client),
            (403, Client),
            (301, Client),
        ];
        for (status, expected) in cases {
            assert_eq!(answer(status, None).kind(), expected, "{status}");
            assert_eq!(answer(status, Some("Odd")).kind(), expected, "{status}");
        }
    }

    #[test]
    fn the_model_makes_an_error_retryable_at_any_status() {
        let cases = [
            (400, "Busy", false, Server),
            (400, "Busy", true, Throttling),
            (500, "Busy", true, Throttling),
            // The model does not override a well-known code.
            (400, "ThrottlingException", false, Throttling),
        ];
        for (status, code, throttling, expected) in cases {
            let mut answer = answer(status, Some(code));
            answer.modeled = Some(ModeledRetryable { throttling });
            assert_eq!(answer.kind(), expected, "{status} {code} {throttling}");
        }
    }

    #[test]
    fn clock_skew_takes_a_code_and_a_wrong_clock() {
        let skew_codes = [
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "AuthFailure",
            "RequestTimeTooSkewed",
            "AccessDeniedException",
            "RequestExpired",
            "RequestInTheFuture",
        ];
        for code in skew_codes {
            let mut answer = answer(403, Some(code));
            assert_eq!(answer.kind(), Client, "{code}, clock right");
            answer.signed_with_wrong_time = true;
            assert_eq!(answer.kind(), ClockSkew, "{code}, clock wrong");
        }
        for (code, expected) in [("ValidationException", Client), ("Throttling", Throttling)] {
            let mut answer = answer(400, Some(code));
            answer.signed_with_wrong_time = true;
            assert_eq!(answer.kind(), expected, "{code}, clock wrong");
        }
    }

    #[test]
    fn a_request_that_got_no_response_is_tried_again_unless_it_cannot_be_sent() {
        let cases = [
            (TransportErrorKind::Connect, Transient),
            (TransportErrorKind::ConnectTimeout, Transient),
            (TransportErrorKind::Io, Transient),
            (TransportErrorKind::Other, Transient),
            (TransportErrorKind::ProxyAuthentication, Client),
            (TransportErrorKind::Request, Client),
        ];
        for (kind, expected) in cases {
            let error = TransportError::new(kind, "no luck");
            assert_eq!(FailureKind::from(&error), expected, "{kind:?}");
        }
        let broken = BodyError::Broken {
            received: 7,
            source: "reset".into(),
        };
        assert_eq!(FailureKind::from(&broken), Transient);
        assert_eq!(FailureKind::from(&BodyError::TooLong { limit: 1 }), Client);
    }

    #[test]
    fn only_codes_about_expiry_mean_expired_credentials() {
        let cases = [
            ("ExpiredToken", true),
            ("ExpiredTokenException", true),
            ("RequestExpired", true),
            ("UnrecognizedClientException", false),
            ("AccessDeniedException", false),
            ("", false),
        ];
        for (code, expected) in cases {
            assert_eq!(is_expired_credentials(code), expected, "{code}");
        }
    }
}
