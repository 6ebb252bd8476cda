//! Tests of outputs and errors in restJson1.

use crate::shapes::{Check, Coded, Failure, Nothing, Picture, Read, Show, answer, request};
use smithy_reqwest::primitives::Blob;
use smithy_reqwest::protocol::RestJson1;
use smithy_reqwest::server::{ServiceError, ServiceStyle};
use smithy_reqwest::shape::Shape;

fn read(output: Result<Coded, ServiceError>) -> http::Response<bytes::Bytes> {
    answer::<Read>(
        &RestJson1,
        ServiceStyle::Smithy,
        request("/read", &[], "{}"),
        |_| output,
    )
}

#[test]
fn the_status_is_that_of_the_member_bound_to_it() {
    for (status, expected) in [
        (None, 202),
        (Some(201), 201),
        (Some(404), 404),
        (Some(0), 202),
    ] {
        let text = Some("a".to_owned());
        let response = read(Ok(Coded { status, text }));
        assert_eq!(response.status().as_u16(), expected);
        assert_eq!(response.body(), "{\"text\":\"a\"}");
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(response.headers()["content-length"], "12");
    }
}

#[test]
fn an_output_without_members_is_an_object_and_no_output_is_no_body() {
    assert_eq!(read(Ok(Coded::empty())).body(), "{}");
    let asked = request("/check", &[], "{}");
    let response = answer::<Check>(&RestJson1, ServiceStyle::Smithy, asked, |_| Ok(Nothing {}));
    assert_eq!(response.body(), "");
    assert_eq!(response.headers()["content-length"], "0");
    assert!(!response.headers().contains_key("content-type"));
}

#[test]
fn a_payload_is_the_body_in_its_own_media_type() {
    let picture = Some(Blob::new("JFIF"));
    let asked = request("/show", &[], "");
    let response = answer::<Show>(&RestJson1, ServiceStyle::Smithy, asked, |_| {
        Ok(Picture { picture })
    });
    assert_eq!(response.body(), "JFIF");
    assert_eq!(response.headers()["content-type"], "image/jpeg");
}

#[test]
fn an_error_has_its_code_in_a_header_and_its_members_where_they_are_bound() {
    let plain = read(Err(ServiceError::new("ConflictException", 409, "m \"q\"")));
    assert_eq!(plain.status(), 409);
    assert_eq!(plain.headers()["x-amzn-errortype"], "ConflictException");
    assert_eq!(plain.body(), r#"{"message":"m \"q\""}"#);
    let failure = Failure {
        message: Some("m".to_owned()),
        after: Some(3),
    };
    let error = ServiceError::modeled("Failure", 500, &failure);
    assert_eq!(error.message(), "m");
    assert_eq!(error, ServiceError::modeled("Failure", 500, &failure));
    let modeled = read(Err(error));
    assert_eq!(modeled.status(), 500);
    assert_eq!(modeled.headers()["x-amzn-errortype"], "Failure");
    assert_eq!(modeled.headers()["x-after"], "3");
    assert_eq!(modeled.body(), r#"{"message":"m"}"#);
}
