//! Tests of the examples of operations: those that are derived from the input, and those that the model has.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use serde_json::{Value, json};
use smithy_codegen::{CodegenError, Examples, Options};
use smithy_model::{Closure, Model};

/// Returns the example of an operation whose input has these members and whose model has these shapes, as one line; empty
/// if there is none.
fn example(members: &Value, shapes: &Value, traits: &Value) -> Result<String, CodegenError> {
    example_of(Examples::compiled("crate_x"), members, shapes, traits)
}

fn example_of(
    examples: Examples,
    members: &Value,
    shapes: &Value,
    traits: &Value,
) -> Result<String, CodegenError> {
    let mut operation_traits = json!({"smithy.api#http": {"method": "POST", "uri": "/put"}});
    let more = traits.as_object().unwrap().clone();
    operation_traits.as_object_mut().unwrap().extend(more);
    let mut model = json!({
        "x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Put"}],
            "traits": {"aws.protocols#restJson1": {}}},
        "x#Put": {"type": "operation", "input": {"target": "x#In"}, "traits": operation_traits},
        "x#In": {"type": "structure", "members": members},
        "x#Texts": {"type": "list", "member": {"target": "smithy.api#String"}},
        "x#Sparse": {"type": "list", "member": {"target": "smithy.api#String"}, "traits": {"smithy.api#sparse": {}}},
        "x#Map": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "smithy.api#Integer"}},
        "x#Suit": {"type": "enum", "members": {
            "HEARTS": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "hearts"}},
            "SPADES": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "spades"}}}},
        "x#Level": {"type": "intEnum", "members": {
            "LOW": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 3}},
            "HIGH": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 7}}}},
        "x#Choice": {"type": "union", "members": {
            "text": {"target": "smithy.api#String"}, "number": {"target": "smithy.api#Integer"}}},
        "x#Inner": {"type": "structure", "members": {
            "size": {"target": "smithy.api#Integer", "traits": {"smithy.api#required": {}}},
            "other": {"target": "smithy.api#String"}}},
        "x#Node": {"type": "structure", "members": {
            "name": {"target": "smithy.api#String"}, "next": {"target": "x#Node"}}},
    });
    let more = shapes.as_object().unwrap().clone();
    model.as_object_mut().unwrap().extend(more);
    let model = json!({"smithy": "2.0", "shapes": model}).to_string();
    let model = Model::from_sources(&[("model.json", &model)]).unwrap();
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    let options = Options {
        examples: Some(examples),
        ..Options::default()
    };
    let generated = smithy_codegen::generate(&model, &closure, &options)?;
    let lines = generated.files.get("operation/put.rs").unwrap().lines();
    let lines = lines.filter_map(|line| line.strip_prefix("//! "));
    let text = lines.collect::<Vec<_>>().join("\n");
    let call = text.split("```").nth(1).unwrap_or_default();
    Ok(call.split_whitespace().collect())
}

fn required(target: &str) -> Value {
    json!({"target": target, "traits": {"smithy.api#required": {}}})
}

