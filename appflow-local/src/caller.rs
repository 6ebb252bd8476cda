//! [`Caller`]: who is calling, and for which account and region, as the signature says.

/// The context of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account.
    pub account: String,
    /// The region of the credential scope.
    pub region: String,
    /// The ARN of the user or session.
    pub arn: String,
}
