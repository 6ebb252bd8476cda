//! [`ErrorSchema`]: what the model says of an error of an operation.

/// An error shape that an operation may answer with.
#[derive(Debug)]
#[non_exhaustive]
pub struct ErrorSchema {
    /// The shape name, which is the error code on the wire.
    pub code: &'static str,
    /// The HTTP status: `smithy.api#httpError`, or 400 for a client's and 500 for a server's error.
    pub status: u16,
    /// `smithy.api#retryable`; the flag says whether the error is a throttling error.
    pub retryable: Option<bool>,
}

impl ErrorSchema {
    /// An error that is not retried.
    pub const fn new(code: &'static str, status: u16) -> Self {
        Self {
            code,
            status,
            retryable: None,
        }
    }

    /// Adds `smithy.api#retryable`.
    pub const fn retryable(mut self, throttling: bool) -> Self {
        self.retryable = Some(throttling);
        self
    }
}
