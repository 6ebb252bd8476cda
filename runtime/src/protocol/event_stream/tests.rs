//! Tests of frames: against AWS's own codec and AWS's test vectors, at any borders of pieces, and with faults of every
//! kind.

use super::decode::{Decoder, FrameError, MAX_HEADERS, MAX_PAYLOAD};
use super::encode::encode;
use super::value_type;
use aws_smithy_types::DateTime;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::{Bytes, BytesMut};
use proptest::collection::vec;
use proptest::prelude::*;

fn encoded(message: &Message) -> Vec<u8> {
    let mut stream = BytesMut::new();
    encode(message, &mut stream).unwrap();
    stream.to_vec()
}

/// Decodes the messages of pieces, and checks that nothing is left.
fn decoded<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<Message>, FrameError> {
    let (mut decoder, mut messages) = (Decoder::default(), Vec::new());
    for piece in pieces {
        decoder.push(piece);
        while let Some(message) = decoder.next()? {
            messages.push(message);
        }
    }
    assert!(decoder.is_empty(), "{} bytes are left", decoder.left());
    Ok(messages)
}

fn value() -> impl Strategy<Value = HeaderValue> {
    // Messages contain milliseconds.
    let time = (-1_000_000_000_000i64..1_000_000_000_000).prop_map(DateTime::from_millis);
    prop_oneof![
        any::<bool>().prop_map(HeaderValue::Bool),
        any::<i8>().prop_map(HeaderValue::Byte),
        any::<i16>().prop_map(HeaderValue::Int16),
        any::<i32>().prop_map(HeaderValue::Int32),
        any::<i64>().prop_map(HeaderValue::Int64),
        vec(any::<u8>(), 0..20).prop_map(|bytes| HeaderValue::ByteArray(bytes.into())),
        ".{0,10}".prop_map(|text| HeaderValue::String(text.into())),
        time.prop_map(HeaderValue::Timestamp),
        any::<u128>().prop_map(HeaderValue::Uuid),
    ]
}

fn message() -> impl Strategy<Value = Message> {
    let header = ("[a-z:-]{1,12}", value());
    let headers = vec(
        header.prop_map(|(name, value)| Header::new(name, value)),
        0..5,
    );
    (headers, vec(any::<u8>(), 0..100))
        .prop_map(|(headers, payload)| Message::new_from_parts(headers, payload))
}

proptest! {
    #[test]
    fn messages_are_those_of_the_codec_of_aws(message in message()) {
        let ours = encoded(&message);
        let mut theirs = Vec::new();
        aws_smithy_eventstream::frame::write_message_to(&message, &mut theirs).unwrap();
        prop_assert_eq!(&ours, &theirs);
        let read = aws_smithy_eventstream::frame::read_message_from(&ours[..]).unwrap();
        prop_assert_eq!(&read, &message);
        prop_assert_eq!(decoded([&theirs[..]]).unwrap(), [message]);
    }

    #[test]
    fn pieces_may_end_anywhere(
        messages in vec(message(), 1..5),
        borders in vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let bytes: Vec<u8> = messages.iter().flat_map(encoded).collect();
        let mut borders: Vec<usize> = borders.iter().map(|at| at.index(bytes.len())).collect();
        borders.extend([0, bytes.len()]);
        borders.sort_unstable();
        let pieces = borders.windows(2).map(|ends| &bytes[ends[0]..ends[1]]);
        prop_assert_eq!(decoded(pieces).unwrap(), messages);
    }

    #[test]
    fn a_flipped_bit_is_a_wrong_checksum(message in message(), at in any::<prop::sample::Index>()) {
        let mut bytes = encoded(&message);
        let bit = at.index(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        let expected = match bit / 8 {
            0..12 => FrameError::PreludeChecksum,
            _ => FrameError::MessageChecksum,
        };
        prop_assert_eq!(decoded([&bytes[..]]), Err(expected));
    }

    #[test]
    fn a_part_of_a_message_is_none(message in message(), at in any::<prop::sample::Index>()) {
        let bytes = encoded(&message);
        let mut decoder = Decoder::default();
        let length = at.index(bytes.len());
        decoder.push(&bytes[..length]);
        prop_assert_eq!(decoder.next(), Ok(None));
        prop_assert_eq!((decoder.is_empty(), decoder.left()), (length == 0, length));
        decoder.push(&bytes[length..]);
        prop_assert_eq!(decoder.next(), Ok(Some(message)));
    }

    #[test]
    fn any_bytes_are_read_or_rejected(bytes in vec(any::<u8>(), 0..64), block in vec(any::<u8>(), 0..64)) {
        let mut decoder = Decoder::default();
        decoder.push(&bytes);
        let _ = decoder.next();
        let _ = decoded([&framed(block.len() as u32 + 16, &block, b"")[..]]);
    }
}

/// Returns a message with valid checksums, a block of headers and a payload, whose prelude announces this length.
fn framed(length: u32, headers: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.extend((headers.len() as u32).to_be_bytes());
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    bytes.extend(headers);
    bytes.extend(payload);
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    bytes
}

/// Messages that AWS publishes for tests of event streams, with their headers and payload.
#[test]
fn the_test_vectors_of_aws_are_read() {
    let json = b"{'foo':'bar'}";
    let content_type = |value: &'static str| {
        let value = HeaderValue::String(value.into());
        vec![Header::new("content-type", value)]
    };
    let int = vec![Header::new("event-id", HeaderValue::Int32(0x0000_A00C))];
    let all = [
        HeaderValue::Bool(true),
        HeaderValue::Bool(false),
        HeaderValue::Byte(2),
        HeaderValue::Int16(3),
        HeaderValue::Int32(4),
        HeaderValue::Int64(5),
        HeaderValue::ByteArray(Bytes::from_static(b"bytes")),
        HeaderValue::String("utf8".into()),
        HeaderValue::Timestamp(DateTime::from_millis(8)),
        HeaderValue::Uuid(0x3031_3233_3435_3637_3839_6162_6364_6566),
    ];
    let all = all.into_iter().enumerate();
    let all = all.map(|(number, value)| Header::new(number.to_string(), value));
    let table: [(&str, Vec<Header>, &[u8]); 5] = [
        ("0000001000000000 05c248eb 7d98c8ff", vec![], b""),
        (
            "0000001d00000000 fd528c5a 7b27666f6f273a27626172277d c3653936",
            vec![],
            json,
        ),
        (
            "0000003d00000020 07fd8396 0c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e \
             7b27666f6f273a27626172277d 8d9c08b1",
            content_type("application/json"),
            json,
        ),
        (
            "0000002b0000000e 348bec7b 086576656e742d69640400 00a00c 7b27666f6f273a27626172277d d3890285",
            int,
            json,
        ),
        (
            "0000006200000052 03b5cb9c 013000013101013202020133030003013404000000040135050000000000000005 \
             01360600056279746573013707000475746638013808000000000000000801390930313233343536373839616263646566 63353671",
            all.collect(),
            b"",
        ),
    ];
    for (digits, headers, payload) in table {
        let digits: String = digits.split_whitespace().collect();
        let bytes = hex::decode(digits).unwrap();
        let expected = Message::new_from_parts(headers, Bytes::copy_from_slice(payload));
        assert_eq!(decoded([&bytes[..]]), Ok(vec![expected.clone()]));
        assert_eq!(encoded(&expected), bytes);
    }
}

