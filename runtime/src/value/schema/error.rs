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
    /// What it means for the caller, where that is known.
    pub meaning: Option<ErrorMeaning>,
}

/// What an error means for the caller, whatever its code and status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorMeaning {
    /// What was asked for does not exist.
    NotFound,
    /// The call conflicts with the state of the service.
    Conflict,
}

impl ErrorMeaning {
    /// What an HTTP status says.
    pub const fn of_status(status: u16) -> Option<Self> {
        match status {
            404 => Some(Self::NotFound),
            409 => Some(Self::Conflict),
            _ => None,
        }
    }
}

impl ErrorSchema {
    /// An error that is not retried, and means what its status says.
    pub const fn new(code: &'static str, status: u16) -> Self {
        Self {
            code,
            status,
            retryable: None,
            meaning: ErrorMeaning::of_status(status),
        }
    }

    /// Says that it means that something does not exist, whatever its status.
    pub const fn not_found(mut self) -> Self {
        self.meaning = Some(ErrorMeaning::NotFound);
        self
    }

    /// Says that it means a conflict with the state of the service, whatever its status.
    pub const fn conflict(mut self) -> Self {
        self.meaning = Some(ErrorMeaning::Conflict);
        self
    }

    /// Adds `smithy.api#retryable`.
    pub const fn retryable(mut self, throttling: bool) -> Self {
        self.retryable = Some(throttling);
        self
    }
}
