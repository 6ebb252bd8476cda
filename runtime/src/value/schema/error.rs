//! [`ErrorSchema`]: the schema of an error of an operation.

/// The schema of an error that an operation may return.
#[derive(Debug)]
#[non_exhaustive]
pub struct ErrorSchema {
    /// The shape name, which is the error code in responses.
    pub code: &'static str,
    /// The HTTP status: that of `smithy.api#httpError`, or 400 for an error of the client and 500 for an error of the
    /// server.
    pub status: u16,
    /// The trait `smithy.api#retryable`; the flag is `true` for a throttling error.
    pub retryable: Option<bool>,
    /// The meaning of the error for the caller, if it is known.
    pub meaning: Option<ErrorMeaning>,
}

/// The meaning of an error for the caller, regardless of its code and status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorMeaning {
    /// The requested resource does not exist.
    NotFound,
    /// The call conflicts with the state of the service.
    Conflict,
}

impl ErrorMeaning {
    /// Returns the meaning of an HTTP status.
    pub const fn of_status(status: u16) -> Option<Self> {
        match status {
            404 => Some(Self::NotFound),
            409 => Some(Self::Conflict),
            _ => None,
        }
    }

    /// Returns the meaning of a code of EC2, such as `InvalidVpcID.NotFound`. Its model defines no errors, and nearly all
    /// have status 400.
    pub(crate) fn of_code(code: &str) -> Option<Self> {
        match code.rsplit_once('.')?.1 {
            "NotFound" => Some(Self::NotFound),
            "Duplicate" => Some(Self::Conflict),
            _ => None,
        }
    }
}

impl ErrorSchema {
    /// Creates the schema of an error that is not retried, with the meaning of its status.
    pub const fn new(code: &'static str, status: u16) -> Self {
        Self {
            code,
            status,
            retryable: None,
            meaning: ErrorMeaning::of_status(status),
        }
    }

    /// Sets the meaning to [`NotFound`](ErrorMeaning::NotFound), regardless of the status.
    pub const fn not_found(mut self) -> Self {
        self.meaning = Some(ErrorMeaning::NotFound);
        self
    }

    /// Sets the meaning to [`Conflict`](ErrorMeaning::Conflict), regardless of the status.
    pub const fn conflict(mut self) -> Self {
        self.meaning = Some(ErrorMeaning::Conflict);
        self
    }

    /// Adds the trait `smithy.api#retryable`.
    pub const fn retryable(mut self, throttling: bool) -> Self {
        self.retryable = Some(throttling);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_ec2_have_a_meaning_by_their_last_part() {
        let table = [
            ("InvalidVpcID.NotFound", Some(ErrorMeaning::NotFound)),
            ("InvalidGroup.Duplicate", Some(ErrorMeaning::Conflict)),
            ("InvalidInstanceID.Malformed", None),
            ("NotFound", None),
        ];
        for (code, meaning) in table {
            assert_eq!(ErrorMeaning::of_code(code), meaning, "{code}");
        }
    }
}
