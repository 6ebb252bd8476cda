//! [`Functions`]: invokes functions at a Lambda endpoint, as `Invoke` of Lambda's API does.

use super::{Failure, Invocation};
use crate::outbound::{Endpoint, Outbound};
use serde_json::Value;
use std::time::Duration;

/// The timeout of a function, which is the limit of Lambda.
const TIMEOUT: Duration = Duration::from_secs(15 * 60);

/// A client that invokes functions.
#[derive(Debug)]
pub(crate) struct Functions {
    /// The URL of the Lambda endpoint, without a slash at its end.
    base: String,
    outbound: Outbound,
}

impl Functions {
    /// Creates a client for an endpoint, which has no query.
    pub(crate) fn new(endpoint: &Endpoint) -> Result<Self, String> {
        if endpoint.as_str().contains('?') {
            return Err("it must have no query".to_owned());
        }
        Ok(Self {
            base: endpoint.as_str().trim_end_matches('/').to_owned(),
            outbound: Outbound::new(TIMEOUT)?,
        })
    }

    /// Returns the URL of a function. As in the Lambda API, the alias or version is the qualifier.
    fn of(&self, function: &str) -> String {
        let named = function.split_once(":function:").map(|(_, named)| named);
        let (name, qualifier) = match named.unwrap_or(function).split_once(':') {
            Some((name, qualifier)) => (name, format!("?Qualifier={qualifier}")),
            None => (named.unwrap_or(function), String::new()),
        };
        format!(
            "{}/2015-03-31/functions/{name}/invocations{qualifier}",
            self.base
        )
    }

    /// Invokes a function, and returns its response, which may report an error.
    pub(crate) async fn invoke(&self, invocation: &Invocation) -> Result<Value, Failure> {
        let function = &invocation.function;
        let url = self.of(function);
        let sent = self.outbound.post(&url, &invocation.request);
        let body = sent
            .await
            .map_err(|reason| Failure::new(function, reason))?;
        let response: Value = serde_json::from_slice(&body).map_err(|error| {
            Failure::new(function, format!("the response is not valid JSON: {error}"))
        })?;
        // The function crashed. Lambda reports that in a header too, local runtimes only in the body.
        if response.get("isSuccess").is_none() {
            let reason = response["errorMessage"].as_str();
            let reason = reason.unwrap_or("the response is not one of the connector protocol");
            return Err(Failure::new(function, reason));
        }
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_invoked_by_its_name_and_qualifier() {
        let endpoint = Endpoint::parse("http://127.0.0.1:9001/").unwrap();
        let functions = Functions::new(&endpoint).unwrap();
        for (function, expected) in [
            (
                "arn:aws:lambda:us-east-1:123456789012:function:crm",
                "crm/invocations",
            ),
            (
                "arn:aws:lambda:us-east-1:123456789012:function:crm:live",
                "crm/invocations?Qualifier=live",
            ),
            ("crm", "crm/invocations"),
        ] {
            let expected = format!("http://127.0.0.1:9001/2015-03-31/functions/{expected}");
            assert_eq!(functions.of(function), expected);
        }
    }

    #[test]
    fn the_url_of_a_lambda_endpoint_has_no_query() {
        let endpoint = Endpoint::parse("http://h/?x=y").unwrap();
        assert!(Functions::new(&endpoint).is_err());
    }
}
