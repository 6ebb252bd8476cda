//! The texts of an error: one line for people, and its facts by name for `{:#?}`.

use super::{Cause, Error};
use crate::aws::retry::GiveUpReason;
use crate::http::debug_error::fmt_error;
use crate::http::timeout::Timeout;
use crate::http::url::redacted;
use crate::protocol::document_error::unrequested_encoding;
use crate::value::printable::{Printable, PrintableWriter};
use std::error::Error as StdError;
use std::fmt::{self, Write as _};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Much of the text comes from elsewhere. No part of it may control a terminal or a log.
        let mut f = PrintableWriter(f);
        if !self.0.operation.is_empty() {
            write!(f, "{}: ", self.0.operation)?;
        }
        self.fmt_cause(&mut f)?;
        self.fmt_details(&mut f)
    }
}

impl Error {
    fn fmt_cause(&self, f: &mut dyn fmt::Write) -> fmt::Result {
        match &self.0.cause {
            Cause::InvalidInput(error) => write!(f, "invalid input: {error}"),
            Cause::Request(error) => write!(f, "invalid input: {error}"),
            Cause::Configuration(error) => write!(f, "{error}"),
            Cause::Credentials(error) => {
                write!(
                    f,
                    "no credentials: {}",
                    crate::identity::credentials::describe(error)
                )
            }
            Cause::Signing(error) => write!(f, "failed to sign the request: {error}"),
            Cause::Transport(error) => write!(f, "{error}"),
            Cause::Timeout(timeout) => self.fmt_timeout(*timeout, f),
            Cause::Service => self.fmt_service(f),
            Cause::Response(error) => {
                write!(f, "failed to read the response: {error}")?;
                match self.foreign_form() {
                    Some(found) => write!(f, " ({})", Printable(&found)),
                    None => Ok(()),
                }
            }
            Cause::Body(error) => {
                f.write_str("failed to read the response: ")?;
                fmt_chain(error, f)?;
                match (self.code(), self.status()) {
                    (Some(code), Some(status)) => {
                        write!(f, "; error code {} ({status})", Printable(code))
                    }
                    _ => Ok(()),
                }
            }
            Cause::Test(text) => f.write_str(text),
        }
    }

    fn fmt_timeout(&self, timeout: Timeout, f: &mut dyn fmt::Write) -> fmt::Result {
        write!(f, "{timeout}")?;
        if let Some(route) = &self.0.route {
            write!(f, " ({route})")?;
        }
        match &self.0.last {
            Some(last) => {
                write!(f, "; the last attempt failed: ")?;
                last.fmt_cause(f)
            }
            None => Ok(()),
        }
    }

    /// Describes a response that is not a document of the protocol.
    fn foreign_form(&self) -> Option<String> {
        let answer = self.0.answer.as_ref()?;
        if let Some(encoding) = unrequested_encoding(&answer.head.headers, &answer.body) {
            return Some(format!("unexpected content encoding {encoding}"));
        }
        let found = self.header("content-type")?;
        #[cfg(feature = "event-stream")]
        if found == crate::protocol::event_stream::MEDIA_TYPE {
            return None;
        }
        (!answer.protocol.reads(found)).then(|| format!("content type {found}"))
    }

    fn fmt_service(&self, f: &mut dyn fmt::Write) -> fmt::Result {
        let status = self.status().unwrap_or_default();
        match self.code() {
            Some(code) => write!(f, "{} ({status})", Printable(code))?,
            None if (300..400).contains(&status) => {
                // A redirect to storage or to a login page often has a token in its query.
                let location = redacted(self.header("location").unwrap_or("nowhere"));
                let location = Printable(&location);
                return write!(
                    f,
                    "HTTP status {status}: redirects are not followed (to {location}): check region and endpoint"
                );
            }
            None => write!(f, "HTTP status {status} without an error code")?,
        }
        match self.message() {
            Some(message) => write!(f, ": {}", Printable(message)),
            None => Ok(()),
        }
    }

    fn fmt_details(&self, f: &mut dyn fmt::Write) -> fmt::Result {
        let request = self
            .request_id()
            .map(|id| format!("request id {}", Printable(id)));
        let attempt = match (self.0.attempts, self.0.max_attempts) {
            (0, _) => None,
            (attempts, max) => Some(format!("attempt {attempts} of {max}")),
        };
        // The number of attempts already shows that none are left.
        let gave_up = self.0.gave_up.filter(|reason| {
            use GiveUpReason::{AttemptsExhausted, NotRetryable};
            !matches!(reason, NotRetryable | AttemptsExhausted)
        });
        let gave_up = gave_up.map(|reason| reason.to_string());
        let details: Vec<String> = [request, attempt, gave_up].into_iter().flatten().collect();
        if details.is_empty() {
            Ok(())
        } else {
            write!(f, " [{}]", details.join(", "))
        }
    }
}

fn fmt_chain(error: &dyn StdError, f: &mut dyn fmt::Write) -> fmt::Result {
    write!(f, "{error}")?;
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(f, ": {error}")?;
        cause = error.source();
    }
    Ok(())
}

impl fmt::Debug for Error {
    /// Writes the line of `Display` for `{:?}`, and the same facts by name for `{:#?}`. The body of the response is
    /// omitted, since it may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_error(self, f, |f| {
            f.debug_struct("Error")
                .field("operation", &self.0.operation)
                .field("cause", &self.0.cause)
                .field("code", &self.code())
                .field("message", &self.message())
                .field("status", &self.status())
                .field("request_id", &self.request_id())
                .field("attempts", &self.0.attempts)
                .field("give_up_reason", &self.0.gave_up)
                .field("last_failure", &self.0.last)
                .finish()
        })
    }
}
