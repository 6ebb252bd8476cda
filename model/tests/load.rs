//! Tests of loading valid models: merged files, applied traits, flattened mixins, and conversion from 1.0 to 2.0.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod common;

use common::{file, id, load, model, names, shape, traits};
use serde_json::json;
use smithy_model::{Model, ShapeKind, known};

#[test]
fn shapes_members_and_typed_traits() {
    let model = model(
        r#"{"a#B": {"type": "structure", "members": {
                "z": {"target": "a#S", "traits": {"smithy.api#required": {}}},
                "a": {"target": "smithy.api#Integer"}}},
            "a#S": {"type": "string", "traits": {"smithy.api#length": {"max": 5}, "x#unknown": [1]}}}"#,
    );
    let b = shape(&model, "a#B");
    assert_eq!(b.kind, ShapeKind::Structure);
    assert_eq!(names(b), ["z", "a"], "members keep the model's order");
    let z = b.member("z").unwrap();
    assert!(z.traits.has("smithy.api#required"));
    assert_eq!(z.id, id("a#B$z"));
    let s = model.expect(&z.target).unwrap();
    let length: known::Length = s.traits.get().unwrap();
    assert_eq!((length.min, length.max), (None, Some(5)));
    assert_eq!(s.traits.get::<known::Pattern>(), None);
    assert_eq!(s.traits.raw("x#unknown"), Some(&json!([1])));
    assert_eq!(shape(&model, "smithy.api#Integer").kind, ShapeKind::Integer);
    assert_eq!(model.file(&z.id), Some("m.json"));
    assert_eq!(
        model.shapes().count(),
        2,
        "the prelude is not the model's own"
    );
}

#[test]
fn operations_services_and_resources() {
    let model = model(
        r#"{"a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Op"}],
                "resources": [{"target": "a#R"}], "errors": [{"target": "a#E"}], "rename": {"a#E": "Err"}},
            "a#Op": {"type": "operation", "input": {"target": "smithy.api#Unit"}, "output": {"target": "a#O"}},
            "a#Get": {"type": "operation"}, "a#O": {"type": "structure"},
            "a#E": {"type": "structure", "traits": {"smithy.api#error": "client"}},
            "a#R": {"type": "resource", "identifiers": {"i": {"target": "smithy.api#String"}},
                "read": {"target": "a#Get"}, "collectionOperations": [{"target": "a#Op"}]}}"#,
    );
    let op = shape(&model, "a#Op").as_operation().unwrap();
    assert_eq!(
        (op.input.as_ref(), op.output.as_ref()),
        (None, Some(&id("a#O")))
    );
    let service = model.service().unwrap().as_service().unwrap();
    assert_eq!(service.errors, [id("a#E")]);
    assert_eq!(service.rename[&id("a#E")], "Err");
    let resource = shape(&model, "a#R").as_resource().unwrap();
    let bound: Vec<_> = resource.all_operations().map(|o| o.name()).collect();
    assert_eq!(bound, ["Get", "Op"]);
}

#[test]
fn applies_work_across_files_in_any_order() {
    let base = file(
        r#"{"a#B": {"type": "structure", "traits": {"smithy.api#title": "old", "x#keep": 1},
            "members": {"c": {"target": "smithy.api#String"}}}}"#,
    );
    let overlay = file(
        r#"{"a#B": {"type": "apply", "traits": {"smithy.api#title": "new"}},
            "a#B": {"type": "apply", "traits": {"x#more": {}}},
            "a#B$c": {"type": "apply", "traits": {"smithy.api#documentation": "The c."}}}"#,
    );
    let orders = [
        [("base", base.as_str()), ("over", overlay.as_str())],
        [("over", overlay.as_str()), ("base", base.as_str())],
    ];
    for files in orders {
        let model = load(&files).unwrap();
        let b = shape(&model, "a#B");
        assert_eq!(
            traits(&b.traits),
            json!({"smithy.api#title": "new", "x#keep": 1, "x#more": {}})
        );
        let docs: known::Documentation = b.member("c").unwrap().traits.get().unwrap();
        assert_eq!(docs.0, "The c.");
        assert_eq!(model.file(&b.id), Some("base"));
    }
}

