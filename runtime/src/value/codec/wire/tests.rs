//! Compares both JSON readers, that of the wire and serde_json, on random documents and random types.

mod any;
mod draw;

use super::compare::{Outcome, by_serde, by_wire};
use crate::value::shape::Slot;
use any::{Any, Kind};
use draw::Draw;

/// The number of random types, each of which is read from several documents.
const TYPES: u64 = 1_500;

/// Reads a document with both readers, as a client and as a service.
#[track_caller]
fn compare(json: &[u8], kind: &'static Kind, note: &dyn std::fmt::Display) -> [Outcome; 2] {
    [false, true].map(|exact| {
        let (mut one, mut other) = (Any::empty(kind), Any::empty(kind));
        let wire = by_wire(json, one.slot(), kind.target(), exact);
        let serde = by_serde(json, other.slot(), kind.target(), exact);
        let about = || {
            let json = String::from_utf8_lossy(json);
            format!("{note}, exact {exact}\n{kind:?}\n{json}")
        };
        if !is_told_better(&wire, &serde) {
            assert_eq!(wire, serde, "{}", about());
        }
        if wire.is_ok() {
            assert_eq!(one.shown(), other.shown(), "{}", about());
        }
        wire
    })
}

/// Returns whether only the position of the error differs: serde_json reads the text of a number of any size as a
/// separate document, so the position of a fault in it is wrong.
fn is_told_better(wire: &Outcome, serde: &Outcome) -> bool {
    let (Err(wire), Err(serde)) = (wire, serde) else {
        return false;
    };
    let message = |text: &str| text.split(" at line ").next().map(str::to_owned);
    let is_surrogate = wire.1.contains("hex escape") && !wire.2 && serde.2;
    is_surrogate && wire.0 == serde.0 && message(&wire.1) == message(&serde.1)
}

#[test]
fn drawn_documents_are_read_as_serde_json_reads_them() {
    let types = std::env::var("WIRE_TYPES").ok();
    let types = types.and_then(|types| types.parse().ok()).unwrap_or(TYPES);
    let (mut read, mut refused) = (0_u64, 0_u64);
    for seed in 0..types {
        let mut draw = Draw::new(seed);
        let kind = draw.kind();
        for _ in 0..8 {
            let json = draw.document(kind);
            let mutated = draw.mutated(json.as_bytes());
            for json in [json.as_bytes(), &mutated] {
                for outcome in compare(json, kind, &format_args!("seed {seed}")) {
                    *(if outcome.is_ok() {
                        &mut read
                    } else {
                        &mut refused
                    }) += 1;
                }
            }
        }
    }
    // Neither outcome is rare, so both are compared.
    let all = read + refused;
    assert!(read > all / 5 && refused > all / 5, "{read} {refused}");
}

#[test]
fn every_odd_value_is_read_as_every_type_as_serde_json_reads_it() {
    let values = draw::TEXTS.iter().map(|text| format!("\"{text}\""));
    let values = values.chain(
        draw::NUMBERS
            .iter()
            .chain(&draw::ODD)
            .map(ToString::to_string),
    );
    for value in values {
        for kind in any::simple_kinds() {
            let around = [
                (format!(" {value}\n"), kind),
                (format!("[{value}, {value}]"), any::list_of(kind)),
                (format!("{{\n\"k\" :{value}}}"), any::map_of(kind)),
                (
                    format!("{{\"a\":{value},\"x\":{value}}}"),
                    any::structure_of(kind),
                ),
                (format!("{{\"a\":{value},\"x\":null}}"), any::union_of(kind)),
            ];
            for (json, kind) in around {
                let _ = compare(json.as_bytes(), kind, &value);
            }
        }
    }
}

#[test]
fn every_prefix_of_a_document_is_rejected_as_by_serde_json() {
    let json = r#" {"a" : [ {"k" : -1.5e+1, "é\u00e9\n": [true, null]} ,"\ud83d\ude00"], "x":{"y":[{}, [1]]}} "#;
    let kinds = [
        any::structure_of(any::list_of(any::map_of(any::DOCUMENT))),
        any::structure_of(any::DOCUMENT),
        any::map_of(any::DOCUMENT),
        any::union_of(any::DOCUMENT),
        any::IGNORED,
        any::DOCUMENT,
    ];
    for end in 0..=json.len() {
        for kind in kinds {
            let _ = compare(&json.as_bytes()[..end], kind, &end);
            for piece in draw::PIECES {
                let with = [&json.as_bytes()[..end], piece, &json.as_bytes()[end..]].concat();
                let _ = compare(&with, kind, &end);
            }
        }
    }
}

#[test]
fn documents_are_as_deep_as_serde_json_reads_them_and_what_is_skipped_is_deeper() {
    for depth in [1, 125, 126, 127, 128, 129, 5_000] {
        let lists = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let objects = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        for json in [&lists, &objects] {
            let [read, _] = compare(json.as_bytes(), any::DOCUMENT, &depth);
            assert_eq!(read.is_ok(), depth < 128, "{depth}");
            let json = format!("{{\"x\":{json}}}");
            let [read, _] = compare(json.as_bytes(), any::structure_of(any::DOCUMENT), &depth);
            assert!(read.is_ok(), "{depth}");
        }
    }
}

#[test]
fn invalid_utf8_is_rejected_with_its_offset() {
    for json in [
        b"\"\xff\"".as_slice(),
        b"[\"abc\", \"\xc3\"]",
        b"\xef\xbb\xbf{}",
        b"",
        b" \n ",
    ] {
        let [read, _] = compare(json, any::DOCUMENT, &"bytes");
        assert!(read.is_err(), "{json:?}");
    }
}

#[test]
fn numbers_are_rounded_once() {
    // serde_json multiplies rounded numbers unless it is configured otherwise, as it is in these tests.
    let table = [
        ("2.2250738585072011e-308", 2.225_073_858_507_201e-308),
        (
            "123456789012345678901234567890",
            123_456_789_012_345_678_901_234_567_890.0,
        ),
        ("0.30000000000000004", 0.300_000_000_000_000_04),
        ("1700000000.123", 1_700_000_000.123),
        ("9007199254740993.0", 9_007_199_254_740_992.0),
    ];
    for (json, expected) in table {
        let mut read = 0.0_f64;
        let outcome = by_wire(json.as_bytes(), Slot::Double(&mut read), None, false);
        assert_eq!(
            (outcome, read.to_bits()),
            (Ok(Vec::new()), f64::to_bits(expected)),
            "{json}"
        );
    }
}
