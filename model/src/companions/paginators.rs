//! Reads the paginators beside a botocore service model, as `apply` statements.
//!
//! botocore keeps them in `paginators-1.json` in the same folder. The format is more expressive than
//! `smithy.api#paginated`. A member that states whether there are more pages becomes the trait [`MoreResults`].
//! Operations with several tokens, or with expressions instead of paths, are not paginated. Of several results, those
//! that are not lists, such as counts, are ignored; if several are lists, there is no iterator over items. A paginator
//! without tokens is left out: extras may contain a part of one that was removed from the file.

use super::Shapes;
use crate::{
    ModelErrors, ShapeId, Trait,
    ast::{AstShape, Reference},
    known::{MoreResults, Paginated},
    source::Source,
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Paginators {
    pagination: BTreeMap<String, Paginator>,
}

#[derive(Deserialize)]
struct Paginator {
    input_token: Option<Value>,
    output_token: Option<Value>,
    more_results: Option<Value>,
    limit_key: Option<String>,
    result_key: Option<Value>,
}

/// Returns the paginators beside a model, or `None` if the model is not in botocore's format or has none.
pub(crate) fn paginators(path: &Path, model: &Source) -> Result<Option<Source>, ModelErrors> {
    let read = super::read(path, model, "paginators-1.json")?;
    let Some((file, Paginators { pagination })) = read else {
        return Ok(None);
    };
    let shapes = super::shapes(model);
    let statements = model.ast.shapes.0.iter().filter_map(|(id, shape)| {
        let paginator = pagination.get(id.name())?;
        Some((id.clone(), paginated(&shapes, shape, paginator)?))
    });
    Ok(Some(super::applied(&file, statements)))
}

/// Returns the equivalent traits, if there are any.
fn paginated<'a>(
    shapes: &Shapes<'a>,
    operation: &'a AstShape,
    paginator: &Paginator,
) -> Option<Vec<(&'static str, Value)>> {
    let (input, output) = (operation.input.as_ref()?, operation.output.as_ref()?);
    let input_token = paginator.input_token.as_ref()?.as_str()?;
    let output_token = paginator.output_token.as_ref()?.as_str()?;
    let asked = target(shapes, input, input_token)?;
    let given = target(shapes, output, output_token)?;
    let is_text = |id| is_one_of(shapes, id, &["string"]);
    let is_same_map = asked == given && is_one_of(shapes, asked, &["map"]);
    if !(is_same_map || is_text(asked) && is_text(given)) {
        return None;
    }
    let leads = |root, path: &&str, kinds| {
        target(shapes, root, path).is_some_and(|id| is_one_of(shapes, id, kinds))
    };
    let limit = paginator.limit_key.as_deref();
    let limit = limit.filter(|path| leads(input, path, &["byte", "short", "integer", "long"]));
    let results = paginator.result_key.iter().flat_map(paths);
    let mut lists = results.filter(|path| leads(output, path, &["list", "map"]));
    let items = lists.next().filter(|_| lists.next().is_none());
    let members = [
        ("inputToken", Some(input_token)),
        ("outputToken", Some(output_token)),
        ("pageSize", limit),
        ("items", items),
    ];
    let members = members.into_iter();
    let members = members.filter_map(|(name, path)| Some((name.to_owned(), path?.into())));
    let mut traits = vec![(Paginated::ID, Value::Object(members.collect()))];
    if let Some(more) = &paginator.more_results {
        let path = more
            .as_str()
            .filter(|path| leads(output, path, &["boolean"]))?;
        traits.push((MoreResults::ID, path.into()));
    }
    Some(traits)
}

/// Returns the paths in a value that is a path or a list of paths.
fn paths(value: &Value) -> impl Iterator<Item = &str> {
    let several = value.as_array().into_iter().flatten();
    std::iter::once(value)
        .chain(several)
        .filter_map(Value::as_str)
}

/// Returns the shape at the end of a path of members, such as `result.items`, or `None` if the path is an expression or
/// does not exist.
fn target<'a>(shapes: &Shapes<'a>, root: &'a Reference, path: &str) -> Option<&'a ShapeId> {
    let mut at = &root.target;
    for name in path.split('.') {
        let members = shapes.get(at)?.members.as_ref()?;
        let mut members = members.0.iter();
        let (_, member) = members.find(|(known, _)| known == name)?;
        at = &member.target;
    }
    Some(at)
}

/// Returns whether a shape has one of these types.
fn is_one_of(shapes: &Shapes<'_>, id: &ShapeId, kinds: &[&str]) -> bool {
    match shapes.get(id) {
        Some(shape) => kinds.contains(&shape.kind.as_str()),
        // The shapes of the prelude have the names of their types.
        None => kinds
            .iter()
            .any(|kind| kind.eq_ignore_ascii_case(id.name())),
    }
}
