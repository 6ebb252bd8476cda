//! Tests of the endpoint rules, paginators and waiters beside botocore models, which are converted to traits on request.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use serde_json::{Value, json};
use smithy_model::{ImportOptions, Model, import, import_with};
use std::{fs, path::PathBuf};

const MODEL: &str = r#"{
    "metadata": {"apiVersion": "1", "protocol": "rest-json", "serviceId": "Thing", "endpointPrefix": "thing"},
    "operations": {"Get": {"http": {"method": "GET", "requestUri": "/"}}},
    "shapes": {}
}"#;
const RULES: &str = r#"{"version": "1.0", "parameters": {"Region": {"type": "string", "documentation": "prose"}}, "rules": []}"#;
const TRAIT: &str = "smithy.rules#endpointRuleSet";

/// Returns the path of the model in a new folder.
fn model(folder: &tempfile::TempDir) -> PathBuf {
    let path = folder.path().join("service-2.json");
    fs::write(&path, MODEL).unwrap();
    path
}

#[test]
fn the_rules_beside_a_model_are_taken_when_they_are_asked_for_and_only_then() {
    let folder = tempfile::tempdir().unwrap();
    let path = model(&folder);
    let alone = import(&path).unwrap().text;
    fs::write(folder.path().join("endpoint-rule-set-1.json"), RULES).unwrap();
    assert_eq!(import(&path).unwrap().text, alone);

    let options = ImportOptions {
        endpoint_rules: true,
        ..ImportOptions::default()
    };
    let with_rules = import_with(&path, options).unwrap().text;
    assert!(with_rules.contains(TRAIT), "{with_rules}");
    assert!(!with_rules.contains("prose"), "{with_rules}");

    let plain = Model::load(std::slice::from_ref(&path)).unwrap();
    assert!(!plain.service().unwrap().traits.has(TRAIT));
    let ruled = Model::load_with_companions(&[path]).unwrap();
    assert!(ruled.service().unwrap().traits.has(TRAIT));
}

#[test]
fn a_model_without_rules_beside_it_is_imported_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = model(&folder);
    let options = ImportOptions {
        endpoint_rules: true,
        ..ImportOptions::default()
    };
    assert_eq!(import_with(&path, options).unwrap(), import(&path).unwrap());
}

#[test]
fn rules_that_are_no_json_are_an_error_that_names_their_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = model(&folder);
    fs::write(folder.path().join("endpoint-rule-set-1.json"), "{").unwrap();
    let error = Model::load_with_companions(&[path]).unwrap_err();
    assert!(
        error.to_string().contains("endpoint-rule-set-1.json"),
        "{error}"
    );
}

