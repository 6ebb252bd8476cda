//! Tests of the import of botocore and Smithy models: facts in normal form, with deterministic output.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod common;

use common::{c2j, id, imported, load, names, op, shape, traits_of};
use serde_json::{Value, json};
use smithy_model::{
    ImportOptions, Prose, ShapeKind, import, import_text, import_text_with, import_with,
};
use std::io::Write;

#[test]
fn the_normal_form_is_a_fixpoint_without_prose() {
    let source = json!({"smithy": "1.0", "metadata": {"suppressions": ["prose"], "kept": 1}, "shapes": {
        "a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Op"}], "resources": [{"target": "a#R"}],
            "rename": {"a#Lost": "L"}, "traits": {"smithy.rules#clientContextParams": {"P": {"type": "boolean", "documentation": "prose"}}}},
        "a#R": {"type": "resource", "identifiers": {"i": {"target": "a#Id"}}, "read": {"target": "a#Op"}},
        "a#Id": {"type": "string"},
        "a#Op": {"type": "operation", "input": {"target": "a#In"}, "traits": {"smithy.api#documentation": "prose", "smithy.api#examples": [{"title": "prose"}]}},
        "a#In": {"type": "structure", "members": {
            "z": {"target": "a#Kind", "traits": {"smithy.api#documentation": "prose", "smithy.api#externalDocumentation": {"x": "prose"}}},
            "a": {"target": "smithy.api#PrimitiveInteger"},
            "b": {"target": "smithy.api#Integer", "traits": {"smithy.api#box": {}}}}},
        "a#Kind": {"type": "string", "traits": {"smithy.api#enum": [{"value": "x", "name": "X", "documentation": "prose"}]}},
        "a#Lost": {"type": "string"}
    }});
    let first = imported(&source);
    assert!(!first.text.contains("prose"), "{}", first.text);
    assert!(
        first
            .text
            .starts_with("{\n  \"smithy\": \"2.0\",\n  \"metadata\": {\n    \"kept\": 1"),
        "{}",
        first.text
    );
    assert!(first.text.ends_with("}\n"));
    assert!(
        !first.text.contains("smithy.api#box"),
        "2.0 has no such trait"
    );
    assert_eq!(first.report.dropped, [id("a#Lost")]);
    assert_eq!((first.report.operations, first.report.shapes), (1, 6));
    assert_eq!(first, imported(&source), "twice the same");
    let again = import_text("again.json", first.text.as_bytes()).unwrap();
    assert_eq!(again.text, first.text);
    let model = load(&[("m", &first.text)]).unwrap();
    assert_eq!(shape(&model, "a#Kind").kind, ShapeKind::Enum);
    assert_eq!(names(shape(&model, "a#In")), ["z", "a", "b"]);
    assert_eq!(
        traits_of(&model, "a#In$a"),
        json!({"smithy.api#default": 0})
    );
}

#[test]
fn shapes_are_ordered_regardless_of_the_source() {
    let shapes = [
        (
            "In",
            json!({"type": "structure", "members": {"s": {"shape": "S"}}}),
        ),
        ("S", json!({"type": "string"})),
    ];
    let forward: Value = shapes
        .iter()
        .cloned()
        .map(|(k, v)| (k.to_owned(), v))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let backward: Value = shapes
        .iter()
        .rev()
        .cloned()
        .map(|(k, v)| (k.to_owned(), v))
        .collect::<serde_json::Map<_, _>>()
        .into();
    assert_eq!(
        imported(&c2j(op(json!({})), forward)),
        imported(&c2j(op(json!({})), backward))
    );
}

#[test]
fn gzip_is_seen_by_its_first_bytes() {
    let source = c2j(
        op(json!({})),
        json!({"In": {"type": "structure", "members": {}}}),
    );
    let path = std::env::temp_dir().join(format!("smithy-model-{}.bin", std::process::id()));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(source.to_string().as_bytes()).unwrap();
    std::fs::write(&path, gzip.finish().unwrap()).unwrap();
    let unpacked = import(&path);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(unpacked.unwrap().text, imported(&source).text);
}

#[test]
fn a_model_without_service_is_not_imported() {
    let error = import_text("m.json", br#"{"smithy": "2.0", "shapes": {}}"#).unwrap_err();
    assert_eq!(error.to_string(), "m.json: the model has no service");
}

#[test]
fn documentation_is_kept_where_it_is_asked_for() {
    let mut source = c2j(
        op(json!({"documentation": "<p>of the operation</p>"})),
        json!({"In": {"type": "structure", "documentation": "of the shape", "members": {
            "a": {"shape": "Text", "documentation": "of the member"}}},
            "Text": {"type": "string"}}),
    );
    source["documentation"] = json!("of the service");
    let text = source.to_string();
    let kept = import_text_with("c.json", text.as_bytes(), Prose::Keep).unwrap();
    for what in [
        "<p>of the operation</p>",
        "of the shape",
        "of the member",
        "of the service",
    ] {
        assert!(kept.text.contains(what), "{what}: {}", kept.text);
        assert!(!imported(&source).text.contains(what), "{what}");
    }
    let again = import_text_with("c.json", kept.text.as_bytes(), Prose::Keep).unwrap();
    assert_eq!(again.text, kept.text);
}

#[test]
fn a_subset_has_the_named_operations_and_what_they_need() {
    let mut file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    let source = json!({"smithy": "2.0", "shapes": {
        "a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Get"}, {"target": "a#Put"}],
            "resources": [{"target": "a#R"}]},
        "a#R": {"type": "resource", "create": {"target": "a#Make"}, "operations": [{"target": "a#Put"}]},
        "a#Make": {"type": "operation"},
        "a#Get": {"type": "operation", "output": {"target": "a#Got"}},
        "a#Got": {"type": "structure", "members": {"text": {"target": "a#Text"}}},
        "a#Put": {"type": "operation", "input": {"target": "a#Given"}},
        "a#Given": {"type": "structure", "members": {"text": {"target": "a#Text"}}},
        "a#Text": {"type": "string"}
    }});
    file.write_all(source.to_string().as_bytes()).unwrap();
    let subset = |operations: &[&str]| {
        let options = ImportOptions {
            operations: operations.iter().map(|&name| name.to_owned()).collect(),
            ..ImportOptions::default()
        };
        import_with(file.path(), options)
    };
    let got = subset(&["Get"]).unwrap();
    assert_eq!(got.report.operations, 1);
    assert_eq!(
        got.report.dropped,
        [id("a#Given"), id("a#Make"), id("a#Put")]
    );
    let again = import_text("again.json", got.text.as_bytes()).unwrap();
    assert_eq!(again.text, got.text);
    assert_eq!(subset(&[]).unwrap(), import(file.path()).unwrap());
    let error = subset(&["Gte"]).unwrap_err().to_string();
    assert!(error.contains("Gte"), "{error}");
}
