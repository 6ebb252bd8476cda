//! Tests of closures, with recursion, resources and shared shapes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod common;

use common::{id, load, model};
use smithy_model::{Closure, Model, Reach, ShapeId, undocumented};
use std::collections::BTreeSet;

fn sample() -> Model {
    model(
        r#"{"a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Put"}], "resources": [{"target": "a#R"}],
                "errors": [{"target": "a#Common"}]},
            "a#R": {"type": "resource", "resources": [{"target": "a#Child"}], "list": {"target": "a#Find"}},
            "a#Child": {"type": "resource", "operations": [{"target": "a#Drop"}]},
            "a#Put": {"type": "operation", "input": {"target": "a#PutIn"}, "output": {"target": "a#Tree"}, "errors": [{"target": "a#Bad"}]},
            "a#Find": {"type": "operation", "output": {"target": "a#FindOut"}},
            "a#Drop": {"type": "operation"}, "a#Unbound": {"type": "operation", "input": {"target": "a#Lost"}},
            "a#PutIn": {"type": "structure", "members": {"kind": {"target": "a#Kind"}}},
            "a#FindOut": {"type": "structure", "members": {"trees": {"target": "a#Trees"}}},
            "a#Trees": {"type": "list", "member": {"target": "a#Tree"}},
            "a#Tree": {"type": "structure", "members": {"left": {"target": "a#Tree"}, "name": {"target": "smithy.api#String"}}},
            "a#Kind": {"type": "enum", "members": {"A": {"target": "smithy.api#Unit"}}},
            "a#Bad": {"type": "structure", "members": {"why": {"target": "a#Kind"}}, "traits": {"smithy.api#error": "client"}},
            "a#Common": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "server"}},
            "a#Lost": {"type": "structure", "members": {}}}"#,
    )
}

fn ids(texts: &[&str]) -> BTreeSet<ShapeId> {
    texts.iter().map(|text| id(text)).collect()
}

#[test]
fn the_whole_service() {
    let closure = Closure::of(&sample(), &id("a#S")).unwrap();
    let operations: Vec<_> = closure.operations.iter().map(ShapeId::name).collect();
    assert_eq!(operations, ["Drop", "Find", "Put"]);
    assert_eq!(closure.resources, ids(&["a#R", "a#Child"]));
    assert_eq!(closure.inputs, ids(&["a#PutIn"]));
    assert_eq!(closure.outputs, ids(&["a#FindOut", "a#Tree"]));
    assert_eq!(closure.errors, ids(&["a#Bad", "a#Common"]));
    assert_eq!(closure.service_errors, [id("a#Common")]);
    assert_eq!(
        closure.types,
        ids(&["a#Kind", "a#Tree"]),
        "an output that a member targets is a type too"
    );
    let reach = |input, output, error| {
        Some(Reach {
            input,
            output,
            error,
        })
    };
    assert_eq!(
        closure.shapes.get(&id("a#Kind")).copied(),
        reach(true, false, true)
    );
    assert_eq!(
        closure.shapes.get(&id("a#Trees")).copied(),
        reach(false, true, false)
    );
    assert_eq!(
        closure.shapes.get(&id("smithy.api#String")).copied(),
        reach(false, true, false)
    );
    assert_eq!(closure.shapes.get(&id("a#Lost")), None);
}

#[test]
fn some_operations_only() {
    let closure = Closure::of_operations(&sample(), &id("a#S"), &["Put"]).unwrap();
    assert_eq!(closure.operations, [id("a#Put")]);
    assert!(!closure.shapes.contains_key(&id("a#Trees")));
    assert!(
        closure.errors.contains(&id("a#Common")),
        "every operation may return the service's errors"
    );
}

#[test]
fn undocumented_shapes_are_listed() {
    let model = sample();
    let missing: Vec<_> = undocumented(&model)
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        missing,
        [
            "a#Bad",
            "a#Bad$why",
            "a#Common",
            "a#Drop",
            "a#Find",
            "a#FindOut$trees",
            "a#Kind",
            "a#Kind$A",
            "a#Put",
            "a#PutIn$kind",
            "a#S",
            "a#Tree",
            "a#Tree$left",
            "a#Tree$name"
        ]
    );
    let docs = |target: &str| {
        format!(r#""{target}": {{"type": "apply", "traits": {{"smithy.api#documentation": "x"}}}}"#)
    };
    let small = common::file(
        r#"{"a#S": {"type": "service", "operations": [{"target": "a#Op"}]}, "a#Op": {"type": "operation"}}"#,
    );
    let all = common::file(&format!("{{{}, {}}}", docs("a#S"), docs("a#Op")));
    let documented = load(&[("m", &small), ("docs", &all)]).unwrap();
    assert!(undocumented(&documented).unwrap().is_empty());
}
