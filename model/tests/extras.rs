//! Tests of the extras beside botocore's files, which are merged into them as botocore's loader does.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use serde_json::{Value, json};
use smithy_model::{Model, import};
use std::fs;
use std::path::{Path, PathBuf};

fn model() -> Value {
    json!({
        "metadata": {"apiVersion": "1", "protocol": "rest-json", "serviceId": "Thing", "endpointPrefix": "thing"},
        "operations": {"Get": {"http": {"method": "GET", "requestUri": "/"}, "input": {"shape": "In"}, "output": {"shape": "Out"}}},
        "shapes": {
            "In": {"type": "structure", "members": {"Until": {"shape": "Time"}, "After": {"shape": "Text"}}},
            "Out": {"type": "structure", "members": {"Token": {"shape": "Text"}, "Names": {"shape": "Texts"}}},
            "Texts": {"type": "list", "member": {"shape": "Text"}},
            "Time": {"type": "string"},
            "Text": {"type": "string", "min": 1}
        }
    })
}

/// Returns the path of the model in a folder with these other files.
fn folder(files: &[(&str, &Value)]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, value: &Value| {
        fs::write(folder.path().join(name), value.to_string()).unwrap();
    };
    write("service-2.json", &model());
    files.iter().for_each(|(name, value)| write(name, value));
    let path = folder.path().join("service-2.json");
    (folder, path)
}

fn loaded(path: &Path) -> Model {
    Model::load_with_companions(&[path.to_owned()]).unwrap()
}

/// Returns the members of the input with the names of their targets.
fn members(model: &Model) -> Vec<(&str, &str)> {
    let mut shapes = model.shapes();
    let input = shapes.find(|shape| shape.id.name() == "In").unwrap();
    let members = input.members.values();
    members
        .map(|member| (member.name.as_str(), member.target.name()))
        .collect()
}

fn kind<'a>(model: &'a Model, name: &str) -> &'a str {
    let mut shapes = model.shapes();
    let shape = shapes.find(|shape| shape.id.name() == name).unwrap();
    shape.kind.name()
}

