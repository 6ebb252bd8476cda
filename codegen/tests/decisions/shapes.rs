//! Tests of the decisions about errors, unions, members and their documentation.

use super::{model_of, normalized};
use serde_json::{Value, json};
use smithy_codegen::Options;

#[test]
fn the_name_of_an_error_implies_its_meaning_unless_its_status_does() {
    let table = [
        ("ThingNotFound", json!({}), "400).not_found()"),
        ("NoSuchThing", json!({}), "400).not_found()"),
        ("ThingNotExist", json!({}), "400).not_found()"),
        ("NonExistentThing", json!({}), "400).not_found()"),
        ("UnknownResource", json!({}), "400).not_found()"),
        ("ThingConflict", json!({}), "400).conflict()"),
        ("ThingAlreadyExists", json!({}), "400).conflict()"),
        ("NameExists", json!({}), "400).conflict()"),
        ("ResourceInUse", json!({}), "400).conflict()"),
        ("ConcurrentModification", json!({}), "400).conflict()"),
        ("ConcurrentUpdate", json!({}), "400).conflict()"),
        ("Other", json!({}), "400)"),
        (
            "ThingNotFound",
            json!({"smithy.api#httpError": 400}),
            "400).not_found()",
        ),
        (
            "ThingNotFound",
            json!({"smithy.api#httpError": 404}),
            "404)",
        ),
        (
            "ThingNotFound",
            json!({"smithy.api#httpError": 409}),
            "409)",
        ),
        (
            "ThingNotFound",
            json!({"smithy.api#error": "server"}),
            "500)",
        ),
        (
            "ThingNotFound",
            json!({"smithy.api#error": "server", "smithy.api#httpError": 503}),
            "503)",
        ),
        (
            "Other",
            json!({"smithy.api#retryable": {}}),
            "400).retryable(false)",
        ),
        (
            "Other",
            json!({"smithy.api#retryable": {"throttling": true}}),
            "400).retryable(true)",
        ),
    ];
    for (name, more, expected) in table {
        let mut traits = json!({"smithy.api#error": "client"});
        traits
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let id = format!("x#{name}");
        let get = json!({"type": "operation", "errors": [{"target": id}]});
        let shapes = json!({id: {"type": "structure", "members": {}, "traits": traits}});
        let (model, closure) = model_of(json!({"aws.protocols#awsJson1_0": {}}), get, shapes);
        let generated = smithy_codegen::generate(&model, &closure, &Options::default()).unwrap();
        let text = normalized(generated.files.get("operation/get.rs")).replace(' ', "");
        let expected = format!("[ErrorSchema::new(\"{name}\",{expected}]");
        assert!(
            text.contains(&expected),
            "{name} {traits} {expected}: {text}"
        );
    }
}

