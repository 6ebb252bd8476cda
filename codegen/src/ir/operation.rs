//! [`Operation`]: how it is called, what it takes and gives, and how it fails.

use crate::ir::{CarriedTrait, Docs, Example, Pagination, ParameterSource, Structure, Waiter};
use crate::names::Ident;
use smithy_model::ShapeId;

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its shape id.
    pub id: ShapeId,
    /// Its name in the model.
    pub wire_name: String,
    /// The type that stands for it.
    pub ident: Ident,
    /// Its module, and its method on the client.
    pub module: Ident,
    /// Documentation.
    pub docs: Docs,
    /// The HTTP method.
    pub method: String,
    /// The path.
    pub path: Vec<Segment>,
    /// Query parameters that are always there.
    pub query: Vec<(String, String)>,
    /// The status of success.
    pub code: u16,
    /// What goes before the host.
    pub host_prefix: Vec<Segment>,
    /// How it is authorized.
    pub auth: Auth,
    /// Whether the body of the answer streams.
    pub streams_output: bool,
    /// Whether a bearer token does as well as a signature.
    pub or_bearer: bool,
    /// Whether it can be called without credentials.
    pub optional_auth: bool,
    /// Whether it takes requests that are compressed by gzip.
    pub gzip: bool,
    /// What only the protocol reads of it.
    pub carried: Vec<CarriedTrait>,
    /// The checksums of its requests and answers.
    pub checksum: Option<Checksum>,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
    /// The errors the model names.
    pub errors: Vec<OperationError>,
    /// The input.
    pub input: Structure,
    /// The output.
    pub output: Structure,
    /// How it is paginated.
    pub pagination: Option<Pagination>,
    /// What can be waited for by calling it.
    pub waiters: Vec<Waiter>,
    /// What it gives the parameters of the endpoint rules; later ones take the place of earlier ones.
    pub endpoint_parameters: Vec<(String, ParameterSource)>,
    /// Whether one of them is read from the input.
    pub endpoint_reads_input: bool,
    /// How it is called.
    pub examples: Vec<Example>,
}

/// A piece of a path or host prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Text that stands as it is.
    Literal(String),
    /// A member's value.
    Label(String),
    /// A member's value, slashes kept.
    Greedy(String),
}

/// How an operation is authorized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// Signed.
    SigV4,
    /// Signed, the body left out.
    SigV4UnsignedPayload,
    /// By a bearer token.
    Bearer,
    /// Not at all.
    None,
}

/// What an operation has to do with checksums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    /// Whether a request must have one.
    pub required: bool,
    /// The member that chooses the algorithm.
    pub algorithm_member: Option<String>,
    /// The member that asks for checksums of the answer, and the algorithms that there may be.
    pub validation: Option<(String, Vec<String>)>,
}

/// An error that an operation may answer with.
#[derive(Debug, Clone)]
pub struct OperationError {
    /// The code on the wire.
    pub code: String,
    /// The error's type.
    pub ident: Ident,
    /// The status.
    pub status: u16,
    /// Whether it is retryable, and then whether it is throttling.
    pub retryable: Option<bool>,
    /// What it means for the caller, where its status does not say so.
    pub meaning: Option<ErrorMeaning>,
}

/// What an error means for the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorMeaning {
    /// What was asked for does not exist.
    NotFound,
    /// The call conflicts with the state of the service.
    Conflict,
}

/// An error that the model names.
#[derive(Debug, Clone)]
pub struct ModeledError {
    /// The code by which answers name it.
    pub code: String,
    /// What it is made of.
    pub structure: Structure,
    /// Whether answers with its code are taken for it: answers have nothing but the code to tell their error by, so of
    /// two errors with one code it is the first.
    pub is_first_of_code: bool,
    /// The status that operations answer it with; `None` where none names it.
    pub status: Option<u16>,
    /// The text that it consists of, if it says nothing but a message.
    pub message: Option<Message>,
}

/// The only member of an error.
#[derive(Debug, Clone)]
pub struct Message {
    /// The field.
    pub ident: Ident,
    /// Whether the field is an `Option`.
    pub optional: bool,
}
