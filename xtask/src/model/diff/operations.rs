//! Compares operations: their bindings, errors, pagination and waiters.

use super::report::{Effect, Kind, Report};
use super::side::Side;
use super::traits;
use smithy_model::known::{Endpoint, Http, Waitable};
use smithy_model::{OperationShape, Shape, ShapeId, Trait};
use std::collections::BTreeSet;

/// Traits that are compared here in words of their own.
const TOLD: &[&str] = &[
    "smithy.api#http",
    "smithy.api#endpoint",
    "smithy.api#paginated",
    "smithy.waiters#waitable",
];

pub(super) fn compare(old: &Side<'_>, new: &Side<'_>, report: &mut Report) {
    service(old, new, report);
    let (before, after) = (old.operations(), new.operations());
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        let text = "was removed".to_owned();
        report.push(Effect::Breaks, Kind::Operation, name, text);
    }
    for (name, operation) in &after {
        match before.get(name) {
            None => report.add(Kind::Operation, "", name),
            Some(was) => {
                bindings(was, operation, report);
                pagination(was, operation, report);
                waiters(was, operation, report);
                errors((old, was), (new, operation), report);
                traits::compare(
                    Kind::Operation,
                    name,
                    &was.traits,
                    &operation.traits,
                    TOLD,
                    report,
                );
            }
        }
    }
}

fn service(old: &Side<'_>, new: &Side<'_>, report: &mut Report) {
    let (was, is) = (&old.bound.version, &new.bound.version);
    if was != is {
        let text = format!("has the API version `{is}`, before `{was}`");
        report.push(Effect::Changes, Kind::Service, "The service", text);
    }
    traits::compare(
        Kind::Service,
        "The service",
        &old.service.traits,
        &new.service.traits,
        &[],
        report,
    );
}

/// The method, the path and the host.
fn bindings(old: &Shape, new: &Shape, report: &mut Report) {
    let describe = |shape: &Shape| {
        let http = shape.traits.get::<Http>()?;
        Some(format!("`{} {}` ({})", http.method, http.uri, http.code))
    };
    let host = |shape: &Shape| Some(format!("`{}`", shape.traits.get::<Endpoint>()?.host_prefix));
    for (what, was, is) in [
        ("HTTP binding", describe(old), describe(new)),
        ("host prefix", host(old), host(new)),
    ] {
        if was != is {
            let [was, is] = [was, is].map(|it| it.unwrap_or_else(|| "none".to_owned()));
            let text = format!("has the {what} {is}, before {was}");
            report.push(Effect::Breaks, Kind::Operation, new.id.name(), text);
        }
    }
}

fn pagination(old: &Shape, new: &Shape, report: &mut Report) {
    const ID: &str = "smithy.api#paginated";
    let name = new.id.name();
    match (old.traits.raw(ID), new.traits.raw(ID)) {
        (None, Some(_)) => report.add(Kind::Operation, name, "a paginator"),
        (Some(_), None) => {
            let text = "no longer has a paginator".to_owned();
            report.push(Effect::Breaks, Kind::Operation, name, text);
        }
        (Some(was), Some(is)) if was != is => {
            let text = format!("is paginated by `{is}`, before by `{was}`");
            report.push(Effect::Breaks, Kind::Operation, name, text);
        }
        _ => {}
    }
}

fn waiters(old: &Shape, new: &Shape, report: &mut Report) {
    let name = new.id.name();
    let none = serde_json::Value::Null;
    let [was, is] = [old, new].map(|shape| shape.traits.raw(Waitable::ID).unwrap_or(&none));
    let names = |value: &serde_json::Value| -> BTreeSet<String> {
        let object = value.as_object();
        object
            .into_iter()
            .flat_map(|it| it.keys().cloned())
            .collect()
    };
    for waiter in names(was).union(&names(is)) {
        match (&was[waiter.as_str()], &is[waiter.as_str()]) {
            (serde_json::Value::Null, _) => {
                report.add(Kind::Operation, name, &format!("the waiter `{waiter}`"));
            }
            (_, serde_json::Value::Null) => {
                let text = format!("no longer has the waiter `{waiter}`");
                report.push(Effect::Breaks, Kind::Operation, name, text);
            }
            (was, is) if was != is => {
                let text = format!("has a waiter `{waiter}` with other rules");
                report.push(Effect::Changes, Kind::Operation, name, text);
            }
            _ => {}
        }
    }
}

fn errors(old: (&Side<'_>, &Shape), new: (&Side<'_>, &Shape), report: &mut Report) {
    fn names<'a>(side: &'a Side<'_>, shape: &'a Shape) -> BTreeSet<&'a str> {
        let own = shape.as_operation().map(|it: &OperationShape| &it.errors);
        let all = own.into_iter().flatten().chain(&side.bound.errors);
        all.map(ShapeId::name).collect()
    }
    let (before, after) = (names(old.0, old.1), names(new.0, new.1));
    let operation = new.1.id.name();
    for name in after.difference(&before) {
        report.add(Kind::Error, operation, name);
    }
    for name in before.difference(&after) {
        let text = format!("no longer returns the error `{name}`");
        report.push(Effect::Changes, Kind::Error, operation, text);
    }
}
