//! Tests the bodies and headers of requests for operations and settings.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

use super::*;
use crate::http::byte_stream::ByteStream;
use crate::value::schema::{Location, MemberSchema, StructureSchema};
use crate::value::shape::{Slot, Unit, Value};
use http::header::CONTENT_ENCODING;
use std::io::Read;

const GZIP: OperationSchema = OperationSchema::new("Op", "POST", &[]).gzip();

/// An input with a member that is a stream.
struct Payload(ByteStream);

static PAYLOAD: StructureSchema = StructureSchema::new(
    "com.example#Payload",
    "Payload",
    &[MemberSchema::new("body", "body").at(Location::Payload)],
);

impl Structure for Payload {
    fn schema(&self) -> &'static StructureSchema {
        &PAYLOAD
    }

    fn member(&self, _: usize) -> Value<'_> {
        Value::Stream(&self.0)
    }

    fn member_slot(&mut self, _: usize) -> Slot<'_> {
        Slot::Stream(&mut self.0)
    }
}

fn input(streams: bool) -> Box<dyn Structure> {
    match streams {
        true => Box::new(Payload(ByteStream::new())),
        false => Box::new(Unit),
    }
}

fn compressed(
    length: usize,
    settings: Compression,
    gzip: bool,
    streams: bool,
) -> (Bytes, HeaderMap) {
    let operation = OperationSchema::new("Op", "POST", &[]);
    let operation = if gzip { operation.gzip() } else { operation };
    let mut headers = HeaderMap::new();
    let body = RequestBody::Bytes(vec![b'a'; length].into());
    match compress(body, &*input(streams), &operation, settings, &mut headers) {
        Ok(RequestBody::Bytes(body)) => (body, headers),
        other => panic!("{other:?}"),
    }
}

fn unzipped(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    let mut decoder = flate2::read::GzDecoder::new(bytes);
    decoder.read_to_end(&mut text).unwrap();
    text
}

#[test]
fn long_bodies_are_compressed_where_the_model_and_the_settings_allow_it() {
    let default = Compression::default();
    let disabled = Compression {
        disabled: true,
        ..default
    };
    let from_ten = Compression {
        least: 10,
        ..default
    };
    for (length, settings, gzip, streams, expected) in [
        (10_240, default, true, false, true),
        (10_239, default, true, false, false),
        (10_240, default, false, false, false),
        (10_240, disabled, true, false, false),
        (10, from_ten, true, false, true),
        (10, default, true, true, true),
        (10, disabled, true, true, false),
        (10, default, false, true, false),
    ] {
        let (body, headers) = compressed(length, settings, gzip, streams);
        assert_eq!(headers.contains_key(CONTENT_ENCODING), expected, "{length}");
        let text = match expected {
            true => unzipped(&body),
            false => body.to_vec(),
        };
        assert_eq!(text, vec![b'a'; length]);
    }
}

#[test]
fn an_encoding_that_the_caller_has_set_stays_before_ours() {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_ENCODING, "custom".parse().unwrap());
    let body = RequestBody::Bytes(vec![0; 20_000].into());
    compress(
        body,
        &*input(false),
        &GZIP,
        Compression::default(),
        &mut headers,
    )
    .unwrap();
    assert_eq!(headers[CONTENT_ENCODING], "custom, gzip");
}

#[test]
fn a_threshold_beyond_what_there_may_be_is_an_error_that_names_it() {
    for (least, allowed) in [(0, true), (10_485_760, true), (10_485_761, false)] {
        let settings = Compression {
            least,
            ..Compression::default()
        };
        let body = RequestBody::Bytes(Bytes::new());
        let result = compress(body, &*input(false), &GZIP, settings, &mut HeaderMap::new());
        match result {
            Ok(_) => assert!(allowed, "{least}"),
            Err(error) => {
                assert!(!allowed, "{least}");
                let text = error.to_string();
                assert!(
                    text.starts_with("request_min_compression_size_bytes: invalid value 10485761"),
                    "{text}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_stream_is_compressed_piece_by_piece() {
    let whole: Vec<u8> = (0..300_000_u32)
        .flat_map(|n| (n % 251).to_le_bytes())
        .collect();
    let stream = ByteStream::from_body(Body::from_stream(Body::from_bytes(whole.clone())));
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_LENGTH, whole.len().into());
    let body = RequestBody::Stream {
        stream,
        gzip: false,
    };
    let body = compress(
        body,
        &*input(true),
        &GZIP,
        Compression::default(),
        &mut headers,
    )
    .unwrap();
    assert_eq!(headers[CONTENT_ENCODING], "gzip");
    assert!(!headers.contains_key(CONTENT_LENGTH));
    let RequestBody::Stream { stream, gzip: true } = body else {
        panic!("{body:?}");
    };
    let sent = gzipped(stream.body().unwrap());
    let sent = sent.collect(usize::MAX).await.unwrap();
    assert!(sent.len() < whole.len() / 10);
    assert!(unzipped(&sent) == whole);
}
