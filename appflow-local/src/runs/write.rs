//! Writes records to files in a staging folder.
//!
//! CSV needs the columns first, and Parquet their types too. If they depend on the records, the records are spooled as
//! JSON lines and converted at the end, so memory use does not depend on their number.

mod columns;
pub(crate) mod naming;
#[cfg(feature = "parquet")]
mod parquet;

use super::cell::{Cell, Row};
use super::read::json_record;
use columns::Columns;
use std::cell::Cell as Counter;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// The maximum number of open files; others are opened again for their next record.
const MAX_OPEN_FILES: usize = 64;
/// The maximum number of columns that depend on the records. They are in memory.
const MAX_COLUMNS: usize = 20_000;
/// The maximum size of the names of these columns, in total.
const MAX_NAMES_BYTES: usize = 16 << 20;
/// The maximum number of files of a run.
const MAX_FILES: usize = 10_000;

/// The format of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutputFormat {
    Csv,
    /// JSON lines.
    Json,
    Parquet,
}

/// The layout of files.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) format: OutputFormat,
    /// `true` if each object of the source has a file of its own.
    pub(crate) by_source: bool,
    /// The size in bytes after which another file is started.
    pub(crate) roll_at: Option<u64>,
    /// The columns, unless they depend on the records.
    pub(crate) columns: Option<Vec<Arc<str>>>,
    /// `true` if the first record has all columns.
    pub(crate) uniform: bool,
    /// `true` if Parquet files have types other than text.
    pub(crate) typed: bool,
    /// The types from tasks, by column.
    pub(crate) types: std::collections::BTreeMap<String, String>,
}

/// The files of a run.
pub(crate) struct Outputs {
    folder: PathBuf,
    layout: Layout,
    columns: Columns,
    parts: Vec<Part>,
    /// The current file by folder and source.
    current: HashMap<(String, usize), usize>,
    open: usize,
    clock: u64,
    line: Vec<u8>,
}

/// A file, complete or not.
struct Part {
    folder: String,
    path: PathBuf,
    encoder: Option<Encoder>,
    bytes: Rc<Counter<u64>>,
    records: u64,
    used_at: u64,
}

enum Encoder {
    Lines(io::BufWriter<Counted>),
    Csv(Box<csv::Writer<Counted>>),
}

/// A file and its size.
struct Counted {
    file: File,
    bytes: Rc<Counter<u64>>,
}

impl Write for Counted {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.file.write(buffer)?;
        self.bytes.set(self.bytes.get() + written as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A complete file: its folder at the destination, its path and the number of its records.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) folder: String,
    pub(crate) path: PathBuf,
    pub(crate) records: u64,
}

impl Outputs {
    /// Creates an empty set of files in a staging folder.
    pub(crate) fn new(folder: &Path, layout: Layout) -> Self {
        Self {
            folder: folder.to_owned(),
            columns: Columns::new(layout.columns.as_deref(), &layout.types),
            layout,
            parts: Vec::new(),
            current: HashMap::new(),
            open: 0,
            clock: 0,
            line: Vec::new(),
        }
    }

    /// States that the first record has all columns, as with a single CSV file.
    pub(crate) fn expect_one_header(&mut self, uniform: bool) {
        self.layout.uniform &= uniform;
    }

    /// Writes a record to the file of a folder and a source.
    pub(crate) fn write(&mut self, row: &Row, folder: &str, source: usize) -> io::Result<()> {
        let source = if self.layout.by_source { source } else { 0 };
        if self.layout.columns.is_none() && self.layout.uniform {
            let names: Vec<_> = row.0.iter().map(|(name, _)| name.clone()).collect();
            self.columns = Columns::new(Some(&names), &self.layout.types);
            self.layout.columns = Some(self.columns.names());
        }
        if self.spools() {
            self.columns.see(row, self.layout.typed);
            if self.columns.count() > MAX_COLUMNS {
                let message =
                    format!("too many columns: the records of a run have at most {MAX_COLUMNS}");
                return Err(io::Error::other(message));
            }
            if self.columns.names_bytes() > MAX_NAMES_BYTES {
                let message = "too many columns: their names have more than 16 MB";
                return Err(io::Error::other(message));
            }
        }
        let index = self.part(folder, source)?;
        self.open(index)?;
        let Some(part) = self.parts.get_mut(index) else {
            return Err(io::Error::other("file not found"));
        };
        part.records += 1;
        match &mut part.encoder {
            Some(Encoder::Csv(writer)) => write_csv(writer, &self.columns, row)?,
            Some(Encoder::Lines(writer)) => {
                self.line.clear();
                row.write_json(&mut self.line);
                self.line.push(b'\n');
                writer.write_all(&self.line)?;
            }
            None => {}
        }
        let size = part.bytes.get();
        if self.layout.roll_at.is_some_and(|limit| size >= limit) {
            self.close(index)?;
            self.current.remove(&(folder.to_owned(), source));
        }
        Ok(())
    }

