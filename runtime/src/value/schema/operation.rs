//! [`OperationSchema`]: the HTTP binding of an operation, and its errors.

use crate::value::schema::{
    CarriedTraits, Checksum, Customization, ErrorSchema, EventStreamSchema,
};

/// The schema of an operation with an HTTP binding.
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationSchema {
    /// The name in the model.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, split at its labels.
    pub path: &'static [Segment],
    /// The query parameters that are part of the URI in the model.
    pub query: &'static [(&'static str, &'static str)],
    /// The HTTP status of a successful response.
    pub code: u16,
    /// The errors that the model lists.
    pub errors: &'static [ErrorSchema],
    /// The authorization of calls.
    pub auth: Auth,
    /// `true` if a bearer token is accepted instead of a signature.
    pub or_bearer: bool,
    /// `true` if a call without credentials may be sent without a signature: `smithy.api#optionalAuth`.
    pub optional_auth: bool,
    /// `true` if the body may be compressed with gzip: `smithy.api#requestCompression`.
    pub gzip: bool,
    /// The checksums of requests and responses: `smithy.api#httpChecksumRequired` or `aws.protocols#httpChecksum`.
    pub checksum: Option<Checksum>,
    /// `true` if the body of the response is a stream, which is not read until the caller requests it.
    pub streams_output: bool,
    /// The event stream of the output, if it has one. The body of the response is then a stream.
    pub events: Option<EventStreamSchema>,
    /// The prefix of the host, split at its labels: `smithy.api#endpoint`.
    pub host_prefix: &'static [Segment],
    /// The parts that the model does not express.
    pub customizations: &'static [Customization],
    /// The traits that only the protocol reads.
    pub carried: &'static CarriedTraits,
}

/// A piece of a path or of a host prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// Literal text, including slashes.
    Literal(&'static str),
    /// The value of the member with this name, percent-encoded, including its slashes.
    Label(&'static str),
    /// The value of the member with this name, percent-encoded except for its slashes.
    Greedy(&'static str),
}

/// The authorization of calls of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// A signature, with `aws.auth#sigv4`.
    SigV4,
    /// A signature without a hash of the body, with `aws.auth#unsignedPayload`.
    SigV4UnsignedPayload,
    /// A signature by SigV4A, with `aws.auth#sigv4a`.
    SigV4A,
    /// A bearer token, with `smithy.api#httpBearerAuth`.
    Bearer,
    /// No authorization.
    None,
}

impl OperationSchema {
    /// Creates the schema of an operation that is signed, returns status 200 on success, and lists no errors.
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
            events: None,
            or_bearer: false,
            optional_auth: false,
            gzip: false,
            checksum: None,
            customizations: &[],
            carried: CarriedTraits::NONE,
        }
    }

    /// Sets the query parameters that are part of every request.
    pub const fn query(mut self, query: &'static [(&'static str, &'static str)]) -> Self {
        self.query = query;
        self
    }

    /// Sets the HTTP status of a successful response.
    pub const fn code(mut self, code: u16) -> Self {
        self.code = code;
        self
    }

    /// Sets the errors.
    pub const fn errors(mut self, errors: &'static [ErrorSchema]) -> Self {
        self.errors = errors;
        self
    }

    /// Sets the authorization.
    pub const fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// Accepts a bearer token instead of a signature.
    pub const fn or_bearer(mut self) -> Self {
        self.or_bearer = true;
        self
    }

    /// Permits calls without a signature.
    pub const fn optional_auth(mut self) -> Self {
        self.optional_auth = true;
        self
    }

    /// Permits requests that are compressed with gzip.
    pub const fn gzip(mut self) -> Self {
        self.gzip = true;
        self
    }

    /// Sets the checksums of requests and responses.
    pub const fn checksum(mut self, checksum: Checksum) -> Self {
        self.checksum = Some(checksum);
        self
    }

    /// Marks the body of the response as a stream, which the caller reads piece by piece.
    pub const fn streams_output(mut self) -> Self {
        self.streams_output = true;
        self
    }

    /// Sets the event stream of the output.
    pub const fn events(mut self, events: EventStreamSchema) -> Self {
        self.events = Some(events);
        self
    }

    /// Adds the traits that only the protocol reads.
    pub const fn carries(mut self, carried: &'static CarriedTraits) -> Self {
        self.carried = carried;
        self
    }

    /// Sets the prefix of the host.
    pub const fn host_prefix(mut self, prefix: &'static [Segment]) -> Self {
        self.host_prefix = prefix;
        self
    }

    /// Sets the parts that the model does not express.
    pub const fn customizations(mut self, customizations: &'static [Customization]) -> Self {
        self.customizations = customizations;
        self
    }

    /// Returns the error with this code, if the model lists it for this operation.
    pub fn error(&self, code: &str) -> Option<&'static ErrorSchema> {
        self.errors.iter().find(|error| error.code == code)
    }
}
