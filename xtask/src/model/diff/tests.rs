//! Tests of reports of small models.

mod kinds;
mod sample;

use super::report::{
    Effect::{Adds, Breaks, Changes},
    Report,
};
use super::{load, markdown};
use sample::{base, told, with};
use serde_json::{Value, json};
use smithy_model::Model;
use std::fs;

#[test]
fn types_and_errors_that_come_or_go_are_reported_with_what_uses_them() {
    let base = with(&[]);
    let without = with(&[
        ("/a#Op/errors/0", Value::Null),
        ("/a#Data/members/color", Value::Null),
    ]);
    let line = |effect, text: &str| (effect, text.to_owned());
    assert_eq!(
        told(&base, &without),
        [
            line(Breaks, "Bad was removed"),
            line(Breaks, "Color was removed"),
            line(Breaks, "Data no longer has the member `color`"),
            line(Changes, "Op no longer returns the error `Bad`"),
        ]
    );
    assert_eq!(
        told(&without, &base),
        [
            line(Adds, " + Bad"),
            line(Adds, "Op + Bad"),
            line(Adds, " + Color"),
            line(Adds, "Data + color"),
        ]
    );
}

#[test]
fn a_model_is_as_it_was_in_another_namespace_and_with_other_documentation() {
    let old = with(&[]);
    let text = base().to_string().replace("a#", "b.c#");
    let mut new: Value = serde_json::from_str(&text).unwrap();
    new["shapes"]["b.c#Op"]["traits"]["smithy.api#documentation"] = json!("It operates.");
    let new = Model::from_sources(&[("model.json", &new.to_string())]).unwrap();
    assert_eq!(told(&old, &new), []);
    let report = markdown(&Report::of(&old, &new).unwrap());
    assert!(
        report.ends_with("\nNothing changed, documentation aside.\n"),
        "{report}"
    );
}

#[test]
fn a_report_groups_what_is_new_and_names_few_of_many_places() {
    let name = || json!({"target": "a#Name"});
    let new = with(&[
        ("/a#Name/traits/smithy.api#length", json!({"max": 5})),
        ("/a#In/members/one", json!({"target": "smithy.api#String"})),
        ("/a#In/members/two", json!({"target": "smithy.api#String"})),
    ]);
    let mut old = with(&[]);
    assert_eq!(
        markdown(&Report::of(&old, &new).unwrap()),
        "# S: what changed for users\n\n\
         API version 1 → 1; operations 2 → 2; changes: 3, of which break: 1.\n\n\
         ## What breaks\n\n\
         - `Name` has another length: at most 5, before 1 to 10 (`Op input.name`, `Op input.must`, `Op output.items`)\n\n\
         ## What is new\n\n\
         - `Op input` has the new members `one`, `two`\n\n\
         ## Draft for the changelog\n\n\
         ```markdown\n\
         - **Breaking:** `Name` has another length: at most 5, before 1 to 10 (`Op input.name`, `Op input.must`, `Op output.items`).\n\
         - `Op input` has the new members `one`, `two`.\n\
         ```\n"
    );
    old = with(&[("/a#In/members/third", name())]);
    let new = with(&[
        ("/a#In/members/third", name()),
        ("/a#Name/traits/smithy.api#pattern", Value::Null),
    ]);
    let report = markdown(&Report::of(&old, &new).unwrap());
    let line = "- `Name` need no longer match `[a-z]+` (`Op input.name`, `Op input.must`, `Op input.third` and 1 more)\n";
    assert!(report.contains(line), "{report}");
}

#[test]
fn both_formats_are_read_and_say_the_same_of_the_same_service() {
    let service = r#"{"version": "2.0", "metadata": {
            "apiVersion": "2020-01-01", "endpointPrefix": "s", "protocol": "rest-json", "serviceFullName": "S",
            "serviceId": "S", "signatureVersion": "v4", "uid": "s-2020-01-01"},
        "operations": {"Op": {"name": "Op", "http": {"method": "POST", "requestUri": "/op"}, "input": {"shape": "In"}}},
        "shapes": {"In": {"type": "structure", "members": {"name": {"shape": "Name"}}}, "Name": {"type": "string", "max": 5}}}"#;
    let folder = tempfile::tempdir().unwrap();
    let botocore = folder.path().join("service-2.json");
    fs::write(&botocore, service).unwrap();
    let ast = folder.path().join("model.json");
    fs::write(&ast, smithy_model::import(&botocore).unwrap().text).unwrap();
    assert_eq!(told(&load(&botocore).unwrap(), &load(&ast).unwrap()), []);

    fs::write(&botocore, service.replace("\"max\": 5", "\"max\": 4")).unwrap();
    assert_eq!(
        told(&load(&ast).unwrap(), &load(&botocore).unwrap()),
        [(
            Breaks,
            "Name has a narrower length: at most 4, before at most 5".to_owned()
        )]
    );
    let missing = load(&folder.path().join("no.json")).unwrap_err();
    assert!(format!("{missing:#}").contains("no.json"), "{missing:#}");
}
