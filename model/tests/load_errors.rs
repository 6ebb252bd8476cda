//! Tests of loading invalid models: the error names the file and the shape.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod common;

use common::{file, id, load, model};
use smithy_model::Closure;

/// Loads `text` as `bad.json` and returns the error message.
fn errors(text: &str) -> String {
    match load(&[("bad.json", text)]) {
        Ok(_) => panic!("loads, but should not: {text}"),
        Err(errors) => errors.to_string(),
    }
}

#[test]
fn files_that_cannot_be_read() {
    for (text, expected) in [
        ("{\n  \"smithy\": }", "bad.json:2:13: expected value"),
        ("[]", "bad.json:1:"),
        ("{}", "bad.json: neither a Smithy JSON AST"),
        (
            r#"{"shapes": {}}"#,
            "bad.json: the Smithy version (`smithy`) is missing",
        ),
        (
            r#"{"smithy": "3.0"}"#,
            "bad.json: unsupported Smithy version `3.0`",
        ),
        (
            r#"{"smithy": "2.0", "shapes": {"NoNamespace": {"type": "string"}}}"#,
            "bad.json:1:",
        ),
        (
            r#"{"smithy": "2.0", "shapes": {"a#B": {"type": "string", "memebrs": {}}}}"#,
            "unknown field `memebrs`",
        ),
    ] {
        let errors = errors(text);
        assert!(errors.contains(expected), "{text}\n{errors}");
    }
    let missing = smithy_model::Model::load(&["/no/such.json".into()]).unwrap_err();
    assert!(
        missing.to_string().starts_with("/no/such.json: "),
        "{missing}"
    );
}

#[test]
fn shapes_that_are_wrong() {
    let string = r#""type": "string""#;
    for (shapes, expected) in [
        (
            r#"{"a#B": {"type": "string"}, "a#B": {"type": "integer"}}"#.to_owned(),
            "bad.json: a#B: defined twice, first in bad.json",
        ),
        (r#"{"a#B": {"type": "strnig"}}"#.into(), "bad.json: a#B: unknown shape type `strnig`"),
        (r#"{"a#B$c": {"type": "string"}}"#.into(), "bad.json: a#B$c: a member cannot be defined"),
        (r#"{"a#B": {"type": "list"}}"#.into(), "bad.json: a#B: `member` is missing"),
        (
            r#"{"a#B": {"type": "map", "key": {"target": "smithy.api#String"}}}"#.into(),
            "bad.json: a#B: `value` is missing",
        ),
        (
            r#"{"a#B": {"type": "structure", "member": {"target": "smithy.api#String"}}}"#.into(),
            "bad.json: a#B: type structure has no `member`",
        ),
        (
            r#"{"a#B": {"type": "string", "members": {"c": {"target": "smithy.api#String"}}}}"#.into(),
            "bad.json: a#B: type string has no `members`",
        ),
        (
            r#"{"a#B": {"type": "structure", "members": {"c": {"target": "smithy.api#String"},
                "c": {"target": "smithy.api#String"}}}}"#
                .into(),
            "bad.json: a#B$c: the member is defined twice",
        ),
        (
            r#"{"a#B": {"type": "structure", "members": {"c-d": {"target": "smithy.api#String"}}}}"#.into(),
            "bad.json: a#B: the member name `c-d` is not an identifier",
        ),
        (
            r#"{"a#B": {"type": "structure", "members": {"c": {"target": "a#Gone"}}}}"#.into(),
            "bad.json: a#B$c: the target a#Gone does not exist",
        ),
        (
            r#"{"a#B": {"type": "structure", "members": {"c": {"target": "a#S"}}},
                "a#S": {"type": "service", "version": "1"}}"#
                .into(),
            "bad.json: a#B$c: the target a#S is of type service, expected shape that holds data",
        ),
        (
            r#"{"a#B": {"type": "map", "key": {"target": "smithy.api#Integer"},
                "value": {"target": "smithy.api#String"}}}"#
                .into(),
            "bad.json: a#B$key: the target smithy.api#Integer is of type integer, expected string",
        ),
        (
            format!(r#"{{"a#B": {{{string}, "traits": {{"x#t": 1, "x#t": 2}}}}}}"#),
            "bad.json: a#B: duplicate trait x#t",
        ),
        (
            r#"{"a#B": {"type": "enum", "members": {
                "C": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "x"}},
                "D": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "x"}}}}}"#
                .into(),
            "bad.json: a#B$D: duplicate value \"x\"",
        ),
        (
            r#"{"a#B": {"type": "enum", "members": {
                "C": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}}}}}"#
                .into(),
            "bad.json: a#B$C: invalid value of smithy.api#enumValue: not a string",
        ),
        (
            r#"{"a#B": {"type": "intEnum", "members": {"C": {"target": "smithy.api#Unit"}}}}"#.into(),
            "bad.json: a#B$C: invalid value of smithy.api#enumValue: not an integer",
        ),
    ] {
        let errors = errors(&file(&shapes));
        assert!(errors.contains(expected), "{shapes}\n{errors}");
    }
}

