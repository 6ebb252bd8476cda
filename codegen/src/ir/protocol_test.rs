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
    /// The subject of the test.
    pub subject: TestSubject,
    /// The case, as JSON.
    pub case: String,
}

/// The subject of a protocol test.
#[derive(Debug, Clone)]
pub enum TestSubject {
    /// The serialization of an input.
    Request,
    /// The deserialization of an output.
    Response,
    /// The deserialization of an error, with its code in responses if that is not the name of its shape.
    Error(Ident, Option<String>),
}
