//! Error handling. All operations return one type, [`Error`](crate::Error), without nesting.
//!
//! Its `Display` contains everything that a log line needs:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let local = appflow_local::AppFlowLocal::start().await?;
//! # let client = local.client();
//! let error = client.describe_flow().flow_name("no-such-flow").send().await.unwrap_err();
//!
//! let text = error.to_string();
//! assert!(text.starts_with("DescribeFlow: ResourceNotFoundException (404)"), "{text}");
//! # Ok(())
//! # }
//! ```
//!
//! # Predicates
//!
//! | Question | Method |
//! |---|---|
//! | Does the flow, profile or connector not exist? | [`is_not_found`](crate::Error::is_not_found) |
//! | Is the name taken, or the flow in the wrong state? | [`is_conflict`](crate::Error::is_conflict) |
//! | Did the service throttle the call? | [`is_throttling`](crate::Error::is_throttling) |
//! | Did the call time out? | [`is_timeout`](crate::Error::is_timeout) |
//! | Can a later call succeed? | [`is_retryable`](crate::Error::is_retryable) |
//! | What did the service respond? | [`code`](crate::Error::code), [`message`](crate::Error::message), [`status`](crate::Error::status) |
//! | What does AWS Support need? | [`request_id`](crate::Error::request_id) |
//!
//! ```
//! use appflow_sdk::{Client, Error};
//!
//! /// Deletes a flow, if it exists.
//! async fn ensure_deleted(client: &Client, name: &str) -> Result<(), Error> {
//!     match client.delete_flow().flow_name(name).force_delete(true).send().await {
//!         Err(error) if !error.is_not_found() => Err(error),
//!         _ => Ok(()),
//!     }
//! }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let local = appflow_local::AppFlowLocal::start().await?;
//! # ensure_deleted(&local.client(), "no-such-flow").await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Match on the kind
//!
//! [`ErrorKind`](crate::ErrorKind) has a variant for every error of AppFlow's model, with its members, and variants for
//! client-side errors:
//!
//! ```
//! use appflow_sdk::{Error, ErrorKind};
//!
//! fn advice(error: &Error) -> &'static str {
//!     match error.kind() {
//!         ErrorKind::ConnectorAuthenticationException(_) => "renew the connector profile's credentials",
//!         ErrorKind::ConnectorServerException(_) => "check the application, the bucket and its policy",
//!         ErrorKind::ServiceQuotaExceededException(_) => "delete resources, or request a higher quota",
//!         ErrorKind::InvalidInputs(_) => "fix the input: nothing was sent",
//!         ErrorKind::NoCredentials => "sign in to AWS",
//!         _ if error.is_retryable() => "try again later",
//!         _ => "read the message",
//!     }
//! }
//! ```
//!
//! `ConnectorServerException` has status 400, although it reports another server: the application behind the connector, or
//! S3, rejected the request or failed. Repeating the call without a change rarely helps.
//!
//! # Validation before sending
//!
//! Input that violates the model is not sent. The error lists all problems, with the names of the model:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let local = appflow_local::AppFlowLocal::start().await?;
//! # let client = local.client();
//! use appflow_sdk::ErrorKind;
//!
//! let error = client.create_flow().flow_name("x".repeat(300)).send().await.unwrap_err();
//! let ErrorKind::InvalidInputs(input) = error.kind() else { panic!("{error}") };
//!
//! let paths: Vec<&str> = input.problems().iter().map(|problem| problem.path()).collect();
//! assert!(paths.contains(&"flowName") && paths.contains(&"tasks"), "{error}");
//! # Ok(())
//! # }
//! ```
//!
//! Required members, lengths and ranges are checked. Patterns are checked if you enable them with the feature `patterns`. To
//! leave validation to the service, set [`Validation::OFF`](crate::config::Validation::OFF) in the client configuration.
//!
//! # Retries
//!
//! The client retries throttling, server errors and lost connections with exponential backoff, with three attempts in total
//! by default. An error that reaches you has been retried; [`attempts`](crate::Error::attempts) returns the number of
//! attempts. Calls with a client token are safe to retry: all attempts have the same token.
//!
//! The rules are those of all AWS SDKs since November 2026: backoff starts at one second after throttling, and at 50 ms
//! otherwise. [`RetrySettings`](crate::config::RetrySettings) has the numbers. For the earlier rules, set
//! [`with_new_rules_2026(false)`](crate::config::RetrySettings::with_new_rules_2026).
