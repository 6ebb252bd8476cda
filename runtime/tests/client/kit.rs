//! Tests of the test kit: typed responses, recorded requests, and recordings without secrets.

use crate::service::{
    GetThing, GetThingInput, GetThingOutput, ListThings, ThingBusy, client, get_thing, list_things,
    page,
};
use smithy_reqwest::error::Cause;
use smithy_reqwest::http::TransportErrorKind;
use smithy_reqwest::testing::{RecordingTransport, ReplayTransport, TestTransport};
use smithy_reqwest::timeout::Timeout;
use smithy_reqwest::{config::TimeoutSettings, retry::RetrySettings};
use std::collections::HashMap;
use std::time::Duration;

const PLANTED: &str = "planted-secret";

fn output(name: &str) -> GetThingOutput {
    GetThingOutput {
        name: Some(name.to_owned()),
        kind: Some("odd".to_owned()),
        ..Default::default()
    }
}

fn input_with_secrets() -> GetThingInput {
    GetThingInput {
        id: Some("a/b c".to_owned()),
        verbose: Some(true),
        note: Some("hello".to_owned()),
        password: Some(PLANTED.to_owned()),
        keys: Some(HashMap::from([(
            "planted-key".to_owned(),
            PLANTED.to_owned(),
        )])),
        ..Default::default()
    }
}

#[tokio::test]
async fn responses_come_back_typed_and_in_order_and_each_operation_has_a_queue_of_its_own() {
    let transport = TestTransport::new();
    transport
        .answer::<GetThing>(output("first"))
        .answer::<ListThings>(page(&["a"], None))
        .answer::<GetThing>(output("second"));
    let client = client(transport.config().build());
    for expected in ["first", "second"] {
        let thing = get_thing(&client).send().await.unwrap();
        assert_eq!(thing.name.as_deref(), Some(expected));
        assert_eq!(thing.kind.as_deref(), Some("odd"), "bound to a header");
        assert!(thing.request_id.unwrap().starts_with("test-request-"));
    }
    assert_eq!(transport.leftover(), [("ListThings", 1)]);
    let things = list_things(&client).send().await.unwrap();
    assert_eq!(things.things.unwrap(), ["a"]);
    transport.assert_exhausted();
}

#[tokio::test]
async fn errors_come_back_with_code_status_message_and_their_own_members() {
    let transport = TestTransport::new();
    transport
        .error::<GetThing>("ThingNotFound", "no such thing")
        .modeled_error::<GetThing>(&ThingBusy {
            message: Some("busy".to_owned()),
            until: Some("noon".to_owned()),
        });
    let config = transport.config().retry_config(RetrySettings::off());
    let client = client(config.build());
    let error = get_thing(&client).send().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(
        error.to_string(),
        "GetThing: ThingNotFound (404): no such thing [request id test-request-1, attempt 1 of 1]"
    );
    let error = get_thing(&client).send().await.unwrap_err();
    assert_eq!(
        (error.code(), error.status()),
        (Some("ThingBusy"), Some(409))
    );
    assert!(error.is_retryable(), "by its model");
    assert_eq!(error.modeled::<ThingBusy>().until.as_deref(), Some("noon"));
    transport.assert_exhausted();
}

#[tokio::test]
async fn throttling_and_lost_connections_are_retried_and_every_attempt_is_kept() {
    let transport = TestTransport::new();
    transport
        .throttle::<GetThing>()
        .transport_error::<GetThing>(TransportErrorKind::Io)
        .answer::<GetThing>(output("at last"));
    let client = client(transport.config().build());
    let thing = get_thing(&client).send().await.unwrap();
    assert_eq!(thing.name.as_deref(), Some("at last"));
    let attempts: Vec<_> = transport
        .requests()
        .iter()
        .map(|request| request.header("amz-sdk-request").unwrap().to_owned())
        .collect();
    assert_eq!(
        attempts,
        ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"]
    );
    let ids: Vec<_> = transport
        .requests()
        .iter()
        .map(|request| request.header("amz-sdk-invocation-id").unwrap().to_owned())
        .collect();
    assert!(
        ids.iter().all(|id| *id == ids[0]),
        "one call, one id: {ids:?}"
    );
    let tokens: Vec<_> = transport
        .inputs::<GetThing>()
        .into_iter()
        .map(|i| i.client_token)
        .collect();
    assert!(tokens[0].is_some() && tokens.iter().all(|token| *token == tokens[0]));
}

