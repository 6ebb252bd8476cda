//! [`Structure`]: its fields, how each is present and where it travels, and how its builder comes to it.

use crate::ir::{CarriedTrait, Docs, Type};
use crate::names::Ident;

/// A structure.
#[derive(Debug, Clone)]
pub struct Structure {
    /// Its shape id.
    pub id: String,
    /// Its name in Rust.
    pub ident: Ident,
    /// Its module.
    pub module: Ident,
    /// Its builder.
    pub builder: Ident,
    /// What it is for.
    pub role: Role,
    /// Documentation.
    pub docs: Docs,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The types with names that its fields are of or are made of, each once.
    pub named_types: Vec<Ident>,
    /// How its builder comes to it.
    pub building: Building,
    /// Whether it derives `Default`: without a value, every field is absent, zero, false or empty.
    pub derives_default: bool,
    /// Whether no value of it can break a rule of the model, at any depth.
    pub unconstrained: bool,
    /// Whether no input reaches it: only services write it.
    pub output: bool,
    /// Whether it is an output that knows the checksums that its body was validated by.
    pub validated: bool,
    /// What only the protocol reads of it.
    pub carried: Vec<CarriedTrait>,
}

/// How a builder comes to its structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Building {
    /// It holds the structure itself: every field is an `Option`, so that nothing can be missing.
    Whole,
    /// It fills fields that were not set with their defaults.
    Filled,
    /// It fails when a required field was not set.
    Checked,
}

/// What a structure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The input of an operation.
    Input,
    /// The output of an operation.
    Output,
    /// An error.
    Error,
    /// A part of others.
    Type,
}

/// A field of a structure.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name in the model.
    pub wire_name: String,
    /// Its name in the document body.
    pub document_name: String,
    /// Its name in Rust.
    pub ident: Ident,
    /// The setter that replaces or unsets the whole of it.
    pub whole_setter: Ident,
    /// The method of builders that reads it.
    pub getter: Ident,
    /// Documentation.
    pub docs: Docs,
    /// What is said of it where it is set: its first sentence and its limits.
    pub setter_docs: Docs,
    /// Its type, without `Option`.
    pub ty: Type,
    /// Whether it may be absent.
    pub presence: Presence,
    /// `smithy.api#required`, whatever the presence.
    pub required: bool,
    /// Whether it is not sent where it is zero, false or empty.
    pub omits_zero: bool,
    /// Where it travels.
    pub location: Location,
    /// Whether it must not be printed.
    pub sensitive: bool,
    /// Whether it is a structure as the payload, which is an empty document where it is absent.
    pub empty_document: bool,
    /// Whether it is the idempotency token.
    pub idempotency_token: bool,
    /// Constraints and formats.
    pub target: Option<Ident>,
    /// What only the protocol reads of it.
    pub carried: Vec<CarriedTrait>,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
}

/// Whether a field may be absent.
#[derive(Debug, Clone, PartialEq)]
pub enum Presence {
    /// It is an `Option`.
    Optional,
    /// It is always there, and builders insist on it.
    Required,
    /// It is always there; its default is zero, false or empty.
    Zero,
    /// It is always there; its default is this.
    Default(Default),
}

/// A default other than zero.
#[derive(Debug, Clone, PartialEq)]
pub enum Default {
    /// `true`.
    True,
    /// An integer.
    Integer(i64),
    /// A float or double.
    Float(f64),
    /// Text, of a string or enum.
    Text(String),
    /// A number of any size.
    Digits(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// A point in time, from 1970 on.
    Timestamp {
        /// Its whole seconds.
        seconds: i64,
        /// The rest.
        nanoseconds: u32,
    },
    /// A document.
    Document(serde_json::Value),
}

/// Where a field travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// In the document body.
    Body,
    /// In the path or host.
    Label,
    /// In the query.
    Query(String),
    /// In the query, entry by entry.
    QueryParams,
    /// In a header.
    Header(String),
    /// In headers, entry by entry.
    PrefixHeaders(String),
    /// As the body.
    Payload,
    /// As the status.
    ResponseCode,
}
