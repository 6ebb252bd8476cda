//! Tests of the requests of a service whose operations stream, compress and accept tokens.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use bytes::Bytes;
use http::HeaderMap;
use smithy_reqwest::Error;
use smithy_reqwest::call::Call;
use smithy_reqwest::config::{Builder, Config, Credentials, Region, SdkConfig, Token};
use smithy_reqwest::http::{
    Body, BoxError, BoxFuture, Request, Response, Transport, TransportError,
};
use smithy_reqwest::operation::Operation;
use smithy_reqwest::primitives::ByteStream;
use smithy_reqwest::protocol::RestJson1;
use smithy_reqwest::retry::RetrySettings;
use smithy_reqwest::schema::{
    Auth, Location, MemberSchema, OperationSchema, Segment, ServiceSchema, StructureSchema,
};
use smithy_reqwest::shape::{Shape, Slot, Structure, Value};
use std::collections::VecDeque;
use std::io::Write;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

static SERVICE: ServiceSchema = ServiceSchema::new(
    "Store",
    "Store",
    "2026-01-01",
    "store",
    "store-it",
    &RestJson1,
    "store/1.0",
);

/// The input and the output: a streaming body.
#[derive(Clone, Default)]
struct Blob {
    body: Option<ByteStream>,
}

static BLOB: StructureSchema = StructureSchema::new(
    "com.example#Blob",
    "Blob",
    &[MemberSchema::new("body", "body").at(Location::Payload)],
);

impl Structure for Blob {
    fn schema(&self) -> &'static StructureSchema {
        &BLOB
    }

    fn member(&self, _: usize) -> Value<'_> {
        self.body.value()
    }

    fn member_slot(&mut self, _: usize) -> Slot<'_> {
        self.body.slot()
    }
}

smithy_reqwest::structure!(Blob { body });

macro_rules! operation {
    ($name:ident, $schema:expr) => {
        struct $name;

        impl Operation for $name {
            type Input = Blob;
            type Output = Blob;
            type Error = Error;

            fn service() -> &'static ServiceSchema {
                &SERVICE
            }

            fn schema() -> &'static OperationSchema {
                static SCHEMA: OperationSchema = $schema;
                &SCHEMA
            }

            fn set_request_id(_: &mut Blob, _: Option<String>) {}
        }
    };
}

const PATH: &[Segment] = &[Segment::Literal("/blob")];

operation!(
    Store,
    OperationSchema::new("Store", "PUT", PATH).streams_output()
);
operation!(
    StoreUnsigned,
    OperationSchema::new("StoreUnsigned", "PUT", PATH).auth(Auth::SigV4UnsignedPayload)
);
operation!(
    Either,
    OperationSchema::new("Either", "PUT", PATH).or_bearer()
);
operation!(
    TokenOnly,
    OperationSchema::new("TokenOnly", "PUT", PATH).auth(Auth::Bearer)
);
operation!(
    Open,
    OperationSchema::new("Open", "PUT", PATH).optional_auth()
);

/// A transport that responds with statuses from a queue, and keeps the requests.
#[derive(Debug, Clone, Default)]
struct Wire {
    statuses: Arc<Mutex<VecDeque<u16>>>,
    sent: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
}

impl Wire {
    fn answering(statuses: &[u16]) -> Self {
        let wire = Self::default();
        wire.statuses.lock().unwrap().extend(statuses);
        wire
    }

    fn headers(&self, attempt: usize) -> HeaderMap {
        self.sent.lock().unwrap()[attempt].0.clone()
    }

    fn bodies(&self) -> Vec<Bytes> {
        let sent = self.sent.lock().unwrap();
        sent.iter().map(|(_, body)| body.clone()).collect()
    }
}

impl Transport for Wire {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let wire = self.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body
                .collect(usize::MAX)
                .await
                .expect("the body of a request");
            wire.sent.lock().unwrap().push((head.headers, body));
            let status = wire.statuses.lock().unwrap().pop_front().unwrap_or(200);
            let body = match status {
                200 => Body::from_stream(Pieces(vec!["first", "second"])),
                _ => Body::from_bytes("{}"),
            };
            Ok(http::Response::builder().status(status).body(body).unwrap())
        })
    }
}

/// A body of pieces, of which the last in the vector is sent first.
struct Pieces(Vec<&'static str>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, BoxError>>> {
        if self.0.is_empty() {
            return Poll::Ready(None);
        }
        let piece = self.0.remove(0);
        Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(
            piece.as_bytes(),
        )))))
    }
}

fn config(wire: &Wire) -> Builder {
    let mut retry = RetrySettings::standard();
    retry.initial_backoff = Some(std::time::Duration::ZERO);
    Config::builder()
        .transport(wire.clone())
        .region(Region::from_static("us-east-1"))
        .retry_config(retry)
}

fn signed(wire: &Wire) -> Builder {
    config(wire).credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
}

fn call<O: Operation<Input = Blob>>(config: Builder, body: Option<ByteStream>) -> Call<O> {
    let client = smithy_reqwest::Client::new(&SERVICE, config.build());
    let mut call = Call::<O>::new(client);
    call.input.body = body;
    call
}

#[tokio::test]
async fn a_response_that_streams_is_the_callers_to_read() {
    let wire = Wire::default();
    let limited = signed(&wire).max_response_bytes(3);
    let output = call::<Store>(limited, None).send().await.unwrap();
    let mut body = output.body.unwrap();
    assert_eq!(body.try_next().await.unwrap().unwrap(), "first");
    assert_eq!(body.try_next().await.unwrap().unwrap(), "second");
    assert!(body.next().await.is_none());
}

