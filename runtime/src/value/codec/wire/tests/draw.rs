//! [`Draw`]: generates random types, documents that nearly match them, and mutations of these documents.

use super::any::{Field, Kind, fields, leaked, simple_kinds};
use crate::value::schema::Location;
use std::fmt::Write;

/// Texts between quotation marks.
pub(super) const TEXTS: [&str; 40] = [
    "",
    "a",
    "true",
    "False",
    "NaN",
    "-Infinity",
    " 12 ",
    "-7",
    "1e3",
    "1.5",
    "300",
    "99999999999999999999",
    "aGk=",
    "aGk",
    "2020-01-01T00:00:00Z",
    "2020-01-01T00:00:00.123+01:00",
    "Wed, 21 Oct 2015 07:28:00 GMT",
    "seven77",
    "eight888",
    "nine99999",
    "sixteen-sixteen-",
    "a longer text, with an end",
    "é",
    "漢字漢字漢字",
    "😀",
    r"a\nb",
    r#"\"\\\/\b\f\n\r\t"#,
    r"\u00e9\u0041\uABCD",
    r"\ud83d\ude00",
    r"x\uD83D\uDE00y",
    r"\ud800",
    r"\ud800x",
    r"\ud800\n",
    r"\ud800\u0041",
    r"\udc00",
    r"\u12",
    r"\u12g4",
    r"\x",
    "\u{1}",
    "seven77\u{1f}",
];

/// Numbers, and texts that resemble one.
pub(super) const NUMBERS: [&str; 52] = [
    "0",
    "-0",
    "1",
    "-1",
    "7",
    "127",
    "128",
    "-129",
    "255",
    "32768",
    "2147483647",
    "2147483648",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "184467440737095516150",
    "-18446744073709551616",
    "1.0",
    "-0.0",
    "1.5",
    "-2.9",
    "1e3",
    "1E+2",
    "1e-5",
    "0.1",
    "0.000001",
    "1700000000.123",
    "1700000000.1234567",
    "3.14159265358979323846264338",
    "9007199254740993.0",
    "123456789012345678901234567890.125e-3",
    "1.7976931348623157e308",
    "1.7976931348623159e308",
    "4.9e-324",
    "1e-400",
    "1e999",
    "-1e999",
    "0e999",
    "0.0e-7",
    "1e99999999999x",
    "0e99999999999",
    "1e-99999999999",
    "01",
    "-",
    "-x",
    "1.",
    "1.e1",
    "1e",
];

/// Other values, and texts that resemble one.
pub(super) const ODD: [&str; 30] = [
    "null",
    "true",
    "false",
    "nul",
    "nulL",
    "tru",
    "truE",
    "falsy",
    "x",
    "NaN",
    "+1",
    ".5",
    "1e+",
    "[]",
    "{}",
    "[1]",
    "[null]",
    "[1,]",
    "[,1]",
    "[1 2]",
    r#"{"a":1}"#,
    r#"{"a":null,"a":2}"#,
    r#"{"a"}"#,
    r#"{"a":}"#,
    r#"{"a":1,}"#,
    r#"{1:2}"#,
    "{,}",
    r#"{"a":1 "b":2}"#,
    r#"{"\ud800":1}"#,
    "]",
];

/// Pieces of text that are hard to read.
pub(super) const PIECES: [&[u8]; 22] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b"\\u",
    b"\\uD800",
    b":",
    b",",
    b"null",
    b"-",
    b"1e999",
    b"0",
    b"e",
    b".",
    b"\xff",
    b"\xc3\xa9",
    b"\0",
    b"\n",
    b" ",
    b"\x0c",
];

const NAMES: [&str; 6] = ["a", "b", "name", "é", "long-name-of-member", "quo\"te"];

