//! Tests of the waiters, endpoint rules and paginations that are not supported. They cause warnings, or errors if no
//! client is possible, that name the shape, the expression and the reason.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

use serde_json::{Value, json};
use smithy_codegen::{CodegenError, Generated, Options};
use smithy_model::{Closure, Model};

/// Returns the warnings or the error for a model whose operation and service have these traits, or `generated` if there
/// are none.
fn told(operation: Value, service: Value) -> String {
    let generated = match generate(operation, service) {
        Ok(generated) => generated,
        Err(error) => return format!("refused: {error}"),
    };
    let left_out = generated.left_out.iter();
    let left_out = left_out.map(|(name, reason)| format!("left out {name}: {reason}"));
    let warnings = generated.warnings.iter().map(ToString::to_string);
    let all: Vec<_> = left_out.chain(warnings).collect();
    match all.is_empty() {
        true => "generated".to_owned(),
        false => all.join("\n"),
    }
}

/// Generates the client of such a model.
fn generate(operation: Value, service: Value) -> Result<Generated, CodegenError> {
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
            "flag": {"target": "smithy.api#Boolean"}, "name": string, "list": {"target": "x#List"},
            "count": {"target": "smithy.api#Integer"}, "map": {"target": "x#Map"}, "doc": {"target": "smithy.api#Document"}}},
        // Warnings of shapes that the client does not have are not reported.
        "x#Unused": {"type": "operation", "traits": {"smithy.api#paginated": {"maxResults": "number"}}},
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
    smithy_codegen::generate(&model, &closure, &options)
}

#[test]
fn a_waiter_beyond_the_subset_is_left_out_with_the_reason() {
    let table = [
        ("name", "stringEquals", "generated"),
        ("list[]", "allStringEquals", "generated"),
        ("map.*", "allStringEquals", "generated"),
        (
            "contains(list[].[length(@) > `1`][], 'x')",
            "booleanEquals",
            "a text is looked for in a list of a boolean",
        ),
        ("nme", "stringEquals", "`nme`: x#Out has no member `nme`"),
        ("name.first", "stringEquals", "`first` of a string"),
        (
            "count",
            "stringEquals",
            "a number cannot be compared with a text",
        ),
        ("name", "allStringEquals", "is not a list of strings"),
        ("list[0:1]", "anyStringEquals", "slices are not supported"),
        (
            "list.*",
            "anyStringEquals",
            "`*` is asked of a list, not of a map without nulls",
        ),
        (
            "sort(list)",
            "allStringEquals",
            "the function `sort` with 1 arguments is not supported",
        ),
        ("keys(map)", "allStringEquals", "generated"),
        ("keys(list)", "allStringEquals", "`keys` of a value that"),
        ("[name, name]", "allStringEquals", "must be flattened"),
        ("list[].[@, @]", "allStringEquals", "must be flattened"),
        ("(list[].[@, @])[*]", "allStringEquals", "must be flattened"),
        ("doc.x", "stringEquals", "`x` of a document"),
        ("name <", "booleanEquals", "at character 7"),
        ("name < `null`", "booleanEquals", "null cannot be ordered"),
    ];
    for (path, comparator, expected) in table {
        let matcher = json!({"output": {"path": path, "expected": "x", "comparator": comparator}});
        let waiter = json!({"Ready": {"acceptors": [{"state": "success", "matcher": matcher}]}});
        let found = told(json!({"smithy.waiters#waitable": waiter}), json!({}));
        assert!(found.contains(expected), "{path}: {found}");
        if expected != "generated" {
            assert!(
                found.starts_with("x#Get: waiter Ready is left out: `"),
                "{path}: {found}"
            );
        }
    }
}

#[test]
fn a_waiter_that_reads_the_input_and_the_output_names_both() {
    for (path, expected) in [
        ("input.token == output.name", "generated"),
        ("input.name == output.name", "x#In has no member `name`"),
        ("other.name == output.name", "`other` is neither"),
    ] {
        let matcher = json!({"inputOutput": {"path": path, "expected": "true", "comparator": "booleanEquals"}});
        let waiter = json!({"Ready": {"acceptors": [{"state": "success", "matcher": matcher}]}});
        let found = told(json!({"smithy.waiters#waitable": waiter}), json!({}));
        assert!(found.contains(expected), "{path}: {found}");
    }
}

