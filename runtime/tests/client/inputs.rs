//! Tests of the validation of inputs, which reports all faults before anything is sent.

use crate::service::{GetThing, GetThingOutput, client, get_thing};
use smithy_reqwest::error::Cause;
use smithy_reqwest::testing::TestTransport;
use smithy_reqwest::validate::Validation;

/// Returns the problems of a call with these members; none if it is sent.
async fn problems(validation: Validation, id: Option<&str>, note: &str, code: &str) -> Vec<String> {
    let transport = TestTransport::new();
    transport.answer::<GetThing>(GetThingOutput::default());
    let client = client(transport.config().validation(validation).build());
    let mut call = get_thing(&client);
    call.input.id = id.map(str::to_owned);
    call.input.note = Some(note.to_owned());
    call.input.code = Some(code.to_owned());
    match call.send().await {
        Ok(_) => Vec::new(),
        Err(error) => {
            assert!(transport.requests().is_empty(), "something was sent");
            match error.cause() {
                Cause::InvalidInput(input) => {
                    input.problems().iter().map(ToString::to_string).collect()
                }
                _ => vec![error.to_string()],
            }
        }
    }
}

#[tokio::test]
async fn all_problems_are_reported_at_once_and_before_anything_is_sent() {
    let found = problems(Validation::STANDARD, None, "much too long a note", "x").await;
    assert_eq!(found, ["id: required", "note: 20 characters, at most 10"]);
    let found = problems(Validation::STANDARD, Some("one"), "fine", "x").await;
    assert!(
        found.is_empty(),
        "patterns are not checked by default: {found:?}"
    );
}

#[tokio::test]
async fn without_validation_only_what_cannot_be_sent_is_rejected() {
    let found = problems(Validation::OFF, Some("one"), "much too long a note", "x").await;
    assert!(found.is_empty(), "{found:?}");
    let found = problems(Validation::OFF, None, "fine", "x").await;
    assert!(
        found[0].contains("id: must not be empty, since it is part of the path"),
        "{found:?}"
    );
}

#[cfg(feature = "patterns")]
#[tokio::test]
async fn patterns_are_checked_when_asked_for() {
    let strict = Validation::STANDARD.with_patterns();
    let found = problems(strict, Some("one"), "fine", "x").await;
    assert_eq!(found, ["code: does not match the pattern [A-Z]{2,4}"]);
    for fitting in ["AB", "has AB in it"] {
        let found = problems(strict, Some("one"), "fine", fitting).await;
        assert!(found.is_empty(), "{fitting}: {found:?}");
    }
}
