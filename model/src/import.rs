//! In: a service model in any known format. Out: its facts as deterministic Smithy JSON AST 2.0 text, without prose
//! unless it is asked for.

use crate::{
    Closure, Model, ModelError, ModelErrors, Shape, ShapeId, Trait, Traits,
    ast::{AstFile, AstShape, Entries},
    beside,
    closure::reachable,
    facts,
    known::Documentation,
    load::from_parsed,
    source::Source,
    to_ast,
};
use serde_json::Value;
use std::{collections::BTreeSet, path::Path};

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
    /// The services written.
    pub services: Vec<ShapeId>,
    /// Operations written.
    pub operations: usize,
    /// Shapes written, services and operations included.
    pub shapes: usize,
    /// Shapes left out since no operation reaches them, ordered by ID.
    pub dropped: Vec<ShapeId>,
}

/// What becomes of the documentation in a model that is imported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prose {
    /// It is left out: facts are free, sentences are somebody's.
    #[default]
    Drop,
    /// It is kept as it is, which in AWS's models is HTML.
    Keep,
}

/// What an import takes in besides the facts of the model itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Whether documentation comes along.
    pub prose: Prose,
    /// Whether the endpoint rules are taken that lie beside a botocore model, as `smithy.rules#endpointRuleSet`.
    pub endpoint_rules: bool,
}

/// Reads the model at `path` (its format is detected) and writes it in normal form: shapes ordered by ID, members in
/// model order, mixins worked in, no documentation. Importing the result gives the same text.
pub fn import(path: &Path) -> Result<Import, ModelErrors> {
    import_with(path, ImportOptions::default())
}

/// The same, with what the options ask for.
pub fn import_with(path: &Path, options: ImportOptions) -> Result<Import, ModelErrors> {
    let source = Source::read(path)?;
    let rules = if options.endpoint_rules {
        beside::endpoint_rules(path, &source)?
    } else {
        None
    };
    import_source(source, rules, options.prose)
}

/// [`import`] from a text that is already in memory, with the name errors call it by.
pub fn import_text(file: &str, text: &[u8]) -> Result<Import, ModelErrors> {
    import_text_with(file, text, Prose::Drop)
}

/// [`import_text`] that keeps documentation or not. A text lies beside nothing, so there are no endpoint rules to take.
pub fn import_text_with(file: &str, text: &[u8], prose: Prose) -> Result<Import, ModelErrors> {
    import_source(Source::parse(file, text)?, None, prose)
}

fn import_source(
    source: Source,
    rules: Option<Source>,
    prose: Prose,
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
        let closure = Closure::of(&model, service)?;
        report.operations += closure.operations.len();
        kept.extend(everything_in(&model, closure));
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
                if prose == Prose::Keep {
                    keep_documentation(shape, &mut ast);
                }
                (shape.id.clone(), ast)
            })
            .collect(),
    };
    let text = to_ast::text(&file, &ast)?;
    Ok(Import { text, report })
}

/// Puts the documentation of a shape and its members back.
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

/// The closure's shapes with what its resources are identified by; other properties are kept if something uses them.
fn everything_in(model: &Model, closure: Closure) -> BTreeSet<ShapeId> {
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
