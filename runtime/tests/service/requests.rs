//! Tests of requests: the inputs that a service reads from them, and those that it rejects, for each type of value and
//! each binding.

use crate::shapes::{
    ALL_PATHS, Check, Choice, Document, Draw, Find, Read, Show, Wrap, read, refusal, request,
    untyped,
};
use smithy_reqwest::operation::Operation;
use smithy_reqwest::primitives::DateTime;
use smithy_reqwest::protocol::RestJson1;
use smithy_reqwest::server::Router;
use smithy_reqwest::shape::Shape;

const JSON: (&str, &str) = ("content-type", "application/json");

/// Reads a document body.
fn document(body: &str) -> Result<Document, (u16, String, serde_json::Value)> {
    read::<Read>(request("/read", &[JSON], body)).map_err(|response| refusal(&response))
}

#[test]
fn values_of_another_kind_are_rejected() {
    for (member, values) in [
        ("flag", &["\"true\"", "1", "0", "[]", "{}", "tru"][..]),
        (
            "byte",
            &["128", "-129", "1.5", "\"1\"", "true", "[]", "0x4"],
        ),
        (
            "whole",
            &["2147483648", "1.2", "\"7\"", "{}", "--1", "1_000"],
        ),
        (
            "real",
            &["\"1.0\"", "true", "\"nan\"", "\"infinity\"", "[]", "0x4"],
        ),
        ("text", &["1", "true", "[]", "{}", "'a'"]),
        ("blob", &["\"%\"", "\"YQ=\"", "1", "[97]"]),
        ("list", &["\"a\"", "{}", "[1]", "[\"a\" \"b\"]", "[\"a\",]"]),
        (
            "map",
            &["\"a\"", "[]", "{\"a\": 1}", "{\"a\" \"b\"}", "{1: \"b\"}"],
        ),
        ("inner", &["\"a\"", "[]", "1"]),
    ] {
        for value in values {
            let body = format!("{{\"{member}\": {value}}}");
            let Err((status, code, document)) = document(&body) else {
                panic!("{body} was read");
            };
            assert_eq!(
                (status, code.as_str()),
                (400, "SerializationException"),
                "{body}"
            );
            let message = document["message"].as_str().unwrap();
            let says = message.contains(member) || message.contains("not JSON");
            assert!(says, "{body}: {message}");
        }
    }
}

#[test]
fn bodies_that_are_no_json_object_are_rejected() {
    for body in [
        "{",
        "{}}",
        "{} {}",
        "[]",
        "\"a\"",
        "1",
        "{\"text\": \"a\"",
        "nul",
        "\u{feff}{}",
    ] {
        let refused = document(body)
            .err()
            .unwrap_or_else(|| panic!("{body} was read"));
        assert_eq!(
            (refused.0, refused.1.as_str()),
            (400, "SerializationException"),
            "{body}"
        );
    }
}

#[test]
fn timestamps_are_read_in_the_format_of_their_place_alone() {
    let second = DateTime::from_secs(1_398_796_238);
    let fraction = DateTime::from_secs_and_nanos(1_398_796_238, 500_000_000);
    for (member, value, expected) in [
        ("time", "1398796238", Some(second)),
        ("time", "1398796238.5", Some(fraction)),
        ("time", "\"1398796238\"", None),
        ("time", "\"2014-04-29T18:30:38Z\"", None),
        ("time", "\"Tue, 29 Apr 2014 18:30:38 GMT\"", None),
        ("time", "\"NaN\"", None),
        ("time", "true", None),
        ("date", "\"2014-04-29T18:30:38Z\"", Some(second)),
        ("date", "\"2014-04-29T18:30:38.5Z\"", Some(fraction)),
        ("date", "\"2014-04-29T18:30:38+00:00\"", None),
        ("date", "\"2014-04-29T10:30:38-08:00\"", None),
        ("date", "\"2014-04-29T18:30:38\"", None),
        ("date", "\"2014-04-29 18:30:38Z\"", None),
        ("date", "\"20140429T183038Z\"", None),
        ("date", "\"2014-04-29T18:30Z\"", None),
        ("date", "\"Tue, 29 Apr 2014 18:30:38 GMT\"", None),
        ("date", "1398796238", None),
        ("date", "1398796238.5", None),
        ("stamp", "\"Tue, 29 Apr 2014 18:30:38 GMT\"", Some(second)),
        ("stamp", "\"2014-04-29T18:30:38Z\"", None),
        ("stamp", "1398796238", None),
    ] {
        let found = document(&format!("{{\"{member}\": {value}}}")).map(|document| match member {
            "time" => document.time,
            "date" => document.date,
            _ => document.stamp,
        });
        match (found, expected) {
            (Ok(found), Some(expected)) => assert_eq!(found, Some(expected), "{member}: {value}"),
            (Err((status, code, _)), None) => {
                assert_eq!((status, code.as_str()), (400, "SerializationException"));
            }
            (Ok(_), None) => panic!("{member}: {value} was read"),
            (Err(refused), Some(_)) => panic!("{member}: {value} was refused: {refused:?}"),
        }
    }
}

