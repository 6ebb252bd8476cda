//! In: a file, or a text with a name. Out: its JSON AST, whatever format it was written in.

use crate::{ModelError, ModelErrors, ast::AstFile, c2j};
use flate2::read::GzDecoder;
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use std::{fs, io::Read, path::Path, sync::Arc};

/// The first bytes of every gzip file.
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// A model file that has been read.
#[derive(Debug)]
pub(crate) struct Source {
    /// The name errors call it by.
    pub(crate) file: Arc<str>,
    pub(crate) format: Format,
    pub(crate) ast: AstFile,
}

/// What a file was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Smithy1,
    Smithy2,
    Botocore,
}

/// The keys by which formats are told apart.
#[derive(Deserialize)]
struct Probe {
    smithy: Option<String>,
    shapes: Option<IgnoredAny>,
    metadata: Option<IgnoredAny>,
    operations: Option<IgnoredAny>,
}

impl Source {
    /// Reads and unpacks a file.
    pub(crate) fn read(path: &Path) -> Result<Self, ModelErrors> {
        let file = path.display().to_string();
        let bytes = read_unpacked(path).map_err(|source| ModelError::Io {
            file: file.clone(),
            source,
        })?;
        Self::parse(&file, &bytes)
    }

    /// Reads and unpacks a JSON file of any kind.
    pub(crate) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, ModelErrors> {
        let file = path.display().to_string();
        let bytes = read_unpacked(path).map_err(|source| ModelError::Io {
            file: file.clone(),
            source,
        })?;
        Ok(from_json(&file, &bytes)?)
    }

    /// Detects the format of a text and parses it.
    pub(crate) fn parse(file: &str, text: &[u8]) -> Result<Self, ModelErrors> {
        let format = detect(file, text)?;
        let ast = match format {
            Format::Botocore => c2j::to_ast(file, &from_json(file, text)?)?,
            Format::Smithy1 | Format::Smithy2 => from_json(file, text)?,
        };
        Ok(Self {
            file: file.into(),
            format,
            ast,
        })
    }
}

/// Reads a file, and unpacks it when it is packed by gzip.
pub fn read_unpacked(path: &Path) -> std::io::Result<Vec<u8>> {
    let bytes = fs::read(path)?;
    if !bytes.starts_with(&GZIP_MAGIC) {
        return Ok(bytes);
    }
    let mut text = Vec::new();
    GzDecoder::new(&bytes[..]).read_to_end(&mut text)?;
    Ok(text)
}

fn detect(file: &str, text: &[u8]) -> Result<Format, ModelError> {
    let probe: Probe = from_json(file, text)?;
    let version = match &probe {
        Probe {
            smithy: Some(version),
            ..
        } => version,
        Probe {
            metadata: Some(_),
            operations: Some(_),
            ..
        } => return Ok(Format::Botocore),
        Probe {
            shapes: Some(_), ..
        } => {
            return Err(ModelError::UnsupportedVersion {
                file: file.to_owned(),
                what: "the Smithy version (`smithy`) is missing".to_owned(),
            });
        }
        _ => {
            return Err(ModelError::UnknownFormat {
                file: file.to_owned(),
            });
        }
    };
    match version.split('.').next() {
        Some("1") => Ok(Format::Smithy1),
        Some("2") => Ok(Format::Smithy2),
        _ => Err(ModelError::UnsupportedVersion {
            file: file.to_owned(),
            what: format!("Smithy version `{version}`; known are 1.0 and 2.0"),
        }),
    }
}

fn from_json<T: DeserializeOwned>(file: &str, text: &[u8]) -> Result<T, ModelError> {
    serde_json::from_slice(text).map_err(|error| ModelError::Json {
        file: file.to_owned(),
        line: error.line(),
        column: error.column(),
        message: message_without_position(&error),
    })
}

/// serde_json ends its messages with the position, which our error states itself.
fn message_without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&position).unwrap_or(&text).to_owned()
}