#[test]
fn names_of_variants_and_of_their_methods_are_unique_in_a_union() {
    let string = json!({"target": "smithy.api#String"});
    let get = json!({"type": "operation", "output": {"target": "x#Out"}});
    let shapes = json!({
        "x#Out": {"type": "structure", "members": {"choice": {"target": "x#Choice"}}},
        "x#Choice": {"type": "union", "members": {"unknown": string, "someName": string, "some_name": string}},
    });
    let (model, closure) = model_of(json!({"aws.protocols#awsJson1_0": {}}), get, shapes);
    let generated = smithy_codegen::generate(&model, &closure, &Options::default()).unwrap();
    let text = normalized(generated.files.get("types/choice.rs"));
    for expected in [
        "UnknownValue(String)",
        "SomeName(String)",
        "SomeNameValue(String)",
        "fn is_unknown_(",
        "fn as_some_name(",
        "fn as_some_name_(",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

#[test]
fn an_error_of_the_service_side_is_made_from_its_message_if_it_has_nothing_else() {
    let member = |target: &str| json!({"target": format!("smithy.api#{target}")});
    let table = [
        (
            json!({"message": member("String")}),
            "(message: impl Into<String>)",
        ),
        (
            json!({"Message": member("String")}),
            "(message: impl Into<String>)",
        ),
        (json!({"message": member("Integer")}), "(error: &Gone)"),
        (json!({"reason": member("String")}), "(error: &Gone)"),
        (
            json!({"message": member("String"), "reason": member("String")}),
            "(error: &Gone)",
        ),
        (json!({}), "(error: &Gone)"),
    ];
    let options = smithy_codegen::ServerOptions {
        client_crate: "client".to_owned(),
        service_trait: "Service".to_owned(),
    };
    for (members, expected) in table {
        let get = json!({"type": "operation", "errors": [{"target": "x#Gone"}]});
        let traits = json!({"smithy.api#error": "client"});
        let shapes = json!({"x#Gone": {"type": "structure", "members": members, "traits": traits}});
        let (model, closure) = model_of(json!({"aws.protocols#awsJson1_0": {}}), get, shapes);
        let generated =
            smithy_codegen::generate_server(&model, &closure, &Options::default(), &options);
        let text = normalized(generated.unwrap().files.get("error.rs"));
        assert!(
            text.contains(&format!("fn gone{expected}")),
            "{members}: {text}"
        );
    }
}

#[test]
fn the_documentation_of_a_member_has_its_constraints() {
    let length = |min: Value, max: Value| json!({"smithy.api#length": {"min": min, "max": max}});
    let at_most = |max: i32| json!({"smithy.api#length": {"max": max}});
    let pattern = |pattern: &str| json!({"smithy.api#pattern": pattern});
    let table = [
        (
            "smithy.api#String",
            length(json!(1), json!(3)),
            "1 to 3 characters.",
        ),
        (
            "smithy.api#String",
            length(json!(3), json!(3)),
            "Exactly 3 characters.",
        ),
        (
            "smithy.api#String",
            json!({"smithy.api#length": {"min": 2}}),
            "At least 2 characters.",
        ),
        (
            "smithy.api#String",
            length(json!(0), json!(3)),
            "At most 3 characters.",
        ),
        (
            "smithy.api#String",
            json!({"smithy.api#length": {"min": 0}}),
            "",
        ),
        ("smithy.api#Blob", at_most(5), "At most 5 bytes."),
        ("x#List", at_most(6), "At most 6 elements."),
        ("x#Map", at_most(7), "At most 7 entries."),
        (
            "smithy.api#Integer",
            json!({"smithy.api#range": {"min": 1, "max": 8}}),
            "1 to 8.",
        ),
        (
            "smithy.api#Integer",
            json!({"smithy.api#range": {"min": 1}}),
            "At least 1.",
        ),
        (
            "smithy.api#Integer",
            json!({"smithy.api#range": {"max": 8}}),
            "At most 8.",
        ),
        ("smithy.api#String", pattern("^a+$"), "Pattern: `^a+$`."),
        ("smithy.api#String", pattern(".*"), ""),
        ("smithy.api#String", pattern("a`b"), ""),
        ("smithy.api#String", pattern("a\nb"), ""),
        (
            "smithy.api#Integer",
            json!({"smithy.api#default": 5}),
            "Default: `5`.",
        ),
        ("smithy.api#String", json!({"smithy.api#default": null}), ""),
        ("x#List", json!({"smithy.api#default": []}), ""),
        (
            "smithy.api#Integer",
            json!({"smithy.api#default": 5, "smithy.api#required": {}}),
            "Default: `5`.",
        ),
        (
            "smithy.api#String",
            json!({"smithy.api#required": {}}),
            "Required.",
        ),
        (
            "smithy.api#String",
            json!({"smithy.api#idempotencyToken": {}}),
            "Filled in when it is not set, and kept over retries.",
        ),
        ("x#Secret", json!({}), "Never printed."),
    ];
    for (target, traits, expected) in table {
        let get = json!({"type": "operation", "input": {"target": "x#In"}});
        let string = json!({"target": "smithy.api#String"});
        let shapes = json!({
            "x#In": {"type": "structure", "members": {"it": {"target": target, "traits": traits}}},
            "x#Secret": {"type": "string", "traits": {"smithy.api#sensitive": {}}},
            "x#List": {"type": "list", "member": string},
            "x#Map": {"type": "map", "key": string, "value": string}});
        let (model, closure) = model_of(json!({"aws.protocols#awsJson1_0": {}}), get, shapes);
        let generated = smithy_codegen::generate(&model, &closure, &Options::default()).unwrap();
        let text = generated.files.get("operation/get.rs").unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let field = lines
            .iter()
            .position(|line| line.starts_with("pub it: "))
            .unwrap();
        let mut docs = lines[..field]
            .iter()
            .rev()
            .take_while(|line| line.starts_with("///"));
        let facts = docs.find(|line| **line != "///").unwrap();
        let facts = if facts.contains("`it`") {
            ""
        } else {
            facts.trim_start_matches("/// ")
        };
        assert_eq!(facts, expected, "{target} {traits}: {text}");
    }
}

#[test]
fn comments_have_the_lines_of_the_model_and_no_carriage_returns() {
    let documentation = |text: &str| json!({"smithy.api#documentation": text});
    let traits = json!({
        "smithy.api#documentation": "One.\rTwo.\r\nThree.",
        "smithy.api#examples": [{"title": "Call\rit", "documentation": "Now\ror then.", "input": {"it": "x\ry"}}]});
    let get = json!({"type": "operation", "input": {"target": "x#In"}, "traits": traits});
    let of_it =
        json!({"smithy.api#pattern": "a\rb", "smithy.api#deprecated": {"message": "Use\rthat."}});
    let shapes = json!({"x#In": {"type": "structure", "members": {
        "it": {"target": "smithy.api#String", "traits": of_it},
        "that": {"target": "smithy.api#String", "traits": documentation("<pre>a&#13;b</pre>")}}}});
    let service = json!({"aws.protocols#awsJson1_0": {}, "smithy.api#title": "A\rService\n"});
    let (model, closure) = model_of(service, get, shapes);
    for html_documentation in [false, true] {
        let options = Options {
            html_documentation,
            examples: Some(smithy_codegen::Examples::compiled("x")),
            ..Options::default()
        };
        let generated = smithy_codegen::generate(&model, &closure, &options).unwrap();
        for (path, text) in generated.files.iter() {
            assert!(!text.contains('\r'), "{path}: {text:?}");
        }
        assert_eq!(generated.title, "A Service");
        let text = generated.files.get("operation/get.rs").unwrap();
        let lines = ["One.", "Two.", "Three."].map(|line| text.contains(&format!("//! {line}\n")));
        assert!(html_documentation || lines == [true; 3], "{text}");
    }
}

#[test]
fn a_default_does_not_replace_a_label() {
    let member = |binding: &str| {
        json!({"target": "smithy.api#String", "traits": {
            "smithy.api#required": {}, "smithy.api#default": "x", (format!("smithy.api#{binding}")): {}}})
    };
    let traits = json!({
        "smithy.api#http": {"method": "POST", "uri": "/{path}"}, "smithy.api#endpoint": {"hostPrefix": "{host}."}});
    let get = json!({"type": "operation", "input": {"target": "x#In"}, "traits": traits});
    let shapes = json!({"x#In": {"type": "structure", "members": {
        "path": member("httpLabel"), "host": member("hostLabel"), "other": member("notProperty")}}});
    let (model, closure) = model_of(json!({"aws.protocols#restJson1": {}}), get, shapes);
    let options = Options {
        examples: Some(smithy_codegen::Examples::compiled("x")),
        ..Options::default()
    };
    let generated = smithy_codegen::generate(&model, &closure, &options).unwrap();
    let text = normalized(generated.files.get("operation/get.rs")).replace(' ', "");
    for (expected, count) in [
        (r#"("path","path").at(Location::Label).required()"#, 1),
        (r#"("host","host").required()"#, 1),
        (r#"("other","other"),"#, 1),
        // The example has the members that are required.
        (".path(", 1),
        (".host(", 1),
        (".other(", 0),
    ] {
        assert_eq!(text.matches(expected).count(), count, "{expected}: {text}");
    }
    let text = normalized(generated.files.get("client.rs"));
    for expected in ["Required: [`path`]", "Optional: [`other`]"] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

#[test]
fn a_host_prefix_has_the_labels_between_its_braces() {
    let label = json!({"target": "smithy.api#String", "traits": {"smithy.api#required": {}, "smithy.api#hostLabel": {}}});
    for (prefix, expected) in [
        ("data.", r#"[Segment::Literal("data.")]"#),
        (
            "{one}.",
            r#"[Segment::Label("one"), Segment::Literal(".")]"#,
        ),
        (
            "a-{one}.{two}.b.",
            r#"[Segment::Literal("a-"), Segment::Label("one"), Segment::Literal("."), Segment::Label("two"), Segment::Literal(".b.")]"#,
        ),
    ] {
        let traits = json!({"smithy.api#endpoint": {"hostPrefix": prefix}});
        let get = json!({"type": "operation", "input": {"target": "x#In"}, "traits": traits});
        let shapes =
            json!({"x#In": {"type": "structure", "members": {"one": label, "two": label}}});
        let (model, closure) = model_of(json!({"aws.protocols#awsJson1_0": {}}), get, shapes);
        let generated = smithy_codegen::generate(&model, &closure, &Options::default()).unwrap();
        let text = normalized(generated.files.get("operation/get.rs"));
        let text = text.replace(' ', "").replace(",]", "]");
        let expected = format!(".host_prefix(&{})", expected.replace(' ', ""));
        assert!(
            text.contains(&expected) || text.contains(&expected.replace("])", "],)")),
            "{expected}: {text}"
        );
    }
}

#[test]
fn a_member_that_closes_a_cycle_is_boxed_unless_a_list_or_map_is_in_between() {
    let get = json!({"type": "operation", "output": {"target": "x#Out"}});
    let to = |shape: &str| json!({"target": format!("x#{shape}")});
    let shapes = json!({
        "x#Out": {"type": "structure", "members": {"tree": to("Tree")}},
        "x#Tree": {"type": "structure", "members": {"parent": to("Tree"), "leaves": to("Leaves"), "named": to("Named")}},
        "x#Leaves": {"type": "list", "member": to("Leaf")},
        "x#Leaf": {"type": "structure", "members": {"of": to("Tree")}},
        "x#Named": {"type": "map", "key": {"target": "smithy.api#String"}, "value": to("Label")},
        "x#Label": {"type": "structure", "members": {"of": to("Tree")}},
    });
    let (model, closure) = model_of(json!({"aws.protocols#awsJson1_0": {}}), get, shapes);
    let generated = smithy_codegen::generate(&model, &closure, &Options::default()).unwrap();
    for (file, expected) in [
        ("types/tree.rs", "pub parent: Option<Box<Tree>>,"),
        ("types/leaf.rs", "pub of: Option<Tree>,"),
        ("types/label.rs", "pub of: Option<Tree>,"),
    ] {
        let text = normalized(generated.files.get(file));
        assert!(text.contains(expected), "{file}: {text}");
    }
}