#[test]
fn nulls_are_absent_members_and_stand_only_in_sparse_collections() {
    let read = document(
        r#"{"text": null, "sparseList": ["a", null], "sparseMap": {"a": null, "b": "c"}, "choice": null}"#,
    )
    .unwrap();
    assert_eq!(read.text, None);
    assert!(read.choice.is_none());
    assert_eq!(read.sparse_list, Some(vec![Some("a".to_owned()), None]));
    let map = read.sparse_map.unwrap();
    assert_eq!((&map["a"], map["b"].as_deref()), (&None, Some("c")));
    for (body, path) in [
        (r#"{"list": ["a", null]}"#, "'list[1]'"),
        (r#"{"map": {"a": null}}"#, r#"'map["a"]'"#),
    ] {
        let (status, code, document) = document(body).err().unwrap();
        assert_eq!(
            (status, code.as_str()),
            (400, "SerializationException"),
            "{body}"
        );
        assert!(
            document["message"].as_str().unwrap().contains(path),
            "{document}"
        );
    }
}

#[test]
fn a_union_has_exactly_one_member_that_the_model_knows() {
    for (value, expected) in [
        (r#"{"text": "a"}"#, Some(Choice::Text("a".to_owned()))),
        (r#"{"text": null, "number": 1}"#, Some(Choice::Number(1))),
        (r#"{"number": 1, "other": null}"#, Some(Choice::Number(1))),
        ("{}", None),
        (r#"{"text": null}"#, None),
        (r#"{"text": "a", "number": 1}"#, None),
        (r#"{"other": 1}"#, None),
        (r#"{"number": 1, "other": 1}"#, None),
        (r#"["text"]"#, None),
    ] {
        let read = document(&format!("{{\"choice\": {value}}}"));
        match read {
            Ok(read) => assert!(read.choice == expected && expected.is_some(), "{value}"),
            Err((status, code, _)) => {
                assert!(expected.is_none(), "{value}");
                assert_eq!((status, code.as_str()), (400, "SerializationException"));
            }
        }
    }
}

#[test]
fn unknown_members_of_structures_are_passed_over() {
    let read = document(r#"{"other": [1, {"a": null}], "text": "a"}"#).unwrap();
    assert_eq!(read.text.as_deref(), Some("a"));
}

#[test]
fn a_request_without_a_body_has_no_members() {
    assert!(document("").unwrap() == Document::empty());
}

#[test]
fn media_types_are_the_models() {
    let json = "application/json";
    let none: &[(&str, &str)] = &[];
    for (target, headers, body, expected) in [
        ("/read", &[("content-type", json)][..], "{}", 202),
        (
            "/read",
            &[("content-type", "application/json; charset=utf-8")],
            "{}",
            202,
        ),
        ("/read", none, "{}", 415),
        ("/read", none, "", 202),
        (
            "/read",
            &[("content-type", "application/hal+json")],
            "{}",
            415,
        ),
        ("/read", &[("content-type", "")], "{}", 415),
        ("/read", &[("accept", "application/hal+json")], "", 406),
        (
            "/read",
            &[("accept", "text/html, application/*;q=0.5")],
            "",
            202,
        ),
        ("/read", &[("accept", "*/*")], "", 202),
        ("/check", &[("accept", "text/html")], "", 202),
        ("/show", none, "", 202),
        ("/show", &[("content-type", json)], "{}", 415),
        ("/show", &[("accept", json)], "", 406),
        ("/show", &[("accept", "image/jpeg")], "", 202),
        ("/draw", &[("content-type", "image/jpeg")], "x", 202),
        ("/draw", &[("content-type", json)], "{}", 415),
        ("/draw", none, "x", 415),
        ("/find/a", none, "", 202),
        ("/find/a", &[("content-type", json)], "", 202),
        ("/find/a", &[("content-type", json)], "{}", 415),
        ("/find/a", none, "{}", 415),
    ] {
        let request = untyped(target, headers, body);
        let refused = match target {
            "/read" => read::<Read>(request).err(),
            "/check" => read::<Check>(request).err(),
            "/show" => read::<Show>(request).err(),
            "/find/a" => read::<Find>(request).err(),
            _ => read::<Draw>(request).err(),
        };
        let status = refused
            .as_ref()
            .map_or(202, |response| response.status().as_u16());
        assert_eq!(status, expected, "{target} {headers:?}");
        let code = refused.map(|response| refusal(&response).1);
        let expected = match expected {
            415 => Some("UnsupportedMediaTypeException"),
            406 => Some("NotAcceptableException"),
            _ => None,
        };
        assert_eq!(code.as_deref(), expected);
    }
}

#[test]
fn parameters_and_headers_are_read_where_they_are_bound() {
    let target = "/find/a%2Fb?number=7&time=2014-04-29T18:30:38Z&k=1&k=2&flag";
    let headers = [
        ("x-since", "Tue, 29 Apr 2014 18:30:38 GMT"),
        ("x-date", "2014-04-29T18:30:38Z"),
        ("x-epoch", "1398796238"),
        ("x-real", "-Infinity"),
    ];
    let read = read::<Find>(request(target, &headers, "")).ok().unwrap();
    let time = DateTime::from_secs(1_398_796_238);
    assert_eq!(read.label.as_deref(), Some("a/b"));
    assert_eq!((read.number, read.real), (Some(7), Some(f64::NEG_INFINITY)));
    assert_eq!(read.times, Some(vec![time]));
    assert_eq!([read.since, read.date, read.epoch], [Some(time); 3]);
    // The map contains all parameters, those with a member of their own included, and each as often as it was sent.
    let all = read.all.unwrap();
    assert_eq!(all["k"], ["1", "2"]);
    assert_eq!(all["flag"], [""]);
    assert_eq!(all["number"], ["7"]);
    assert_eq!(all.len(), 4);
}

#[test]
fn parameters_and_headers_of_another_form_are_rejected() {
    for (query, header) in [
        ("number=1.5", ("x-other", "1")),
        ("number=0x4", ("x-other", "1")),
        ("number=", ("x-other", "1")),
        ("time=1398796238", ("x-other", "1")),
        (
            "time=Tue,%2029%20Apr%202014%2018:30:38%20GMT",
            ("x-other", "1"),
        ),
        ("time=2014-04-29T18:30:38", ("x-other", "1")),
        ("", ("x-since", "2014-04-29T18:30:38Z")),
        ("", ("x-since", "1398796238")),
        ("", ("x-date", "Tue, 29 Apr 2014 18:30:38 GMT")),
        ("", ("x-date", "1398796238")),
        ("", ("x-epoch", "2014-04-29T18:30:38Z")),
        ("", ("x-epoch", "NaN")),
        ("", ("x-epoch", "1398796238ABC")),
        ("", ("x-real", "nan")),
        ("", ("x-real", "inf")),
        ("", ("x-real", "1.0.0")),
    ] {
        let asked = request(&format!("/find/a?{query}"), &[header], "");
        let Err(response) = read::<Find>(asked) else {
            panic!("{query} {header:?} was read");
        };
        let (status, code, _) = refusal(&response);
        assert_eq!(
            (status, code.as_str()),
            (400, "SerializationException"),
            "{query} {header:?}"
        );
    }
}

#[test]
fn the_most_specific_path_takes_a_request_and_the_order_of_operations_does_not_matter() {
    let operations = ALL_PATHS.map(|schema| (schema.name, schema));
    let mut reversed = operations;
    reversed.reverse();
    for (target, expected) in [
        ("/a/b", Some("Literal")),
        ("/a/b/", Some("Greedy")),
        ("/a/x", Some("Label")),
        ("/a/x/y", Some("Greedy")),
        ("/a/x/c", Some("LiteralFirst")),
        ("/x/b/c", Some("LabelFirst")),
        ("/x/b/c?k=v", Some("Constant")),
        ("/a/b/c", Some("LiteralTwice")),
        ("/a/b/c?k=v", Some("LiteralTwice")),
        ("/x/y/c", None),
    ] {
        let (head, body) = untyped(target, &[], "").into_parts();
        for operations in [operations, reversed] {
            let router = Router::new(&RestJson1, Read::service(), operations);
            let found = router.route(&head, &body).ok().map(|route| route.operation);
            assert_eq!(found, expected, "{target}");
        }
    }
    // A label that takes the slashes of a request is the last resort.
    let (head, body) = untyped("/a/x/y", &[], "").into_parts();
    let router = Router::new(&RestJson1, Read::service(), operations[..2].iter().copied());
    let route = router.route(&head, &body).unwrap();
    assert_eq!(
        (route.operation, route.labels[0].1.as_str()),
        ("Label", "x/y")
    );
}

#[test]
fn a_body_without_a_place_is_rejected_after_all_other_faults() {
    for (target, status, code) in [
        ("/find/a?number=x", 400, "SerializationException"),
        ("/find/a?number=1", 400, "ValidationException"),
        ("/find/a?number=2", 415, "UnsupportedMediaTypeException"),
    ] {
        let response = read::<Find>(request(target, &[JSON], "{}")).err().unwrap();
        let (found, kind, _) = refusal(&response);
        assert_eq!((found, kind.as_str()), (status, code), "{target}");
    }
}

#[test]
fn null_is_no_document_and_an_empty_object_is_a_payload_that_is_not_set() {
    for body in ["null", " null\n"] {
        let (status, code, _) = document(body).err().unwrap();
        assert_eq!((status, code.as_str()), (400, "SerializationException"));
    }
    let payload = |body| {
        read::<Wrap>(request("/wrap", &[JSON], body))
            .ok()
            .unwrap()
            .inner
    };
    assert!(payload("").is_none());
    assert!(payload("{}").is_none());
    assert!(payload(" { }\n").is_none());
    assert_eq!(payload(r#"{"number": 7}"#).unwrap().number, Some(7));
}