#[test]
fn mixins_bring_members_and_traits_in_order() {
    let model = load(&[
        (
            "m",
            &file(
                r#"{"a#User": {"type": "structure", "mixins": [{"target": "a#M2"}, {"target": "a#M1"}],
                    "traits": {"x#own": 1, "x#both": "user"},
                    "members": {"own": {"target": "smithy.api#Long"}, "one": {"target": "smithy.api#String", "traits": {"x#redefined": 1}}}},
                "a#M1": {"type": "structure", "traits": {"smithy.api#mixin": {"localTraits": ["x#local"]}, "x#local": 1, "x#both": "m1", "x#m1": 1},
                    "members": {"one": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}}},
                "a#M2": {"type": "structure", "mixins": [{"target": "a#M3"}], "traits": {"smithy.api#mixin": {}, "x#both": "m2"},
                    "members": {"two": {"target": "smithy.api#String"}}},
                "a#M3": {"type": "structure", "traits": {"smithy.api#mixin": {}}, "members": {"three": {"target": "smithy.api#String"}}}}"#,
            ),
        ),
        (
            "over",
            &file(
                r#"{"a#M3$three": {"type": "apply", "traits": {"x#fromMixin": 1}},
                "a#User$three": {"type": "apply", "traits": {"x#onUser": 1}}}"#,
            ),
        ),
    ])
    .unwrap();
    let user = shape(&model, "a#User");
    assert_eq!(names(user), ["three", "two", "one", "own"]);
    assert_eq!(
        traits(&user.traits),
        json!({"x#own": 1, "x#both": "user", "x#m1": 1})
    );
    let member = |name: &str| traits(&user.member(name).unwrap().traits);
    assert_eq!(
        member("one"),
        json!({"smithy.api#required": {}, "x#redefined": 1})
    );
    assert_eq!(member("three"), json!({"x#fromMixin": 1, "x#onUser": 1}));
    assert_eq!(user.member("three").unwrap().id, id("a#User$three"));
    let m2 = shape(&model, "a#M2").member("three").unwrap();
    assert_eq!(traits(&m2.traits), json!({"x#fromMixin": 1}));
}

#[test]
fn mixins_of_operations_services_and_lists() {
    let model = model(
        r#"{"a#Op": {"type": "operation", "mixins": [{"target": "a#OpM"}], "errors": [{"target": "a#E2"}]},
            "a#OpM": {"type": "operation", "traits": {"smithy.api#mixin": {}, "smithy.api#readonly": {}}, "errors": [{"target": "a#E1"}, {"target": "a#E2"}]},
            "a#E1": {"type": "structure", "traits": {"smithy.api#error": "client"}},
            "a#E2": {"type": "structure", "traits": {"smithy.api#error": "client"}},
            "a#L": {"type": "list", "mixins": [{"target": "a#LM"}]},
            "a#LM": {"type": "list", "traits": {"smithy.api#mixin": {}}, "member": {"target": "smithy.api#String"}},
            "a#S": {"type": "service", "mixins": [{"target": "a#SM"}], "operations": [{"target": "a#Op"}]},
            "a#SM": {"type": "service", "version": "7", "traits": {"smithy.api#mixin": {}}, "errors": [{"target": "a#E1"}]}}"#,
    );
    let op = shape(&model, "a#Op");
    assert!(op.traits.has("smithy.api#readonly"));
    assert_eq!(op.as_operation().unwrap().errors, [id("a#E1"), id("a#E2")]);
    assert_eq!(names(shape(&model, "a#L")), ["member"]);
    let service = shape(&model, "a#S").as_service().unwrap();
    assert_eq!(
        (service.version.as_str(), &service.errors[..]),
        ("7", &[id("a#E1")][..])
    );
}

