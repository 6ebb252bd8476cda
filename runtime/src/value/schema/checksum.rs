//! [`Checksum`]: `smithy.api#httpChecksumRequired` and `aws.protocols#httpChecksum` of an operation.

/// What an operation has to do with checksums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Checksum {
    /// Whether a request must have one.
    pub required: bool,
    /// The member of the input that chooses the algorithm; without such a member it is `Content-MD5`.
    pub algorithm_member: Option<&'static str>,
    /// The member of the input that asks for checksums of the answer.
    pub validation_mode_member: Option<&'static str>,
    /// The names of the algorithms that an answer may have a checksum by.
    pub response_algorithms: &'static [&'static str],
}

impl Checksum {
    /// None that must be, none that may.
    pub const fn new() -> Self {
        Self {
            required: false,
            algorithm_member: None,
            validation_mode_member: None,
            response_algorithms: &[],
        }
    }

    /// Requires one of every request.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Lets this member of the input choose the algorithm.
    pub const fn algorithm(mut self, member: &'static str) -> Self {
        self.algorithm_member = Some(member);
        self
    }

    /// Lets this member of the input ask for checksums of the answer, by algorithms of these names.
    pub const fn validation_mode(
        mut self,
        member: &'static str,
        algorithms: &'static [&'static str],
    ) -> Self {
        self.validation_mode_member = Some(member);
        self.response_algorithms = algorithms;
        self
    }
}