#[test]
fn one_waiter_that_is_left_out_takes_no_other_along() {
    let acceptors = |path: &str| {
        let matcher =
            json!({"output": {"path": path, "expected": "x", "comparator": "stringEquals"}});
        json!({"acceptors": [{"state": "success", "matcher": matcher}]})
    };
    let unknown = json!({"acceptors": [{"state": "success", "matcher": {"moon": "full"}}]});
    let waiters = json!({"Bad": acceptors("list.*"), "Good": acceptors("name"), "Newer": unknown});
    let generated = generate(json!({"smithy.waiters#waitable": waiters}), json!({})).unwrap();
    let files: Vec<_> = generated.files.iter().map(|(path, _)| path).collect();
    assert!(files.contains(&"waiters/good.rs"), "{files:?}");
    assert!(
        !files.contains(&"waiters/bad.rs") && !files.contains(&"waiters/newer.rs"),
        "{files:?}"
    );
    let warnings: Vec<_> = generated.warnings.iter().map(ToString::to_string).collect();
    let [bad, newer] = warnings.as_slice() else {
        panic!("{warnings:?}");
    };
    assert!(
        bad.starts_with("x#Get: waiter Bad is left out: `list.*`"),
        "{bad}"
    );
    assert!(
        newer.starts_with("x#Get: waiter Newer is left out: unknown variant `moon`"),
        "{newer}"
    );
}

#[test]
fn an_operation_whose_tokens_are_neither_strings_nor_maps_has_no_paginator() {
    let table = [
        ("token", "name", None),
        ("map", "map", None),
        ("number", "count", Some("`number` and `count`")),
        ("token", "map", Some("`token` and `map`")),
        ("map", "name", Some("`map` and `name`")),
    ];
    for (input, output, expected) in table {
        let paginated = json!({"inputToken": input, "outputToken": output});
        let found = told(json!({"smithy.api#paginated": paginated}), json!({}));
        match expected {
            None => assert_eq!(found, "generated", "{input} {output}"),
            Some(names) => assert!(
                found.starts_with(&format!(
                    "x#Get: no paginator: the tokens {names} must both be"
                )),
                "{input} {output}: {found}"
            ),
        }
    }
}

#[test]
fn pages_have_items_in_lists_or_maps_and_end_by_a_boolean() {
    for (items, more_results, expected) in [
        ("list", "flag", "generated"),
        ("map", "flag", "generated"),
        (
            "name",
            "flag",
            "x#Get: no paginator: the items `name` must be",
        ),
        ("list", "name", "x#Get: no paginator: `name`, which tells"),
    ] {
        let paginated = json!({"inputToken": "token", "outputToken": "name", "items": items});
        let (pages, more) = ("smithy.api#paginated", "botocore#moreResults");
        let found = told(json!({pages: paginated, more: more_results}), json!({}));
        assert!(
            found.starts_with(expected),
            "{items} {more_results}: {found}"
        );
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
            "must be a string that is not optional",
        ),
        (endpoint("https://{Other}"), "unknown name `Other`"),
        (endpoint("https://{Region"), "braces"),
        (
            asked(json!({"fn": "magic", "argv": [region]})),
            "`magic` in a rule: unknown function",
        ),
        (
            asked(json!({"fn": "isValidHostLabel", "argv": ["x", {"ref": "Flag"}]})),
            "optional argument",
        ),
        (
            asked(json!({"fn": "split", "argv": [
                {"fn": "substring", "argv": ["xy", 0, 1, false]}, "-", 0
            ]})),
            "optional argument",
        ),
        (
            asked(json!({"fn": "split", "argv": ["x", "-", -1]})),
            "invalid position",
        ),
        (
            asked(json!({"fn": "coalesce", "argv": [region, false]})),
            "`coalesce` in a rule: the values to choose from have different types",
        ),
        (
            asked(json!({"fn": "coalesce", "argv": [region]})),
            "no values to choose from",
        ),
        (
            asked(json!({"fn": "ite", "argv": [{"ref": "Flag"}, "x", "y"]})),
            "the condition must be a boolean that is not optional",
        ),
        (
            asked(json!({"fn": "ite", "argv": [true, "x", 1]})),
            "`ite` in a rule: the values to choose from have different types",
        ),
        (
            asked(json!({"fn": "isSet", "argv": [{"ref": "Nowhere"}]})),
            "unknown name `Nowhere`",
        ),
        (
            json!({"conditions": [], "type": "tree"}),
            "a rule without an endpoint, an error or rules",
        ),
    ];
    for (rule, expected) in table {
        let parameters = json!({
            "Region": {"type": "string", "builtIn": "AWS::Region"},
            "Flag": {"type": "boolean"}
        });
        let rules = json!({"version": "1.0", "parameters": parameters, "rules": [rule]});
        let found = told(json!({}), json!({"smithy.rules#endpointRuleSet": rules}));
        assert!(found.contains(expected), "{rule}: {found}");
        if expected != "generated" {
            assert!(
                found.starts_with("refused: x#S: endpoint rules: "),
                "{rule}: {found}"
            );
        }
    }
}

