//! The bytes of an object in, its records out, one at a time.

mod csv;
mod json;

pub(crate) use json::record as json_record;

use super::cell::Row;
use std::io::{self, BufRead, BufReader, Read};

/// The longest record. What is longer is most likely a quote or a bracket that is never closed.
pub(crate) const LONGEST_RECORD: usize = 16 << 20;

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InputFormat {
    Csv,
    /// JSON objects one after another, or an array of them.
    Json,
    /// JSON where the first character is a bracket, else CSV.
    Guessed,
}

/// A record, or what stands in its place.
#[derive(Debug)]
pub(crate) enum Item {
    Record(Row),
    /// What cannot be read, where it stands, and why.
    Broken {
        text: String,
        reason: String,
    },
}

/// Why reading ended early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError<E> {
    /// The object cannot be read on.
    #[error("{0}")]
    Source(String),
    /// Whoever takes the records wants no more.
    #[error("stopped")]
    Stopped(E),
}

/// Gives the records of an object to `take`, until that wants no more.
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

/// The first byte that is no blank; blanks and a byte order mark before it are skipped.
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
