//! Loads model files into a checked [`Model`].

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
mod unknown_members;

use crate::{Model, ModelError, ModelErrors, companions, source::Source};
use std::path::PathBuf;

impl Model {
    /// Loads and merges model files. `apply` statements work across files, in any order.
    ///
    /// An explicit `apply` statement overrides the value in the definition of the shape. Two different statements are
    /// an error.
    ///
    /// # Errors
    ///
    /// Returns all problems of the first stage that finds any: reading, merging, or checking.
    pub fn load(paths: &[PathBuf]) -> Result<Self, ModelErrors> {
        from_parsed(paths.iter().map(|path| Source::read(path)))
    }

    /// Loads model files as [`load`](Self::load) does, and the files beside botocore models: extras, endpoint rules,
    /// paginators and waiters.
    ///
    /// # Errors
    ///
    /// Returns all problems of the first stage that finds any.
    pub fn load_with_companions(paths: &[PathBuf]) -> Result<Self, ModelErrors> {
        let mut sources = Vec::new();
        for path in paths {
            let source = companions::model(path);
            if let Ok(model) = &source {
                sources.extend(companions::endpoint_rules(path, model).transpose());
                sources.extend(companions::paginators(path, model).transpose());
                sources.extend(companions::waiters(path, model).transpose());
            }
            sources.push(source);
        }
        from_parsed(sources.into_iter())
    }

    /// Loads a model from texts in memory, each with its name in errors.
    ///
    /// # Errors
    ///
    /// Returns all problems of the first stage that finds any.
    pub fn from_sources(sources: &[(&str, &str)]) -> Result<Self, ModelErrors> {
        let parse = |(file, text): &(&str, &str)| Source::parse(file, text.as_bytes());
        from_parsed(sources.iter().map(parse))
    }
}

/// Reports all problems of a stage, and skips the following stages, whose problems would mostly be consequences.
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