#[test]
fn endpoints_that_no_client_can_sign_for_are_reported() {
    let endpoint = |schemes: &[&str]| {
        let schemes: Vec<_> = schemes.iter().map(|name| json!({"name": name})).collect();
        let properties = json!({"authSchemes": schemes});
        json!({"conditions": [], "endpoint": {"url": "https://x", "properties": properties}, "type": "endpoint"})
    };
    let flag = json!({"fn": "booleanEquals", "argv": [{"ref": "Flag"}, true]});
    let only_if = |mut rule: Value| {
        rule["conditions"] = json!([flag]);
        rule
    };
    let table = [
        (vec![endpoint(&["sigv4"])], "generated"),
        (vec![endpoint(&["sigv4a", "sigv4"])], "generated"),
        (vec![endpoint(&["bearer"])], "generated"),
        (vec![endpoint(&[])], "generated"),
        (
            vec![endpoint(&["sigv4a"])],
            "x#S: all endpoints of its rules accept only signatures by sigv4a, calls there require the feature `sigv4a` of the client",
        ),
        (
            vec![
                only_if(endpoint(&["sigv4-s3express"])),
                endpoint(&["sigv4"]),
            ],
            "x#S: 1 of the 2 endpoints of its rules accept only signatures by sigv4-s3express, which is not supported: calls there fail before they are sent",
        ),
    ];
    for (rules, expected) in table {
        let parameters = json!({"Flag": {"type": "boolean", "required": true, "default": false}});
        let rules = json!({"version": "1.0", "parameters": parameters, "rules": rules});
        let found = told(json!({}), json!({"smithy.rules#endpointRuleSet": rules}));
        assert_eq!(found, expected, "{rules}");
    }
}

#[test]
fn a_client_without_the_authorization_that_its_calls_take_is_reported() {
    let digest = json!({"smithy.api#httpDigestAuth": {}});
    let none_left = "left out Get: it is authorized only by httpDigestAuth\n\
        x#S: the client has no operations: all are left out; of the first, it is authorized only by httpDigestAuth";
    assert_eq!(told(json!({}), digest.clone()), none_left);
    let optional =
        "x#Get: its calls are never authorized: that is optional, and httpDigestAuth is not served";
    assert_eq!(
        told(json!({"smithy.api#optionalAuth": {}}), digest),
        optional
    );
    let sigv4a = json!({"aws.auth#sigv4a": {"name": "s"}});
    assert_eq!(told(json!({}), sigv4a), "generated");
    let both = json!({"aws.auth#sigv4a": {"name": "s"}, "aws.auth#sigv4": {"name": "s"}});
    assert_eq!(
        told(json!({"smithy.api#optionalAuth": {}}), both),
        "generated"
    );
}

#[test]
fn an_operation_whose_endpoint_parameter_cannot_be_read_is_left_out_with_the_reason() {
    let rules = json!({"version": "1.0", "parameters": {"Name": {"type": "string"}}, "rules": [
        {"conditions": [], "endpoint": {"url": "https://x"}, "type": "endpoint"}]});
    let service = json!({"smithy.rules#endpointRuleSet": rules});
    let read = |path: &str| {
        let params = json!({"smithy.rules#operationContextParams": {"Name": {"path": path}}});
        told(params, service.clone())
    };
    assert_eq!(read("token"), "generated");
    let found = read("map.*");
    assert!(
        found.starts_with("left out Get: endpoint parameters: "),
        "{found}"
    );
}

#[test]
fn test_cases_of_rules_that_cannot_be_read_are_left_out_with_the_reason() {
    let rules = json!({"version": "1.0", "parameters": {"Region": {"type": "string", "builtIn": "AWS::Region"}}, "rules": [
        {"conditions": [], "endpoint": {"url": "https://x"}, "type": "endpoint"}]});
    let expect = json!({"endpoint": {"url": "https://x"}});
    let table = [
        (
            json!([{"params": {"Region": "r"}, "expect": expect}]),
            "generated",
        ),
        (
            json!([{"params": {"Region": 1}, "expect": expect}, {"params": {}, "expect": expect}]),
            "x#S: 1 test cases of the endpoint rules are left out: case 1: unsupported value 1 of a parameter",
        ),
        (
            json!([{"expect": {"moon": 1}}]),
            "x#S: 1 test cases of the endpoint rules are left out: case 1: unknown variant `moon`",
        ),
        (
            json!({}),
            "x#S: all test cases of the endpoint rules are left out: ",
        ),
    ];
    for (cases, expected) in table {
        let tests = json!({"version": "1.0", "testCases": cases});
        let found = told(
            json!({}),
            json!({"smithy.rules#endpointRuleSet": rules, "smithy.rules#endpointTests": tests}),
        );
        assert!(found.starts_with(expected), "{cases}: {found}");
    }
}

#[test]
fn unknown_members_of_traits_are_reported_if_they_affect_the_client() {
    let paginated = json!({"inputToken": "token", "outputToken": "name", "maxResults": "number"});
    assert_eq!(
        told(json!({"smithy.api#paginated": paginated}), json!({})),
        "x#Get: smithy.api#paginated has no member `maxResults`: ignored"
    );
}
