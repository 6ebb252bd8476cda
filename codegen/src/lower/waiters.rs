//! Lowers `smithy.waiters#waitable` of an operation to waiters and their acceptors.

use crate::error::CodegenError;
use crate::ir::{Acceptor, Condition, Docs, ErrorCode, Query, State, Step, Waiter};
use crate::jmespath;
use crate::lower::docs;
use crate::lower::query::{self, Lowerer, Typed};
use crate::lower::resolver::Resolver;
use crate::names::{Ident, Scope};
use serde::Deserialize;
use serde_json::Value;
use smithy_model::Shape;
use smithy_model::known::Waitable;
use std::collections::BTreeMap;

/// The minimum delay of a waiter that does not define one, in seconds.
const MIN_DELAY: u64 = 2;
const MAX_DELAY: u64 = 120;

/// The definition of a waiter in the trait.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Definition {
    documentation: Option<String>,
    acceptors: Vec<Accept>,
    min_delay: Option<u64>,
    max_delay: Option<u64>,
    #[serde(default)]
    deprecated: bool,
}

#[derive(Deserialize)]
struct Accept {
    state: AcceptState,
    matcher: Matcher,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "camelCase")]
enum AcceptState {
    Success,
    Failure,
    Retry,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Matcher {
    Success(bool),
    ErrorType(String),
    Output(PathMatcher),
    InputOutput(PathMatcher),
}

#[derive(Deserialize)]
struct PathMatcher {
    path: String,
    expected: String,
    comparator: Comparison,
}

#[derive(Deserialize, Clone, Copy)]
enum Comparison {
    #[serde(rename = "stringEquals")]
    String,
    #[serde(rename = "booleanEquals")]
    Boolean,
    #[serde(rename = "allStringEquals")]
    AllStrings,
    #[serde(rename = "anyStringEquals")]
    AnyString,
}

/// The scopes in which the names of waiters are unique.
pub(super) struct Names<'a> {
    /// The methods of the client.
    pub(super) methods: &'a mut Scope,
    /// The modules of waiters.
    pub(super) modules: Scope,
}

/// Lowers the waiters of an operation, by name. A waiter that is not supported is left out with a warning: without one
/// of its acceptors it would wait for something else.
pub(super) fn lower(
    resolver: &Resolver<'_>,
    shape: &Shape,
    names: &mut Names<'_>,
) -> Result<Vec<Waiter>, CodegenError> {
    let Some(Waitable(value)) = shape.traits.get() else {
        return Ok(Vec::new());
    };
    let waiters: BTreeMap<String, Value> = serde_json::from_value(value)
        .map_err(|error| CodegenError::unsupported(&shape.id, format!("waiters: {error}")))?;
    let mut lowered = Vec::new();
    for (name, definition) in waiters {
        match one(resolver, shape, &name, definition, names) {
            Ok(waiter) => lowered.push(waiter),
            Err(reason) => {
                let reason = format!("waiter {name} is left out: {reason}");
                resolver.warn(&shape.id, reason);
            }
        }
    }
    Ok(lowered)
}

fn one(
    resolver: &Resolver<'_>,
    shape: &Shape,
    name: &str,
    definition: Value,
    names: &mut Names<'_>,
) -> Result<Waiter, String> {
    let definition: Definition =
        serde_json::from_value(definition).map_err(|error| error.to_string())?;
    let Acceptors { outputs, errors } = acceptors(resolver, shape, &definition)?;
    let stem = Ident::upper_camel(name);
    let snake = Ident::snake(name);
    let min_delay = definition.min_delay.unwrap_or(MIN_DELAY);
    Ok(Waiter {
        method: names.methods.claim(snake.prefixed("wait_until_")),
        module: names.modules.claim(snake),
        docs: documentation(resolver, shape, name, definition.documentation),
        deprecated: definition.deprecated,
        max_delay: definition.max_delay.unwrap_or(MAX_DELAY).max(min_delay),
        min_delay,
        wire_name: name.to_owned(),
        ident: stem.suffixed("Waiter"),
        builder: stem.suffixed("FluentBuilder"),
        final_poll: stem.suffixed("FinalPoll"),
        error: stem.prefixed("WaitUntil").suffixed("Error"),
        reads_input: any_reads(&outputs, "input"),
        reads_output: any_reads(&outputs, "output"),
        reads_error: errors
            .iter()
            .any(|acceptor| acceptor.matcher != ErrorCode::Any),
        outputs,
        errors,
    })
}

/// The acceptors of a waiter, by what they match.
struct Acceptors {
    outputs: Vec<Acceptor<Condition>>,
    errors: Vec<Acceptor<ErrorCode>>,
}