#[test]
fn a_derived_example_sets_the_required_members_to_values_that_their_constraints_allow() {
    let limited = |min: Value, max: Value| {
        let mut range = json!({});
        for (name, bound) in [("min", min), ("max", max)] {
            if !bound.is_null() {
                range[name] = bound;
            }
        }
        let mut member = required("smithy.api#Integer");
        member["traits"]["smithy.api#range"] = range;
        member
    };
    for (name, member, expected) in [
        (
            "flowName",
            required("smithy.api#String"),
            r#".flow_name("my-flow")"#,
        ),
        ("flag", required("smithy.api#Boolean"), ".flag(true)"),
        ("tiny", required("smithy.api#Byte"), ".tiny(1)"),
        ("large", required("smithy.api#Long"), ".large(1)"),
        ("count", limited(json!(5), json!(9)), ".count(5)"),
        ("count", limited(json!(5), Value::Null), ".count(5)"),
        ("count", limited(Value::Null, json!(-3)), ".count(-3)"),
        ("count", limited(Value::Null, json!(9)), ".count(1)"),
        ("ratio", required("smithy.api#Double"), ".ratio(1.0)"),
        ("since", required("smithy.api#Timestamp"), "(1893456000)"),
        ("data", required("smithy.api#Blob"), r#"Blob::new("text")"#),
        ("names", required("x#Texts"), r#".names("name")"#),
        (
            "news",
            required("x#Sparse"),
            r#".news(Some("new".to_owned()))"#,
        ),
        ("map", required("x#Map"), r#".map("key",1)"#),
        ("suit", required("x#Suit"), ".suit(Suit::Hearts)"),
        ("level", required("x#Level"), ".level(Level::LOW)"),
        (
            "choice",
            required("x#Choice"),
            r#"Choice::Text("text".to_owned())"#,
        ),
        (
            "inner",
            required("x#Inner"),
            "Inner::builder().size(1).build()",
        ),
    ] {
        let text = example(&json!({name: member}), &json!({}), &json!({})).unwrap();
        assert!(
            text.contains(expected),
            "{name}: {expected} is not in {text}"
        );
    }
    let optional = json!({"name": {"target": "smithy.api#String"}});
    let text = example(&optional, &json!({}), &json!({})).unwrap();
    assert!(text.contains(".put().send()"), "{text}");
}

#[test]
fn an_input_without_plausible_values_has_no_example() {
    let text = example(
        &json!({"any": required("smithy.api#Document")}),
        &json!({}),
        &json!({}),
    );
    assert_eq!(text.unwrap(), "");
    // Each value needs another one of its own type.
    let shapes = json!({
        "x#Tree": {"type": "structure", "members": {"children": required("x#Trees")}},
        "x#Trees": {"type": "list", "member": {"target": "x#Tree"}}});
    let text = example(&json!({"tree": required("x#Tree")}), &shapes, &json!({}));
    assert_eq!(text.unwrap(), "");
}

/// Returns the example of the model for an input with one member.
fn written(target: &str, value: &Value) -> Result<String, CodegenError> {
    let members = json!({"it": {"target": target}});
    let examples = json!({"smithy.api#examples": [{"title": "Call it", "input": {"it": value}}]});
    example(&members, &json!({}), &examples)
}

#[test]
fn an_example_of_the_model_is_the_calls_of_setters() {
    for (target, value, expected) in [
        ("smithy.api#String", json!("a"), r#".it("a")"#),
        ("smithy.api#Boolean", json!(false), ".it(false)"),
        ("smithy.api#Short", json!(-7), ".it(-7)"),
        ("smithy.api#Float", json!(2.5), ".it(2.5)"),
        ("smithy.api#Timestamp", json!(8), "(8)"),
        ("smithy.api#Blob", json!("ab"), r#"Blob::new("ab")"#),
        ("x#Texts", json!(["a", "b"]), r#".it("a").it("b")"#),
        ("x#Texts", json!([]), ".set_it(Some("),
        (
            "x#Sparse",
            json!(["a", null]),
            r#".it(Some("a".to_owned())).it(None)"#,
        ),
        ("x#Map", json!({"k": 1, "l": 2}), r#".it("k",1).it("l",2)"#),
        ("x#Map", json!({}), ".set_it(Some("),
        ("x#Suit", json!("spades"), ".it(Suit::Spades)"),
        ("x#Suit", json!("stars"), r#"Suit::from("stars")"#),
        ("x#Level", json!(7), ".it(Level::HIGH)"),
        ("x#Choice", json!({"number": 4}), "Choice::Number(4)"),
        (
            "x#Inner",
            json!({"other": "o", "size": 2}),
            r#".size(2).other("o")"#,
        ),
        (
            "x#Node",
            json!({"name": "a", "next": {"name": "b"}}),
            r#"Node::builder().name("a").next(Node::builder().name("b").build()).build()"#,
        ),
        ("smithy.api#String", Value::Null, ".put().send()"),
    ] {
        let text = written(target, &value).unwrap();
        assert!(
            text.contains(expected),
            "{target} {value}: {expected} is not in {text}"
        );
    }
}

#[test]
fn the_only_example_of_an_operation_is_the_shortest_of_the_model_unless_it_is_long() {
    let members = json!({"it": {"target": "smithy.api#String"}});
    // The input of an example is at most 400 characters of JSON, of which nine are not the text.
    let (longest, too_long) = ("a".repeat(391), "a".repeat(392));
    for (inputs, expected) in [
        (
            json!([{"it": "aaa"}, {"it": "b"}, {"it": "cc"}]),
            r#".it("b")"#.to_owned(),
        ),
        (
            json!([{"it": longest}, {"it": too_long}]),
            format!(r#".it("{longest}""#),
        ),
        (json!([{"it": too_long}]), ".put().send()".to_owned()),
        (json!([{"it": 1}]), ".put().send()".to_owned()),
    ] {
        let inputs = inputs.as_array().unwrap().iter();
        let examples: Vec<_> = inputs
            .map(|input| json!({"title": "Call it", "input": input}))
            .collect();
        let traits = json!({"smithy.api#examples": examples});
        let short = Examples::compiled("crate_x").one_each();
        let text = example_of(short, &members, &json!({}), &traits).unwrap();
        assert!(text.contains(&expected), "{expected}: {text}");
    }
}

#[test]
fn an_example_that_does_not_match_the_model_is_an_error_that_names_the_member() {
    for (target, value, expected) in [
        (
            "smithy.api#String",
            json!(1),
            "it: the value 1 does not fit its type",
        ),
        ("smithy.api#Boolean", json!("true"), "does not fit its type"),
        ("smithy.api#Integer", json!(1.5), "does not fit its type"),
        ("smithy.api#Timestamp", json!(1.5), "does not fit its type"),
        ("x#Texts", json!("a"), "does not fit its type"),
        ("x#Texts", json!([null]), "does not fit its type"),
        ("x#Level", json!(5), "does not fit its type"),
        ("x#Level", json!("LOW"), "does not fit its type"),
        ("x#Suit", json!(1), "does not fit its type"),
        (
            "x#Choice",
            json!({"text": "a", "number": 1}),
            "Choice takes exactly one member",
        ),
        ("x#Choice", json!({}), "Choice takes exactly one member"),
        (
            "x#Choice",
            json!({"other": 1}),
            "Choice has no member `other`",
        ),
        (
            "x#Inner",
            json!({"sizes": 1}),
            "Inner has no member `sizes`",
        ),
    ] {
        let error = written(target, &value).unwrap_err().to_string();
        assert!(error.contains("example `Call it`"), "{error}");
        assert!(error.contains(expected), "{target} {value}: {error}");
    }
}
