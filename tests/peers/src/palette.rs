//! Random values that are known to break serializers and parsers.

use aws_smithy_types::base64;
use fastrand::Rng;
use serde_json::{Value, json};

/// Pieces of text: scripts, signs beyond 16 bits, combining marks, controls, and what URLs and JSON must escape.
const PIECES: &[&str] = &[
    "a",
    "Z",
    "0",
    "plain-text",
    "two words",
    "arn:aws:appflow:us-west-2:123456789012:flow/x",
    "/",
    "//",
    "..",
    "?",
    "&",
    "=",
    "+",
    "%",
    "%20",
    "%2F",
    "#",
    ";",
    ",",
    "~",
    "*",
    "'",
    "\"",
    "\\",
    "\\u0041",
    "<",
    ">",
    "{",
    "}",
    "$",
    "!",
    "@",
    "|",
    "^",
    "`",
    "é",
    "ß",
    "漢字",
    "🦀",
    "👩\u{200d}🚀",
    "e\u{301}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{fffd}",
    "\u{10ffff}",
    "שלום",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\n",
    "\r\n",
    "\t",
    "\u{0}",
    "\u{1f}",
    " ",
];

/// Timestamps as RFC 3339: before 1970, at both ends of botocore's range, leap days, with and without a fraction.
const MOMENTS: &[&str] = &[
    "1970-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "1969-12-31T23:59:59.5Z",
    "1901-12-13T20:45:51Z",
    "1600-02-29T00:00:00.25Z",
    "2000-02-29T12:00:00Z",
    "2025-08-01T09:30:00.123Z",
    "2025-08-01T09:30:00.123456Z",
    "2025-08-01T09:30:00.000001Z",
    "2025-08-01T09:30:00.999999Z",
    "2038-01-19T03:14:08Z",
    "2100-03-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2026-01-02T03:04:05+02:00",
    "2026-01-02T03:04:05.75-07:30",
];

/// Such timestamps in every format that a server may send.
const FORMS: &[&str] = &[
    "1422172800",
    "-1",
    "0",
    "1422172800.5",
    "-0.25",
    "1422172800.123456",
    "1.4221728e9",
    "4102444800",
    "\"1422172800\"",
    "\"1422172800.25\"",
    "\"2015-01-25T08:00:00Z\"",
    "\"2015-01-25T08:00:00.123Z\"",
    "\"2015-01-25T08:00:00.123456Z\"",
    "\"2015-01-25T08:00:00+05:30\"",
    "\"2015-01-25T08:00:00.5-08:00\"",
    "\"1969-07-20T20:17:40Z\"",
    "\"Sun, 25 Jan 2015 08:00:00 GMT\"",
    "\"2015-01-25t08:00:00z\"",
    "\"2015-01-25 08:00:00Z\"",
    "\"20150125T080000Z\"",
    "\"2015-01-25T08:00:00+0000\"",
];

/// Draws text of at most `longest` characters, sometimes of exactly as many, or empty.
pub(crate) fn text(rng: &mut Rng, longest: usize) -> String {
    match rng.u8(..32) {
        0 => String::new(),
        1 => {
            let pattern = if rng.bool() { "x" } else { "é🦀" };
            pattern.chars().cycle().take(longest).collect()
        }
        2..=12 => format!("value-{}", rng.u32(..)),
        _ => {
            let pieces = (0..rng.usize(1..6)).map(|_| PIECES[rng.usize(..PIECES.len())]);
            pieces.collect::<String>().chars().take(longest).collect()
        }
    }
}

/// Draws a timestamp as RFC 3339.
pub(crate) fn timestamp(rng: &mut Rng) -> String {
    MOMENTS[rng.usize(..MOMENTS.len())].to_owned()
}

/// Draws a timestamp in any format.
pub(crate) fn any_timestamp(rng: &mut Rng) -> Value {
    let form = FORMS[rng.usize(..FORMS.len())];
    serde_json::from_str(form).unwrap_or(Value::Null)
}

/// Draws a number with a fraction, or close to one.
pub(crate) fn double(rng: &mut Rng) -> Value {
    let numbers = [
        0.0,
        -0.0,
        1.0,
        -1.5,
        0.1,
        1e21,
        1e-7,
        f64::MAX,
        f64::MIN_POSITIVE,
        5e-324,
        9_007_199_254_740_993.0,
        123_456.789,
    ];
    json!(numbers[rng.usize(..numbers.len())])
}

/// Draws a 32-bit number in its shortest form.
pub(crate) fn float(rng: &mut Rng) -> Value {
    let numbers = [0.0, 1.0, -1.5, 0.1, 0.7, 1e10, 16_777_216.0, 123.456];
    json!(numbers[rng.usize(..numbers.len())])
}

/// Draws bytes in base64: none, a few, or thousands; text or not.
pub(crate) fn blob(rng: &mut Rng) -> Value {
    let length = [0, 1, 2, 3, 60, 5_000][rng.usize(..6)];
    let bytes: Vec<u8> = (0..length).map(|_| rng.u8(..)).collect();
    json!(base64::encode(bytes))
}

/// Draws any JSON except null.
pub(crate) fn document(rng: &mut Rng) -> Value {
    match unknown(rng) {
        Value::Null => json!({"nothing": null}),
        value => value,
    }
}

/// Draws any JSON.
pub(crate) fn unknown(rng: &mut Rng) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(-1.5e300),
        json!(u64::MAX),
        json!("text \u{2028} 🦀"),
        json!([[], {}, [null, [1]]]),
        json!({"a": {"b": [{"c": null}]}, "": ""}),
    ];
    values[rng.usize(..values.len())].clone()
}
