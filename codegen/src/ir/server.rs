//! [`Server`]: the service side of a client.

use crate::ir::{Docs, Message, Presence, Type};
use crate::names::Ident;

/// The service side of a client. Links in the documentation lead to the client's crate.
#[derive(Debug, Clone)]
pub struct Server {
    /// The title of the service, for readers.
    pub title: String,
    /// The client's crate.
    pub client_crate: Ident,
    /// The trait that a service implements.
    pub service_trait: Ident,
    /// The enum of operations.
    pub operation_enum: Ident,
    /// The operations, by name.
    pub operations: Vec<ServedOperation>,
    /// The errors of the operations, by name.
    pub errors: Vec<ServedError>,
}

/// An operation of the service side.
#[derive(Debug, Clone)]
pub struct ServedOperation {
    /// The type that represents the operation.
    pub ident: Ident,
    /// The name of its module in the client's crate, and of its method of the trait.
    pub module: Ident,
    /// The type of its input.
    pub input: Ident,
    /// The type of its output.
    pub output: Ident,
    /// The defaults of absent members of its input.
    pub defaults: Vec<ServedDefault>,
    /// The first paragraph of the documentation.
    pub docs: Docs,
}

/// The default of an absent member of an input.
#[derive(Debug, Clone)]
pub struct ServedDefault {
    /// The field.
    pub ident: Ident,
    /// The type of the value.
    pub ty: Type,
    /// The value: zero, or another one.
    pub value: Presence,
}

/// An error of a service.
#[derive(Debug, Clone)]
pub struct ServedError {
    /// The code of the error in responses.
    pub code: String,
    /// The error's type.
    pub ident: Ident,
    /// The function that creates the error.
    pub function: Ident,
    /// The HTTP status.
    pub status: u16,
    /// The message, if it is the only member of the error.
    pub message: Option<Message>,
    /// The first paragraph of the documentation.
    pub docs: Docs,
}
