//! Reads botocore service models with the files beside them: extras are merged into the file that they extend, and the
//! others become `apply` statements.

mod endpoint_rules;
mod extras;
mod paginators;
mod waiters;

use crate::{
    ModelErrors, ShapeId,
    ast::{AstFile, AstShape, Entries},
    source::{Format, Source, from_json, read_text},
};
use extras::Extras;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub(crate) use endpoint_rules::endpoint_rules;
pub(crate) use paginators::paginators;
pub(crate) use waiters::waiters;

/// Reads a model in any format. A botocore model includes the extras beside it.
pub(crate) fn model(path: &Path) -> Result<Source, ModelErrors> {
    let (file, text) = read_text(path)?;
    let format = Format::of(&file, &text)?;
    if format == Format::Botocore
        && let Some(extras) = Extras::of(folder(path), &unpacked_name(path))?
    {
        let model = extras.read(&file, &text)?;
        return Source::of_botocore(&extras.with(&file), &model);
    }
    Source::parse_as(format, &file, &text)
}

/// Reads a file beside a botocore model, with its extras. Returns `None` for other models and if there is no such file.
fn read<T: DeserializeOwned>(
    path: &Path,
    model: &Source,
    name: &str,
) -> Result<Option<(PathBuf, T)>, ModelErrors> {
    let folder = folder(path);
    let is_botocore = model.format == Format::Botocore;
    let Some(path) = is_botocore.then(|| packed(folder, name)).flatten() else {
        return Ok(None);
    };
    let (file, text) = read_text(&path)?;
    let value = match Extras::of(folder, name)? {
        Some(extras) => extras.read(&file, &text)?,
        None => from_json(&file, &text)?,
    };
    Ok(Some((path, value)))
}

/// Returns the name of a file without the suffix of gzip.
fn unpacked_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.strip_suffix(".gz").unwrap_or(&name).to_owned()
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Returns the path of a file in a folder, also if it is gzipped.
fn packed(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut files = [folder.join(name), folder.join(format!("{name}.gz"))].into_iter();
    files.find(|file| file.is_file())
}

/// Returns the shapes of a model by ID.
fn shapes(model: &Source) -> Shapes<'_> {
    let entries = model.ast.shapes.0.iter();
    entries.map(|(id, shape)| (id, shape)).collect()
}

type Shapes<'a> = HashMap<&'a ShapeId, &'a AstShape>;

/// Returns a source that applies traits to shapes.
fn applied<'a>(
    file: &Path,
    values: impl Iterator<Item = (ShapeId, Vec<(&'a str, Value)>)>,
) -> Source {
    let statements = values.map(|(shape, traits)| {
        let traits = traits.into_iter();
        let statement = AstShape {
            kind: "apply".to_owned(),
            traits: traits.map(|(id, value)| (id.to_owned(), value)).collect(),
            ..AstShape::default()
        };
        (shape, statement)
    });
    Source {
        file: file.display().to_string().into(),
        format: Format::Smithy2,
        ast: AstFile {
            smithy: "2.0".to_owned(),
            metadata: Default::default(),
            shapes: Entries(statements.collect()),
        },
    }
}
