//! Reads model files in any supported format as JSON AST.

use crate::{
    ModelError, ModelErrors,
    ast::AstFile,
    c2j::{self, ServiceModel},
};
use flate2::read::GzDecoder;
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use std::{fs, io::Read, path::Path, sync::Arc};

/// The magic number of gzip files.
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// A parsed model file.
#[derive(Debug)]
pub(crate) struct Source {
    /// The name of the file in errors.
    pub(crate) file: Arc<str>,
    pub(crate) format: Format,
    pub(crate) ast: AstFile,
}

/// The format of a model file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Smithy1,
    Smithy2,
    Botocore,
}

/// The fields that distinguish the formats.
#[derive(Deserialize)]
struct Probe {
    smithy: Option<String>,
    shapes: Option<IgnoredAny>,
    metadata: Option<IgnoredAny>,
    operations: Option<IgnoredAny>,
}

impl Source {
    /// Reads a file, and decompresses it if necessary.
    pub(crate) fn read(path: &Path) -> Result<Self, ModelErrors> {
        let (file, text) = read_text(path)?;
        Self::parse(&file, &text)
    }

    /// Detects the format of a text and parses it.
    pub(crate) fn parse(file: &str, text: &[u8]) -> Result<Self, ModelErrors> {
        Self::parse_as(Format::of(file, text)?, file, text)
    }

    /// Parses a text of a known format.
    pub(crate) fn parse_as(format: Format, file: &str, text: &[u8]) -> Result<Self, ModelErrors> {
        if format == Format::Botocore {
            return Self::of_botocore(file, &from_json(file, text)?);
        }
        Ok(Self {
            file: file.into(),
            format,
            ast: from_json(file, text)?,
        })
    }

    /// Converts a botocore model.
    pub(crate) fn of_botocore(file: &str, model: &ServiceModel) -> Result<Self, ModelErrors> {
        Ok(Self {
            file: file.into(),
            format: Format::Botocore,
            ast: c2j::to_ast(file, model)?,
        })
    }
}

/// Reads a file of any kind, and decompresses it if necessary. Returns its name in errors and its text.
pub(crate) fn read_text(path: &Path) -> Result<(String, Vec<u8>), ModelError> {
    let file = path.display().to_string();
    match read_unpacked(path) {
        Ok(text) => Ok((file, text)),
        Err(source) => Err(ModelError::Io { file, source }),
    }
}

/// Reads a file, and decompresses it if it is in gzip format.
///
/// # Errors
///
/// Returns an error if the file cannot be read or decompressed.
pub fn read_unpacked(path: &Path) -> std::io::Result<Vec<u8>> {
    let bytes = fs::read(path)?;
    if !bytes.starts_with(&GZIP_MAGIC) {
        return Ok(bytes);
    }
    let mut text = Vec::new();
    GzDecoder::new(&bytes[..]).read_to_end(&mut text)?;
    Ok(text)
}

impl Format {
    /// Detects the format of a text.
    pub(crate) fn of(file: &str, text: &[u8]) -> Result<Self, ModelError> {
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
            } => return Ok(Self::Botocore),
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
            Some("1") => Ok(Self::Smithy1),
            Some("2") => Ok(Self::Smithy2),
            _ => Err(ModelError::UnsupportedVersion {
                file: file.to_owned(),
                what: format!("unsupported Smithy version `{version}`: expected 1.0 or 2.0"),
            }),
        }
    }
}

pub(crate) fn from_json<T: DeserializeOwned>(file: &str, text: &[u8]) -> Result<T, ModelError> {
    serde_json::from_slice(text).map_err(|error| ModelError::Json {
        file: file.to_owned(),
        line: error.line(),
        column: error.column(),
        message: message_without_position(&error),
    })
}

/// Removes the position at the end of a message of serde_json, since the error states it separately.
pub(crate) fn message_without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&position).unwrap_or(&text).to_owned()
}
