//! [`OperationSchema`]: how one operation is called, and the errors its model names.

use crate::value::schema::{CarriedTraits, Checksum, ErrorSchema};

/// An operation, bound to HTTP.
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationSchema {
    /// The operation's name in the model.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, cut at its labels.
    pub path: &'static [Segment],
    /// Query parameters that the model writes into the URI itself.
    pub query: &'static [(&'static str, &'static str)],
    /// The status of success.
    pub code: u16,
    /// The errors the model names.
    pub errors: &'static [ErrorSchema],
    /// How calls are authorized.
    pub auth: Auth,
    /// Whether a bearer token does as well as the signature.
    pub or_bearer: bool,
    /// `smithy.api#optionalAuth`: whether the call may go out without a signature, where there are no credentials.
    pub optional_auth: bool,
    /// `smithy.api#requestCompression`: whether the body may be compressed by gzip.
    pub gzip: bool,
    /// `smithy.api#httpChecksumRequired` or `aws.protocols#httpChecksum`: the checksums of requests and answers.
    pub checksum: Option<Checksum>,
    /// Whether the body of the answer streams, so that it is not read before the caller asks.
    pub streams_output: bool,
    /// `smithy.api#endpoint`: what goes before the host, cut at its labels.
    pub host_prefix: &'static [Segment],
    /// What only the protocol reads.
    pub carried: &'static CarriedTraits,
}

/// A piece of a path or of a host prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// Text that stands as it is, slashes included.
    Literal(&'static str),
    /// The value of the member with this name, percent-encoded whole.
    Label(&'static str),
    /// The value of the member with this name, its slashes kept.
    Greedy(&'static str),
}

/// How calls of an operation are authorized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// Signed by `aws.auth#sigv4`.
    SigV4,
    /// Signed, but without a hash of the body: `aws.auth#unsignedPayload`.
    SigV4UnsignedPayload,
    /// `smithy.api#httpBearerAuth`.
    Bearer,
    /// Not at all.
    None,
}

impl OperationSchema {
    /// An operation that is signed, answers 200 and names no errors.
    pub const fn new(name: &'static str, method: &'static str, path: &'static [Segment]) -> Self {
        Self {
            name,
            method,
            path,
            query: &[],
            code: 200,
            errors: &[],
            auth: Auth::SigV4,
            host_prefix: &[],
            streams_output: false,
            or_bearer: false,
            optional_auth: false,
            gzip: false,
            checksum: None,
            carried: CarriedTraits::NONE,
        }
    }

    /// Adds query parameters that are always there.
    pub const fn query(mut self, query: &'static [(&'static str, &'static str)]) -> Self {
        self.query = query;
        self
    }

    /// Sets the status of success.
    pub const fn code(mut self, code: u16) -> Self {
        self.code = code;
        self
    }

    /// Names its errors.
    pub const fn errors(mut self, errors: &'static [ErrorSchema]) -> Self {
        self.errors = errors;
        self
    }

    /// Sets how it is authorized.
    pub const fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// Takes a bearer token too.
    pub const fn or_bearer(mut self) -> Self {
        self.or_bearer = true;
        self
    }

    /// Can be called without a signature.
    pub const fn optional_auth(mut self) -> Self {
        self.optional_auth = true;
        self
    }

    /// Takes requests that are compressed by gzip.
    pub const fn gzip(mut self) -> Self {
        self.gzip = true;
        self
    }

    /// Puts checksums on its requests, and checks those of its answers.
    pub const fn checksum(mut self, checksum: Checksum) -> Self {
        self.checksum = Some(checksum);
        self
    }

    /// Leaves the body of its answer to the caller, who reads it piece by piece.
    pub const fn streams_output(mut self) -> Self {
        self.streams_output = true;
        self
    }

    /// Gives it traits that only the protocol reads.
    pub const fn carries(mut self, carried: &'static CarriedTraits) -> Self {
        self.carried = carried;
        self
    }

    /// Puts something before the host.
    pub const fn host_prefix(mut self, prefix: &'static [Segment]) -> Self {
        self.host_prefix = prefix;
        self
    }

    /// The error with this code, if the model names it for this operation.
    pub fn error(&self, code: &str) -> Option<&'static ErrorSchema> {
        self.errors.iter().find(|error| error.code == code)
    }
}
