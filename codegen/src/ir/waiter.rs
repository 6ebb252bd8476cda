//! [`Waiter`]: the delays and acceptors of a waiter.

use crate::ir::{Docs, Query};
use crate::names::Ident;

/// A waiter of an operation.
#[derive(Debug, Clone)]
pub struct Waiter {
    /// The name in the model.
    pub wire_name: String,
    /// The type that calls the operation until the wait ends.
    pub ident: Ident,
    /// The builder that fills the input.
    pub builder: Ident,
    /// The type of the response that ended the wait.
    pub final_poll: Ident,
    /// The type of the error of a wait that did not succeed.
    pub error: Ident,
    /// The module.
    pub module: Ident,
    /// The method on the client.
    pub method: Ident,
    /// The documentation.
    pub docs: Docs,
    /// `true` if the waiter is deprecated.
    pub deprecated: bool,
    /// The minimum delay, in seconds.
    pub min_delay: u64,
    /// The maximum delay, in seconds.
    pub max_delay: u64,
    /// The acceptors of outputs. The first condition that holds applies.
    pub outputs: Vec<Acceptor<Condition>>,
    /// `true` if a condition on outputs reads the input.
    pub reads_input: bool,
    /// `true` if a condition on outputs reads the output.
    pub reads_output: bool,
    /// `true` if an acceptor of errors reads the error.
    pub reads_error: bool,
    /// The acceptors of errors. The first that matches applies.
    pub errors: Vec<Acceptor<ErrorCode>>,
}

/// The state that follows from certain responses.
#[derive(Debug, Clone)]
pub struct Acceptor<M> {
    /// The condition on the responses.
    pub matcher: M,
    /// The state that follows from them.
    pub state: State,
}

/// A condition on outputs.
#[derive(Debug, Clone)]
pub enum Condition {
    /// Matches every output.
    Always,
    /// Matches outputs for which the query is true.
    If(Query),
}

/// A condition on errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorCode {
    /// Matches every error.
    Any,
    /// Matches errors with this code.
    Is(String),
}

/// The state of a wait after a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The wait succeeded.
    Success,
    /// The wait failed, for this reason.
    Failure(String),
    /// The operation is called again.
    Retry,
}
