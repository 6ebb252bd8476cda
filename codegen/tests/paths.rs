//! Tests of the paths of operations: a bucket that the endpoint rules put into the address is not part of the path.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use serde_json::{Value, json};
use smithy_codegen::Options;
use smithy_model::{Closure, Model};

const RULES: &str = "smithy.rules#endpointRuleSet";

#[test]
fn a_bucket_that_the_endpoint_has_is_left_out_of_the_path() {
    let bucket = json!({"smithy.api#httpLabel": {}, "smithy.api#required": {}, "smithy.rules#contextParam": {"name": "Bucket"}});
    let other = json!({"smithy.api#httpLabel": {}, "smithy.api#required": {}, "smithy.rules#contextParam": {"name": "Key"}});
    let plain = json!({"smithy.api#httpLabel": {}, "smithy.api#required": {}});
    let rules = json!({"aws.protocols#restXml": {}, RULES: {"version": "1.0", "parameters": {
        "Bucket": {"type": "String"}, "Key": {"type": "String"}}, "rules": []}});
    let no_rules = json!({"aws.protocols#restXml": {}});
    let key = r#"&[Segment::Literal("/"),Segment::Greedy("Key")]"#;
    let both = r#"&[Segment::Literal("/"),Segment::Label("Name"),Segment::Literal("/"),Segment::Greedy("Key")]"#;
    let below = r#"&[Segment::Literal("/b/"),Segment::Label("Name"),Segment::Literal("/"),Segment::Greedy("Key")]"#;
    for (uri, traits, service, expected) in [
        ("/{Name}/{Key+}?x-id=Get", &bucket, &rules, key),
        ("/{Name}/{Key+}?x-id=Get", &other, &rules, both),
        ("/{Name}/{Key+}", &plain, &rules, both),
        ("/b/{Name}/{Key+}", &bucket, &rules, below),
        // No rule puts it anywhere.
        ("/{Name}/{Key+}", &bucket, &no_rules, both),
    ] {
        let text = operation(uri, traits, &plain, service);
        assert!(
            text.contains(&format!("\"GET\",{expected}")),
            "{uri} {traits}: {text}"
        );
    }
}

/// Returns the text of a generated operation without white space.
fn operation(uri: &str, name: &Value, key: &Value, service: &Value) -> String {
    let model = json!({"smithy": "2.0", "shapes": {
        "x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Get"}], "traits": service},
        "x#Get": {"type": "operation", "input": {"target": "x#In"}, "traits": {
            "smithy.api#http": {"method": "GET", "uri": uri, "code": 200}}},
        "x#In": {"type": "structure", "members": {
            "Name": {"target": "smithy.api#String", "traits": name},
            "Key": {"target": "smithy.api#String", "traits": key}}}
    }});
    let model = Model::from_sources(&[("model.json", &model.to_string())]).unwrap();
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    let generated = smithy_codegen::generate(&model, &closure, &Options::default()).unwrap();
    let text = generated.files.get("operation/get.rs").unwrap();
    let text: String = text.split_whitespace().collect();
    text.replace(",]", "]")
}