fn members_with_values(model: &Model, text: &str) -> Vec<(String, String)> {
    let members = shape(model, text).members.values();
    let value = |t: &smithy_model::Traits| {
        t.raw("smithy.api#enumValue")
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    members
        .map(|m| (m.id.member().unwrap().to_owned(), value(&m.traits)))
        .collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

#[test]
fn an_enum_trait_makes_an_enum_and_an_applied_one_renames() {
    let base = file(
        r#"{"a#Old": {"type": "string", "traits": {"smithy.api#enum": [
                {"value": "one", "name": "FIRST", "documentation": "One.", "deprecated": true}, {"value": "SingleFile"}]}},
            "a#New": {"type": "enum", "members": {
                "A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "a"}},
                "SINGLEFILE": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "SingleFile"}},
                "Plain": {"target": "smithy.api#Unit"}}}}"#,
    );
    let overlay = file(
        r#"{"a#New": {"type": "apply", "traits": {"smithy.api#enum": [{"value": "SingleFile", "name": "SINGLE_FILE"}]}},
            "a#New$SINGLE_FILE": {"type": "apply", "traits": {"smithy.api#documentation": "One file."}}}"#,
    );
    let model = load(&[("over", &overlay), ("base", &base)]).unwrap();
    assert_eq!(shape(&model, "a#Old").kind, ShapeKind::Enum);
    assert_eq!(
        members_with_values(&model, "a#Old"),
        pairs(&[("FIRST", "one"), ("SINGLE_FILE", "SingleFile")])
    );
    let first = shape(&model, "a#Old").member("FIRST").unwrap();
    assert!(first.traits.has("smithy.api#deprecated"));
    assert_eq!(
        first.traits.get::<known::Documentation>().unwrap().0,
        "One."
    );
    assert!(!shape(&model, "a#Old").traits.has("smithy.api#enum"));

    let new = [
        ("A", "a"),
        ("SINGLE_FILE", "SingleFile"),
        ("Plain", "Plain"),
    ];
    assert_eq!(members_with_values(&model, "a#New"), pairs(&new));
    let renamed = shape(&model, "a#New").member("SINGLE_FILE").unwrap();
    assert_eq!(
        (
            renamed.name.as_str(),
            renamed.traits.has("smithy.api#documentation")
        ),
        ("SINGLE_FILE", true)
    );
}

#[test]
fn smithy_1_0_in_terms_of_2_0() {
    let text = r#"{"smithy": "1.0", "shapes": {
        "a#Set": {"type": "set", "member": {"target": "smithy.api#String"}},
        "a#Count": {"type": "integer"},
        "a#Boxed": {"type": "boolean", "traits": {"smithy.api#box": {}}},
        "a#B": {"type": "structure", "members": {
            "count": {"target": "a#Count"},
            "boxedCount": {"target": "a#Count", "traits": {"smithy.api#box": {}}},
            "boxed": {"target": "a#Boxed"},
            "flag": {"target": "smithy.api#PrimitiveBoolean"},
            "number": {"target": "smithy.api#Integer"}}},
        "a#U": {"type": "union", "members": {"count": {"target": "a#Count"}}}}}"#;
    let old = load(&[("m", text)]).unwrap();
    let set = shape(&old, "a#Set");
    assert_eq!(set.kind, ShapeKind::List);
    assert!(set.traits.has("smithy.api#uniqueItems"));
    let default = |model: &Model, shape_id: &str, member: &str| {
        let member = shape(model, shape_id).member(member).unwrap().clone();
        member.traits.raw("smithy.api#default").cloned()
    };
    for (member, expected) in [
        ("count", Some(json!(0))),
        ("boxedCount", Some(json!(null))),
        ("boxed", None),
        ("flag", Some(json!(false))),
        ("number", None),
    ] {
        assert_eq!(default(&old, "a#B", member), expected, "{member}");
    }
    assert_eq!(
        default(&old, "a#U", "count"),
        None,
        "a union's member has no default"
    );
    let new = load(&[("m", &text.replace("\"1.0\"", "\"2.0\""))]).unwrap();
    assert_eq!(
        default(&new, "a#B", "count"),
        None,
        "2.0 writes its defaults out"
    );
}
