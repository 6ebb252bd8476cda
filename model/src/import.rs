//! In: a service model in any known format. Out: its facts as deterministic Smithy JSON AST 2.0 text, without prose.

use crate::ModelErrors;
use std::path::Path;

/// What [`import`] made of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Smithy JSON AST 2.0, with a newline at the end.
    pub text: String,
    /// What is in it.
    pub report: ImportReport,
}

/// Counts of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Operations written.
    pub operations: usize,
    /// Shapes written, services and operations included.
    pub shapes: usize,
    /// Shapes left out since no operation reaches them.
    pub dropped: usize,
}

/// Reads the model at `path` (its format is detected) and writes it in normal form.
pub fn import(_path: &Path) -> Result<Import, ModelErrors> {
    unimplemented!()
}
