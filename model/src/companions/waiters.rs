//! Reads the waiters beside a botocore service model, as `apply` statements.
//!
//! botocore keeps them in `waiters-2.json` in the same folder. `smithy.waiters#waitable` identifies errors by name, not
//! by status, so a status is replaced by the errors of the operation that have it, and by its reason for `HEAD`: such a
//! response has no body with a code, and clients use the reason. A waiter with a status that no error has is left out,
//! unless it is a server error that is retried, since clients retry these anyway. A waiter
//! without its operation, delay or acceptors is left out too, for the same reason as in
//! [`paginators`](super::paginators). The maximum number of attempts is left out, since callers set the maximum time to wait.

use super::Shapes;
use crate::{ModelErrors, ShapeId, ast::AstShape, source::Source};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Waiters {
    waiters: BTreeMap<String, Waiter>,
}

#[derive(Deserialize)]
struct Waiter {
    operation: Option<String>,
    delay: Option<u64>,
    acceptors: Option<Vec<Acceptor>>,
}

#[derive(Deserialize)]
struct Acceptor {
    state: String,
    matcher: String,
    argument: Option<String>,
    expected: Value,
}

/// Returns the waiters beside a model, or `None` if the model is not in botocore's format or has none.
pub(crate) fn waiters(path: &Path, model: &Source) -> Result<Option<Source>, ModelErrors> {
    let read = super::read(path, model, "waiters-2.json")?;
    let Some((file, Waiters { waiters })) = read else {
        return Ok(None);
    };
    let shapes = super::shapes(model);
    let operations = model.ast.shapes.0.iter();
    let operations = operations.filter(|(_, shape)| shape.kind == "operation");
    let statements = operations.filter_map(|(id, operation)| {
        let waitable = waitable(&shapes, id, operation, &waiters);
        let traits = vec![("smithy.waiters#waitable", Value::Object(waitable.clone()))];
        (!waitable.is_empty()).then(|| (id.clone(), traits))
    });
    Ok(Some(super::applied(&file, statements)))
}

/// Returns the value of the trait for an operation: its waiters by name.
fn waitable(
    shapes: &Shapes<'_>,
    id: &ShapeId,
    operation: &AstShape,
    waiters: &BTreeMap<String, Waiter>,
) -> Map<String, Value> {
    let own = waiters
        .iter()
        .filter(|(_, waiter)| waiter.operation.as_deref() == Some(id.name()));
    let said = own.filter_map(|(name, waiter)| {
        let (acceptors, delay) = (waiter.acceptors.as_ref()?.iter(), waiter.delay?);
        let acceptors: Option<Vec<Vec<Value>>> = acceptors
            .map(|acceptor| accepts(shapes, operation, acceptor))
            .collect();
        let acceptors = acceptors?.concat();
        let mut value = json!({"acceptors": acceptors, "minDelay": delay});
        // The default maximum of the trait, unless the minimum is greater.
        if delay > 120 {
            value["maxDelay"] = json!(delay);
        }
        Some((name.clone(), value))
    });
    said.collect()
}

/// Returns the acceptors that are equivalent to an acceptor of botocore, or `None` if there are none.
fn accepts(shapes: &Shapes<'_>, operation: &AstShape, acceptor: &Acceptor) -> Option<Vec<Value>> {
    let matchers = match (acceptor.matcher.as_str(), &acceptor.expected) {
        ("error", Value::String(code)) => vec![json!({"errorType": code})],
        ("error", Value::Bool(fails)) => vec![json!({"success": !fails})],
        ("status", Value::Number(status)) => match status.as_u64()? {
            200..300 => vec![json!({"success": true})],
            status => {
                let mut errors = errors_with(shapes, operation, status);
                errors.extend(reason(status).filter(|_| is_head(operation)));
                let is_retried_anyway = status >= 500 && acceptor.state == "retry";
                if errors.is_empty() && !is_retried_anyway {
                    return None;
                }
                errors
                    .iter()
                    .map(|code| json!({"errorType": code}))
                    .collect()
            }
        },
        (matcher, expected) => vec![json!({"output": output(matcher, expected, acceptor)?})],
    };
    let accepts = |matcher| json!({"state": acceptor.state, "matcher": matcher});
    Some(matchers.into_iter().map(accepts).collect())
}

/// Returns a matcher of the output of the operation.
fn output(matcher: &str, expected: &Value, acceptor: &Acceptor) -> Option<Value> {
    let (comparator, expected) = match (matcher, expected) {
        ("path", Value::String(text)) => ("stringEquals", text.clone()),
        ("path", Value::Bool(value)) => ("booleanEquals", value.to_string()),
        ("pathAll", Value::String(text)) => ("allStringEquals", text.clone()),
        ("pathAny", Value::String(text)) => ("anyStringEquals", text.clone()),
        _ => return None,
    };
    let path = acceptor.argument.as_ref()?;
    Some(json!({"path": path, "expected": expected, "comparator": comparator}))
}

/// Returns the names of an operation's errors with this status.
fn errors_with<'a>(shapes: &Shapes<'a>, operation: &'a AstShape, status: u64) -> Vec<&'a str> {
    let errors = operation.errors.iter().map(|error| &error.target);
    let with_status = errors.filter(|id| {
        let traits = shapes.get(id).map(|shape| &shape.traits.0);
        let mut traits = traits.into_iter().flatten();
        traits.any(|(id, value)| id == "smithy.api#httpError" && *value == json!(status))
    });
    with_status.map(|id| id.name()).collect()
}

/// Returns whether the responses of an operation have no body.
fn is_head(operation: &AstShape) -> bool {
    let http = operation.traits.0.iter();
    let mut http = http.filter(|(id, _)| *id == "smithy.api#http");
    http.any(|(_, http)| http["method"] == "HEAD")
}

/// Returns the code of an error with this status and without a body.
fn reason(status: u64) -> Option<&'static str> {
    match status {
        301 => Some("MovedPermanently"),
        403 => Some("Forbidden"),
        404 => Some("NotFound"),
        409 => Some("Conflict"),
        412 => Some("PreconditionFailed"),
        _ => None,
    }
}
