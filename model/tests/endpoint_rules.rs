//! A botocore model with endpoint rules beside it in; the rules as a trait out, only where they are asked for.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use smithy_model::{ImportOptions, Model, import, import_with};
use std::{fs, path::PathBuf};

const MODEL: &str = r#"{
    "metadata": {"apiVersion": "1", "protocol": "rest-json", "serviceId": "Thing", "endpointPrefix": "thing"},
    "operations": {"Get": {"http": {"method": "GET", "requestUri": "/"}}},
    "shapes": {}
}"#;
const RULES: &str = r#"{"version": "1.0", "parameters": {"Region": {"type": "string", "documentation": "prose"}}, "rules": []}"#;
const TRAIT: &str = "smithy.rules#endpointRuleSet";

/// The path of the model in a folder of its own.
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
    let ruled = Model::load_with_endpoint_rules(&[path]).unwrap();
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
    let error = Model::load_with_endpoint_rules(&[path]).unwrap_err();
    assert!(
        error.to_string().contains("endpoint-rule-set-1.json"),
        "{error}"
    );
}
