//! Tests of errors of the service: the location of code and message, kinds, and `Display`.

use crate::support::{client, refused};
use appflow_sdk::{Client, ErrorKind};
use serde_json::json;
use workspace_tests::server::{Answer, Server};

/// Returns the message of a modeled error, which must be of the named shape.
macro_rules! message_of {
    ($kind:expr, $name:expr, $($shape:ident)*) => {
        match $kind {
            $(ErrorKind::$shape(error) if $name == stringify!($shape) => error.message().map(str::to_owned),)*
            other => panic!("{} is {other:?}", $name),
        }
    };
}

#[tokio::test]
async fn every_error_of_the_model_is_of_its_own_kind() {
    // code, status, not found, conflict, throttling, retryable
    let table = [
        ("AccessDeniedException", 403, false, false, false, false),
        ("ConflictException", 409, false, true, false, false),
        (
            "ConnectorAuthenticationException",
            401,
            false,
            false,
            false,
            false,
        ),
        ("ConnectorServerException", 400, false, false, false, false),
        ("InternalServerException", 500, false, false, false, true),
        ("ResourceNotFoundException", 404, true, false, false, false),
        (
            "ServiceQuotaExceededException",
            402,
            false,
            false,
            false,
            false,
        ),
        ("ThrottlingException", 429, false, false, true, true),
        (
            "UnsupportedOperationException",
            400,
            false,
            false,
            false,
            false,
        ),
        ("ValidationException", 400, false, false, false, false),
    ];
    for (code, status, not_found, conflict, throttling, retryable) in table {
        let answer = Answer::json(status, &json!({"message": "why"}))
            .header("x-amzn-errortype", code)
            .header("x-amzn-requestid", "request-1");
        let error = refused(answer).await;
        let message = message_of!(
            error.kind(), code,
            AccessDeniedException ConflictException ConnectorAuthenticationException ConnectorServerException
            InternalServerException ResourceNotFoundException ServiceQuotaExceededException ThrottlingException
            UnsupportedOperationException ValidationException
        );
        assert_eq!(message.as_deref(), Some("why"), "{code}");
        assert_eq!((error.code(), error.status()), (Some(code), Some(status)));
        assert_eq!((error.operation(), error.attempts()), ("ListFlows", 1));
        assert_eq!(error.request_id(), Some("request-1"));
        let answers = (
            error.is_not_found(),
            error.is_conflict(),
            error.is_throttling(),
            error.is_retryable(),
        );
        assert_eq!(
            answers,
            (not_found, conflict, throttling, retryable),
            "{code}"
        );
        let text =
            format!("ListFlows: {code} ({status}): why [request id request-1, attempt 1 of 1]");
        assert_eq!(error.to_string(), text);
    }
}

