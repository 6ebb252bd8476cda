//! [`Operation`]: the request, input, output and errors of an operation.

use crate::ir::{CarriedTrait, Docs, Example, Pagination, ParameterSource, Structure, Waiter};
use crate::names::Ident;
use smithy_model::ShapeId;

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The shape id.
    pub id: ShapeId,
    /// The name in the model.
    pub wire_name: String,
    /// The type that represents the operation.
    pub ident: Ident,
    /// The name of its module, and of its method on the client.
    pub module: Ident,
    /// The types that fill and send its input.
    pub builders: Builders,
    /// The documentation.
    pub docs: Docs,
    /// The HTTP method.
    pub method: String,
    /// The path.
    pub path: Vec<Segment>,
    /// The query parameters that every request has.
    pub query: Vec<(String, String)>,
    /// The HTTP status of successful responses.
    pub code: u16,
    /// The parts of the operation that the model does not express.
    pub customizations: Vec<Customization>,
    /// `true` if builders have the method `presigned`.
    pub presigned: bool,
    /// The prefix of the host.
    pub host_prefix: Vec<Segment>,
    /// The authorization of the requests.
    pub auth: Auth,
    /// `true` if the response body is a stream, of bytes or of events.
    pub streams_output: bool,
    /// The event stream of the output, if it has one.
    pub events: Option<EventStream>,
    /// `true` if a bearer token is accepted instead of a signature.
    pub or_bearer: bool,
    /// `true` if the operation can be called without credentials.
    pub optional_auth: bool,
    /// `true` if requests can be compressed by gzip.
    pub gzip: bool,
    /// The traits of the operation that only the protocol reads.
    pub carried: Vec<CarriedTrait>,
    /// The checksums of requests and responses.
    pub checksum: Option<Checksum>,
    /// The reason of the deprecation, if the operation is deprecated.
    pub deprecated: Option<String>,
    /// The errors that the model defines.
    pub errors: Vec<OperationError>,
    /// The input.
    pub input: Structure,
    /// The output.
    pub output: Structure,
    /// The pagination, if the operation has any.
    pub pagination: Option<Pagination>,
    /// The waiters that call the operation.
    pub waiters: Vec<Waiter>,
    /// The values for the parameters of the endpoint rules. Later values replace earlier ones.
    pub endpoint_parameters: Vec<(String, ParameterSource)>,
    /// `true` if one of the values is read from the input.
    pub endpoint_reads_input: bool,
    /// The examples of calls.
    pub examples: Vec<Example>,
}

/// The event stream of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventStream {
    /// The member in the model.
    pub member: String,
    /// The field in Rust.
    pub field: Ident,
    /// The members of the union that are errors, with the codes of these errors.
    pub errors: Vec<(String, String)>,
}

/// The names of an operation's builders.
#[derive(Debug, Clone)]
pub struct Builders {
    /// The builder of the input, for any caller.
    pub builder: Ident,
    /// The builder of the input without a client.
    pub input: Ident,
    /// The builder of the input with a client.
    pub fluent: Ident,
    /// The type that reads all pages.
    pub paginator: Ident,
}

/// A segment of a path or host prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Literal text.
    Literal(String),
    /// The value of a member.
    Label(String),
    /// The value of a member, with slashes preserved.
    Greedy(String),
}

/// The authorization of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// A signature by SigV4.
    SigV4,
    /// A signature by SigV4 without the body.
    SigV4UnsignedPayload,
    /// A signature by SigV4A.
    SigV4A,
    /// A bearer token.
    Bearer,
    /// No authorization.
    None,
}

/// The checksums of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    /// `true` if a request must have a checksum.
    pub required: bool,
    /// The member that selects the algorithm.
    pub algorithm_member: Option<String>,
    /// The member that requests checksums of the response, and the algorithms that the response may use.
    pub validation: Option<(String, Vec<String>)>,
}

/// A part of an operation that the model does not express: a variant of the runtime's `Customization`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customization {
    /// The name of the variant.
    pub variant: Ident,
    /// The texts that it contains, such as names of members.
    pub texts: Vec<String>,
}

/// An error of an operation.
#[derive(Debug, Clone)]
pub struct OperationError {
    /// The code on the wire.
    pub code: String,
    /// The error's type.
    pub ident: Ident,
    /// The HTTP status.
    pub status: u16,
    /// `Some` if the error is retryable, and then `true` if it is a throttling error.
    pub retryable: Option<bool>,
    /// The meaning for the caller, if the status does not imply it.
    pub meaning: Option<ErrorMeaning>,
}

/// The meaning of an error for the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorMeaning {
    /// The requested resource does not exist.
    NotFound,
    /// The call conflicts with the state of the service.
    Conflict,
}

/// An error that the model defines.
#[derive(Debug, Clone)]
pub struct ModeledError {
    /// The code of the error in responses.
    pub code: String,
    /// The structure.
    pub structure: Structure,
    /// `true` if responses with the code are read as this error. A response identifies its error only by the code, so
    /// of two errors with the same code this is the first.
    pub is_first_of_code: bool,
    /// The HTTP status of operations with this error, or `None` if none defines it.
    pub status: Option<u16>,
    /// The message, if it is the only member of the error.
    pub message: Option<Message>,
}

/// The only member of an error.
#[derive(Debug, Clone)]
pub struct Message {
    /// The field.
    pub ident: Ident,
    /// `true` if the field is an `Option`.
    pub optional: bool,
}
