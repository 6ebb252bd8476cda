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
    /// The structures and unions within inputs, outputs and errors that have members with defaults, at any depth, by name.
    pub nested: Vec<NestedDefaults>,
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
    /// The defaults of its input.
    pub input_defaults: Defaults,
    /// The defaults of its output.
    pub output_defaults: Defaults,
    /// The first paragraph of the documentation.
    pub docs: Docs,
}

/// The defaults of a structure or union, which the service fills in.
#[derive(Debug, Clone)]
pub struct Defaults {
    /// The defaults of absent members.
    pub own: Vec<ServedDefault>,
    /// The members that contain others with defaults.
    pub nested: Vec<NestedPart>,
}

impl Defaults {
    /// Returns whether there is nothing to fill in.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.nested.is_empty()
    }
}

/// The default of an absent member.
#[derive(Debug, Clone)]
pub struct ServedDefault {
    /// The field.
    pub ident: Ident,
    /// The type of the value.
    pub ty: Type,
    /// The value: zero, or another one.
    pub value: Presence,
}

/// A structure or union with defaults within inputs, outputs and errors.
#[derive(Debug, Clone)]
pub struct NestedDefaults {
    /// The function that fills them in.
    pub function: Ident,
    /// The type.
    pub ty: Ident,
    /// `true` for a union, whose parts are variants.
    pub union: bool,
    /// The defaults.
    pub defaults: Defaults,
}

/// A member that contains structures or unions with defaults.
#[derive(Debug, Clone)]
pub struct NestedPart {
    /// The field or variant.
    pub ident: Ident,
    /// The type, without `Option`.
    pub ty: Type,
    /// `true` if the field is an `Option`.
    pub optional: bool,
    /// The function that fills in the defaults of the structure or union.
    pub function: Ident,
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
    /// The defaults.
    pub defaults: Defaults,
    /// The first paragraph of the documentation.
    pub docs: Docs,
}
