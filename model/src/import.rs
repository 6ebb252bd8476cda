//! Imports service models in any supported format, and writes their facts as deterministic Smithy JSON AST 2.0, without
//! documentation by default.

use crate::{
    Closure, Model, ModelError, ModelErrors, Shape, ShapeId, Trait, Traits,
    ast::{AstFile, AstShape, Entries},
    closure::reachable,
    companions, facts,
    known::Documentation,
    load::from_parsed,
    source::Source,
    to_ast,
};
use serde_json::Value;
use std::{collections::BTreeSet, path::Path};

/// The result of importing a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Smithy JSON AST 2.0, with a newline at the end.
    pub text: String,
    /// Summary of the content.
    pub report: ImportReport,
}

/// Counts of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Services in the text.
    pub services: Vec<ShapeId>,
    /// Number of operations.
    pub operations: usize,
    /// Number of shapes, including services and operations.
    pub shapes: usize,
    /// Shapes that are left out because no operation uses them, ordered by ID.
    pub dropped: Vec<ShapeId>,
}

/// The handling of the documentation of an imported model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prose {
    /// Leave it out, since sentences are subject to copyright, unlike facts.
    #[default]
    Drop,
    /// Keep it unchanged, as HTML in AWS models.
    Keep,
}

/// Options of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Handling of documentation.
    pub prose: Prose,
    /// `true` to read the endpoint rules beside a botocore model, as `smithy.rules#endpointRuleSet`.
    pub endpoint_rules: bool,
    /// Names of the operations to import; all if empty.
    pub operations: Vec<String>,
}

/// Imports the model at `path`, in any supported format, and writes it in normal form: shapes ordered by ID, members in
/// model order, mixins flattened, no documentation. Importing the result again gives the same text. A botocore model
/// includes the extras beside it.
///
/// # Errors
///
/// Returns an error if the file cannot be read, or if the model is invalid or has no service.
pub fn import(path: &Path) -> Result<Import, ModelErrors> {
    import_with(path, ImportOptions::default())
}

/// Imports the model at `path` with options.
///
/// # Errors
///
/// Returns an error if the file cannot be read, or if the model is invalid, has no service, or lacks one of the operations.
pub fn import_with(path: &Path, options: ImportOptions) -> Result<Import, ModelErrors> {
    let source = companions::model(path)?;
    let rules = if options.endpoint_rules {
        companions::endpoint_rules(path, &source)?
    } else {
        None
    };
    import_source(source, rules, &options)
}

/// Imports a model from a text in memory, with its name in errors.
///
/// # Errors
///
/// Returns an error if the model is invalid or has no service.
pub fn import_text(file: &str, text: &[u8]) -> Result<Import, ModelErrors> {
    import_text_with(file, text, Prose::Drop)
}

/// Imports a model from a text in memory, with or without documentation. Endpoint rules are not read.
///
/// # Errors
///
/// Returns an error if the model is invalid or has no service.
pub fn import_text_with(file: &str, text: &[u8], prose: Prose) -> Result<Import, ModelErrors> {
    let options = ImportOptions {
        prose,
        ..ImportOptions::default()
    };
    import_source(Source::parse(file, text)?, None, &options)
}

fn import_source(
    source: Source,
    rules: Option<Source>,
    options: &ImportOptions,
) -> Result<Import, ModelErrors> {
    let file = source.file.to_string();
    let model = from_parsed([source].into_iter().chain(rules).map(Ok))?;
    let mut report = ImportReport {
        services: model.services().map(|service| service.id.clone()).collect(),
        ..ImportReport::default()
    };
    if report.services.is_empty() {
        return Err(ModelError::NoService { files: file }.into());
    }
    let mut kept = BTreeSet::new();
    for service in &report.services {
        let closure = match options.operations.as_slice() {
            [] => Closure::of(&model, service)?,
            names => Closure::of_operations(&model, service, names)?,
        };
        report.operations += closure.operations.len();
        kept.extend(used_shapes(&model, closure));
    }
    let (kept, dropped) = model
        .shapes()
        .partition::<Vec<_>, _>(|shape| kept.contains(&shape.id));
    report.shapes = kept.len();
    report.dropped = dropped.into_iter().map(|shape| shape.id.clone()).collect();

    let ids: BTreeSet<&ShapeId> = kept.iter().map(|shape| &shape.id).collect();
    let ast = AstFile {
        smithy: "2.0".to_owned(),
        metadata: facts::metadata(model.metadata()),
        shapes: kept
            .iter()
            .map(|shape| {
                let mut ast = to_ast::shape(shape, &ids);
                if options.prose == Prose::Keep {
                    keep_documentation(shape, &mut ast);
                }
                (shape.id.clone(), ast)
            })
            .collect(),
    };
    let text = to_ast::text(&file, &ast)?;
    Ok(Import { text, report })
}

/// Restores the documentation of a shape and its members.
fn keep_documentation(shape: &Shape, ast: &mut AstShape) {
    keep(&shape.traits, &mut ast.traits);
    for (name, member) in ast.members.iter_mut().flat_map(|members| &mut members.0) {
        if let Some(documented) = shape.member(name) {
            keep(&documented.traits, &mut member.traits);
        }
    }
}

fn keep(from: &Traits, to: &mut Entries<String, Value>) {
    if let Some(text) = from.raw(Documentation::ID) {
        to.0.push((Documentation::ID.to_owned(), text.clone()));
        to.0.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
}

/// Returns the shapes of the closure and of the identifiers of its resources. Other properties are kept if they are
/// used.
fn used_shapes(model: &Model, closure: Closure) -> BTreeSet<ShapeId> {
    let identifiers = closure
        .resources
        .iter()
        .filter_map(|id| model.shape(id)?.as_resource())
        .flat_map(|resource| resource.identifiers.values().cloned());
    let mut all = reachable(model, identifiers);
    all.extend(closure.shapes.into_keys());
    all.extend(closure.operations);
    all.extend(closure.resources);
    all.insert(closure.service);
    all
}
