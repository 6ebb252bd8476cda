//! [`Failure`]: the error of a call of a function.

use crate::generated::error;
use serde_json::Value;
use smithy_reqwest::server::ServiceError;
use std::time::Duration;

/// An error of a call of a function: no response, an invalid one, or one that reports an error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Failure {
    /// The error code of the connector protocol, if the function returned one.
    code: Option<String>,
    message: String,
    retry_after: Option<Duration>,
}

impl Failure {
    /// Creates the failure of a call without a valid response.
    pub(crate) fn new(function: &str, reason: impl std::fmt::Display) -> Self {
        Self {
            code: None,
            message: format!("function {function}: {reason}"),
            retry_after: None,
        }
    }

    /// Returns the failure that a response reports.
    pub(crate) fn from_response(response: &Value) -> Option<Self> {
        if response["isSuccess"].as_bool() == Some(true) {
            return None;
        }
        let details = &response["errorDetails"];
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let message = text(&details["errorMessage"]).or_else(|| by_field(response));
        Some(Self {
            code: text(&details["errorCode"]),
            message: message.unwrap_or_else(|| "the function failed without a reason".to_owned()),
            retry_after: details["retryAfterSeconds"]
                .as_u64()
                .map(Duration::from_secs),
        })
    }

    /// Returns whether the response says which records of a batch were written.
    pub(crate) fn is_partial(&self) -> bool {
        self.code.as_deref() == Some("PartialWriteFailure")
    }

    /// Returns the delay before a retry, if the failure is temporary.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        const DEFAULT: Duration = Duration::from_secs(1);
        const MAX: Duration = Duration::from_secs(10);
        match self.code.as_deref()? {
            "RateLimitExceeded" | "ServiceUnavailable" | "RequestTimeout" => {
                Some(self.retry_after.unwrap_or(DEFAULT).min(MAX))
            }
            _ => None,
        }
    }

    /// Converts the failure into the error of an operation.
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

/// Returns the faults of settings, each after the name of its setting.
fn by_field(response: &Value) -> Option<String> {
    let faults = response["errorsByInputField"].as_object()?.iter();
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
            let response = json!({"isSuccess": false, "errorDetails": {"errorCode": code, "errorMessage": "no"}});
            Failure::from_response(&response).unwrap().into_error()
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
        assert_eq!(Failure::from_response(&json!({"isSuccess": true})), None);
    }

    #[test]
    fn settings_are_rejected_by_name_and_throttles_say_how_long_to_wait() {
        let response = json!({"isSuccess": false, "errorsByInputField": {"host": "not a host"}});
        assert_eq!(
            Failure::from_response(&response).unwrap().to_string(),
            "host: not a host"
        );
        let throttled = |seconds: Value| {
            let details = json!({"errorCode": "RateLimitExceeded", "retryAfterSeconds": seconds});
            let response = json!({"isSuccess": false, "errorDetails": details});
            Failure::from_response(&response).unwrap().retry_after()
        };
        assert_eq!(throttled(json!(3)), Some(Duration::from_secs(3)));
        assert_eq!(throttled(json!(3000)), Some(Duration::from_secs(10)));
        assert_eq!(throttled(Value::Null), Some(Duration::from_secs(1)));
        let refused = json!({"isSuccess": false, "errorDetails": {"errorCode": "InvalidArgument"}});
        assert_eq!(
            Failure::from_response(&refused).unwrap().retry_after(),
            None
        );
    }
}
