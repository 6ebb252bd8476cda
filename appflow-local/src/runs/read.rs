//! Reads the records of an object, one at a time.

mod csv;
mod json;

pub(crate) use json::record as json_record;

use super::cell::Row;
use std::io::{self, BufRead, BufReader, Read};

/// The maximum size of a record. A longer one is most likely an unclosed quote or bracket.
pub(crate) const MAX_RECORD_BYTES: usize = 16 << 20;

/// The format of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InputFormat {
    Csv,
    /// JSON objects one after another, or an array of them.
    Json,
    /// JSON if the first character is a bracket, otherwise CSV.
    Guessed,
}

/// A record or an error in its place.
#[derive(Debug)]
pub(crate) enum Item {
    Record(Row),
    /// Text that cannot be read as a record, with its position and the reason.
    Broken {
        text: String,
        reason: String,
    },
}

/// The reason why reading stopped early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError<E> {
    /// The rest of the object cannot be read.
    #[error("{0}")]
    Source(String),
    /// The consumer wants no more records.
    #[error("stopped")]
    Stopped(E),
}

/// Passes the records of an object to `take` until it stops.
pub(crate) fn records<E>(
    bytes: impl Read,
    format: InputFormat,
    take: &mut dyn FnMut(Item) -> Result<(), E>,
) -> Result<(), ReadError<E>> {
    let mut bytes = BufReader::with_capacity(1 << 16, bytes);
    let first =
        first_character(&mut bytes).map_err(|error| ReadError::Source(error.to_string()))?;
    match (format, first) {
        (_, None) => Ok(()),
        (InputFormat::Csv, _) => csv::records(bytes, take),
        (InputFormat::Json, _) | (InputFormat::Guessed, Some(b'{' | b'[')) => {
            json::records(bytes, take)
        }
        (InputFormat::Guessed, _) => csv::records(bytes, take),
    }
}

/// Returns the first byte after white space and a byte order mark, which are skipped.
fn first_character(bytes: &mut impl BufRead) -> io::Result<Option<u8>> {
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    if bytes.fill_buf()?.starts_with(MARK) {
        bytes.consume(MARK.len());
    }
    loop {
        let Some(&first) = bytes.fill_buf()?.first() else {
            return Ok(None);
        };
        if !first.is_ascii_whitespace() {
            return Ok(Some(first));
        }
        bytes.consume(1);
    }
}