#[tokio::test]
async fn a_call_without_a_queued_response_lists_the_queue_and_is_not_retried() {
    let transport = TestTransport::new();
    transport.answer::<ListThings>(page(&[], None));
    let client = client(transport.config().build());
    let error = get_thing(&client).send().await.unwrap_err();
    assert!(matches!(error.cause(), Cause::Test(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "GetThing: the request was not expected: no response queued for request 1 of GetThing; \
         queued: ListThings × 1 [attempt 1 of 3]"
    );
    assert_eq!(transport.requests().len(), 1);
}

#[test]
#[should_panic(expected = "queued responses were not requested: GetThing × 2, ListThings × 1")]
fn a_response_that_is_left_over_fails_the_test_by_name() {
    let transport = TestTransport::new();
    transport
        .answer::<GetThing>(output("unused"))
        .throttle::<GetThing>()
        .answer::<ListThings>(page(&[], None));
    transport.assert_exhausted();
}

#[tokio::test]
async fn inputs_are_read_back_from_path_query_and_body() {
    let transport = TestTransport::new();
    transport.answer::<GetThing>(output("x"));
    let client = client(transport.config().build());
    let mut call = get_thing(&client);
    *call.input = input_with_secrets();
    call.send().await.unwrap();
    let request = &transport.requests()[0];
    assert_eq!(request.operation(), "GetThing");
    assert_eq!(
        (request.method(), request.path()),
        ("POST", "/things/a%2Fb%20c")
    );
    assert_eq!(request.json()["note"], "hello");
    let mut expected = input_with_secrets();
    let input = request.input::<GetThing>().unwrap();
    expected.client_token = input.client_token.clone();
    assert!(input == expected, "{input:?}");
    assert!(request.input::<ListThings>().is_none());
}

#[tokio::test(start_paused = true)]
async fn a_delayed_response_meets_the_timeouts() {
    let transport = TestTransport::new();
    transport
        .delay(Duration::from_secs(90))
        .answer::<GetThing>(output("late"))
        .delay(Duration::from_secs(10))
        .answer::<GetThing>(output("in time"));
    let client = client(transport.config().build());
    let thing = get_thing(&client).send().await.unwrap();
    assert_eq!(thing.name.as_deref(), Some("in time"));

    transport
        .delay(Duration::from_secs(10))
        .answer::<GetThing>(output("late"));
    let limits = TimeoutSettings::default().with_operation(Duration::from_secs(5));
    let config = client.config().to_builder().timeout_config(limits).build();
    let call = get_thing(&client).customize().config_override(config);
    let error = call.send().await.unwrap_err();
    let limit = Timeout::Operation(Duration::from_secs(5));
    assert!(
        matches!(error.cause(), Cause::Timeout(found) if *found == limit),
        "{error:?}"
    );
}

#[tokio::test]
async fn nothing_that_is_kept_shows_a_secret() {
    let transport = TestTransport::new();
    let mut answer = output("x");
    answer.password = Some(PLANTED.to_owned());
    transport
        .answer::<GetThing>(answer)
        .error::<GetThing>("ThingNotFound", &format!("no {PLANTED} here"));
    let recorder = RecordingTransport::new(transport.clone());
    let config = transport.config().transport(recorder.clone()).build();
    let client = client(config);
    for _ in 0..2 {
        let mut call = get_thing(&client).customize();
        call = call.header("x-own".parse().unwrap(), PLANTED.parse().unwrap());
        let _ = call.send().await;
        let mut call = get_thing(&client);
        *call.input = input_with_secrets();
        let _ = call.send().await;
    }
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("recording.json");
    recorder.save(&file).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let debug = format!("{:?}{:?}{:?}", transport.requests(), transport, recorder);
    for (place, text) in [("file", &text), ("debug", &debug)] {
        assert!(!text.contains("planted"), "{place}: {text}");
        assert!(!text.contains("AKIDTEST"), "{place}: {text}");
        assert!(!text.contains("Signature="), "{place}: {text}");
    }
    assert!(text.contains("Sensitive Data Redacted"), "{text}");
    assert!(text.contains("ThingNotFound"), "{text}");
}

#[tokio::test]
async fn recordings_are_replayed_to_the_same_calls_only() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("recording.json");
    let transport = TestTransport::new();
    transport
        .answer::<GetThing>(output("recorded"))
        .answer::<ListThings>(page(&["a", "b"], None));
    let recorder = RecordingTransport::new(transport.clone());
    let config = transport.config().transport(recorder.clone()).build();
    let recorded = client(config);
    let call_with_secrets = |client: &_| {
        let mut call = get_thing(client);
        *call.input = input_with_secrets();
        call
    };
    call_with_secrets(&recorded).send().await.unwrap();
    list_things(&recorded).send().await.unwrap();
    recorder.save(&file).unwrap();

    let replay = ReplayTransport::open(&file).unwrap();
    let replayed = client(transport.config().transport(replay.clone()).build());
    let things = list_things(&replayed).send().await.unwrap();
    assert_eq!(things.things.unwrap(), ["a", "b"]);
    let error = get_thing(&replayed).send().await.unwrap_err().to_string();
    assert!(
        error.contains("no recorded GetThing left for /things/one")
            && error.contains("1 left with other inputs"),
        "{error}"
    );
    assert_eq!(replay.leftover(), ["GetThing"]);
    let thing = call_with_secrets(&replayed).send().await.unwrap();
    assert_eq!(thing.name.as_deref(), Some("recorded"));
    assert_eq!(thing.kind.as_deref(), Some("odd"));
    replay.assert_exhausted();
    assert!(
        get_thing(&replayed).send().await.is_err(),
        "each is answered once"
    );
}

#[test]
fn a_file_that_is_no_recording_is_an_error_that_names_it() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("recording.json");
    for (text, reason) in [
        ("", "EOF"),
        ("{}", "unsupported version null of a recording"),
        (r#"{"version":1}"#, "no exchanges"),
        (r#"{"version":1,"exchanges":[{}]}"#, "exchange 0"),
    ] {
        std::fs::write(&file, text).unwrap();
        let error = ReplayTransport::open(&file).unwrap_err().to_string();
        assert!(
            error.contains("recording.json") && error.contains(reason),
            "{error}"
        );
    }
}
