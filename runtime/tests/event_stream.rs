//! Tests of event streams in time: first messages, pauses of hours, pieces, cancelled waits, and connections that fail.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

use bytes::Bytes;
use futures_core::Stream;
use smithy_reqwest::Error;
use smithy_reqwest::call::Call;
use smithy_reqwest::config::{Config, Credentials, Region};
use smithy_reqwest::error::Cause;
use smithy_reqwest::event_stream::{EventReceiver, Events};
use smithy_reqwest::http::{
    Body, BodyError, BoxError, BoxFuture, Request, Response, Transport, TransportError,
};
use smithy_reqwest::operation::Operation;
use smithy_reqwest::protocol::AwsJson;
use smithy_reqwest::schema::{
    EventStreamSchema, MemberSchema, OperationSchema, Segment, ServiceSchema, StructureSchema,
};
use smithy_reqwest::shape::{Shape, Slot, Union, Value};
use smithy_reqwest::timeout::Timeout;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

static SERVICE: ServiceSchema = ServiceSchema::new(
    "Clock",
    "Clock",
    "2026-01-01",
    "clock",
    "clock",
    &AwsJson::V1_1,
    "clock/1.0",
);

static WATCH: OperationSchema = OperationSchema::new("Watch", "POST", &[Segment::Literal("/")])
    .streams_output()
    .events(EventStreamSchema::new("ticks", &[("late", "TooLate")]));

/// The operation: its output has a member beside the event stream.
#[derive(Clone, Copy, Debug)]
struct Watch;

#[derive(Clone, Default, PartialEq)]
struct WatchInput;

static INPUT: StructureSchema = StructureSchema::new("x#WatchInput", "WatchInput", &[]);
smithy_reqwest::structure!(INPUT: WatchInput {});

#[derive(Clone, Default, PartialEq)]
struct WatchOutput {
    zone: Option<String>,
    ticks: EventReceiver<Tick, Error>,
}

static OUTPUT: StructureSchema = StructureSchema::new(
    "x#WatchOutput",
    "WatchOutput",
    &[
        MemberSchema::new("zone", "zone"),
        MemberSchema::new("ticks", "ticks"),
    ],
);
smithy_reqwest::structure!(OUTPUT: WatchOutput { 0: zone, 1: ticks });

#[derive(Clone, PartialEq)]
enum Tick {
    Second(Second),
    Unknown,
}

#[derive(Clone, Default, PartialEq)]
struct Second {
    number: Option<i32>,
}

static SECOND: StructureSchema = StructureSchema::new(
    "x#Second",
    "Second",
    &[MemberSchema::new("number", "number")],
);
smithy_reqwest::structure!(SECOND: Second { 0: number });

static TICK: StructureSchema =
    StructureSchema::new("x#Tick", "Tick", &[MemberSchema::new("second", "second")]);
smithy_reqwest::union!(Tick);

impl Union for Tick {
    fn schema(&self) -> &'static StructureSchema {
        &TICK
    }

    fn variant(&self) -> Option<(usize, Value<'_>)> {
        match self {
            Self::Second(second) => Some((0, Shape::value(second))),
            Self::Unknown => None,
        }
    }

    fn set_variant(&mut self, index: usize) -> Slot<'_> {
        *self = match index {
            0 => Self::Second(Second::empty()),
            _ => Self::Unknown,
        };
        match self {
            Self::Second(second) => Shape::slot(second),
            Self::Unknown => Slot::Ignored,
        }
    }
}

impl Operation for Watch {
    type Input = WatchInput;
    type Output = WatchOutput;
    type Error = Error;

    fn service() -> &'static ServiceSchema {
        &SERVICE
    }

    fn schema() -> &'static OperationSchema {
        &WATCH
    }

    fn set_request_id(_: &mut WatchOutput, _: Option<String>) {}

    fn events(output: &WatchOutput) -> Option<&dyn Events> {
        Some(&output.ticks)
    }
}

