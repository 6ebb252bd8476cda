//! Tests of the generator's decisions, each by the line of generated code that shows it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use serde_json::{Value, json};
use smithy_codegen::Options;
use smithy_model::{Closure, Model};

/// Returns a file of the client for a model whose operation and service have these traits, with normalized white space.
fn generated(file: &str, operation: Value, service: Value) -> String {
    let mut operation_traits = json!({"smithy.api#http": {"method": "POST", "uri": "/get"}});
    let mut service_traits = json!({"aws.protocols#restJson1": {}});
    for (all, more) in [
        (&mut operation_traits, operation),
        (&mut service_traits, service),
    ] {
        let more = more.as_object().unwrap().clone();
        all.as_object_mut().unwrap().extend(more);
    }
    let with_default = |target: &str, default: Value| json!({"target": target, "traits": {"smithy.api#default": default}});
    let model = json!({"smithy": "2.0", "shapes": {
        "x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Get"}], "traits": service_traits},
        "x#Get": {"type": "operation", "output": {"target": "x#Out"}, "traits": operation_traits},
        "x#Out": {"type": "structure", "members": {
            "name": {"target": "smithy.api#String"},
            "ratio": {"target": "smithy.api#Double"},
            "list": {"target": "x#List"},
            "flag": with_default("smithy.api#PrimitiveBoolean", json!(false)),
            "tiny": with_default("smithy.api#Byte", json!(2)),
            "small": with_default("smithy.api#Short", json!(3)),
            "large": with_default("smithy.api#Long", json!(4))}},
        "x#List": {"type": "list", "member": {"target": "smithy.api#String"}},
    }});
    let model = Model::from_sources(&[("model.json", &model.to_string())]).unwrap();
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    let generated = smithy_codegen::generate(&model, &closure, &Options::default()).unwrap();
    let text = generated.files.get(file).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_expression_of_a_waiter_is_a_condition_in_rust() {
    for (path, expected) in [
        ("contains(name, 'x')", r#"contains(&"x")"#),
        ("contains(list, 'x')", r#"contains(&"x")"#),
        ("starts_with(name, 'x')", r#"starts_with("x")"#),
        ("ends_with(name, 'x')", r#"ends_with("x")"#),
        ("ratio > `1.5`", "> 1.5"),
        ("flag == `true`", "if output.flag {"),
        ("flag == `false`", "if !output.flag {"),
        ("flag != `true`", "if !output.flag {"),
        ("!(name == 'x')", "if !("),
    ] {
        let matcher =
            json!({"output": {"path": path, "expected": "true", "comparator": "booleanEquals"}});
        let waiter = json!({"Ready": {"acceptors": [{"state": "success", "matcher": matcher}]}});
        let traits = json!({"smithy.waiters#waitable": waiter});
        let text = generated("waiters/ready.rs", traits, json!({}));
        assert!(text.contains(expected), "{path}: {text}");
    }
}

#[test]
fn a_waiter_names_the_error_only_where_it_asks_for_it() {
    for (matcher, expected) in [
        (json!({"success": false}), "fn judge_error(_: &"),
        (json!({"errorType": "Gone"}), "fn judge_error(error: &"),
    ] {
        let waiter = json!({"Ready": {"acceptors": [{"state": "success", "matcher": matcher}]}});
        let traits = json!({"smithy.waiters#waitable": waiter});
        let text = generated("waiters/ready.rs", traits, json!({}));
        assert!(text.contains(expected), "{matcher}: {text}");
    }
}

#[test]
fn an_operation_has_the_authorization_that_its_service_supports_first() {
    let (sigv4, bearer) = ("aws.auth#sigv4", "smithy.api#httpBearerAuth");
    let both = || json!({sigv4: {"name": "x"}, bearer: {}});
    let listed = |schemes: [&str; 2]| json!({"smithy.api#auth": schemes});
    for (service, operation, is_bearer, is_either) in [
        (json!({sigv4: {"name": "x"}}), json!({}), false, false),
        (json!({bearer: {}}), json!({}), true, false),
        (both(), json!({}), false, true),
        (both(), listed([sigv4, bearer]), false, true),
        (both(), listed([bearer, sigv4]), true, false),
    ] {
        let text = generated("operation/get.rs", operation.clone(), service.clone());
        let about = format!("{service} {operation}: {text}");
        assert_eq!(text.contains(".auth(Auth::Bearer)"), is_bearer, "{about}");
        assert_eq!(text.contains(".or_bearer()"), is_either, "{about}");
    }
}

#[test]
fn a_host_prefix_and_the_defaults_of_members_are_generated() {
    let traits = json!({"smithy.api#endpoint": {"hostPrefix": "data."}});
    let text = generated("operation/get.rs", traits, json!({}));
    for expected in [
        r#".host_prefix(&[Segment::Literal("data.")])"#,
        "tiny = 2",
        "small = 3",
        "large = 4",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}