pub(super) struct Draw(fastrand::Rng);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// Generates a type.
    pub(super) fn kind(&mut self) -> &'static Kind {
        self.kind_of_depth(4)
    }

    fn kind_of_depth(&mut self, depth: usize) -> &'static Kind {
        let simple: Vec<_> = simple_kinds().collect();
        let kind = match self.0.usize(..if depth == 0 { 4 } else { 12 }) {
            0..4 => return simple[self.0.usize(..simple.len())],
            4 | 5 => Kind::List(self.kind_of_depth(depth - 1), self.0.bool()),
            6 | 7 => Kind::Map(self.kind_of_depth(depth - 1), self.0.bool()),
            8 => Kind::Union(fields(self.members(depth - 1))),
            _ => Kind::Structure(fields(self.members(depth - 1))),
        };
        leaked(kind)
    }

    fn members(&mut self, depth: usize) -> Vec<Field> {
        let first = self.0.usize(..NAMES.len());
        let names = NAMES.iter().skip(first);
        names
            .map(|name| Field {
                name,
                kind: self.kind_of_depth(depth),
                is_optional: self.0.u8(..3) > 0,
                is_sensitive: self.0.u8(..5) == 0,
                location: match self.0.u8(..8) {
                    0 => Location::Header("x-a"),
                    _ => Location::Body,
                },
            })
            .collect()
    }

    /// Generates a document that matches most of the type.
    pub(super) fn document(&mut self, kind: &Kind) -> String {
        let mut json = String::new();
        let oddness = [0, 0, 5, 30][self.0.usize(..4)];
        self.value(kind, oddness, &mut json);
        json
    }

    /// Writes a value. Of a hundred values, `oddness` do not match.
    fn value(&mut self, kind: &Kind, oddness: u8, json: &mut String) {
        self.space(json);
        if self.0.u8(..100) < oddness {
            self.odd(json);
        } else {
            self.fitting(kind, oddness, json);
        }
        self.space(json);
    }

    fn space(&mut self, json: &mut String) {
        if self.0.u8(..6) == 0 {
            json.push_str([" ", "\n", "\t", "\r\n", "  \n  "][self.0.usize(..5)]);
        }
    }

    fn odd(&mut self, json: &mut String) {
        match self.0.u8(..4) {
            0 => json.push_str("null"),
            1 => json.push_str(ODD[self.0.usize(..ODD.len())]),
            2 => json.push_str(NUMBERS[self.0.usize(..NUMBERS.len())]),
            _ => {
                let text = TEXTS[self.0.usize(..TEXTS.len())];
                let _ = write!(json, "\"{text}\"");
            }
        }
    }

    fn fitting(&mut self, kind: &Kind, oddness: u8, json: &mut String) {
        let count = self.0.usize(..4);
        match kind {
            Kind::Boolean => json.push_str(["true", "false"][self.0.usize(..2)]),
            Kind::String | Kind::Enum => {
                let text = TEXTS[self.0.usize(..30)];
                let _ = write!(json, "\"{text}\"");
            }
            Kind::Blob => json.push_str("\"aGk=\""),
            Kind::List(kind, _) => {
                self.between(json, ['[', ']'], count, |this, json, _| {
                    this.value(kind, oddness, json);
                });
            }
            Kind::Map(kind, _) => self.between(json, ['{', '}'], count, |this, json, _| {
                let name = NAMES[this.0.usize(..NAMES.len())];
                this.name(name, json);
                this.value(kind, oddness, json);
            }),
            Kind::Structure(of) => {
                let count = of.members.len();
                self.between(json, ['{', '}'], count, |this, json, index| {
                    this.member(&of.members, index, oddness, json);
                });
            }
            Kind::Union(of) => {
                let index = self.0.usize(..of.members.len());
                let count = usize::from(self.0.u8(..10) > 0) + usize::from(self.0.u8(..10) == 0);
                self.between(json, ['{', '}'], count, |this, json, _| {
                    this.member(&of.members, index, oddness, json);
                });
            }
            Kind::Document | Kind::Ignored => {
                let others: Vec<_> = simple_kinds().collect();
                let other = others[self.0.usize(1..others.len() - 1)];
                self.between(json, ['[', ']'], count, |this, json, _| {
                    this.value(other, oddness, json);
                });
            }
            _ => json.push_str(NUMBERS[self.0.usize(..6)]),
        }
    }

    fn between(
        &mut self,
        json: &mut String,
        [first, last]: [char; 2],
        count: usize,
        mut write: impl FnMut(&mut Self, &mut String, usize),
    ) {
        json.push(first);
        for index in 0..count {
            if index > 0 {
                json.push(',');
            }
            write(self, json, index);
        }
        json.push(last);
    }

    /// Writes a member: in most cases that at the index, and sometimes an unknown one.
    fn member(&mut self, members: &[Field], index: usize, oddness: u8, json: &mut String) {
        let field = match self.0.u8(..10) {
            0 => &members[self.0.usize(..members.len())],
            _ => &members[index],
        };
        if self.0.u8(..12) == 0 {
            self.name("unknown", json);
        } else {
            self.name(field.name, json);
        }
        self.value(field.kind, oddness, json);
    }

    fn name(&mut self, name: &str, json: &mut String) {
        self.space(json);
        if self.0.u8(..12) == 0 {
            let units = name.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
            let _ = write!(json, "\"{}\"", units.collect::<String>());
        } else {
            let _ = write!(json, "\"{}\"", name.replace('"', "\\\""));
        }
        self.space(json);
        json.push(':');
    }

    /// Returns the document with a few changed bytes.
    pub(super) fn mutated(&mut self, json: &[u8]) -> Vec<u8> {
        let mut bytes = json.to_vec();
        for _ in 0..self.0.usize(1..4) {
            let at = self.0.usize(..=bytes.len());
            let until = self.0.usize(at..=bytes.len().min(at + 8));
            match self.0.u8(..5) {
                0 => drop(bytes.drain(at..until)),
                1 => {
                    let piece = PIECES[self.0.usize(..PIECES.len())];
                    drop(bytes.splice(at..at, piece.iter().copied()));
                }
                2 => {
                    let copy = bytes[at..until].to_vec();
                    drop(bytes.splice(at..at, copy));
                }
                3 => bytes.truncate(at),
                _ => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = self.0.u8(..0x80);
                    }
                }
            }
        }
        bytes
    }
}
