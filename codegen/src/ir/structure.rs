//! [`Structure`]: the fields of a structure, with their presence and HTTP binding, and its builder.

use crate::ir::{CarriedTrait, Docs, Type};
use crate::names::Ident;

/// A structure.
#[derive(Debug, Clone)]
pub struct Structure {
    /// The shape id.
    pub id: String,
    /// The name in Rust.
    pub ident: Ident,
    /// The module.
    pub module: Ident,
    /// The name of the builder.
    pub builder: Ident,
    /// The role of the structure.
    pub role: Role,
    /// The documentation.
    pub docs: Docs,
    /// The fields.
    pub fields: Vec<Field>,
    /// The named types that occur in the types of the fields, each once.
    pub named_types: Vec<Ident>,
    /// The way in which the builder creates the structure.
    pub building: Building,
    /// `true` if the structure derives `Default`, because every field is absent, zero, false or empty by default.
    pub derives_default: bool,
    /// `true` if no value of the structure can violate a constraint of the model, at any depth.
    pub unconstrained: bool,
    /// `true` if no input contains the structure, so that only services serialize it.
    pub output: bool,
    /// `true` if the structure is an output with the algorithms of the checksums by which its body was validated.
    pub validated: bool,
    /// The traits of the structure that only the protocol reads.
    pub carried: Vec<CarriedTrait>,
}

/// The way in which a builder creates its structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Building {
    /// The builder holds the structure itself. Every field is an `Option`, so that none can be missing.
    Whole,
    /// The builder sets missing fields to their defaults.
    Filled,
    /// The builder fails if a required field is missing.
    Checked,
}

/// The role of a structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The input of an operation.
    Input,
    /// The output of an operation.
    Output,
    /// An error.
    Error,
    /// A part of other structures.
    Type,
}

/// A field of a structure.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name in the model.
    pub wire_name: String,
    /// The name in the document body.
    pub document_name: String,
    /// The name in Rust.
    pub ident: Ident,
    /// The setter that replaces or removes the whole value.
    pub whole_setter: Ident,
    /// The getter of builders.
    pub getter: Ident,
    /// The documentation.
    pub docs: Docs,
    /// The documentation of setters: the first sentence and the constraints.
    pub setter_docs: Docs,
    /// The type, without `Option`.
    pub ty: Type,
    /// The presence of the value.
    pub presence: Presence,
    /// The default that a service fills in for an absent member of a request or a response. The presence is that for clients.
    pub service_default: Option<Presence>,
    /// `true` if the member has `smithy.api#required` and no default to replace it, whatever the presence. A default does not
    /// replace a label.
    pub required: bool,
    /// `true` if the member is not sent if it is zero, false or empty.
    pub omits_zero: bool,
    /// The HTTP binding.
    pub location: Location,
    /// `true` if the field is absent if it cannot be read.
    pub lenient: bool,
    /// `true` if the value must not be printed.
    pub sensitive: bool,
    /// `true` if the field is a structure as the payload. An absent one is sent as an empty document.
    pub empty_document: bool,
    /// `true` if the field is the idempotency token.
    pub idempotency_token: bool,
    /// The static with constraints and formats.
    pub target: Option<Ident>,
    /// The traits of the member that only the protocol reads.
    pub carried: Vec<CarriedTrait>,
    /// The reason of the deprecation, if the member is deprecated.
    pub deprecated: Option<String>,
}

/// The presence of a field's value.
#[derive(Debug, Clone, PartialEq)]
pub enum Presence {
    /// The field is an `Option`.
    Optional,
    /// The field always has a value, which builders require.
    Required,
    /// The field always has a value. The default is zero, false or empty.
    Zero,
    /// The field always has a value. The default is this one.
    Default(Default),
}

/// A default value other than zero.
#[derive(Debug, Clone, PartialEq)]
pub enum Default {
    /// `true`.
    True,
    /// An integer.
    Integer(i64),
    /// A float or double.
    Float(f64),
    /// The value of a string or an enum.
    Text(String),
    /// A number of arbitrary size.
    Digits(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// A timestamp, since 1970.
    Timestamp {
        /// The whole seconds.
        seconds: i64,
        /// The nanoseconds within the second.
        nanoseconds: u32,
    },
    /// A document.
    Document(serde_json::Value),
}

/// The HTTP binding of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A member of the document body.
    Body,
    /// A label of the path or host.
    Label,
    /// A query parameter.
    Query(String),
    /// One query parameter for each entry.
    QueryParams,
    /// A header.
    Header(String),
    /// One header for each entry.
    PrefixHeaders(String),
    /// The body.
    Payload,
    /// The HTTP status.
    ResponseCode,
    /// A header of an event.
    EventHeader,
    /// The payload of an event.
    EventPayload,
}