#[tokio::test]
async fn the_code_is_found_wherever_the_service_puts_it() {
    let header =
        |value| Answer::json(400, &json!({"message": "why"})).header("x-amzn-errortype", value);
    let body = |name: &str, value: &str| Answer::json(400, &json!({name: value, "Message": "why"}));
    let answers = [
        header("ValidationException"),
        header("ValidationException:http://internal.amazon.com/coral/com.amazonaws.appflow/"),
        header("com.amazonaws.appflow#ValidationException"),
        header("com.amazonaws.appflow#ValidationException:http://internal.amazon.com/"),
        body("code", "ValidationException"),
        body("code", "com.amazonaws.appflow#ValidationException"),
        body("__type", "ValidationException"),
        body("__type", "com.amazonaws.appflow#ValidationException"),
        body("code", "Other").header("x-amzn-errortype", "ValidationException"),
        Answer::json(
            400,
            &json!({"code": "ValidationException", "__type": "Other", "message": "why"}),
        ),
    ];
    for answer in answers {
        let error = refused(answer.clone()).await;
        assert_eq!(error.code(), Some("ValidationException"), "{answer:?}");
        assert_eq!(error.message(), Some("why"), "{answer:?}");
        assert!(
            matches!(error.kind(), ErrorKind::ValidationException(_)),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn unmodeled_errors_have_a_code_and_a_message() {
    let denied = Answer::json(403, &json!({"message": "Signature expired"}));
    let page = "<html>\n<body><h1>502 Bad Gateway</h1></body>\n</html>";
    let table = [
        (
            denied.header("x-amzn-errortype", "InvalidSignatureException"),
            "ListFlows: InvalidSignatureException (403): Signature expired [attempt 1 of 1]",
        ),
        (
            Answer::new(502, page).header("content-type", "text/html"),
            "ListFlows: HTTP status 502 without an error code: <html> <body><h1>502 Bad Gateway</h1></body> </html> \
             [attempt 1 of 1]",
        ),
        (
            Answer::new(400, r#"{"message":"cut o"#),
            "ListFlows: HTTP status 400 without an error code: {\"message\":\"cut o [attempt 1 of 1]",
        ),
        (
            Answer::new(500, ""),
            "ListFlows: HTTP status 500 without an error code [attempt 1 of 1]",
        ),
        (
            Answer::json(404, &json!({"code": null, "__type": null, "message": null})),
            "ListFlows: HTTP status 404 without an error code [attempt 1 of 1]",
        ),
        (
            Answer::new(301, "").header("location", "http://127.0.0.1:9/"),
            "ListFlows: HTTP status 301: redirects are not followed (to http://127.0.0.1:9/): check region and \
             endpoint [attempt 1 of 1]",
        ),
    ];
    for (answer, text) in table {
        let error = refused(answer).await;
        assert_eq!(error.to_string(), text);
        assert_eq!(error.kind(), &ErrorKind::UnmodeledService);
        assert!(!error.is_not_found() && !error.is_conflict(), "{error}");
    }
}

#[tokio::test]
async fn an_unreadable_output_is_an_error_with_its_place() {
    // body, what the error says, whether the request might be repeated by hand
    let table = [
        (
            r#"{"flows":[{"flowName":"a"},{"flowName":"#,
            "flows[1].flowName",
        ),
        (
            r#"{"flows":[{"createdAt":"yesterday"}]}"#,
            "flows[0].createdAt",
        ),
        (r#"{"flows":{"flowName":"a"}}"#, "flows"),
        (r#"{"nextToken":[12]}"#, "nextToken"),
        ("<html>all is well</html>", ""),
    ];
    for (body, path) in table {
        let error = refused(Answer::new(200, body).header("x-amzn-requestid", "request-1")).await;
        assert!(
            matches!(error.kind(), ErrorKind::UnreadableResponse),
            "{error:?}"
        );
        let text = error.to_string();
        let start = format!("ListFlows: failed to read the response: {path}");
        assert!(text.starts_with(&start), "{text}");
        assert!(
            text.ends_with("[request id request-1, attempt 1 of 1]"),
            "{text}"
        );
        assert_eq!((error.status(), error.is_retryable()), (Some(200), false));
    }
}

#[tokio::test]
async fn a_body_that_is_interrupted_is_asked_for_again() {
    let broken = Answer::new(200, r#"{"flows":["#).breaking_off(100);
    let server = Server::start([broken, Answer::json(200, &json!({"flows": []}))]).await;
    client(&server).list_flows().send().await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn errors_count_their_attempts() {
    let later = Answer::json(429, &json!({"message": "slow down"}))
        .header("x-amzn-errortype", "ThrottlingException");
    let server = Server::start(vec![later; 3]).await;
    let error = client(&server)
        .start_flow()
        .flow_name("accounts")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "StartFlow: ThrottlingException (429): slow down [attempt 3 of 3]"
    );
    assert_eq!((error.attempts(), server.requests().len()), (3, 3));
}

#[tokio::test]
async fn invalid_input_is_found_before_the_network_with_every_problem_at_once() {
    let server = Server::start([]).await;
    let error = client(&server)
        .create_flow()
        .flow_name("x".repeat(300))
        .send()
        .await
        .unwrap_err();
    let ErrorKind::InvalidInputs(invalid) = error.kind() else {
        panic!("{error:?}")
    };
    let problems: Vec<_> = invalid.problems().iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "flowName: 300 characters, at most 256",
            "triggerConfig: required",
            "sourceFlowConfig: required",
            "destinationFlowConfigList: required",
            "tasks: required",
        ]
    );
    assert_eq!(
        error.to_string(),
        format!("CreateFlow: invalid input: {}", problems.join("; "))
    );
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn an_unreachable_server_is_reported() {
    // A port that was free a moment ago.
    let url = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let server = Server::start([]).await;
    let config = client(&server).config().to_builder().endpoint_url(url);
    let error = Client::from_conf(config.build())
        .list_flows()
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoResponse), "{error:?}");
    assert!(error.is_retryable());
    let text = error.to_string();
    assert!(
        text.starts_with("ListFlows: no connection to http://127.0.0.1:"),
        "{text}"
    );
    assert!(text.ends_with(" [attempt 3 of 3]"), "{text}");
}

#[tokio::test]
async fn an_input_that_cannot_be_written_is_of_an_input_kind_that_names_the_member() {
    let server = Server::start([]).await;
    let client = client(&server);
    for (arn, reason) in [
        ("", "must not be empty"),
        (".", "the segments `.` and `..` are not allowed"),
        ("..", "the segments `.` and `..` are not allowed"),
    ] {
        let call = client.untag_resource().resource_arn(arn).tag_keys("k");
        // The model's own limits would find the first.
        let settings = client
            .config()
            .to_builder()
            .validation(appflow_sdk::config::Validation::OFF);
        let call = call.customize().config_override(settings.build());
        let error = call.send().await.unwrap_err();
        let ErrorKind::InvalidInputs(problems) = error.kind() else {
            panic!("{error:?}")
        };
        let [problem] = problems.problems() else {
            panic!("{error:?}")
        };
        assert_eq!(problem.path(), "resourceArn");
        assert!(problem.reason().contains(reason), "{problem}");
        assert!(!error.is_retryable());
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_response_that_is_too_long_came_and_one_that_broke_off_did_not() {
    let server = Server::start([Answer::new(200, "{\"flows\": []}")]).await;
    let client = client(&server);
    let settings = client.config().to_builder().max_response_bytes(3);
    let call = client
        .list_flows()
        .customize()
        .config_override(settings.build());
    let error = call.send().await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::UnreadableResponse),
        "{error:?}"
    );
    assert!(!error.is_retryable());
    assert_eq!((error.status(), error.attempts()), (Some(200), 1));
}
