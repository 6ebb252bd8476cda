//! Tests of the generator's decisions, each by the line of generated code that shows it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "decisions/names.rs"]
mod names;
#[path = "decisions/shapes.rs"]
mod shapes;

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
    let get =
        json!({"type": "operation", "output": {"target": "x#Out"}, "traits": operation_traits});
    let shapes = json!({
        "x#Out": {"type": "structure", "members": {
            "name": {"target": "smithy.api#String"},
            "ratio": {"target": "smithy.api#Double"},
            "part": {"target": "smithy.api#Float"},
            "maybe": {"target": "smithy.api#Boolean"},
            "level": {"target": "x#Level"},
            "list": {"target": "x#List"},
            "flag": with_default("smithy.api#PrimitiveBoolean", json!(false)),
            "tiny": with_default("smithy.api#Byte", json!(2)),
            "small": with_default("smithy.api#Short", json!(3)),
            "large": with_default("smithy.api#Long", json!(4))}},
        "x#List": {"type": "list", "member": {"target": "smithy.api#String"}},
        "x#Level": {"type": "intEnum", "members": {
            "LOW": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 3}}}},
    });
    let (model, closure) = model_of(service_traits, get, shapes);
    let generated = smithy_codegen::generate(&model, &closure, &Options::default()).unwrap();
    normalized(generated.files.get(file))
}

/// Returns a model whose service has this operation `Get`, and these shapes besides.
fn model_of(service_traits: Value, get: Value, shapes: Value) -> (Model, Closure) {
    let mut model = json!({"smithy": "2.0", "shapes": {
        "x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Get"}], "traits": service_traits},
        "x#Get": get,
    }});
    let all = model["shapes"].as_object_mut().unwrap();
    all.extend(shapes.as_object().unwrap().clone());
    let model = Model::from_sources(&[("model.json", &model.to_string())]).unwrap();
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    (model, closure)
}

fn normalized(text: Option<&str>) -> String {
    let words = text.unwrap_or_default().split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn an_expression_of_a_waiter_is_a_condition_in_rust() {
    for (path, expected) in [
        ("contains(name, 'x')", r#"contains(&"x")"#),
        ("contains(list, 'x')", r#"contains(&"x")"#),
        ("starts_with(name, 'x')", r#"starts_with("x")"#),
        ("ends_with(name, 'x')", r#"ends_with("x")"#),
        ("ratio > `1.5`", "> 1.5"),
        ("ratio > `1`", "> 1.0"),
        ("`1` < ratio", "1.0 <"),
        ("maybe && flag", "output.maybe == Some(true)"),
        ("part > `1.5`", "map(f64::from)"),
        ("tiny == `2`", "i64::from("),
        ("small == `2`", "i64::from("),
        ("large == `2`", "output.large == 2"),
        ("flag == `true`", "if output.flag {"),
        ("flag == `false`", "if !output.flag {"),
        ("flag != `true`", "if !output.flag {"),
        ("!(name == 'x')", "if !("),
        ("length(list) > `1`", "map(|value| value.len())"),
        ("level == `3`", "i64::from(value.0)"),
        ("name == `null`", "if output.name.as_ref().is_none() {"),
        ("name != `null`", "if !output.name.as_ref().is_none() {"),
        ("`null` == name", "if output.name.as_ref().is_none() {"),
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
fn acceptors_after_one_that_accepts_everything_are_left_out() {
    let accept = |state: &str, matcher: Value| json!({"state": state, "matcher": matcher});
    let name =
        json!({"output": {"path": "name", "expected": "late", "comparator": "stringEquals"}});
    let acceptors = json!([
        accept("success", json!({"success": true})),
        accept("failure", name),
        accept("retry", json!({"success": false})),
        accept("failure", json!({"errorType": "Late"})),
    ]);
    let traits = json!({"smithy.waiters#waitable": {"Ready": {"acceptors": acceptors}}});
    let text = generated("waiters/ready.rs", traits, json!({}));
    assert!(text.contains("Verdict::Success"), "{text}");
    assert!(!text.contains("late") && !text.contains("Late"), "{text}");
}

#[test]
fn an_operation_has_the_authorization_that_its_service_supports_first() {
    let (sigv4, bearer) = ("aws.auth#sigv4", "smithy.api#httpBearerAuth");
    let both = || json!({sigv4: {"name": "x"}, bearer: {}});
    let listed = |schemes: &[&str]| json!({"smithy.api#auth": schemes});
    for (service, operation, is_bearer, is_either) in [
        (json!({sigv4: {"name": "x"}}), json!({}), false, false),
        (json!({bearer: {}}), json!({}), true, false),
        (both(), json!({}), false, true),
        (both(), listed(&[sigv4, bearer]), false, true),
        (both(), listed(&[bearer, sigv4]), true, false),
        (both(), listed(&[sigv4]), false, false),
        (both(), listed(&[bearer]), true, false),
    ] {
        let text = generated("operation/get.rs", operation.clone(), service.clone());
        let about = format!("{service} {operation}: {text}");
        assert_eq!(text.contains(".auth(Auth::Bearer)"), is_bearer, "{about}");
        assert_eq!(text.contains(".or_bearer()"), is_either, "{about}");
    }
}

#[test]
fn an_operation_is_signed_as_its_service_asks() {
    let (sigv4, sigv4a) = (json!({"name": "x"}), json!({"name": "x"}));
    let unsigned = json!({"aws.auth#unsignedPayload": {}});
    for (service, operation, expected) in [
        (
            json!({"aws.auth#sigv4a": sigv4a}),
            json!({}),
            ".auth(Auth::SigV4A)",
        ),
        (
            json!({"aws.auth#sigv4a": sigv4a}),
            unsigned.clone(),
            ".auth(Auth::SigV4A)",
        ),
        (
            json!({"aws.auth#sigv4": sigv4}),
            unsigned,
            ".auth(Auth::SigV4UnsignedPayload)",
        ),
        (
            json!({"aws.auth#sigv4": sigv4, "aws.auth#sigv4a": sigv4a}),
            json!({}),
            "",
        ),
        (json!({"aws.auth#sigv4": sigv4}), json!({}), ""),
        (json!({}), json!({}), ".auth(Auth::None)"),
    ] {
        let text = generated("operation/get.rs", operation.clone(), service.clone());
        let about = format!("{service} {operation}: {text}");
        assert_eq!(text.contains(".auth("), !expected.is_empty(), "{about}");
        assert!(text.contains(expected), "{about}");
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
