//! Examples: those of `smithy.api#examples` or, where an operation has none, one that is made up from its input.

mod plausible;
mod text;
mod values;

use crate::error::CodegenError;
use crate::ir::{Client, Example, ExampleOutcome, Operation, Role, Structure, Type};
use crate::lower::resolver::{Resolver, unsupported};
use plausible::Plausible;
use serde_json::Value;
use smithy_model::known::{ExampleDefinition, Examples};
use values::Values;

/// The examples of every operation, in the order of the operations.
pub(super) fn lower_all(
    resolver: &Resolver<'_>,
    client: &Client,
) -> Result<Vec<Vec<Example>>, CodegenError> {
    let values = Values::new(client);
    let plausible = Plausible::new(client);
    client
        .operations
        .iter()
        .map(|operation| of_operation(resolver, &values, &plausible, operation))
        .collect()
}

fn of_operation(
    resolver: &Resolver<'_>,
    values: &Values<'_>,
    plausible: &Plausible<'_>,
    operation: &Operation,
) -> Result<Vec<Example>, CodegenError> {
    let written = resolver
        .operation_shape(&operation.wire_name)
        .and_then(|shape| Some((shape, shape.traits.get::<Examples>()?.0)));
    let Some((shape, written)) = written else {
        return Ok(made_up(values, plausible, operation).into_iter().collect());
    };
    // An example that ends in an error shows a response, not a call.
    let calls = written.iter().filter(|example| example.error.is_none());
    calls
        .map(|example| {
            from_definition(values, operation, example).map_err(|reason| {
                unsupported(
                    &shape.id,
                    format!("the example `{}`: {reason}", example.title),
                )
            })
        })
        .collect()
}

fn from_definition(
    values: &Values<'_>,
    operation: &Operation,
    example: &ExampleDefinition,
) -> Result<Example, String> {
    let docs = example.documentation.as_deref().unwrap_or_default();
    Ok(Example {
        title: Some(example.title.clone()),
        docs: docs.lines().map(str::to_owned).collect(),
        arguments: values.arguments(&operation.input, &example.input)?,
        outcome: outcome(operation),
    })
}

/// `None` when the input has a required member that nothing plausible can be said of.
fn made_up(
    values: &Values<'_>,
    plausible: &Plausible<'_>,
    operation: &Operation,
) -> Option<Example> {
    let Value::Object(input) = plausible.structure(&operation.input, 0)? else {
        return None;
    };
    Some(Example {
        title: None,
        docs: Vec::new(),
        arguments: values.arguments(&operation.input, &input).ok()?,
        outcome: outcome(operation),
    })
}

/// What says most about an output: the items of its pages, its list, or its first simple fields.
fn outcome(operation: &Operation) -> ExampleOutcome {
    let has_items = operation
        .pagination
        .as_ref()
        .is_some_and(|pagination| pagination.items.is_some());
    if has_items {
        return ExampleOutcome::Items;
    }
    let output = &operation.output;
    debug_assert_eq!(output.role, Role::Output);
    match elements(output) {
        Some(outcome) => outcome,
        None if output.fields.is_empty() => ExampleOutcome::Nothing,
        None => ExampleOutcome::Fields(simple_fields(output)),
    }
}

fn elements(output: &Structure) -> Option<ExampleOutcome> {
    let [field] = output.fields.as_slice() else {
        return None;
    };
    matches!(field.ty, Type::List(..)).then(|| ExampleOutcome::Elements(field.ident.clone()))
}

fn simple_fields(output: &Structure) -> Vec<crate::names::Ident> {
    let is_simple = |ty: &Type| {
        !matches!(
            ty,
            Type::List(..) | Type::Map(..) | Type::Structure(_) | Type::Union(_)
        )
    };
    let visible = || output.fields.iter().filter(|field| !field.sensitive);
    let mut fields: Vec<_> = visible()
        .filter(|field| is_simple(&field.ty))
        .take(2)
        .collect();
    if fields.is_empty() {
        fields = visible().take(1).collect();
    }
    fields
        .into_iter()
        .map(|field| field.ident.clone())
        .collect()
}
