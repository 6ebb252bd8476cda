//! Reads JSON: one object a line, objects over several lines, or an array of objects.

use super::{Item, MAX_RECORD_BYTES, ReadError};
use crate::runs::cell::{Cell, Row};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::{BufRead, Read as _};
use std::sync::Arc;

/// The number of members above which duplicates are found by a table.
const MANY_MEMBERS: usize = 32;
/// The number of names that are cached, so that records share them.
const NAMES: usize = 4096;
/// The maximum size of a cached name, which limits the size of the cache.
const MAX_CACHED_NAME: usize = 1024;

pub(super) fn records<E>(
    bytes: impl BufRead,
    take: &mut dyn FnMut(Item) -> Result<(), E>,
) -> Result<(), ReadError<E>> {
    let mut values = Values {
        bytes,
        text: Vec::new(),
        number: 0,
        in_array: false,
        by_line: false,
    };
    let mut names = Names::default();
    loop {
        match values.next().map_err(ReadError::Source)? {
            false => return Ok(()),
            true => {
                let item = names.item(&values.text, values.number);
                take(item).map_err(ReadError::Stopped)?;
            }
        }
    }
}

/// Reads a single record.
pub(crate) fn record(text: &[u8]) -> Result<Row, String> {
    Names::default().row(text)
}

/// A reader of the values of a document.
struct Values<R> {
    bytes: R,
    text: Vec<u8>,
    number: u64,
    in_array: bool,
    /// `true` if each line is a value, as the first one was.
    by_line: bool,
}

/// The state of the scan of a value.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_text: bool,
    escaped: bool,
}

/// The effect of a byte on the scan.
#[derive(PartialEq, Eq)]
enum Step {
    Inside,
    /// The byte is the last of the value.
    Last,
    /// The byte comes after the value.
    After,
}

impl Scan {
    fn step(&mut self, byte: u8, in_array: bool) -> Step {
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
            return Step::Inside;
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth == 1 => return Step::Last,
            b']' if self.depth == 0 && in_array => return Step::After,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            b',' if self.depth == 0 && in_array => return Step::After,
            b'\n' if self.depth == 0 => return Step::After,
            _ => {}
        }
        Step::Inside
    }
}

impl<R: BufRead> Values<R> {
    /// Reads the next value. If each line is a value, it ends with the line even if a bracket is missing.
    fn next(&mut self) -> Result<bool, String> {
        self.text.clear();
        if !self.skip_to_value()? {
            return Ok(false);
        }
        self.number += 1;
        if self.by_line {
            return self.line();
        }
        let mut scan = Scan::default();
        loop {
            let buffer = self.bytes.fill_buf().map_err(|error| error.to_string())?;
            if buffer.is_empty() {
                return Ok(true);
            }
            let mut used = 0;
            let mut step = Step::Inside;
            // A new object at the start of a line, within one that began on an earlier line: the earlier one is incomplete.
            let mut broken_off = false;
            for &byte in buffer {
                if byte == b'{'
                    && !self.in_array
                    && self.text.last() == Some(&b'\n')
                    && self.text.first() == Some(&b'{')
                    && scan.depth > 0
                    && !inside_list(&self.text)
                {
                    broken_off = true;
                    break;
                }
                step = scan.step(byte, self.in_array);
                if step == Step::After {
                    break;
                }
                used += 1;
                self.text.push(byte);
                if step == Step::Last {
                    break;
                }
            }
            self.bytes.consume(used);
            if broken_off || step != Step::Inside {
                self.by_line = self.number == 1 && !self.in_array && self.is_a_line()?;
                return Ok(true);
            }
            if self.text.len() > MAX_RECORD_BYTES {
                return Err(format!("record {} is longer than 16 MB", self.number));
            }
        }
    }

    /// Returns whether the value is alone on its line.
    fn is_a_line(&mut self) -> Result<bool, String> {
        let next = self.bytes.fill_buf().map_err(|error| error.to_string())?;
        let ends = matches!(next.first(), Some(b'\n' | b'\r'));
        Ok(ends && !self.text.contains(&b'\n'))
    }

    /// Reads the rest of a line.
    fn line(&mut self) -> Result<bool, String> {
        let most = MAX_RECORD_BYTES as u64 + 1;
        let bytes = &mut self.bytes;
        let read = bytes.take(most).read_until(b'\n', &mut self.text);
        read.map_err(|error| error.to_string())?;
        if self.text.len() > MAX_RECORD_BYTES {
            return Err(format!("record {} is longer than 16 MB", self.number));
        }
        Ok(true)
    }

    /// Skips separators; returns whether there is another value.
    fn skip_to_value(&mut self) -> Result<bool, String> {
        loop {
            let buffer = self.bytes.fill_buf().map_err(|error| error.to_string())?;
            let Some(&byte) = buffer.first() else {
                return if self.in_array {
                    Err("unterminated array".to_owned())
                } else {
                    Ok(false)
                };
            };
            match byte {
                b'[' if self.number == 0 && !self.in_array => self.in_array = true,
                b']' if self.in_array => self.in_array = false,
                b',' => {}
                blank if blank.is_ascii_whitespace() => {}
                _ => return Ok(true),
            }
            self.bytes.consume(1);
        }
    }
}

/// Returns whether an unfinished object continues with the elements of a list, which may begin a line.
fn inside_list(text: &[u8]) -> bool {
    let last = text.iter().rev().find(|byte| !byte.is_ascii_whitespace());
    matches!(last, Some(b'[' | b',' | b':'))
}

/// Converts values to records.
#[derive(Default)]
struct Names(BTreeMap<String, Arc<str>>);

