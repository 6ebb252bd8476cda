//! [`Server`]: what the service side of a client is made of.

use crate::ir::{Docs, Message};
use crate::names::Ident;

/// The service side of a client. Links in its documentation lead into the client's crate.
#[derive(Debug, Clone)]
pub struct Server {
    /// What people call the service.
    pub title: String,
    /// The client's crate.
    pub client_crate: Ident,
    /// The trait that a service implements.
    pub service_trait: Ident,
    /// The table of operations.
    pub operation_enum: Ident,
    /// The operations, by name.
    pub operations: Vec<ServedOperation>,
    /// The errors that operations answer with, by name.
    pub errors: Vec<ServedError>,
}

/// An operation of the service side.
#[derive(Debug, Clone)]
pub struct ServedOperation {
    /// The type that stands for it.
    pub ident: Ident,
    /// Its module in the client's crate, and its method of the trait.
    pub module: Ident,
    /// The type of its input.
    pub input: Ident,
    /// The type of its output.
    pub output: Ident,
    /// The first paragraph of its documentation.
    pub docs: Docs,
}

/// An error that a service answers with.
#[derive(Debug, Clone)]
pub struct ServedError {
    /// The code by which answers name it.
    pub code: String,
    /// The error's type.
    pub ident: Ident,
    /// The function that makes it.
    pub function: Ident,
    /// The status.
    pub status: u16,
    /// The text that it consists of, if it says nothing but a message.
    pub message: Option<Message>,
    /// The first paragraph of its documentation.
    pub docs: Docs,
}