#[test]
fn extras_change_and_add_parts_of_a_model_and_keep_all_others() {
    let extras = json!({"version": 1.0, "merge": {
        "metadata": {"serviceId": "Other Thing"},
        "shapes": {
            "Time": {"type": "timestamp"},
            "In": {"members": {"Region": {"shape": "Region", "documentation": "prose"}}},
            "Region": {"type": "string"},
        }
    }});
    let (_folder, path) = folder(&[("service-2.sdk-extras.json", &extras)]);
    let model = loaded(&path);
    let expected = [("Until", "Time"), ("After", "Text"), ("Region", "Region")];
    assert_eq!(members(&model), expected);
    assert_eq!(
        (kind(&model, "Time"), kind(&model, "Text")),
        ("timestamp", "string")
    );
    let service = &model.service().unwrap().traits;
    let aws: smithy_model::known::AwsService = service.get().unwrap();
    assert_eq!(aws.sdk_id, "Other Thing");
    let text = import(&path).unwrap().text;
    assert!(text.contains(r#""Region""#), "{text}");

    let plain = Model::load(&[path]).unwrap();
    assert_eq!((kind(&plain, "Time"), members(&plain).len()), ("string", 2));
}

#[test]
fn a_model_whose_extras_have_nothing_to_merge_is_unchanged() {
    let (_folder, path) = folder(&[]);
    let alone = import(&path).unwrap();
    for extras in [json!({}), json!({"version": 1.0, "merge": {}})] {
        let (_folder, path) = folder(&[("service-2.sdk-extras.json", &extras)]);
        assert_eq!(import(&path).unwrap(), alone, "{extras}");
    }
}

#[test]
fn extras_that_complete_a_model_are_read_with_it() {
    let (folder, path) = folder(&[]);
    let mut model = model();
    model["shapes"]["In"]["members"]["Until"] = json!({"shape": 1});
    fs::write(&path, model.to_string()).unwrap();
    let extras = json!({"merge": {"shapes": {"In": {"members": {"Until": {"shape": "Time"}}}}}});
    let beside = folder.path().join("service-2.sdk-extras.json");
    fs::write(beside, extras.to_string()).unwrap();
    assert_eq!(
        members(&loaded(&path)),
        [("Until", "Time"), ("After", "Text")]
    );
}

#[test]
fn companions_have_extras_too() {
    let paginators = json!({"pagination": {"Get": {
        "input_token": "Until", "output_token": "Token", "result_key": "Token"}}});
    let extras =
        json!({"merge": {"pagination": {"Get": {"input_token": "After", "result_key": "Names"}}}});
    let (_folder, path) = folder(&[
        ("paginators-1.json", &paginators),
        ("paginators-1.sdk-extras.json", &extras),
    ]);
    let model = loaded(&path);
    let mut shapes = model.shapes();
    let operation = shapes.find(|shape| shape.id.name() == "Get").unwrap();
    let mut traits = operation.traits.iter();
    let (_, value) = traits
        .find(|(id, _)| *id == "smithy.api#paginated")
        .unwrap();
    let expected = json!({"inputToken": "After", "outputToken": "Token", "items": "Names"});
    assert_eq!(value, &expected);
}

#[test]
fn extras_of_paginators_and_waiters_that_are_gone_are_left_out() {
    let paginator = json!({"input_token": "After", "output_token": "Token"});
    let more = json!({"non_aggregate_keys": ["X"]});
    for operation in ["Get", "Gone"] {
        let (_folder, path) = folder(&[
            (
                "paginators-1.json",
                &json!({"pagination": {"Other": paginator}}),
            ),
            (
                "paginators-1.sdk-extras.json",
                &json!({"merge": {"pagination": {operation: more}}}),
            ),
            ("waiters-2.json", &json!({"waiters": {}})),
            (
                "waiters-2.sdk-extras.json",
                &json!({"merge": {"waiters": {"Ready": {"operation": operation, "delay": 5}}}}),
            ),
        ]);
        let model = loaded(&path);
        let mut shapes = model.shapes();
        let get = shapes.find(|shape| shape.id.name() == "Get").unwrap();
        for id in ["smithy.api#paginated", "smithy.waiters#waitable"] {
            assert!(!get.traits.has(id), "{operation} {id}");
        }
    }
}

#[test]
fn a_model_has_the_extras_of_its_own_name() {
    let extras = |kind: &str| json!({"merge": {"shapes": {"Time": {"type": kind}}}});
    let (folder, service) = folder(&[
        ("service-2.sdk-extras.json", &extras("timestamp")),
        ("other.sdk-extras.json", &extras("long")),
    ]);
    let other = folder.path().join("other.json");
    fs::copy(&service, &other).unwrap();
    let zipped = folder.path().join("other.json.gz");
    let alone = folder.path().join("alone.json");
    for copy in [&zipped, &alone] {
        fs::copy(&service, copy).unwrap();
    }
    for (path, expected) in [
        (service, "timestamp"),
        (other, "long"),
        (zipped, "long"),
        (alone, "string"),
    ] {
        assert_eq!(kind(&loaded(&path), "Time"), expected, "{}", path.display());
    }
}

#[test]
fn malformed_extras_are_errors_that_name_the_file_and_the_entry() {
    let file = "service-2.sdk-extras.json";
    let merge = |parts: Value| json!({ "merge": parts });
    let table = [
        (
            json!([]),
            "service-2.sdk-extras.json:1:0: invalid type: sequence, expected a map",
        ),
        (
            json!({"merge": 1}),
            "service-2.sdk-extras.json: merge: expected an object",
        ),
        (
            merge(json!({"shapes": {"New": {"type": "string"}, "Time": {"min": 1, "type": 3}}})),
            "service-2.sdk-extras.json: merge.shapes.Time.type: invalid type: integer `3`, expected a string",
        ),
        (
            merge(json!({"shapes": {"In": {"members": "Region"}}})),
            "service-2.sdk-extras.json: merge.shapes.In.members: invalid type: string \"Region\", expected an object",
        ),
        (
            merge(json!({"operations": {"Get": {"input": {"shape": ["In"]}}}})),
            "service-2.sdk-extras.json: merge.operations.Get.input.shape: invalid type: sequence, expected a string",
        ),
        // An entry that is incomplete.
        (
            merge(json!({"operations": {"Get": {"errors": [{"code": "x"}]}}})),
            "service-2.sdk-extras.json: merge.operations.Get.errors: missing field `shape`",
        ),
        // Faults of the model as a whole.
        (
            merge(json!({"shapes": {"In": {"members": {"Region": {"shape": "Missing"}}}}})),
            "service-2.json with service-2.sdk-extras.json: com.amazonaws.thing#In$Region: the target \
             com.amazonaws.thing#Missing does not exist",
        ),
        (
            merge(json!({"shapes": {"Time": {"type": "instant"}}})),
            "service-2.json with service-2.sdk-extras.json: com.amazonaws.thing#Time: unknown shape type `instant`",
        ),
    ];
    for (extras, expected) in table {
        let (_folder, path) = folder(&[(file, &extras)]);
        for error in [
            Model::load_with_companions(std::slice::from_ref(&path)).unwrap_err(),
            import(&path).unwrap_err(),
        ] {
            assert!(error.to_string().contains(expected), "{expected}: {error}");
        }
    }
}

#[test]
fn a_file_that_is_invalid_itself_is_named_and_not_its_extras() {
    let (folder, path) = folder(&[("service-2.sdk-extras.json", &json!({"merge": {}}))]);
    let error = |text: &str| {
        fs::write(&path, text).unwrap();
        let error = Model::load_with_companions(std::slice::from_ref(&path)).unwrap_err();
        error.to_string()
    };
    let invalid = r#"{"metadata": {}, "operations": 1}"#;
    let expected = "service-2.json:1:32: invalid type: integer `1`, expected an object";
    assert!(error(invalid).ends_with(expected), "{}", error(invalid));

    fs::write(&path, model().to_string()).unwrap();
    let beside = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    beside("paginators-1.json", "[]");
    beside(
        "paginators-1.sdk-extras.json",
        r#"{"merge": {"pagination": {}}}"#,
    );
    let error = Model::load_with_companions(&[path])
        .unwrap_err()
        .to_string();
    assert!(error.contains("paginators-1.json:1:"), "{error}");
}