#[test]
fn a_shape_in_two_files_names_both() {
    let shape = file(r#"{"a#B": {"type": "string"}}"#);
    let errors = load(&[("one.json", &shape), ("two.json", &shape)]).unwrap_err();
    assert_eq!(
        errors.to_string(),
        "two.json: a#B: defined twice, first in one.json"
    );
}

#[test]
fn trait_values_that_are_wrong() {
    for (id, value) in [
        ("smithy.api#length", r#"{"min": -1}"#),
        ("smithy.api#length", "[1, 2]"),
        ("smithy.api#range", r#"{"min": "1"}"#),
        ("smithy.api#required", "false"),
        ("smithy.api#sensitive", "true"),
        ("smithy.api#pattern", "{}"),
        ("smithy.api#error", r#""both""#),
        ("smithy.api#httpError", r#""400""#),
        ("smithy.api#timestampFormat", r#""iso8601""#),
        ("smithy.api#retryable", "[]"),
        ("smithy.api#http", r#"{"method": "GET"}"#),
        ("smithy.api#enum", r#"[{"name": "A"}]"#),
        ("smithy.api#auth", r#"["not an id"]"#),
        ("aws.api#service", "{}"),
        ("aws.auth#sigv4", r#"{"name": 1}"#),
        ("aws.endpoints#standardRegionalEndpoints", "[]"),
    ] {
        let on_shape = format!(r#"{{"a#B": {{"type": "string", "traits": {{"{id}": {value}}}}}}}"#);
        let found = errors(&file(&on_shape));
        let expected = format!("bad.json: a#B: invalid value of {id}: ");
        assert!(found.contains(&expected), "{id} {value}\n{found}");
    }
    let on_member = r#"{"a#B": {"type": "structure", "members": {
        "c": {"target": "smithy.api#String", "traits": {"smithy.api#length": 3}}}}}"#;
    let found = errors(&file(on_member));
    assert!(
        found.starts_with("bad.json: a#B$c: invalid value of smithy.api#length: "),
        "{found}"
    );
}

#[test]
fn members_that_a_trait_does_not_have_are_warnings_with_the_shape() {
    let service = r#"{"sdkId": "S", "serviceName": "S", "other": [1]}"#;
    let enumeration = r#"[{"value": "x", "since": "1"}, {"value": "y", "since": "2"}]"#;
    let examples =
        r#"[{"title": "t", "error": {"shapeId": "a#E"}, "allowConstraintErrors": true, "tag": 1}]"#;
    for (id, value, expected) in [
        (
            "smithy.api#length",
            r#"{"minimum": 1, "max": 2}"#,
            &["minimum"][..],
        ),
        ("aws.api#service", service, &["other", "serviceName"]),
        (
            "aws.api#service",
            r#"{"sdkId": "S", "cloudTrailEventSource": "x"}"#,
            &[],
        ),
        (
            "aws.api#service",
            r#"{"sdkId": "S", "sdk_id": "x", "SdkId": "x"}"#,
            &["SdkId", "sdk_id"],
        ),
        ("smithy.api#sensitive", r#"{"why": "x"}"#, &["why"]),
        ("smithy.api#enum", enumeration, &["since"]),
        ("smithy.api#examples", examples, &["tag"]),
        ("smithy.api#documentation", r#""text""#, &[]),
        ("x#unknown", r#"{"any": 1}"#, &[]),
    ] {
        let shape = format!(r#"{{"a#B": {{"type": "string", "traits": {{"{id}": {value}}}}}}}"#);
        let model = load(&[("new.json", &file(&shape))]).unwrap();
        let found: Vec<_> = model.warnings().iter().map(ToString::to_string).collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|name| format!("new.json: a#B: {id} has no member `{name}`: ignored"))
            .collect();
        assert_eq!(found, expected, "{id} {value}");
    }
    let on_member = r#"{"a#B": {"type": "structure", "members": {
        "c": {"target": "smithy.api#String", "traits": {"smithy.api#required": {"x": 1}}}}}}"#;
    let model = load(&[("new.json", &file(on_member))]).unwrap();
    let found = model.warnings().first().map(ToString::to_string);
    let expected = "new.json: a#B$c: smithy.api#required has no member `x`: ignored";
    assert_eq!(found.as_deref(), Some(expected));
}

#[test]
fn operations_that_are_wrong() {
    let op = |fields: &str, more: &str| {
        file(&format!(
            r#"{{"a#Op": {{"type": "operation", {fields}}}, "a#S": {{"type": "string"}},
                "a#St": {{"type": "structure", "members": {{"m": {{"target": "a#S"}}}}}},
                "a#In": {{"type": "structure", "members": {{"m": {{"target": "a#S",
                    "traits": {{"smithy.api#httpLabel": {{}}, "smithy.api#required": {{}}}}}}}}}}
                {more}}}"#
        ))
    };
    let http = |uri: &str| {
        format!(r#""traits": {{"smithy.api#http": {{"method": "GET", "uri": "{uri}"}}}}"#)
    };
    let with_in = |uri: &str| format!(r#""input": {{"target": "a#In"}}, {}"#, http(uri));
    let paginated =
        r#""output": {"target": "a#St"}, "traits": {"smithy.api#paginated": {"items": "m.x"}}"#;
    for (text, expected) in [
        (
            op(r#""input": {"target": "a#S"}"#, ""),
            "bad.json: a#Op: the input a#S is of type string, expected structure",
        ),
        (
            op(r#""output": {"target": "a#S"}"#, ""),
            "bad.json: a#Op: the output a#S is of type string",
        ),
        (
            op(r#""errors": [{"target": "a#Gone"}]"#, ""),
            "bad.json: a#Op: the error a#Gone does not exist",
        ),
        (
            op(r#""errors": [{"target": "a#St"}]"#, ""),
            "bad.json: a#St: used as an error, but lacks smithy.api#error",
        ),
        (
            op(&http("x"), ""),
            "bad.json: a#Op: invalid URI `x`: missing leading `/`",
        ),
        (
            op(&http("/{m}"), ""),
            "bad.json: a#Op: the URI `/{m}` has the label `m`",
        ),
        (
            op(&with_in("/{n}"), ""),
            "bad.json: a#Op: the URI `/{n}` has the label `n`",
        ),
        (
            op(&with_in("/x"), ""),
            "bad.json: a#In$m: has smithy.api#httpLabel, but the URI `/x` of a#Op",
        ),
        (
            op(paginated, ""),
            "bad.json: a#Op: invalid value of smithy.api#paginated: items: no member `m.x`",
        ),
        (
            op(
                r#""errors": []"#,
                r#", "a#Sv": {"type": "service", "operations": [{"target": "a#St"}]}"#,
            ),
            "bad.json: a#Sv: the operation a#St is of type structure, expected operation",
        ),
        (
            op(
                r#""errors": []"#,
                r#", "a#R": {"type": "resource", "identifiers": {"i": {"target": "a#St"}},
                "read": {"target": "a#Gone"}, "resources": [{"target": "a#Op"}]}"#,
            ),
            "bad.json: a#R: the identifier a#St is of type structure, expected string\n\
             bad.json: a#R: the operation a#Gone does not exist\n\
             bad.json: a#R: the resource a#Op is of type operation, expected resource",
        ),
    ] {
        let found = errors(&text);
        assert!(found.contains(expected), "{text}\n{found}");
    }
}

#[test]
fn one_bad_error_is_reported_once_and_all_problems_together() {
    let found = errors(&file(
        r#"{"a#E": {"type": "structure", "members": {}},
            "a#Op1": {"type": "operation", "errors": [{"target": "a#E"}]},
            "a#Op2": {"type": "operation", "errors": [{"target": "a#E"}], "input": {"target": "a#Gone"}}}"#,
    ));
    assert_eq!(
        found,
        "bad.json: a#E: used as an error, but lacks smithy.api#error\n\
         bad.json: a#Op2: the input a#Gone does not exist"
    );
}

#[test]
fn applies_that_are_wrong() {
    let base = file(
        r#"{"a#B": {"type": "structure", "members": {"c": {"target": "smithy.api#String"}}},
        "a#E": {"type": "string", "traits": {"smithy.api#enum": [{"value": "x"}, {"value": "y"}]}}}"#,
    );
    let apply = |target: &str, traits: &str| {
        file(&format!(
            r#"{{"{target}": {{"type": "apply", "traits": {traits}}}}}"#
        ))
    };
    for (target, traits, expected) in [
        (
            "a#Gone",
            "{}",
            "two.json: apply to a#Gone, which does not exist",
        ),
        (
            "a#B$gone",
            r#"{"x#t": 1}"#,
            "two.json: apply to a#B$gone, which does not exist",
        ),
        (
            "a#B",
            r#"{"smithy.api#title": 1}"#,
            "a#B: invalid value of smithy.api#title",
        ),
        (
            "a#B",
            r#"{"smithy.api#enum": []}"#,
            "two.json: a#B: invalid value of smithy.api#enum: the shape is of type structure",
        ),
        (
            "a#E",
            r#"{"smithy.api#enum": [{"value": "z"}]}"#,
            "two.json: a#E: invalid value of smithy.api#enum: unknown enum value `z`",
        ),
        (
            "a#E",
            r#"{"smithy.api#enum": [{"value": "x", "name": "Y"}]}"#,
            "two.json: a#E$Y: the member is defined twice",
        ),
    ] {
        let found = load(&[("one.json", &base), ("two.json", &apply(target, traits))])
            .unwrap_err()
            .to_string();
        assert!(found.contains(expected), "{target}\n{found}");
    }
    let one = apply("a#B", r#"{"x#t": 1}"#);
    let two = apply("a#B", r#"{"x#t": 2}"#);
    let found = load(&[("base.json", &base), ("one.json", &one), ("two.json", &two)]).unwrap_err();
    assert_eq!(
        found.to_string(),
        "two.json: a#B: apply of x#t differs from the one in one.json"
    );
    load(&[
        ("base.json", &base),
        ("one.json", &one),
        ("same.json", &one),
    ])
    .unwrap();
}

#[test]
fn mixins_that_are_wrong() {
    let mixin = r#""type": "structure", "traits": {"smithy.api#mixin": {}}"#;
    for (shapes, expected) in [
        (
            format!(r#"{{"a#A": {{{mixin}, "mixins": [{{"target": "a#B"}}]}}, "a#B": {{{mixin}, "mixins": [{{"target": "a#A"}}]}}}}"#),
            "bad.json: a#A: mixin cycle through a#B",
        ),
        (format!(r#"{{"a#A": {{{mixin}, "mixins": [{{"target": "a#A"}}]}}}}"#), "bad.json: a#A: mixin cycle through a#A"),
        (
            r#"{"a#A": {"type": "structure", "mixins": [{"target": "a#Gone"}]}}"#.to_owned(),
            "bad.json: a#A: the mixin a#Gone does not exist",
        ),
        (
            r#"{"a#A": {"type": "structure", "mixins": [{"target": "a#B"}]}, "a#B": {"type": "structure"}}"#.to_owned(),
            "bad.json: a#A: the mixin a#B lacks smithy.api#mixin",
        ),
        (
            format!(r#"{{"a#A": {{"type": "string", "mixins": [{{"target": "a#B"}}]}}, "a#B": {{{mixin}}}}}"#),
            "bad.json: a#A: the mixin a#B is of type structure, expected string",
        ),
        (
            r#"{"a#A": {"type": "structure", "mixins": [{"target": "a#B"}], "members": {"m": {"target": "smithy.api#Long"}}},
                "a#B": {"type": "structure", "traits": {"smithy.api#mixin": {}}, "members": {"m": {"target": "smithy.api#Blob"}}}}"#.to_owned(),
            "bad.json: a#A$m: targets smithy.api#Blob in one mixin and smithy.api#Long elsewhere",
        ),
    ] {
        let found = errors(&file(&shapes));
        assert!(found.contains(expected), "{shapes}\n{found}");
    }
}

#[test]
fn questions_that_a_model_cannot_answer() {
    let none = model(r#"{"a#B": {"type": "string"}}"#);
    assert_eq!(
        none.service().unwrap_err().to_string(),
        "m.json: the model has no service"
    );
    assert_eq!(
        none.expect(&id("a#C")).unwrap_err().to_string(),
        "m.json: a#C: no such shape"
    );
    let found = Closure::of(&none, &id("a#B")).unwrap_err().to_string();
    assert_eq!(found, "m.json: a#B: is of type string, expected service");

    let two = model(
        r#"{"a#S": {"type": "service", "version": ""}, "a#T": {"type": "service", "version": ""}}"#,
    );
    let found = two.service().unwrap_err().to_string();
    assert_eq!(
        found,
        "m.json: the model has more than one service: a#S, a#T"
    );

    let one = model(
        r#"{"a#S": {"type": "service", "operations": [{"target": "a#ListFlows"}]}, "a#ListFlows": {"type": "operation"}}"#,
    );
    let found = Closure::of_operations(&one, &id("a#S"), &["ListFlow", "Xyz"]).unwrap_err();
    assert_eq!(
        found.to_string(),
        "m.json: a#S: no operation `ListFlow`; did you mean ListFlows?\nm.json: a#S: no operation `Xyz`"
    );
}

#[test]
fn metadata_joins_lists_and_refuses_contradictions() {
    let with = |metadata: &str| format!(r#"{{"smithy": "2.0", "metadata": {metadata}}}"#);
    let merged = load(&[
        ("a", &with(r#"{"l": [1], "v": 1}"#)),
        ("b", &with(r#"{"l": [2], "v": 1}"#)),
    ])
    .unwrap();
    assert_eq!(merged.metadata()["l"], serde_json::json!([1, 2]));
    let found = load(&[("a", &with(r#"{"v": 1}"#)), ("b", &with(r#"{"v": 2}"#))]).unwrap_err();
    assert_eq!(
        found.to_string(),
        "b: the metadata `v` differs from that of another file"
    );
}
