//! [`Caller`]: the account, region and ARN of an authenticated request.

/// The identity behind a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account id.
    pub account: String,
    /// The region of the credential scope.
    pub region: String,
    /// The ARN of the user or session.
    pub arn: String,
}
