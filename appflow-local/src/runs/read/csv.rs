//! Reads CSV: a header, commas, quotes as in RFC 4180, any line ends, UTF-8.

use super::{Item, MAX_RECORD_BYTES, ReadError};
use crate::runs::cell::{Cell, Row};
use ::csv::{ByteRecord, ReaderBuilder};
use std::cell::Cell as Counter;
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::rc::Rc;
use std::sync::Arc;

pub(super) fn records<E>(
    bytes: impl Read,
    take: &mut dyn FnMut(Item) -> Result<(), E>,
) -> Result<(), ReadError<E>> {
    let failed = |error: ::csv::Error| ReadError::Source(error.to_string());
    let watch = Rc::new(Watch::default());
    let bytes = Watched {
        bytes,
        watch: watch.clone(),
    };
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(bytes);
    let header = reader.byte_headers().map_err(failed)?;
    watch.check_end(1).map_err(ReadError::Source)?;
    let header = names(header).map_err(ReadError::Source)?;
    let mut record = ByteRecord::new();
    loop {
        watch.left.set(MAX_RECORD_BYTES);
        if !reader.read_byte_record(&mut record).map_err(failed)? {
            return Ok(());
        }
        let line = record.position().map_or(0, ::csv::Position::line);
        watch.check_end(line).map_err(ReadError::Source)?;
        let item = match row(&header, &record) {
            Ok(row) => Item::Record(row),
            Err(reason) => Item::Broken {
                text: text(&record),
                reason: format!("line {line}: {reason}"),
            },
        };
        take(item).map_err(ReadError::Stopped)?;
    }
}

fn names(header: &ByteRecord) -> Result<Vec<Arc<str>>, String> {
    let mut seen = BTreeSet::new();
    let mut names = Vec::with_capacity(header.len());
    for name in header {
        let name = std::str::from_utf8(name).map_err(|_| "line 1: the header is not UTF-8")?;
        if !seen.insert(name) {
            return Err(format!("line 1: duplicate column `{name}`"));
        }
        names.push(name.into());
    }
    Ok(names)
}

fn row(header: &[Arc<str>], record: &ByteRecord) -> Result<Row, String> {
    if record.len() != header.len() {
        return Err(format!(
            "{} fields, but the header has {}",
            record.len(),
            header.len()
        ));
    }
    let mut row = Row(Vec::with_capacity(header.len() + 2));
    for (name, value) in header.iter().zip(record) {
        let value = std::str::from_utf8(value).map_err(|_| format!("`{name}` is not UTF-8"))?;
        row.0.push((name.clone(), Cell::Text(value.to_owned())));
    }
    Ok(row)
}

fn text(record: &ByteRecord) -> String {
    let fields: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
    fields.join(",")
}

/// The state of the bytes that were read, beyond the records that the parser returns.
struct Watch {
    /// The number of bytes that the record may still have.
    left: Counter<usize>,
    place: Counter<Place>,
    /// `true` if there are no more bytes.
    has_ended: Counter<bool>,
}

impl Default for Watch {
    fn default() -> Self {
        Self {
            left: Counter::new(MAX_RECORD_BYTES),
            place: Counter::new(Place::Start),
            has_ended: Counter::new(false),
        }
    }
}

impl Watch {
    /// Returns an error if the input ends within quotes. The parser makes a record of all that follows the open quote, and reads
    /// to the end for it, so this is called after each record.
    fn check_end(&self, line: u64) -> Result<(), String> {
        if self.has_ended.get() && self.place.get() == Place::Quoted {
            return Err(format!("line {line}: unterminated quote"));
        }
        Ok(())
    }
}

/// A place in CSV, by the rules of the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before a field, where a quote opens one.
    Start,
    /// In a field without quotes, where a quote is a character.
    Plain,
    /// Within quotes.
    Quoted,
    /// After a quote within quotes, which closes them unless another one follows.
    Closed,
}

impl Place {
    fn after(self, bytes: &[u8]) -> Self {
        // Most bytes are read in pieces without any quote, in which only the last byte counts.
        match bytes.last() {
            None => self,
            Some(_) if bytes.contains(&b'"') => bytes.iter().fold(self, Self::after_byte),
            Some(last) => self.after_byte(last),
        }
    }

    fn after_byte(self, byte: &u8) -> Self {
        match (self, byte) {
            (Self::Quoted, b'"') => Self::Closed,
            (Self::Quoted, _) | (Self::Start | Self::Closed, b'"') => Self::Quoted,
            (_, b',' | b'\n' | b'\r') => Self::Start,
            _ => Self::Plain,
        }
    }
}

/// A reader that limits the size of a record and watches quotes.
struct Watched<R> {
    bytes: R,
    watch: Rc<Watch>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        let watch = &self.watch;
        let left = watch.left.get().checked_sub(read);
        let left = left.ok_or_else(|| io::Error::other("a record is longer than 16 MB"))?;
        watch.left.set(left);
        watch.has_ended.set(read == 0);
        let new = buffer.get(..read).unwrap_or_default();
        watch.place.set(watch.place.get().after(new));
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader of one byte at a time.
    struct ByteByByte<'a>(&'a [u8]);

    impl Read for ByteByByte<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let size = buffer.len().min(1);
            self.0.read(&mut buffer[..size])
        }
    }

    /// Returns the number of records, and the error.
    fn read(bytes: impl Read) -> (usize, Option<String>) {
        let mut taken = 0;
        let read = records(bytes, &mut |_| {
            taken += 1;
            Ok::<(), ()>(())
        });
        (taken, read.err().map(|error| error.to_string()))
    }

    #[test]
    fn an_open_quote_at_the_end_is_an_error_wherever_pieces_end() {
        let long = format!("a\n\"{}", "x\n".repeat(50_000));
        let table = [
            ("a\n\"x\"", 1, None),
            ("a\nx\"", 1, None),
            ("a\n\"x\"\"\"", 1, None),
            ("a\n\"x\"y\"", 1, None),
            ("a,b\n\"x,\n\",\"\"\r\n", 1, None),
            ("a\n\"", 0, Some("line 2")),
            ("a\n\"x\"\"\r\n", 0, Some("line 2")),
            ("a,b\n1,2\n1,\"x\n2,y\n", 1, Some("line 3")),
            ("\"a,b\n1,2\n", 0, Some("line 1")),
            (&long, 0, Some("line 2")),
        ];
        for (text, count, expected) in table {
            let expected = expected.map(|line| format!("{line}: unterminated quote"));
            let expected = (count, expected);
            assert_eq!(read(text.as_bytes()), expected, "{text:?}");
            assert_eq!(read(ByteByByte(text.as_bytes())), expected, "{text:?}");
        }
    }
}