#[tokio::test]
async fn a_file_is_sent_again_and_signed_by_its_digest() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"content").unwrap();
    let wire = Wire::answering(&[503, 200]);
    let body = ByteStream::from_path(file.path()).await.unwrap();
    call::<Store>(signed(&wire), Some(body))
        .send()
        .await
        .unwrap();
    assert_eq!(wire.bodies(), ["content", "content"]);

    // As with bytes in memory, the signature covers the body, so that no header has to change that.
    let (fixed, other) = (Wire::default(), Wire::default());
    let body = ByteStream::from_path(file.path()).await.unwrap();
    call::<Store>(signed(&fixed), Some(body))
        .send()
        .await
        .unwrap();
    call::<Store>(signed(&other), Some("content".into()))
        .send()
        .await
        .unwrap();
    for headers in [fixed.headers(0), other.headers(0)] {
        assert!(headers.contains_key("authorization"));
        assert!(!headers.contains_key("x-amz-content-sha256"), "{headers:?}");
        assert_eq!(headers["content-type"], "application/octet-stream");
    }
}

#[tokio::test]
async fn streams_that_are_not_repeatable_are_sent_once_and_unsigned() {
    let wire = Wire::answering(&[503, 200]);
    let body = ByteStream::from_body(Pieces(vec!["a", "b"]));
    let error = call::<Store>(signed(&wire), Some(body))
        .send()
        .await
        .unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(503), 1));
    assert_eq!(wire.bodies(), ["ab"]);
    assert_eq!(wire.headers(0)["x-amz-content-sha256"], "UNSIGNED-PAYLOAD");
}

#[tokio::test]
async fn an_unsigned_payload_is_announced() {
    let wire = Wire::default();
    let body = Some("content".into());
    call::<StoreUnsigned>(signed(&wire), body)
        .send()
        .await
        .unwrap();
    assert_eq!(wire.headers(0)["x-amz-content-sha256"], "UNSIGNED-PAYLOAD");
}

fn authorization(wire: &Wire) -> Option<String> {
    let headers = wire.headers(0);
    let value = headers.get("authorization")?.to_str().unwrap();
    Some(value.split(' ').take(2).collect::<Vec<_>>().join(" "))
}

#[tokio::test]
async fn a_token_is_used_where_it_is_asked_for_or_given() {
    let token = || Token::new("t0ken", None);
    let wire = Wire::default();
    let with_token = config(&wire).token_provider(token());
    call::<TokenOnly>(with_token, None).send().await.unwrap();
    assert_eq!(authorization(&wire).as_deref(), Some("Bearer t0ken"));

    let wire = Wire::default();
    let both = signed(&wire).token_provider(token());
    call::<Either>(both, None).send().await.unwrap();
    assert_eq!(authorization(&wire).as_deref(), Some("Bearer t0ken"));

    let wire = Wire::default();
    call::<Either>(signed(&wire), None).send().await.unwrap();
    assert!(
        authorization(&wire)
            .unwrap()
            .starts_with("AWS4-HMAC-SHA256")
    );

    let wire = Wire::default();
    let error = call::<TokenOnly>(signed(&wire), None)
        .send()
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("AWS_BEARER_TOKEN_STORE_IT"),
        "{error}"
    );
}

#[tokio::test]
async fn where_a_signature_is_optional_it_needs_credentials_to_be_there() {
    let wire = Wire::default();
    call::<Open>(config(&wire), None).send().await.unwrap();
    assert_eq!(authorization(&wire), None);

    let wire = Wire::default();
    call::<Open>(signed(&wire), None).send().await.unwrap();
    assert!(authorization(&wire).is_some());
}

#[tokio::test]
async fn the_token_of_a_service_comes_from_the_environment() {
    let variables = [
        ("AWS_BEARER_TOKEN_STORE_IT", "from-variable"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "1"),
    ];
    let environment = smithy_reqwest::environment::Environment::from_pairs(variables);
    let config = Config::from_environment(&SERVICE, environment)
        .await
        .unwrap();
    let wire = Wire::default();
    let config = config.to_builder().transport(wire.clone());
    call::<Either>(config, None).send().await.unwrap();
    assert_eq!(
        authorization(&wire).as_deref(),
        Some("Bearer from-variable")
    );
}

/// A source of settings with the token of the service, as in aws-config.
#[derive(Debug)]
struct OfService;

impl LoadServiceConfig for OfService {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let asked = (key.service_id(), key.env());
        (asked == ("store_it", "AWS_BEARER_TOKEN")).then(|| "from-shared".to_owned())
    }
}

#[tokio::test]
async fn the_token_of_a_service_comes_from_shared_settings_unless_it_was_set_in_code() {
    let mut shared = SdkConfig::builder().region(Region::new("us-east-1"));
    shared.set_service_config(Some(OfService));
    let shared = shared.build();
    let own = Token::new("own", None);
    let table = [
        (Builder::from(&shared), "Bearer from-shared"),
        (Builder::from(&shared).token_provider(own), "Bearer own"),
    ];
    for (builder, expected) in table {
        let wire = Wire::default();
        let builder = builder.transport(wire.clone());
        call::<Either>(builder, None).send().await.unwrap();
        assert_eq!(authorization(&wire).as_deref(), Some(expected));
    }
}
