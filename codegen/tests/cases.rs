//! Tests of the test functions that are generated from the protocol tests of a model.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use serde_json::json;
use smithy_codegen::Options;
use smithy_model::{Closure, Model};

#[test]
fn a_request_and_a_response_of_one_id_are_two_tests_and_shared_errors_are_tested_once() {
    let case = |more: serde_json::Value| {
        let mut case = json!({"id": "Same", "protocol": "aws.protocols#awsJson1_0"});
        case.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!([case])
    };
    let request = case(json!({"method": "POST", "uri": "/"}));
    let response =
        case(json!({"code": 200, "params": {"name": "wrong", "ratio": 123_456_789.123_456_79}}));
    let error = case(json!({"code": 400}));
    let operation = json!({"type": "operation", "output": {"target": "x#Out"}, "errors": [{"target": "x#Gone"}]});
    let mut tested = operation.clone();
    tested["traits"] = json!({
        "smithy.test#httpRequestTests": request, "smithy.test#httpResponseTests": response});
    let model = json!({"smithy": "2.0", "shapes": {
        "x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Get"}, {"target": "x#Other"}],
            "traits": {"aws.protocols#awsJson1_0": {}}},
        "x#Get": tested,
        "x#Other": operation,
        "x#Out": {"type": "structure", "members": {"name": {"target": "smithy.api#String"}}},
        "x#Gone": {"type": "structure", "members": {}, "traits": {
            "smithy.api#error": "client", "smithy.test#httpResponseTests": error}}
    }});
    let model = Model::from_sources(&[("model.json", &model.to_string())]).unwrap();
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    let generated = smithy_codegen::generate(&model, &closure, &Options::default()).unwrap();
    let text = generated.files.get("protocol_tests.rs").unwrap();
    let names: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("fn ")?.split('(').next())
        .collect();
    assert_eq!(names, ["same", "same_response", "same_error"], "{text}");
    assert!(text.contains("wrong"), "{text}");
    // A number of a case keeps all of its digits.
    assert!(text.contains("123456789.12345679"), "{text}");
}