    /// Returns whether records are spooled first.
    fn spools(&self) -> bool {
        match self.layout.format {
            OutputFormat::Json => false,
            OutputFormat::Csv => self.layout.columns.is_none(),
            OutputFormat::Parquet => true,
        }
    }

    fn part(&mut self, folder: &str, source: usize) -> io::Result<usize> {
        if let Some(index) = self.current.get(&(folder.to_owned(), source)) {
            return Ok(*index);
        }
        if self.parts.len() >= MAX_FILES {
            let message = format!("too many files: a run writes at most {MAX_FILES}");
            return Err(io::Error::other(message));
        }
        let index = self.parts.len();
        self.parts.push(Part {
            folder: folder.to_owned(),
            path: self.folder.join(index.to_string()),
            encoder: None,
            bytes: Rc::default(),
            records: 0,
            used_at: 0,
        });
        self.current.insert((folder.to_owned(), source), index);
        Ok(index)
    }

    /// Opens a file if it is closed, and closes the least recently used one for it.
    fn open(&mut self, index: usize) -> io::Result<()> {
        self.clock += 1;
        let is_open = self
            .parts
            .get(index)
            .is_some_and(|part| part.encoder.is_some());
        if !is_open && self.open >= MAX_OPEN_FILES {
            let parts = self.parts.iter().enumerate();
            let open = parts.filter(|(_, part)| part.encoder.is_some());
            if let Some((oldest, _)) = open.min_by_key(|(_, part)| part.used_at) {
                self.close(oldest)?;
            }
        }
        let spools = self.spools();
        let Some(part) = self.parts.get_mut(index) else {
            return Ok(());
        };
        part.used_at = self.clock;
        if is_open {
            return Ok(());
        }
        let is_new = !part.path.exists();
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&part.path)?;
        let counted = Counted {
            file,
            bytes: part.bytes.clone(),
        };
        part.encoder = Some(if self.layout.format == OutputFormat::Csv && !spools {
            let mut writer = csv_writer(counted);
            if is_new {
                writer.write_record(self.columns.iter())?;
            }
            Encoder::Csv(Box::new(writer))
        } else {
            Encoder::Lines(io::BufWriter::with_capacity(1 << 16, counted))
        });
        self.open += 1;
        Ok(())
    }

    fn close(&mut self, index: usize) -> io::Result<()> {
        let encoder = self
            .parts
            .get_mut(index)
            .and_then(|part| part.encoder.take());
        if let Some(encoder) = encoder {
            self.open -= 1;
            match encoder {
                Encoder::Lines(mut writer) => writer.flush()?,
                Encoder::Csv(mut writer) => writer.flush()?,
            }
        }
        Ok(())
    }

    /// Closes all files, and converts the spooled ones.
    pub(crate) fn finish(&mut self) -> io::Result<Vec<Finished>> {
        for index in 0..self.parts.len() {
            self.close(index)?;
        }
        let spools = self.spools();
        let mut finished = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let mut path = part.path.clone();
            if spools {
                let whole = path.with_extension("whole");
                self.write_again(&path, &whole)?;
                std::fs::remove_file(&path)?;
                path = whole;
            }
            finished.push(Finished {
                folder: part.folder.clone(),
                path,
                records: part.records,
            });
        }
        Ok(finished)
    }

    fn write_again(&self, from: &Path, to: &Path) -> io::Result<()> {
        let rows = rows(from)?;
        match self.layout.format {
            #[cfg(feature = "parquet")]
            OutputFormat::Parquet => parquet::write(rows, &self.columns, self.layout.typed, to),
            #[cfg(not(feature = "parquet"))]
            OutputFormat::Parquet => {
                Err(io::Error::other("Parquet is not supported by this build"))
            }
            OutputFormat::Csv | OutputFormat::Json => {
                let mut writer = csv_writer(File::create(to)?);
                writer.write_record(self.columns.iter())?;
                for row in rows {
                    write_csv(&mut writer, &self.columns, &row?)?;
                }
                writer.flush()
            }
        }
    }
}

fn csv_writer<W: Write>(to: W) -> csv::Writer<W> {
    let mut builder = csv::WriterBuilder::new();
    builder
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_writer(to)
}

fn write_csv<W: Write>(
    writer: &mut csv::Writer<W>,
    columns: &Columns,
    row: &Row,
) -> io::Result<()> {
    for (position, name) in columns.iter().enumerate() {
        let cell = row.get_near(position, name);
        writer.write_field(cell.unwrap_or(&Cell::Null).text().as_bytes())?;
    }
    writer.write_record(None::<&[u8]>)?;
    Ok(())
}

/// Returns the spooled records.
fn rows(file: &Path) -> io::Result<impl Iterator<Item = io::Result<Row>>> {
    let lines = BufReader::with_capacity(1 << 16, File::open(file)?).split(b'\n');
    Ok(lines.map(|line| json_record(&line?).map_err(io::Error::other)))
}
