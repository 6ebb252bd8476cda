//! [`Waiter`]: what is called, how often, and what the answers mean.

use crate::ir::{Docs, Query};
use crate::names::Ident;

/// A waiter of an operation.
#[derive(Debug, Clone)]
pub struct Waiter {
    /// Its name in the model.
    pub wire_name: String,
    /// What calls the operation until the wait ends.
    pub ident: Ident,
    /// The builder that fills the input.
    pub builder: Ident,
    /// The response that ended the wait.
    pub final_poll: Ident,
    /// Why the wait did not succeed.
    pub error: Ident,
    /// Its module.
    pub module: Ident,
    /// Its method on the client.
    pub method: Ident,
    /// Documentation.
    pub docs: Docs,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// The least pause, in seconds.
    pub min_delay: u64,
    /// The greatest pause, in seconds.
    pub max_delay: u64,
    /// What outputs mean; the first condition that holds decides.
    pub outputs: Vec<Acceptor<Condition>>,
    /// Whether a condition on outputs reads the input.
    pub reads_input: bool,
    /// Whether a condition on outputs reads the output.
    pub reads_output: bool,
    /// Whether what errors mean depends on the error.
    pub reads_error: bool,
    /// What errors mean; the first that fits decides.
    pub errors: Vec<Acceptor<ErrorCode>>,
}

/// What an answer means.
#[derive(Debug, Clone)]
pub struct Acceptor<M> {
    /// Which answers.
    pub matcher: M,
    /// What they mean.
    pub state: State,
}

/// Which outputs.
#[derive(Debug, Clone)]
pub enum Condition {
    /// All.
    Always,
    /// Those for which this is true.
    If(Query),
}

/// Which errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorCode {
    /// All.
    Any,
    /// Those with this code.
    Is(String),
}

/// What an answer means for the wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// What was waited for is there.
    Success,
    /// It will never be there, for this reason.
    Failure(String),
    /// It may be there later.
    Retry,
}