fn acceptors(
    resolver: &Resolver<'_>,
    shape: &Shape,
    definition: &Definition,
) -> Result<Acceptors, String> {
    let mut outputs = Vec::new();
    let mut errors = Vec::new();
    for accept in &definition.acceptors {
        let state = state(accept);
        match &accept.matcher {
            Matcher::Success(true) => outputs.push(Acceptor {
                matcher: Condition::Always,
                state,
            }),
            Matcher::Success(false) => errors.push(Acceptor {
                matcher: ErrorCode::Any,
                state,
            }),
            Matcher::ErrorType(code) => {
                errors.push(Acceptor {
                    matcher: ErrorCode::Is(error_code(resolver, shape, code)),
                    state,
                });
            }
            Matcher::Output(matcher) | Matcher::InputOutput(matcher) => {
                let both = matches!(accept.matcher, Matcher::InputOutput(_));
                let condition = condition(resolver, shape, matcher, both)?;
                outputs.push(Acceptor {
                    matcher: Condition::If(condition),
                    state,
                });
            }
        }
    }
    // Acceptors after one that matches everything are never evaluated.
    cut(&mut outputs, |matcher| matches!(matcher, Condition::Always));
    cut(&mut errors, |matcher| *matcher == ErrorCode::Any);
    Ok(Acceptors { outputs, errors })
}

fn any_reads(outputs: &[Acceptor<Condition>], variable: &str) -> bool {
    outputs.iter().any(|acceptor| match &acceptor.matcher {
        Condition::Always => false,
        Condition::If(query) => query::reads(query, variable),
    })
}

/// Returns the code of the error that a waiter names: by its shape, with or without the namespace, or by the code
/// itself.
fn error_code(resolver: &Resolver<'_>, shape: &Shape, named: &str) -> String {
    let name = named.rsplit('#').next().unwrap_or(named);
    let own = shape
        .as_operation()
        .into_iter()
        .flat_map(|operation| &operation.errors);
    let mut errors = own.chain(&resolver.closure.service_errors);
    let error = errors
        .find(|id| id.name() == name)
        .and_then(|id| resolver.model.shape(id));
    error.map_or_else(
        || name.to_owned(),
        |error| resolver.protocol.error_code(error),
    )
}

fn cut<M>(acceptors: &mut Vec<Acceptor<M>>, takes_all: impl Fn(&M) -> bool) {
    if let Some(last) = acceptors
        .iter()
        .position(|acceptor| takes_all(&acceptor.matcher))
    {
        acceptors.truncate(last + 1);
    }
}

fn documentation(resolver: &Resolver<'_>, shape: &Shape, name: &str, text: Option<String>) -> Docs {
    match text {
        Some(text) => docs::of_text(resolver, &text),
        // This text is Markdown, whatever the format of the model's documentation.
        None => Docs(vec![format!(
            "Waits for `{name}` by polling `{}`.",
            shape.id.name()
        )]),
    }
}

fn state(accept: &Accept) -> State {
    match accept.state {
        AcceptState::Success => State::Success,
        AcceptState::Retry => State::Retry,
        AcceptState::Failure => State::Failure(match &accept.matcher {
            Matcher::Success(true) => "the call succeeds".to_owned(),
            Matcher::Success(false) => "the call fails".to_owned(),
            Matcher::ErrorType(code) => format!("the call fails with `{code}`"),
            Matcher::Output(PathMatcher {
                path,
                expected,
                comparator,
            })
            | Matcher::InputOutput(PathMatcher {
                path,
                expected,
                comparator,
            }) => match comparator {
                Comparison::String | Comparison::Boolean => {
                    format!("`{path}` is `{expected}`")
                }
                Comparison::AllStrings => format!("all of `{path}` are `{expected}`"),
                Comparison::AnyString => format!("one of `{path}` is `{expected}`"),
            },
        }),
    }
}

/// Lowers the condition of a matcher. The error is only the reason.
fn condition(
    resolver: &Resolver<'_>,
    shape: &Shape,
    matcher: &PathMatcher,
    both: bool,
) -> Result<Query, String> {
    let expr = jmespath::parse(&matcher.path).map_err(|error| error.to_string())?;
    let lowerer = Lowerer::new(resolver, shape.as_operation());
    let root = if both {
        Typed::input_and_output()
    } else {
        lowerer.output()?
    };
    let found = lowerer.lower(&expr, &root);
    let lowered = found.and_then(|found| {
        let expected = matcher.expected.clone();
        let step = match matcher.comparator {
            Comparison::String => return found.equals_text(&expected, resolver),
            Comparison::Boolean => return found.equals_boolean(expected == "true", resolver),
            Comparison::AllStrings => Step::AllAre(Box::new(found.into_texts(resolver)?), expected),
            Comparison::AnyString => Step::AnyIs(Box::new(found.into_texts(resolver)?), expected),
        };
        Ok(Query {
            step,
            optional: false,
        })
    });
    lowered.map_err(|reason| format!("`{}`: {reason}", matcher.path))
}