/// A piece of a body: after a pause, bytes or a failure.
type Piece = (Duration, Result<Vec<u8>, &'static str>);

/// A server that sends one body, and counts requests, the pieces that were read, and bodies that were dropped.
#[derive(Clone, Debug, Default)]
struct Wire {
    pieces: Arc<Mutex<VecDeque<Piece>>>,
    requests: Arc<AtomicUsize>,
    read: Arc<AtomicUsize>,
    dropped: Arc<AtomicUsize>,
}

impl Transport for Wire {
    fn send(&self, _: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        self.requests.fetch_add(1, Ordering::SeqCst);
        let body = Slow {
            wire: self.clone(),
            pause: None,
        };
        let response = http::Response::builder()
            .header("content-type", "application/vnd.amazon.eventstream")
            .header("x-amzn-requestid", "id-1");
        Box::pin(async move { Ok(response.body(Body::from_stream(body)).unwrap()) })
    }
}

struct Slow {
    wire: Wire,
    pause: Option<Pin<Box<tokio::time::Sleep>>>,
}

impl Drop for Slow {
    fn drop(&mut self) {
        self.wire.dropped.fetch_add(1, Ordering::SeqCst);
    }
}

impl http_body::Body for Slow {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, BoxError>>> {
        let wire = self.wire.clone();
        let mut pieces = wire.pieces.lock().unwrap();
        let Some((pause, _)) = pieces.front() else {
            return Poll::Ready(None);
        };
        let sleep = || Box::pin(tokio::time::sleep(*pause));
        if self
            .pause
            .get_or_insert_with(sleep)
            .as_mut()
            .poll(context)
            .is_pending()
        {
            return Poll::Pending;
        }
        self.pause = None;
        self.wire.read.fetch_add(1, Ordering::SeqCst);
        let piece = pieces.pop_front().map(|(_, piece)| piece);
        Poll::Ready(piece.map(|piece| match piece {
            Ok(bytes) => Ok(http_body::Frame::data(bytes.into())),
            Err(text) => Err(text.into()),
        }))
    }
}

/// Returns the checksum of a message, bit by bit.
fn crc(bytes: &[u8]) -> [u8; 4] {
    let sum = bytes.iter().fold(!0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 * (sum & 1))
        })
    });
    (!sum).to_be_bytes()
}

/// Returns a message: its type, the type of the event or exception, and a payload.
fn message(kind: &str, name: &str, payload: &str) -> Vec<u8> {
    let mut headers = Vec::new();
    for (name, value) in [(":message-type", kind), (&*format!(":{kind}-type"), name)] {
        headers.push(name.len() as u8);
        headers.extend(name.as_bytes());
        headers.push(7);
        headers.extend((value.len() as u16).to_be_bytes());
        headers.extend(value.as_bytes());
    }
    let mut message = Vec::new();
    message.extend((16 + headers.len() as u32 + payload.len() as u32).to_be_bytes());
    message.extend((headers.len() as u32).to_be_bytes());
    message.extend(crc(&message));
    message.extend(headers);
    message.extend(payload.as_bytes());
    message.extend(crc(&message));
    message
}

fn second(number: i32) -> Vec<u8> {
    message("event", "second", &format!("{{\"number\":{number}}}"))
}

