//! [`Checksum`]: `smithy.api#httpChecksumRequired` and `aws.protocols#httpChecksum` of an operation.

/// The checksum settings of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Checksum {
    /// `true` if a request must have a checksum.
    pub required: bool,
    /// The member of the input that selects the algorithm. Without such a member, the checksum is `Content-MD5`.
    pub algorithm_member: Option<&'static str>,
    /// The member of the input that requests checksums of the response.
    pub validation_mode_member: Option<&'static str>,
    /// The names of the algorithms of checksums that a response may have.
    pub response_algorithms: &'static [&'static str],
}

impl Checksum {
    /// Creates settings without required or optional checksums.
    pub const fn new() -> Self {
        Self {
            required: false,
            algorithm_member: None,
            validation_mode_member: None,
            response_algorithms: &[],
        }
    }

    /// Requires a checksum of every request.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets the member of the input that selects the algorithm.
    pub const fn algorithm(mut self, member: &'static str) -> Self {
        self.algorithm_member = Some(member);
        self
    }

    /// Sets the member of the input that requests checksums of the response, and the names of their algorithms.
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