/// Returns a trait of `List`, with a paginator beside the model.
fn paginated(id: &str, paginator: &Value) -> Option<Value> {
    let member = |shape: &str| json!({"shape": shape});
    let model = json!({
        "metadata": {"apiVersion": "1", "protocol": "json", "jsonVersion": "1.0", "serviceId": "Thing", "endpointPrefix": "thing"},
        "operations": {"List": {
            "http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "In"}, "output": {"shape": "Out"}}},
        "shapes": {
            "In": {"type": "structure", "members": {
                "token": member("Text"), "key": member("Key"), "number": member("Number"), "limit": member("Number"),
                "textLimit": member("Text")}},
            "Out": {"type": "structure", "members": {
                "next": member("Text"), "lastKey": member("Key"), "number": member("Number"), "page": member("Page"),
                "things": member("Texts"), "names": member("Texts"), "more": member("Text"), "isTruncated": member("Flag")}},
            "Page": {"type": "structure", "members": {
                "next": member("Text"), "things": member("Texts"), "isTruncated": member("Flag")}},
            "Key": {"type": "map", "key": member("Text"), "value": member("Text")},
            "Texts": {"type": "list", "member": member("Text")},
            "Number": {"type": "integer"},
            "Flag": {"type": "boolean"},
            "Text": {"type": "string"}
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("service-2.json");
    fs::write(&path, model.to_string()).unwrap();
    let paginators = json!({"pagination": {"List": paginator, "Unknown": paginator}});
    let beside = folder.path().join("paginators-1.json");
    fs::write(beside, paginators.to_string()).unwrap();
    let plain = Model::load(std::slice::from_ref(&path)).unwrap();
    let loaded = Model::load_with_companions(&[path]).unwrap();
    let value = |model: &Model| {
        let mut shapes = model.shapes();
        let operation = shapes.find(|shape| shape.id.name() == "List").unwrap();
        let found = operation.traits.iter().find(|(known, _)| *known == id);
        found.map(|(_, value)| serde_json::to_value(value).unwrap())
    };
    assert_eq!(value(&plain), None);
    value(&loaded)
}

#[test]
fn paginators_are_taken_as_far_as_the_trait_can_say_them() {
    for (paginator, expected) in [
        (
            json!({"input_token": "token", "output_token": "next", "limit_key": "limit", "result_key": "things"}),
            Some(
                json!({"inputToken": "token", "outputToken": "next", "pageSize": "limit", "items": "things"}),
            ),
        ),
        (
            json!({"input_token": "token", "output_token": "page.next", "result_key": "page.things"}),
            Some(
                json!({"inputToken": "token", "outputToken": "page.next", "items": "page.things"}),
            ),
        ),
        (
            json!({"input_token": "key", "output_token": "lastKey"}),
            Some(json!({"inputToken": "key", "outputToken": "lastKey"})),
        ),
        // Without a limit that is not a number, and without one of several lists.
        (
            json!({"input_token": "token", "output_token": "next", "limit_key": "textLimit", "result_key": ["things", "names"]}),
            Some(json!({"inputToken": "token", "outputToken": "next"})),
        ),
        // The only list of several results has the items.
        (
            json!({"input_token": "token", "output_token": "next", "result_key": ["number", "things", "more"]}),
            Some(json!({"inputToken": "token", "outputToken": "next", "items": "things"})),
        ),
        (
            json!({"input_token": ["token"], "output_token": ["next"]}),
            None,
        ),
        (
            json!({"input_token": "token", "output_token": "things[-1]"}),
            None,
        ),
        (
            json!({"input_token": "token", "output_token": "missing"}),
            None,
        ),
        (json!({"input_token": "key", "output_token": "next"}), None),
        (
            json!({"input_token": "number", "output_token": "number"}),
            None,
        ),
        (
            json!({"input_token": "token", "output_token": "next", "more_results": "more"}),
            None,
        ),
    ] {
        let found = paginated("smithy.api#paginated", &paginator);
        assert_eq!(found, expected, "{paginator}");
    }
}

#[test]
fn members_that_state_whether_there_are_more_pages_are_a_trait_beside() {
    for (more, expected) in [
        (json!("isTruncated"), Some(json!("isTruncated"))),
        (json!("page.isTruncated"), Some(json!("page.isTruncated"))),
        (json!("more"), None),
        (json!("missing"), None),
        (json!(["isTruncated"]), None),
    ] {
        let paginator =
            json!({"input_token": "token", "output_token": "next", "more_results": more});
        let found = paginated("botocore#moreResults", &paginator);
        assert_eq!(found, expected, "{paginator}");
        let is_paginated = paginated("smithy.api#paginated", &paginator).is_some();
        assert_eq!(is_paginated, expected.is_some(), "{paginator}");
    }
    let plain = json!({"input_token": "token", "output_token": "next"});
    assert_eq!(paginated("botocore#moreResults", &plain), None);
}

#[test]
fn paginators_that_are_no_json_are_an_error_that_names_their_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = model(&folder);
    fs::write(folder.path().join("paginators-1.json"), "[]").unwrap();
    let error = Model::load_with_companions(&[path]).unwrap_err();
    assert!(error.to_string().contains("paginators-1.json"), "{error}");
}

/// Returns the waiters trait of `Get`, with acceptors beside the model.
fn acceptors(delay: u64, acceptors: &Value) -> Option<Value> {
    acceptors_of("POST", delay, acceptors)
}

fn acceptors_of(method: &str, delay: u64, acceptors: &Value) -> Option<Value> {
    let model = json!({
        "metadata": {"apiVersion": "1", "protocol": "rest-xml", "serviceId": "Thing", "endpointPrefix": "thing"},
        "operations": {"Get": {
            "http": {"method": method, "requestUri": "/"}, "output": {"shape": "Out"},
            "errors": [{"shape": "Missing"}, {"shape": "Broken"}]}},
        "shapes": {
            "Out": {"type": "structure", "members": {"state": {"shape": "Text"}}},
            "Missing": {"type": "structure", "members": {}, "exception": true, "error": {"httpStatusCode": 404, "senderFault": true}},
            "Broken": {"type": "structure", "members": {}, "exception": true, "error": {"httpStatusCode": 500}, "fault": true},
            "Text": {"type": "string"}
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("service-2.json");
    fs::write(&path, model.to_string()).unwrap();
    let waiter =
        json!({"operation": "Get", "delay": delay, "maxAttempts": 3, "acceptors": acceptors});
    let waiters = json!({"version": 2, "waiters": {"Ready": waiter}});
    fs::write(folder.path().join("waiters-2.json"), waiters.to_string()).unwrap();
    let loaded = Model::load_with_companions(&[path]).unwrap();
    let mut shapes = loaded.shapes();
    let operation = shapes.find(|shape| shape.id.name() == "Get").unwrap();
    let mut traits = operation.traits.iter();
    let (_, value) = traits.find(|(id, _)| *id == "smithy.waiters#waitable")?;
    serde_json::to_value(value).unwrap().get("Ready").cloned()
}

#[test]
fn acceptors_of_waiters_are_documented_as_in_the_trait() {
    let output = |comparator: &str, expected: &str| json!({"output": {"path": "state", "expected": expected, "comparator": comparator}});
    for (acceptor, expected) in [
        (
            json!({"matcher": "path", "argument": "state", "expected": "UP"}),
            Some(vec![output("stringEquals", "UP")]),
        ),
        (
            json!({"matcher": "path", "argument": "state", "expected": true}),
            Some(vec![output("booleanEquals", "true")]),
        ),
        (
            json!({"matcher": "pathAll", "argument": "state", "expected": "UP"}),
            Some(vec![output("allStringEquals", "UP")]),
        ),
        (
            json!({"matcher": "pathAny", "argument": "state", "expected": "UP"}),
            Some(vec![output("anyStringEquals", "UP")]),
        ),
        (
            json!({"matcher": "error", "expected": "Missing"}),
            Some(vec![json!({"errorType": "Missing"})]),
        ),
        (
            json!({"matcher": "error", "expected": true}),
            Some(vec![json!({"success": false})]),
        ),
        (
            json!({"matcher": "error", "expected": false}),
            Some(vec![json!({"success": true})]),
        ),
        (
            json!({"matcher": "status", "expected": 200}),
            Some(vec![json!({"success": true})]),
        ),
        (
            json!({"matcher": "status", "expected": 404}),
            Some(vec![json!({"errorType": "Missing"})]),
        ),
        (
            json!({"matcher": "status", "expected": 500}),
            Some(vec![json!({"errorType": "Broken"})]),
        ),
        // Retried by the client itself, and by nobody.
        (json!({"matcher": "status", "expected": 503}), Some(vec![])),
        (json!({"matcher": "status", "expected": 409}), None),
        (
            json!({"matcher": "path", "argument": "state", "expected": 7}),
            None,
        ),
        (
            json!({"matcher": "other", "argument": "state", "expected": "UP"}),
            None,
        ),
    ] {
        let mut acceptor = acceptor;
        acceptor["state"] = json!("retry");
        let said = acceptors(20, &json!([acceptor]));
        let expected = expected.map(|matchers| {
            let accepts = |matcher| json!({"state": "retry", "matcher": matcher});
            let accepts: Vec<_> = matchers.into_iter().map(accepts).collect();
            json!({"acceptors": accepts, "minDelay": 20})
        });
        assert_eq!(said, expected, "{acceptor}");
    }
    let slow = acceptors(300, &json!([])).unwrap();
    assert_eq!(
        slow,
        json!({"acceptors": [], "minDelay": 300, "maxDelay": 300})
    );
}

#[test]
fn statuses_of_a_response_without_a_body_are_their_reasons() {
    let acceptor =
        |state: &str, status: u16| json!({"matcher": "status", "expected": status, "state": state});
    let given = json!([
        acceptor("success", 200),
        acceptor("success", 301),
        acceptor("success", 403),
        acceptor("retry", 404),
    ]);
    let error = |state: &str, code: &str| json!({"state": state, "matcher": {"errorType": code}});
    let expected = json!([
        {"state": "success", "matcher": {"success": true}},
        error("success", "MovedPermanently"),
        error("success", "Forbidden"),
        error("retry", "Missing"),
        error("retry", "NotFound"),
    ]);
    let waiter = acceptors_of("HEAD", 5, &given).unwrap();
    assert_eq!(waiter["acceptors"], expected);
    assert_eq!(acceptors_of("GET", 5, &given), None);
}
