//! Tests of inputs that violate a constraint, in the style of each kind of service.

use crate::shapes::{Check, Nothing, answer, read, refusal, request};
use smithy_reqwest::protocol::RestJson1;
use smithy_reqwest::server::ServiceStyle;

/// The body, the path, and the text of Smithy's message before and after the path.
const BROKEN: [(&str, &str, &str, &str); 17] = [
    (
        r#"{"text": "a"}"#,
        "/text",
        "Value with length 1",
        "Member must have length between 2 and 4, inclusive",
    ),
    (
        r#"{"text": "👍"}"#,
        "/text",
        "Value with length 1",
        "Member must have length between 2 and 4, inclusive",
    ),
    (
        r#"{"text": "abcde"}"#,
        "/text",
        "Value with length 5",
        "Member must have length between 2 and 4, inclusive",
    ),
    (
        r#"{"texts": ["ab", "a"]}"#,
        "/texts/1",
        "Value with length 1",
        "Member must have length between 2 and 4, inclusive",
    ),
    (
        r#"{"texts": ["ab", "ab"]}"#,
        "/texts",
        "Value",
        "Member must have unique values",
    ),
    (
        r#"{"number": 1}"#,
        "/number",
        "Value",
        "Member must be greater than or equal to 2",
    ),
    (
        r#"{"name": "nop"}"#,
        "/name",
        "Value",
        "Member must satisfy regular expression pattern: ^[a-m]+$",
    ),
    (
        r#"{"name": ""}"#,
        "/name",
        "Value",
        "Member must satisfy regular expression pattern: ^[a-m]+$",
    ),
    (
        r#"{"map": {"a": "ab"}}"#,
        "/map",
        "Value with length 1",
        "Member must have length between 2 and 4, inclusive",
    ),
    (
        r#"{"map": {"ab": "a"}}"#,
        "/map/ab",
        "Value with length 1",
        "Member must have length between 2 and 4, inclusive",
    ),
    (
        r#"{"map": {"a/b": "a"}}"#,
        "/map/a~1b",
        "Value with length 1",
        "Member must have length between 2 and 4, inclusive",
    ),
    (
        r#"{"color": "RED"}"#,
        "/color",
        "Value",
        "Member must satisfy enum value set: [red, green]",
    ),
    (
        r#"{"color": ""}"#,
        "/color",
        "Value",
        "Member must satisfy enum value set: [red, green]",
    ),
    (
        r#"{"colors": {"RED": "a"}}"#,
        "/colors",
        "Value",
        "Member must satisfy enum value set: [red, green]",
    ),
    (
        r#"{"inner": [{"name": "a"}, {}]}"#,
        "/inner/1/name",
        "Value",
        "Member must not be null",
    ),
    (
        r#"{"inner": [{"name": null}]}"#,
        "/inner/0/name",
        "Value",
        "Member must not be null",
    ),
    (
        r#"{"secret": "nop"}"#,
        "/secret",
        "Value",
        "Member must satisfy regular expression pattern: ^[a-m]+$",
    ),
];

#[test]
fn a_broken_constraint_is_reported_with_its_field() {
    for (body, path, value, constraint) in BROKEN {
        let Err(response) = read::<Check>(request("/check", &[], body)) else {
            panic!("{body} was accepted");
        };
        let (status, code, document) = refusal(&response);
        assert_eq!(
            (status, code.as_str()),
            (400, "ValidationException"),
            "{body}"
        );
        let message = format!("{value} at '{path}' failed to satisfy constraint: {constraint}");
        let expected = serde_json::json!({
            "message": format!("1 validation error detected. {message}"),
            "fieldList": [{ "path": path, "message": message }],
        });
        assert_eq!(document, expected, "{body}");
    }
}

#[test]
fn several_violations_are_reported_together() {
    let refused = read::<Check>(request("/check", &[], r#"{"text": "a", "number": 1}"#));
    let (_, _, document) = refusal(&refused.err().unwrap());
    assert_eq!(document["fieldList"].as_array().unwrap().len(), 2);
    let message = document["message"].as_str().unwrap();
    assert!(message.starts_with("2 validation errors detected. Value with length 1 at '/text'"));
    assert!(message.contains("; Value at '/number'"), "{message}");
}

#[test]
fn valid_requests_are_accepted() {
    for body in [
        "{}",
        r#"{"text": "abcd", "texts": ["ab", "cd"], "number": 2, "name": "abc"}"#,
        r#"{"map": {"ab": "cd"}, "color": "infrared", "colors": {"red": "x"}}"#,
        r#"{"inner": [{"name": ""}]}"#,
    ] {
        let read = read::<Check>(request("/check", &[], body));
        assert!(
            read.is_ok(),
            "{body}: {:?}",
            read.err().map(|response| refusal(&response))
        );
    }
}

#[test]
fn services_of_aws_have_words_of_their_own() {
    for (body, expected) in [
        (
            r#"{"text": "a"}"#,
            "Value 'a' at 'text' failed to satisfy constraint: Member must have length greater than or equal to 2",
        ),
        (
            r#"{"texts": ["ab", "abcde"]}"#,
            "Value 'abcde' at 'texts.2.member' failed to satisfy constraint: Member must have length less than or equal to 4",
        ),
        (
            r#"{"map": {"a": "ab"}}"#,
            "Value '{a=ab}' at 'map' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length greater than or equal to 2]",
        ),
        (
            r#"{"map": {"ab": "a"}}"#,
            "Value '{ab=a}' at 'map' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length greater than or equal to 2]",
        ),
        (
            r#"{"inner": [{}]}"#,
            "Value null at 'inner.1.member.name' failed to satisfy constraint: Member must not be null",
        ),
        (
            r#"{"secret": "nop"}"#,
            "Value at 'secret' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-m]+$",
        ),
        (
            r#"{"color": "RED"}"#,
            "Value 'RED' at 'color' failed to satisfy constraint: Member must satisfy enum value set: [red, green]",
        ),
    ] {
        let asked = request("/check", &[("content-type", "text/plain")], body);
        let response = answer::<Check>(&RestJson1, ServiceStyle::Aws, asked, |_| Ok(Nothing {}));
        let (status, code, document) = refusal(&response);
        assert_eq!(
            (status, code.as_str()),
            (400, "ValidationException"),
            "{body}"
        );
        let message = format!("1 validation error detected: {expected}");
        assert_eq!(document, serde_json::json!({ "message": message }));
    }
}
