//! Errors and what to do about them. There is one type for all operations, [`Error`](crate::Error), and no nesting.
//!
//! Its `Display` is meant for people, and is all that a log line needs:
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
//! # Ask it
//!
//! | Question | Method |
//! |---|---|
//! | Does the flow, profile or connector not exist? | [`is_not_found`](crate::Error::is_not_found) |
//! | Is the name taken, or the flow in the wrong state? | [`is_conflict`](crate::Error::is_conflict) |
//! | Was AWS asked too often? | [`is_throttling`](crate::Error::is_throttling) |
//! | Did it take too long? | [`is_timeout`](crate::Error::is_timeout) |
//! | Is it worth another try later? | [`is_retryable`](crate::Error::is_retryable) |
//! | What did the service say? | [`code`](crate::Error::code), [`message`](crate::Error::message), [`status`](crate::Error::status) |
//! | What does AWS's support want to know? | [`request_id`](crate::Error::request_id) |
//!
//! ```
//! use appflow_sdk::{Client, Error};
//!
//! /// Deletes a flow, if it is there.
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
//! # Match on its kind
//!
//! [`ErrorKind`](crate::ErrorKind) has a variant for every error of AppFlow's model, with its members, and some for what
//! goes wrong on this side of the wire:
//!
//! ```
//! use appflow_sdk::{Error, ErrorKind};
//!
//! fn advice(error: &Error) -> &'static str {
//!     match error.kind() {
//!         ErrorKind::ConnectorAuthenticationException(_) => "renew the connector profile's credentials",
//!         ErrorKind::ConnectorServerException(_) => "look at the application, the bucket or its policy",
//!         ErrorKind::ServiceQuotaExceededException(_) => "delete something, or ask AWS for more",
//!         ErrorKind::InvalidInputs(_) => "mend the call: nothing was sent",
//!         ErrorKind::NoCredentials => "sign in to AWS",
//!         _ if error.is_retryable() => "try again later",
//!         _ => "read the message",
//!     }
//! }
//! ```
//!
//! `ConnectorServerException` has status 400 although it speaks of somebody else's server: the application behind the
//! connector, or S3, refused or failed. Repeating the call as it is rarely helps.
//!
//! # Found before anything is sent
//!
//! Input that breaks the model is not sent. The error lists every problem at once, by the names of the model:
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
//! Required members, lengths and ranges are checked; patterns are when asked for, with the feature `patterns`. To leave
//! it all to the service, set [`Validation::OFF`](crate::config::Validation::OFF) in the client's settings.
//!
//! # Retries
//!
//! Throttling, server errors and lost connections are retried by the client, three attempts in all by default, with
//! growing pauses; an error that reaches you has been through that, and [`attempts`](crate::Error::attempts) says how
//! often. Calls with a client token are safe to repeat: the token stays the same over all attempts. The rules are those of
//! all AWS SDKs since November 2026: after throttling the pauses begin at a second, and else at 50 ms.
//! [`RetrySettings`](crate::config::RetrySettings) has the numbers, and
//! [`with_new_rules_2026(false)`](crate::config::RetrySettings::with_new_rules_2026) the rules before them.
