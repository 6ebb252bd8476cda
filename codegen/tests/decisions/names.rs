//! Tests that types and errors do not have the names that generated files import from other crates.

use super::model_of;
use serde_json::{Map, Value, json};
use smithy_codegen::{Options, ServerOptions};
use smithy_model::{Closure, Model};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Returns the names of types that the `use` lines of a file take from other crates.
fn imported(text: &str) -> impl Iterator<Item = String> {
    let lines = text
        .split(';')
        .filter_map(|text| text.rsplit_once("use ").map(|(_, line)| line));
    let foreign =
        lines.filter(|line| line.starts_with("smithy_reqwest::") || line.starts_with("std::"));
    let words = foreign.flat_map(|line| line.split(|c: char| !c.is_alphanumeric()));
    let names = words.filter(|word| word.starts_with(char::is_uppercase));
    names.map(str::to_owned)
}

/// Returns the names that files with types import, and those that files with errors import, of all fixtures.
fn imports() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut with_types, mut with_errors) = (BTreeSet::new(), BTreeSet::new());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let server = ServerOptions {
        client_crate: "client".to_owned(),
        service_trait: "Service".to_owned(),
    };
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path().join("model.json");
        let Ok(text) = fs::read_to_string(path) else {
            continue;
        };
        let model = Model::from_sources(&[("model.json", &text)]).unwrap();
        let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
        let options = Options::default();
        let client = smithy_codegen::generate(&model, &closure, &options).unwrap();
        let service = smithy_codegen::generate_server(&model, &closure, &options, &server).unwrap();
        for (path, text) in client.files.iter().chain(service.files.iter()) {
            let mut has_types = ["operation/", "types/", "waiters/"].iter();
            if path == "error.rs" {
                with_errors.extend(imported(text));
            } else if has_types.any(|folder| path.starts_with(folder)) && !path.ends_with("/mod.rs")
            {
                with_types.extend(imported(text));
            }
        }
    }
    (with_types, with_errors)
}

#[test]
fn shapes_do_not_have_the_names_that_generated_files_import() {
    let (types, errors) = imports();
    assert!(
        types.contains("Customization") && errors.contains("ServiceError"),
        "{types:?} {errors:?}"
    );
    let all: BTreeSet<_> = types.union(&errors).cloned().collect();
    for (names, is_error) in [(types, false), (all, true)] {
        let targets = names
            .iter()
            .map(|name| json!({"target": format!("x#{name}")}));
        let (mut members, mut thrown) = (Map::new(), Vec::new());
        match is_error {
            true => thrown.extend(targets),
            false => members.extend(names.iter().cloned().zip(targets)),
        }
        let traits = match is_error {
            true => json!({"smithy.api#error": "client"}),
            false => json!({}),
        };
        let mut shapes = json!({"x#In": {"type": "structure", "members": members}});
        for name in &names {
            shapes[format!("x#{name}")] =
                json!({"type": "structure", "members": {}, "traits": traits});
        }
        let get = json!({"type": "operation", "input": {"target": "x#In"}, "errors": Value::Array(thrown)});
        let (model, closure) = model_of(json!({"aws.protocols#awsJson1_0": {}}), get, shapes);
        let generated = smithy_codegen::generate(&model, &closure, &Options::default()).unwrap();
        let types = generated
            .files
            .iter()
            .filter(|(path, _)| path.starts_with("types/"));
        for (path, text) in types {
            let defined = text
                .split("pub struct ")
                .skip(1)
                .filter_map(|text| text.split([' ', ';']).next());
            let taken: Vec<_> = defined.filter(|name| names.contains(*name)).collect();
            assert!(taken.is_empty(), "{path}: {taken:?}");
        }
    }
}
