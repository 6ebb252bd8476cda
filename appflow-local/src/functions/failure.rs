//! [`Failure`]: why a function gave no answer that can be used.

use crate::generated::error;
use serde_json::Value;
use smithy_reqwest::server::ServiceError;
use std::time::Duration;

/// A function that could not be asked, broke down, or refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Failure {
    /// The error code of the connector protocol, where the function gave one.
    code: Option<String>,
    message: String,
    retry_after: Option<Duration>,
}

impl Failure {
    /// A function that could not be asked or broke down.
    pub(crate) fn new(function: &str, reason: impl std::fmt::Display) -> Self {
        Self {
            code: None,
            message: format!("the function {function} gave no answer: {reason}"),
            retry_after: None,
        }
    }

    /// The failure that an answer tells of, if it does.
    pub(crate) fn told(answer: &Value) -> Option<Self> {
        if answer["isSuccess"].as_bool() == Some(true) {
            return None;
        }
        let details = &answer["errorDetails"];
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let message = text(&details["errorMessage"]).or_else(|| by_field(answer));
        Some(Self {
            code: text(&details["errorCode"]),
            message: message.unwrap_or_else(|| "the connector gave no reason".to_owned()),
            retry_after: details["retryAfterSeconds"]
                .as_u64()
                .map(Duration::from_secs),
        })
    }

    /// Returns whether some records were written, and the answer says which.
    pub(crate) fn is_partial(&self) -> bool {
        self.code.as_deref() == Some("PartialWriteFailure")
    }

    /// How long to wait before asking again, where that may help.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        const DEFAULT: Duration = Duration::from_secs(1);
        const MOST: Duration = Duration::from_secs(10);
        match self.code.as_deref()? {
            "RateLimitExceeded" | "ServiceUnavailable" | "RequestTimeout" => {
                Some(self.retry_after.unwrap_or(DEFAULT).min(MOST))
            }
            _ => None,
        }
    }

    /// The error of an operation that asked the function.
    pub(crate) fn into_error(self) -> ServiceError {
        let message = format!("{self}");
        match self.code.as_deref() {
            Some("InvalidCredentials" | "AccessDenied") => {
                error::connector_authentication_exception(message)
            }
            Some("InvalidArgument" | "ClientError") => error::validation_exception(message),
            Some("ResourceNotFoundError") => error::resource_not_found_exception(message),
            _ => error::connector_server_exception(message),
        }
    }
}

/// The faults of settings, each behind its name.
fn by_field(answer: &Value) -> Option<String> {
    let faults = answer["errorsByInputField"].as_object()?.iter();
    let faults = faults.map(|(name, fault)| format!("{name}: {}", fault.as_str().unwrap_or("")));
    let faults: Vec<String> = faults.collect();
    (!faults.is_empty()).then(|| faults.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn refusals_become_the_errors_of_the_api() {
        let refusal = |code: &str| {
            let answer = json!({"isSuccess": false, "errorDetails": {"errorCode": code, "errorMessage": "no"}});
            Failure::told(&answer).unwrap().into_error()
        };
        for (code, expected) in [
            ("InvalidCredentials", "ConnectorAuthenticationException"),
            ("AccessDenied", "ConnectorAuthenticationException"),
            ("InvalidArgument", "ValidationException"),
            ("ClientError", "ValidationException"),
            ("ResourceNotFoundError", "ResourceNotFoundException"),
            ("ServerError", "ConnectorServerException"),
            ("Unheard", "ConnectorServerException"),
        ] {
            let error = refusal(code).to_string();
            assert!(
                error.contains(expected) && error.contains("no"),
                "{code}: {error}"
            );
        }
        assert_eq!(Failure::told(&json!({"isSuccess": true})), None);
    }

    #[test]
    fn settings_are_refused_by_name_and_throttles_say_how_long_to_wait() {
        let answer = json!({"isSuccess": false, "errorsByInputField": {"host": "not a host"}});
        assert_eq!(
            Failure::told(&answer).unwrap().to_string(),
            "host: not a host"
        );
        let throttled = |seconds: Value| {
            let details = json!({"errorCode": "RateLimitExceeded", "retryAfterSeconds": seconds});
            let answer = json!({"isSuccess": false, "errorDetails": details});
            Failure::told(&answer).unwrap().retry_after()
        };
        assert_eq!(throttled(json!(3)), Some(Duration::from_secs(3)));
        assert_eq!(throttled(json!(3000)), Some(Duration::from_secs(10)));
        assert_eq!(throttled(Value::Null), Some(Duration::from_secs(1)));
        let refused = json!({"isSuccess": false, "errorDetails": {"errorCode": "InvalidArgument"}});
        assert_eq!(Failure::told(&refused).unwrap().retry_after(), None);
    }
}