impl Names {
    fn item(&mut self, text: &[u8], number: u64) -> Item {
        match self.row(text) {
            Ok(row) => Item::Record(row),
            Err(reason) => Item::Broken {
                text: String::from_utf8_lossy(text).trim_end().to_owned(),
                reason: format!("record {number}: {reason}"),
            },
        }
    }

    fn row(&mut self, text: &[u8]) -> Result<Row, String> {
        let Members(members) =
            serde_json::from_slice(text).map_err(|error| format!("not a JSON object: {error}"))?;
        let mut row = Row(Vec::with_capacity(members.len() + 2));
        let mut positions = (members.len() > MANY_MEMBERS).then(HashMap::new);
        for (name, value) in members {
            let name = self.shared(name);
            let cell = cell(value.get()).map_err(|error| format!("`{name}`: {error}"))?;
            // The last of several members with one name counts, as in other JSON parsers.
            match &mut positions {
                None => row.set(&name, cell),
                Some(positions) => match positions.entry(name.clone()) {
                    Entry::Vacant(entry) => {
                        entry.insert(row.0.len());
                        row.0.push((name, cell));
                    }
                    Entry::Occupied(entry) => {
                        if let Some((_, found)) = row.0.get_mut(*entry.get()) {
                            *found = cell;
                        }
                    }
                },
            }
        }
        Ok(row)
    }

    fn shared(&mut self, name: String) -> Arc<str> {
        if let Some(known) = self.0.get(&name) {
            return known.clone();
        }
        let shared: Arc<str> = name.as_str().into();
        if self.0.len() < NAMES && name.len() <= MAX_CACHED_NAME {
            self.0.insert(name, shared.clone());
        }
        shared
    }
}

fn cell(text: &str) -> Result<Cell, serde_json::Error> {
    Ok(match text.as_bytes().first() {
        Some(b'"') => Cell::Text(serde_json::from_str(text)?),
        Some(b'{' | b'[') => Cell::Nested(compact(text)),
        Some(b't') => Cell::Bool(true),
        Some(b'f') => Cell::Bool(false),
        Some(b'n') | None => Cell::Null,
        Some(_) => Cell::Number(text.to_owned()),
    })
}

/// Returns an object or an array without white space between its tokens. Records are lines in files, in spools and in batches
/// for connectors, so no value may contain a line end.
fn compact(text: &str) -> String {
    let (mut in_text, mut escaped) = (false, false);
    let is_kept = |character: &char| {
        let is_blank = !in_text && character.is_ascii_whitespace();
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => in_text = !in_text,
            _ => {}
        }
        !is_blank
    };
    text.chars().filter(is_kept).collect()
}

/// The members of an object, in order and unparsed.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    members.push(entry);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Visit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<String>, String> {
        let mut found = Vec::new();
        let read = records(text.as_bytes(), &mut |item| {
            found.push(match item {
                Item::Record(row) => row.json(),
                Item::Broken { reason, .. } => reason.split(':').next().unwrap().to_owned(),
            });
            Ok::<(), ()>(())
        });
        read.map(|()| found).map_err(|error| error.to_string())
    }

    #[test]
    fn names_are_shared_unless_they_are_long() {
        let mut names = Names::default();
        let mut is_shared = |size: usize| {
            let (first, second) = (
                names.shared("n".repeat(size)),
                names.shared("n".repeat(size)),
            );
            Arc::ptr_eq(&first, &second)
        };
        assert!(is_shared(1) && is_shared(MAX_CACHED_NAME));
        assert!(!is_shared(MAX_CACHED_NAME + 1));
    }

    #[test]
    fn nested_values_lose_white_space_outside_of_texts_only() {
        let nested = "{\"a\":\r\n{ \"b c\\\" \\\\\" :\t[ 1.0 ,\n\" d\\n \" ] }\n}";
        let expected = "{\"a\":{\"b c\\\" \\\\\":[1.0,\" d\\n \"]}}";
        assert_eq!(read(nested).unwrap(), [expected]);
    }

    #[test]
    fn lines_objects_and_arrays_are_read() {
        let table: [(&str, &[&str]); 10] = [
            ("{\"a\":1}\n{\"a\":2}\n", &["{\"a\":1}", "{\"a\":2}"]),
            ("{\"a\":1}{\"a\":2}", &["{\"a\":1}", "{\"a\":2}"]),
            (
                "{\n  \"a\": \"}\"\n}\n{\n  \"a\": [1,\n{\"b\": 2}]\n}",
                &["{\"a\":\"}\"}", "{\"a\":[1,{\"b\":2}]}"],
            ),
            (
                "[{\"a\":1},\n{\"a\":\"]\"}]",
                &["{\"a\":1}", "{\"a\":\"]\"}"],
            ),
            ("[]", &[]),
            ("{\"a\":1\n{\"a\":2}\n", &["record 1", "{\"a\":2}"]),
            (
                "{\"a\":1}\n{\"a\":\n{\"a\":2}\n",
                &["{\"a\":1}", "record 2", "{\"a\":2}"],
            ),
            (
                "nonsense\n{\"a\":2}\n7\n",
                &["record 1", "{\"a\":2}", "record 3"],
            ),
            ("[1,{\"a\":2}]", &["record 1", "{\"a\":2}"]),
            ("{\"a\":1,\"a\":2}", &["{\"a\":2}"]),
        ];
        for (text, expected) in table {
            assert_eq!(read(text).unwrap(), expected, "{text}");
        }
        assert!(
            read("[{\"a\":1},")
                .unwrap_err()
                .contains("unterminated array")
        );
    }
}
