//! CSV in, records out: a header first, then texts. Commas, quotes as in RFC 4180, any line ends, UTF-8.

use super::{Item, LONGEST_RECORD, ReadError};
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
    let left = Rc::new(Counter::new(LONGEST_RECORD));
    let bytes = Bounded {
        bytes,
        left: left.clone(),
    };
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(bytes);
    let header = reader.byte_headers().map_err(failed)?;
    let header = names(header).map_err(ReadError::Source)?;
    let mut record = ByteRecord::new();
    loop {
        left.set(LONGEST_RECORD);
        if !reader.read_byte_record(&mut record).map_err(failed)? {
            return Ok(());
        }
        let line = record.position().map_or(0, ::csv::Position::line);
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
            return Err(format!("line 1: two columns are called `{name}`"));
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

/// Gives no more than so many bytes for one record.
struct Bounded<R> {
    bytes: R,
    left: Rc<Counter<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        let left = self.left.get().checked_sub(read);
        let left = left.ok_or_else(|| io::Error::other("a record is longer than 16 MB"))?;
        self.left.set(left);
        Ok(read)
    }
}
