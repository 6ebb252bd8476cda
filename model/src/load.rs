//! In: model files. Out: one checked [`Model`], or every problem found.

mod apply;
mod at;
mod build;
mod check;
mod check_http;
mod check_pagination;
mod enum_trait;
mod merge;
mod mixins;
mod nullability;
mod passed_over;

use crate::{Model, ModelError, ModelErrors, beside, source::Source};
use std::path::PathBuf;

impl Model {
    /// Loads and merges model files; `apply` statements work across them in any order.
    ///
    /// An explicit `apply` overrides the value a shape was defined with; two that differ are an error.
    pub fn load(paths: &[PathBuf]) -> Result<Self, ModelErrors> {
        from_parsed(paths.iter().map(|path| Source::read(path)))
    }

    /// Loads model files as [`load`](Self::load) does, and with those of botocore what lies beside them: endpoint rules,
    /// paginators and waiters.
    pub fn load_with_companions(paths: &[PathBuf]) -> Result<Self, ModelErrors> {
        let mut sources = Vec::new();
        for path in paths {
            let source = Source::read(path);
            if let Ok(model) = &source {
                sources.extend(beside::endpoint_rules(path, model).transpose());
                sources.extend(beside::paginators(path, model).transpose());
                sources.extend(beside::waiters(path, model).transpose());
            }
            sources.push(source);
        }
        from_parsed(sources.into_iter())
    }

    /// The same from texts that are already in memory, each with the name errors call it by.
    pub fn from_sources(sources: &[(&str, &str)]) -> Result<Self, ModelErrors> {
        let parse = |(file, text): &(&str, &str)| Source::parse(file, text.as_bytes());
        from_parsed(sources.iter().map(parse))
    }
}

/// Reports all problems of a stage, but none of the next: those would mostly follow from the first.
pub(crate) fn from_parsed(
    sources: impl Iterator<Item = Result<Source, ModelErrors>>,
) -> Result<Model, ModelErrors> {
    let mut problems: Vec<ModelError> = Vec::new();
    let mut parsed = Vec::new();
    for source in sources {
        match source {
            Ok(source) => parsed.push(source),
            Err(errors) => problems.extend(errors),
        }
    }
    ModelErrors::check(problems)?;

    let mut merged = merge::merge(parsed)?;
    nullability::convert(&mut merged);
    let model = mixins::flatten_and_apply(merged)?;
    check::check(&model)?;
    Ok(model)
}