fn zone() -> Vec<u8> {
    message("event", "initial-response", r#"{"zone":"utc"}"#)
}

const HOURS: Duration = Duration::from_secs(3 * 3600);

impl Wire {
    fn sending(pieces: impl IntoIterator<Item = Piece>) -> Self {
        let wire = Self::default();
        wire.pieces.lock().unwrap().extend(pieces);
        wire
    }

    fn at_once(pieces: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let pieces = pieces.into_iter();
        Self::sending(pieces.map(|piece| (Duration::ZERO, Ok(piece))))
    }

    fn call(&self) -> Call<Watch> {
        let config = Config::builder()
            .transport(self.clone())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"));
        Call::new(smithy_reqwest::Client::new(&SERVICE, config.build()))
    }

    async fn open(&self) -> WatchOutput {
        self.call().send().await.unwrap()
    }

    fn count(counter: &AtomicUsize) -> usize {
        counter.load(Ordering::SeqCst)
    }
}

fn number(tick: Option<Tick>) -> i32 {
    match tick {
        Some(Tick::Second(second)) => second.number.unwrap(),
        _ => panic!("not a second"),
    }
}

#[tokio::test(start_paused = true)]
async fn timeouts_end_with_the_first_message_and_events_may_take_hours() {
    let wire = Wire::sending([
        (Duration::from_secs(50), Ok(zone())),
        (HOURS, Ok(second(1))),
        (HOURS, Ok(second(2))),
    ]);
    let mut output = wire.open().await;
    assert_eq!(output.zone.as_deref(), Some("utc"));
    assert_eq!(number(output.ticks.recv().await.unwrap()), 1);
    assert_eq!(number(output.ticks.recv().await.unwrap()), 2);
    assert!(output.ticks.recv().await.unwrap().is_none());
}

#[tokio::test(start_paused = true)]
async fn a_first_message_that_does_not_come_is_a_timeout_of_the_attempt() {
    let wire = Wire::sending([(HOURS, Ok(zone()))]);
    let error = wire.call().send().await.err().unwrap();
    let limit = Duration::from_secs(60);
    assert!(
        matches!(error.cause(), Cause::Timeout(Timeout::Attempt(is)) if *is == limit),
        "{error}"
    );
    // The response had begun, so the call is not repeated.
    assert_eq!(Wire::count(&wire.requests), 1);
    assert_eq!(Wire::count(&wire.dropped), 1);
}

#[tokio::test]
async fn any_other_first_message_is_the_first_event() {
    let mut output = Wire::at_once([second(1)]).open().await;
    assert_eq!(output.zone, None);
    assert_eq!(number(output.ticks.recv().await.unwrap()), 1);
    let late = message("exception", "late", r#"{"message":"m"}"#);
    let mut output = Wire::at_once([late]).open().await;
    let error = output.ticks.recv().await.err().unwrap();
    assert_eq!(
        (error.code(), error.message()),
        (Some("TooLate"), Some("m"))
    );
    assert_eq!((error.request_id(), error.attempts()), (Some("id-1"), 1));
    let mut output = Wire::at_once([]).open().await;
    assert!(output.ticks.recv().await.unwrap().is_none());
}

#[tokio::test]
async fn a_first_message_that_cannot_be_read_is_an_error_of_the_call() {
    let first = message("event", "initial-response", r#"{"zone":[]}"#);
    let error = Wire::at_once([first]).call().send().await.err().unwrap();
    assert!(matches!(error.cause(), Cause::Response(_)), "{error}");
}

#[tokio::test]
async fn pieces_may_be_of_any_length_and_nothing_is_read_ahead() {
    let bytes = [zone(), second(1), second(2), second(3)].concat();
    for length in [1, 2, 5, 11, 12, 13, 64, 1000] {
        let wire = Wire::at_once(bytes.chunks(length).map(<[u8]>::to_vec));
        let mut output = wire.open().await;
        let until = |messages: &[Vec<u8>]| messages.concat().len().div_ceil(length);
        assert_eq!(Wire::count(&wire.read), until(&[zone()]), "{length}");
        assert_eq!(number(output.ticks.recv().await.unwrap()), 1);
        assert_eq!(
            Wire::count(&wire.read),
            until(&[zone(), second(1)]),
            "{length}"
        );
        assert_eq!(number(output.ticks.recv().await.unwrap()), 2);
        assert_eq!(number(output.ticks.recv().await.unwrap()), 3);
        assert!(output.ticks.recv().await.unwrap().is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_wait_loses_no_event_and_the_last_receiver_closes_the_connection() {
    let mut halves = second(7);
    let end = halves.split_off(20);
    let wire = Wire::sending([
        (Duration::ZERO, Ok(zone())),
        (Duration::ZERO, Ok(halves)),
        (HOURS, Ok(end)),
        (HOURS, Ok(second(8))),
    ]);
    let mut ticks = wire.open().await.ticks;
    let waited = tokio::time::timeout(Duration::from_secs(1), ticks.recv()).await;
    assert!(waited.is_err());
    let mut clone = ticks.clone();
    assert_eq!(number(clone.recv().await.unwrap()), 7);
    drop(clone);
    assert_eq!(Wire::count(&wire.dropped), 0);
    drop(ticks);
    assert_eq!(Wire::count(&wire.dropped), 1);
}

#[tokio::test]
async fn a_connection_that_fails_is_an_error_that_may_be_retried_by_the_caller() {
    let wire = Wire::sending([
        (Duration::ZERO, Ok([zone(), second(1)].concat())),
        (Duration::ZERO, Err("reset by peer")),
    ]);
    let mut output = wire.open().await;
    assert_eq!(number(output.ticks.recv().await.unwrap()), 1);
    let error = output.ticks.recv().await.err().unwrap();
    assert!(
        matches!(error.cause(), Cause::Body(BodyError::Broken { .. })),
        "{error}"
    );
    assert!(
        error.is_retryable() && error.to_string().contains("reset by peer"),
        "{error}"
    );
    assert!(output.ticks.recv().await.unwrap().is_none());
    assert_eq!(
        (Wire::count(&wire.requests), Wire::count(&wire.dropped)),
        (1, 1)
    );
}

#[tokio::test]
async fn it_is_a_stream_of_the_crate_futures() {
    let wire = Wire::at_once([zone(), second(1), message("exception", "late", "{}")]);
    let mut ticks = wire.open().await.ticks;
    let mut next = async || poll_fn(|context| Pin::new(&mut ticks).poll_next(context)).await;
    assert_eq!(number(next().await.transpose().unwrap()), 1);
    assert!(next().await.unwrap().is_err());
    assert!(next().await.is_none());
}

#[test]
fn receivers_are_compared_by_their_events_and_print_no_values() {
    let of = |numbers: &[i32]| {
        let seconds = numbers.iter().map(|number| Second {
            number: Some(*number),
        });
        EventReceiver::<Tick, Error>::from_events(seconds.map(Tick::Second))
    };
    assert!(of(&[1, 2]) == of(&[1, 2]));
    assert!(of(&[1, 2]) != of(&[2, 1]));
    assert_eq!(format!("{:?}", of(&[1, 2])), "EventReceiver(2 events)");
}

#[cfg(feature = "blocking")]
#[test]
fn events_are_received_by_programs_that_are_not_asynchronous() {
    let wire = Wire::at_once([zone(), second(1)]);
    let mut ticks = wire.call().send_blocking().unwrap().ticks;
    assert_eq!(number(ticks.recv_blocking().unwrap()), 1);
    assert!(ticks.recv_blocking().unwrap().is_none());
}
