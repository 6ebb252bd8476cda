//! In: the path of a botocore service model. Out: the endpoint rule set that lies beside it, as an `apply` statement.
//!
//! botocore keeps the rules of a service out of its `service-2.json`, in `endpoint-rule-set-1.json` (or `.json.gz`) in
//! the same folder. Whoever wants them asks for them: a service with standard regional endpoints does without.

use crate::{
    ModelErrors,
    ast::{AstFile, AstShape, Entries},
    source::{Format, Source},
};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The names that the file goes by.
const FILES: [&str; 2] = ["endpoint-rule-set-1.json", "endpoint-rule-set-1.json.gz"];

/// The rule set beside a model; `None` when the model is not botocore's, or has none beside it.
pub(crate) fn beside(path: &Path, model: &Source) -> Result<Option<Source>, ModelErrors> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut files = FILES.iter().map(|file| folder.join(file));
    let found: Option<PathBuf> = files.find(|file| file.is_file());
    let service = model.ast.shapes.0.iter();
    let service = service
        .filter(|(_, shape)| shape.kind == "service")
        .map(|(id, _)| id)
        .next();
    let (Format::Botocore, Some(file), Some(service)) = (model.format, found, service) else {
        return Ok(None);
    };
    let rules: Value = Source::read_json(&file)?;
    let mut traits = Entries::default();
    traits
        .0
        .push(("smithy.rules#endpointRuleSet".to_owned(), rules));
    let apply = AstShape {
        kind: "apply".to_owned(),
        traits,
        ..AstShape::default()
    };
    Ok(Some(Source {
        file: file.display().to_string().into(),
        format: Format::Smithy2,
        ast: AstFile {
            smithy: "2.0".to_owned(),
            metadata: Default::default(),
            shapes: Entries(vec![(service.clone(), apply)]),
        },
    }))
}
