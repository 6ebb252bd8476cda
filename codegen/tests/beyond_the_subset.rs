//! Waiters, endpoint rules and paginations that cannot be compiled in; errors that name the shape, the expression and the reason out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

use serde_json::{Value, json};
use smithy_codegen::Options;
use smithy_model::{Closure, Model};

/// What is said of a model whose one operation and service have these traits.
fn refusal(operation: Value, service: Value) -> String {
    let mut operation_traits = json!({"smithy.api#http": {"method": "POST", "uri": "/get"}});
    let mut service_traits = json!({"aws.protocols#restJson1": {}});
    for (all, more) in [
        (&mut operation_traits, operation),
        (&mut service_traits, service),
    ] {
        all.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
    }
    let string = json!({"target": "smithy.api#String"});
    let model = json!({"smithy": "2.0", "shapes": {
        "x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Get"}], "traits": service_traits},
        "x#Get": {"type": "operation", "input": {"target": "x#In"}, "output": {"target": "x#Out"}, "traits": operation_traits},
        "x#In": {"type": "structure", "members": {
            "token": string, "number": {"target": "smithy.api#Integer"}, "map": {"target": "x#Map"}}},
        "x#Out": {"type": "structure", "members": {
            "name": string, "count": {"target": "smithy.api#Integer"}, "list": {"target": "x#List"},
            "map": {"target": "x#Map"},
            "doc": {"target": "smithy.api#Document"}}},
        "x#List": {"type": "list", "member": string},
        "x#Map": {"type": "map", "key": string, "value": string},
    }});
    let model = Model::from_sources(&[("model.json", &model.to_string())]).unwrap();
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    let options = Options {
        user_agent: "x/1".to_owned(),
        origin: "a test".to_owned(),
        examples: None,
        html_documentation: false,
        protocols: Vec::new(),
    };
    match smithy_codegen::generate(&model, &closure, &options) {
        Ok(_) => "generated".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_waiter_beyond_the_subset_is_an_error_with_the_reason() {
    let table = [
        ("name", "stringEquals", "generated"),
        ("list[]", "allStringEquals", "generated"),
        ("nme", "stringEquals", "`nme`: x#Out has no member `nme`"),
        ("name.first", "stringEquals", "`first` is asked of a string"),
        ("count", "stringEquals", "a number is compared with a text"),
        ("name", "allStringEquals", "is no list of texts"),
        ("list[0:1]", "anyStringEquals", "slices are not supported"),
        (
            "list.*",
            "anyStringEquals",
            "projections of objects are not supported",
        ),
        (
            "sort(list)",
            "allStringEquals",
            "the function `sort` with 1 arguments is not supported",
        ),
        ("[name, name]", "allStringEquals", "must be flattened"),
        ("doc.x", "stringEquals", "`x` is asked of a document"),
        ("name <", "booleanEquals", "at character 7"),
    ];
    for (path, comparator, expected) in table {
        let matcher = json!({"output": {"path": path, "expected": "x", "comparator": comparator}});
        let waiter = json!({"Ready": {"acceptors": [{"state": "success", "matcher": matcher}]}});
        let found = refusal(json!({"smithy.waiters#waitable": waiter}), json!({}));
        assert!(found.contains(expected), "{path}: {found}");
        if expected != "generated" {
            assert!(
                found.starts_with("x#Get: its waiter Ready: `"),
                "{path}: {found}"
            );
        }
    }
}

#[test]
fn a_token_that_is_neither_a_string_nor_a_map_is_an_error_with_its_name() {
    let table = [
        ("token", "name", None),
        ("map", "map", None),
        ("number", "count", Some("`number` and `count`")),
        ("token", "map", Some("`token` and `map`")),
        ("map", "name", Some("`map` and `name`")),
    ];
    for (input, output, expected) in table {
        let paginated = json!({"inputToken": input, "outputToken": output});
        let found = refusal(json!({"smithy.api#paginated": paginated}), json!({}));
        match expected {
            None => assert_eq!(found, "generated", "{input} {output}"),
            Some(names) => assert!(
                found.starts_with(&format!("x#Get: its tokens {names} are neither")),
                "{input} {output}: {found}"
            ),
        }
    }
}

#[test]
fn rules_that_cannot_be_compiled_are_an_error_with_the_reason() {
    let endpoint =
        |url: &str| json!({"conditions": [], "endpoint": {"url": url}, "type": "endpoint"});
    let asked = |condition: Value| json!({"conditions": [condition], "endpoint": {"url": "https://x"}, "type": "endpoint"});
    let region = json!({"ref": "Region"});
    let table = [
        (endpoint("https://x"), "generated"),
        (
            endpoint("https://{Region}"),
            "is no text that is always there",
        ),
        (endpoint("https://{Other}"), "there is no `Other`"),
        (endpoint("https://{Region"), "braces"),
        (
            asked(json!({"fn": "magic", "argv": [region]})),
            "`magic` in a rule: there is no such function",
        ),
        (
            asked(json!({"fn": "isValidHostLabel", "argv": ["x", {"ref": "Flag"}]})),
            "an argument may have no value",
        ),
        (
            asked(json!({"fn": "split", "argv": [
                {"fn": "substring", "argv": ["xy", 0, 1, false]}, "-", 0
            ]})),
            "an argument may have no value",
        ),
        (
            asked(json!({"fn": "split", "argv": ["x", "-", -1]})),
            "a number that cannot be a place",
        ),
        (
            asked(json!({"fn": "coalesce", "argv": [region, false]})),
            "`coalesce` in a rule: the values to choose from are of different types",
        ),
        (
            asked(json!({"fn": "coalesce", "argv": [region]})),
            "there is nothing to choose from",
        ),
        (
            asked(json!({"fn": "ite", "argv": [{"ref": "Flag"}, "x", "y"]})),
            "the condition is no boolean that is always there",
        ),
        (
            asked(json!({"fn": "ite", "argv": [true, "x", 1]})),
            "`ite` in a rule: the values to choose from are of different types",
        ),
        (
            asked(json!({"fn": "isSet", "argv": [{"ref": "Nowhere"}]})),
            "there is no `Nowhere`",
        ),
        (
            json!({"conditions": [], "type": "tree"}),
            "neither an endpoint, an error nor rules",
        ),
    ];
    for (rule, expected) in table {
        let parameters = json!({
            "Region": {"type": "string", "builtIn": "AWS::Region"},
            "Flag": {"type": "boolean"}
        });
        let rules = json!({"version": "1.0", "parameters": parameters, "rules": [rule]});
        let found = refusal(json!({}), json!({"smithy.rules#endpointRuleSet": rules}));
        assert!(found.contains(expected), "{rule}: {found}");
        if expected != "generated" {
            assert!(
                found.starts_with("x#S: its endpoint rules: "),
                "{rule}: {found}"
            );
        }
    }
}
