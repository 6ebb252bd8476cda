//! Reads the files beside a botocore service model, as `apply` statements.

mod endpoint_rules;
mod paginators;
mod waiters;

use crate::{
    ShapeId,
    ast::{AstFile, AstShape, Entries},
    source::{Format, Source},
};
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub(crate) use endpoint_rules::endpoint_rules;
pub(crate) use paginators::paginators;
pub(crate) use waiters::waiters;

/// Returns the path of a file beside a botocore model, also if it is gzipped; `None` for other models.
fn file(path: &Path, model: &Source, name: &str) -> Option<PathBuf> {
    if model.format != Format::Botocore {
        return None;
    }
    let folder = path.parent().unwrap_or(Path::new(""));
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
