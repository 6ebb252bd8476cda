//! Converts botocore service models (`service-2.json`, "c2j") to Smithy JSON AST.

mod errors;
mod format;
mod members;
mod names;
mod operations;
mod service;
mod shapes;
mod target_traits;
mod xml;

pub(crate) use format::ServiceModel;

use crate::{
    ModelError, ModelErrors, ShapeId,
    ast::{AstFile, Entries, Reference},
};
use names::Names;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Traits in the order of their conversion; the loader sorts them.
type TraitList = Entries<String, Value>;

/// The state shared by all conversions of a file.
struct Context<'a> {
    file: &'a str,
    model: &'a ServiceModel,
    names: Names,
    target_traits: target_traits::TargetTraits,
    errors: BTreeMap<&'a str, errors::ErrorFacts>,
}

pub(crate) fn to_ast(file: &str, model: &ServiceModel) -> Result<AstFile, ModelErrors> {
    let names = Names::new(file, model)?;
    let cx = Context {
        file,
        model,
        target_traits: target_traits::TargetTraits::of(model),
        errors: errors::facts(model),
        names,
    };
    let mut problems = Vec::new();
    let mut shapes = Vec::new();
    let service = cx.names.service(cx.file)?;
    shapes.push((service, service::service(&cx, &mut problems)));
    for (name, operation) in &model.operations.0 {
        if let Some(id) = ok(cx.names.id(cx.file, name), &mut problems) {
            shapes.push((
                id,
                operations::operation(&cx, name, operation, &mut problems),
            ));
        }
    }
    for (name, shape) in &model.shapes.0 {
        let id = cx.names.shape(cx.file, name);
        if let Some(id) = ok(id, &mut problems) {
            shapes.extend(cx.target_traits.variants(&cx, name, shape, &mut problems));
            let ast = shapes::shape(&cx, name, &id, shape, &mut problems);
            shapes.push((id, ast));
        }
    }
    ModelErrors::check(problems)?;
    let upstream = json!({"format": "botocore", "apiVersion": model.metadata.api_version});
    Ok(AstFile {
        smithy: "2.0".to_owned(),
        metadata: BTreeMap::from([("upstream".to_owned(), upstream)]),
        shapes: Entries(shapes),
    })
}

impl Context<'_> {
    /// Returns a reference to a shape by its name in the file.
    fn reference(&self, name: &str, problems: &mut Vec<ModelError>) -> Option<Reference> {
        let target = ok(self.names.shape(self.file, name), problems)?;
        Some(Reference { target })
    }

    fn target(&self, name: &str, problems: &mut Vec<ModelError>) -> Option<ShapeId> {
        Some(self.reference(name, problems)?.target)
    }
}

fn ok<T>(result: Result<T, ModelError>, problems: &mut Vec<ModelError>) -> Option<T> {
    result.map_err(|problem| problems.push(problem)).ok()
}

/// Adds a trait without a value if `applies` is `true`.
fn flag(traits: &mut TraitList, applies: bool, id: &str) {
    if applies {
        add(traits, id, json!({}));
    }
}

fn add(traits: &mut TraitList, id: &str, value: Value) {
    traits.0.push((id.to_owned(), value));
}

/// Adds documentation, which is HTML.
fn add_documentation(traits: &mut TraitList, text: Option<&String>) {
    if let Some(text) = text {
        add(traits, "smithy.api#documentation", json!(text));
    }
}

/// Adds `smithy.api#deprecated` with its message and version.
fn add_deprecated(traits: &mut TraitList, facts: &format::Deprecation) {
    if !facts.deprecated {
        return;
    }
    let mut value = serde_json::Map::new();
    if let Some(message) = &facts.deprecated_message {
        value.insert("message".to_owned(), json!(message));
    }
    if let Some(since) = &facts.deprecated_since {
        value.insert("since".to_owned(), json!(since));
    }
    add(traits, "smithy.api#deprecated", Value::Object(value));
}
