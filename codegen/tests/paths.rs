//! Tests of the paths of operations: a bucket that the endpoint rules put into the address is not part of the path.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use serde_json::json;
use smithy_codegen::Options;
use smithy_model::{Closure, Model};

#[test]
fn a_bucket_that_the_endpoint_has_is_left_out_of_the_path() {
    let bucket = json!({"smithy.api#httpLabel": {}, "smithy.api#required": {}, "smithy.rules#contextParam": {"name": "Bucket"}});
    let other = json!({"smithy.api#httpLabel": {}, "smithy.api#required": {}, "smithy.rules#contextParam": {"name": "Key"}});
    let plain = json!({"smithy.api#httpLabel": {}, "smithy.api#required": {}});
    for (uri, traits, expected) in [
        (
            "/{Name}/{Key+}?x-id=Get",
            &bucket,
            r#"&[Segment::Literal("/"),Segment::Greedy("Key")]"#,
        ),
        (
            "/{Name}/{Key+}?x-id=Get",
            &other,
            r#"&[Segment::Literal("/"),Segment::Label("Name"),Segment::Literal("/"),Segment::Greedy("Key")]"#,
        ),
        (
            "/{Name}/{Key+}",
            &plain,
            r#"&[Segment::Literal("/"),Segment::Label("Name"),Segment::Literal("/"),Segment::Greedy("Key")]"#,
        ),
        (
            "/b/{Name}/{Key+}",
            &bucket,
            r#"&[Segment::Literal("/b/"),Segment::Label("Name"),Segment::Literal("/"),Segment::Greedy("Key")]"#,
        ),
    ] {
        let model = json!({"smithy": "2.0", "shapes": {
            "x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Get"}],
                "traits": {"aws.protocols#restXml": {}}},
            "x#Get": {"type": "operation", "input": {"target": "x#In"}, "traits": {
                "smithy.api#http": {"method": "GET", "uri": uri, "code": 200}}},
            "x#In": {"type": "structure", "members": {
                "Name": {"target": "smithy.api#String", "traits": traits},
                "Key": {"target": "smithy.api#String", "traits": plain}}}
        }});
        let model = Model::from_sources(&[("model.json", &model.to_string())]).unwrap();
        let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
        let generated = smithy_codegen::generate(&model, &closure, &Options::default()).unwrap();
        let text = generated.files.get("operation/get.rs").unwrap();
        let text: String = text
            .split_whitespace()
            .collect::<String>()
            .replace(",]", "]");
        assert!(
            text.contains(&format!("\"GET\",{expected}")),
            "{uri} {traits}: {text}"
        );
    }
}
