//! [`ProtocolTest`]: a case of the model's protocol tests.

use crate::names::Ident;

/// A case of `smithy.test#httpRequestTests` or `smithy.test#httpResponseTests`.
#[derive(Debug, Clone)]
pub struct ProtocolTest {
    /// The function that runs it.
    pub ident: Ident,
    /// The operation's module.
    pub module: Ident,
    /// The operation.
    pub operation: Ident,
    /// What is tested.
    pub subject: TestSubject,
    /// The case, as JSON.
    pub case: String,
}

/// What a protocol test is of.
#[derive(Debug, Clone)]
pub enum TestSubject {
    /// How an input is written.
    Request,
    /// How an output is read.
    Response,
    /// How an error is read; with the code by which answers name it, where that is not the name of its shape.
    Error(Ident, Option<String>),
}