#[test]
fn lengths_that_cannot_be_are_rejected_before_their_bytes_arrive() {
    let (most_headers, most) = (MAX_HEADERS as u32, MAX_PAYLOAD as u32);
    let prelude = |message: u32, headers: u32| {
        let mut bytes = [message.to_be_bytes(), headers.to_be_bytes()].concat();
        bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
        let mut decoder = Decoder::default();
        decoder.push(&bytes);
        decoder.next().map(|message| message.is_some())
    };
    for (message, headers) in [(0, 0), (15, 0), (16, 1), (u32::MAX, u32::MAX)] {
        let error = prelude(message, headers).unwrap_err();
        assert!(matches!(error, FrameError::Lengths { .. }), "{error}");
    }
    assert_eq!(prelude(16 + most_headers + most, most_headers), Ok(false));
    let error = prelude(17 + most_headers + most, most_headers).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the length of its payload is 25165825 bytes, which exceeds the limit of 25165824 bytes"
    );
    let error = prelude(17 + most_headers, most_headers + 1).unwrap_err();
    assert!(
        matches!(
            error,
            FrameError::TooLong {
                part: "headers",
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn headers_that_cannot_be_read_are_named_by_their_position() {
    let long = "it is longer than the headers";
    let table: [(&[u8], usize, &str); 8] = [
        (b"\x01a\x00\x01b\x2a", 2, "the type of its value is unknown"),
        (b"\x05a", 1, long),
        (b"\x01a", 1, long),
        (b"\x01a\x04\x00", 1, long),
        (b"\x01a\x07\x00", 1, long),
        (b"\x01a\x06\x00\x02x", 1, long),
        (b"\x01a\x07\x00\x01\xff", 1, "its text is not UTF-8"),
        (b"\x01\xff\x00", 1, "its text is not UTF-8"),
    ];
    for (block, position, reason) in table {
        let bytes = framed(16 + block.len() as u32, block, b"");
        let expected = FrameError::Header { position, reason };
        assert_eq!(decoded([&bytes[..]]), Err(expected), "{block:?}");
    }
    let empty = [1, b'a', value_type::STRING, 0, 0];
    let bytes = framed(16 + empty.len() as u32, &empty, b"");
    assert_eq!(decoded([&bytes[..]]).unwrap().len(), 1);
}

#[test]
fn invalid_messages_are_not_written() {
    let refused = |header: Header, payload: usize| {
        let message = Message::new_from_parts(vec![header], vec![0; payload]);
        encode(&message, &mut BytesMut::new())
            .unwrap_err()
            .to_string()
    };
    let text = |length: usize| HeaderValue::String("x".repeat(length).into());
    let long_name = "n".repeat(256);
    assert!(refused(Header::new(long_name, text(1)), 0).contains("its name is too long"));
    assert!(refused(Header::new("a", text(65_536)), 0).contains("header a of an event"));
    assert!(refused(Header::new("a", text(1)), MAX_PAYLOAD + 1).contains("payload"));
    let far = HeaderValue::Timestamp(DateTime::from_secs(i64::MAX));
    assert!(refused(Header::new("a", far), 0).contains("out of range"));
}
