//! Lowers `smithy.api#examples` to examples, or derives one from the input of an operation without them.

mod locals;
mod plausible;
mod text;
mod uses;
mod values;

use crate::error::CodegenError;
use crate::ir::{Argument, Client, Example, ExampleOutcome, Operation, Role, Structure, Type};
use crate::lower::resolver::Resolver;
use crate::markdown;
use crate::names::Ident;
use crate::options::Examples;
use plausible::Plausible;
use serde_json::Value;
use smithy_model::known::{self, ExampleDefinition};
use values::Values;

/// The length of the input, as JSON, up to which an example of the model is short.
const SHORT: usize = 400;

/// Returns the examples of every operation, in the order of the operations.
pub(super) fn lower_all(
    resolver: &Resolver<'_>,
    client: &Client,
    surroundings: &Examples,
) -> Result<Vec<Vec<Example>>, CodegenError> {
    let context = Context {
        values: Values::new(client),
        plausible: Plausible::new(client),
        surroundings,
    };
    let operations = client.operations.iter();
    operations
        .map(|operation| context.of_operation(resolver, operation))
        .collect()
}

/// The parts that all examples of a client share.
struct Context<'a> {
    values: Values<'a>,
    plausible: Plausible<'a>,
    surroundings: &'a Examples,
}

impl Context<'_> {
    fn of_operation(
        &self,
        resolver: &Resolver<'_>,
        operation: &Operation,
    ) -> Result<Vec<Example>, CodegenError> {
        let written = resolver
            .operation_shape(&operation.wire_name)
            .and_then(|shape| Some((shape, shape.traits.get::<known::Examples>()?.0)));
        let Some((shape, written)) = written else {
            return Ok(self.placeholder_example(operation).into_iter().collect());
        };
        // An example that ends with an error shows a response, not a call.
        let calls = written.iter().filter(|example| example.error.is_none());
        if self.surroundings.one_each {
            let shortest = calls
                .map(|example| {
                    (
                        Value::Object(example.input.clone()).to_string().len(),
                        example,
                    )
                })
                .filter(|(length, _)| *length <= SHORT)
                .min_by_key(|(length, _)| *length);
            let written = shortest.and_then(|(_, example)| {
                let arguments = self.values.arguments(&operation.input, &example.input);
                Some(self.call(operation, arguments.ok()?))
            });
            let example = written.or_else(|| self.placeholder_example(operation));
            return Ok(example.into_iter().collect());
        }
        calls
            .map(|example| {
                self.written(operation, example).map_err(|reason| {
                    let reason = format!("example `{}`: {reason}", example.title);
                    CodegenError::unsupported(&shape.id, reason)
                })
            })
            .collect()
    }

    fn written(
        &self,
        operation: &Operation,
        example: &ExampleDefinition,
    ) -> Result<Example, String> {
        let docs = example.documentation.as_deref().unwrap_or_default();
        let arguments = self.values.arguments(&operation.input, &example.input)?;
        Ok(Example {
            title: Some(markdown::on_one_line(&example.title)),
            docs: markdown::lines(docs).map(str::to_owned).collect(),
            ..self.call(operation, arguments)
        })
    }

    /// Derives an example from the input. Returns `None` if it has a required member without a plausible value.
    fn placeholder_example(&self, operation: &Operation) -> Option<Example> {
        let Value::Object(input) = self.plausible.structure(&operation.input, 0)? else {
            return None;
        };
        let arguments = self.values.arguments(&operation.input, &input).ok()?;
        Some(self.call(operation, arguments))
    }

    /// Returns an example without a title and documentation.
    fn call(&self, operation: &Operation, mut arguments: Vec<Argument>) -> Example {
        let bindings = locals::hoist(&mut arguments);
        let named = |line: &String| line.replace("{operation}", &operation.wire_name);
        Example {
            title: None,
            docs: Vec::new(),
            crate_ident: Ident::snake(&self.surroundings.crate_name),
            before: self.surroundings.before.iter().map(named).collect(),
            after: self.surroundings.after.iter().map(named).collect(),
            uses: uses::of(&bindings, &arguments),
            bindings,
            arguments,
            outcome: outcome(operation),
        }
    }
}

/// Returns the most informative use of an output: the items of its pages, its events, its list, or its first simple
/// fields.
fn outcome(operation: &Operation) -> ExampleOutcome {
    let has_items = operation
        .pagination
        .as_ref()
        .is_some_and(|pagination| pagination.items.is_some());
    if has_items {
        return ExampleOutcome::Items;
    }
    if let Some(events) = &operation.events {
        return ExampleOutcome::Events(events.field.clone());
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

fn simple_fields(output: &Structure) -> Vec<Ident> {
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
