//! [`FailureKind`]: what came back instead of a result in; whether, and how, it pays to ask again out.

use crate::http::{BodyError, TransportError};
use http::StatusCode;

/// What kind of failure an attempt ended with, as far as retries care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// No complete answer: no connection, a broken one, out of time; or the service says that it ran out of time.
    Transient,
    /// The service wants fewer requests.
    Throttling,
    /// The service failed at a request that it may well answer the next time.
    Server,
    /// The request was signed with a wrong time, and the right one is known now.
    ClockSkew,
    /// Asking again would fail again.
    Client,
}

impl FailureKind {
    /// Whether another attempt may succeed.
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
            // The next answer would be as long.
            BodyError::TooLong { .. } => Self::Client,
        }
    }
}

/// What the trait `smithy.api#retryable` on a modeled error says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ModeledRetryable {
    /// Whether the error means throttling.
    pub throttling: bool,
}

/// An error answer, as far as retries care.
#[derive(Debug, Clone, Copy)]
pub struct ErrorAnswer<'a> {
    /// The HTTP status.
    pub status: StatusCode,
    /// The error code, without namespace, such as `ThrottlingException`.
    pub code: Option<&'a str>,
    /// The `retryable` trait of the modeled error, if it has one.
    pub modeled: Option<ModeledRetryable>,
    /// Whether the time that the request was signed with turned out wrong, which is what
    /// [`ClockSkew::observe`](crate::aws::clock_skew::ClockSkew::observe) returns for this answer.
    pub signed_with_wrong_time: bool,
}

impl ErrorAnswer<'_> {
    /// The kind of failure: by error code, then by model, then by status.
    ///
    /// The code goes first since it says most: a 503 with `SlowDown` is throttling, and a 400 with `RequestTimeout` is
    /// transient. The order and the codes are those of the "Retry behavior" page of the AWS SDKs and Tools Reference
    /// Guide; status 429 counts as throttling as RFC 6585 has it.
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

/// Whether an error code means throttling, at whatever status.
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

/// Whether an error code means that credentials have expired, so that fresh ones are worth one more attempt.
///
/// `RequestExpired` also stands for a request signed too long ago; what tells them apart is the clock.
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

/// Whether an error code is one that services answer to a request signed with a wrong time.
///
/// They answer most of them to other requests as well, so the code alone proves nothing: the clock has to agree. The
/// first five are those of AWS's SDKs since 2026; the others their predecessors knew.
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
            // Codes are exact; nothing is guessed from their parts.
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
            // A code that everybody knows is not overruled.
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
    fn a_request_that_got_no_answer_is_tried_again_unless_it_cannot_be_sent() {
        let cases = [
            (TransportErrorKind::Connect, Transient),
            (TransportErrorKind::ConnectTimeout, Transient),
            (TransportErrorKind::Io, Transient),
            (TransportErrorKind::Other, Transient),
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
