//! Emits examples as documentation: the formatted code of a call, between hidden lines.

use crate::ir::{Argument, Docs, Example, ExampleOutcome, Expression, Operation, Uses};
use crate::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Emits the section of examples, or nothing if there are none.
pub(super) fn section(operation: &Operation) -> Docs {
    if operation.examples.is_empty() {
        return Docs::default();
    }
    let heading = if operation.examples.len() == 1 {
        "# Example"
    } else {
        "# Examples"
    };
    let mut lines = vec![String::new(), heading.to_owned()];
    for example in &operation.examples {
        lines.push(String::new());
        if let Some(title) = &example.title {
            lines.extend([format!("{title}:"), String::new()]);
        }
        if !example.docs.is_empty() {
            lines.extend(example.docs.iter().cloned());
            lines.push(String::new());
        }
        lines.extend(block(operation, example));
    }
    Docs(lines)
}

/// Returns the lines of the fenced code block.
fn block(operation: &Operation, example: &Example) -> Vec<String> {
    let hidden = |line: &String| format!("# {line}");
    let mut lines = vec!["```".to_owned()];
    lines.extend(example.before.iter().map(hidden));
    lines.extend(code(&uses(example), &call(operation, example)));
    lines.extend(example.after.iter().map(hidden));
    lines.push("```".to_owned());
    lines
}

/// Returns the `use` lines and the statements, with an empty line between them.
fn code(uses: &TokenStream, statements: &TokenStream) -> Vec<String> {
    let (mut lines, statements) = (body(uses), body(statements));
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(statements);
    lines
}

/// Formats statements as lines. The printer only formats whole files, so the statements are printed inside a function
/// that is then removed.
fn body(statements: &TokenStream) -> Vec<String> {
    let function = quote! { async fn example() { #statements } };
    let Ok(file) = syn::parse2(function) else {
        // Code that cannot be parsed fails as a doctest, where it can be read.
        return statements.to_string().lines().map(str::to_owned).collect();
    };
    let text = prettyplease::unparse(&file);
    let body = text.lines().skip(1);
    let mut lines: Vec<String> = body
        .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned())
        .collect();
    lines.pop();
    lines
}

fn call(operation: &Operation, example: &Example) -> TokenStream {
    let module = &operation.module;
    let bindings = example.bindings.iter().map(|(ident, value)| {
        let value = expression(value, false);
        quote!(let #ident = #value;)
    });
    let setters = example.arguments.iter().map(setter);
    let call = quote!(client.#module() #(#setters)*);
    let outcome = outcome(&example.outcome, &call);
    quote! { #(#bindings)* #outcome }
}

fn outcome(outcome: &ExampleOutcome, call: &TokenStream) -> TokenStream {
    match outcome {
        ExampleOutcome::Items => quote! {
            let mut items = #call.into_paginator().items().send();
            while let Some(item) = items.next().await {
                let item = item?;
                println!("{item:?}");
            }
        },
        ExampleOutcome::Events(field) => quote! {
            let mut output = #call.send().await?;
            while let Some(event) = output.#field.recv().await? {
                println!("{event:?}");
            }
        },
        ExampleOutcome::Elements(field) => quote! {
            let output = #call.send().await?;
            for element in output.#field() {
                println!("{element:?}");
            }
        },
        ExampleOutcome::Fields(fields) => {
            let format = vec!["{:?}"; fields.len()].join(" ");
            quote! {
                let output = #call.send().await?;
                println!(#format, #(output.#fields()),*);
            }
        }
        ExampleOutcome::Nothing => quote!(#call.send().await?;),
    }
}

fn setter(argument: &Argument) -> TokenStream {
    let setter = &argument.setter;
    // Setters convert their arguments.
    let values = argument.values.iter().map(|value| expression(value, false));
    quote!(.#setter(#(#values),*))
}

fn expression(value: &Expression, owned: bool) -> TokenStream {
    let inner = |value: &Expression| expression(value, true);
    match value {
        Expression::Local(ident) => quote!(#ident),
        Expression::Text(text) if owned => quote!(#text.to_owned()),
        Expression::Text(text) => quote!(#text),
        Expression::Boolean(truth) => quote!(#truth),
        Expression::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(#number)
        }
        Expression::Float(number) => {
            let number = Literal::f64_unsuffixed(*number);
            quote!(#number)
        }
        Expression::Timestamp(seconds) => {
            let seconds = Literal::i64_unsuffixed(*seconds);
            quote!(DateTime::from_secs(#seconds))
        }
        Expression::Blob(text) => quote!(Blob::new(#text)),
        Expression::Variant(ident, variant) => quote!(#ident::#variant),
        Expression::Unknown(ident, text) => quote!(#ident::from(#text)),
        Expression::Union(ident, variant, value) => {
            let value = inner(value);
            quote!(#ident::#variant(#value))
        }
        Expression::Structure(ident, arguments, fails) => {
            let setters = arguments.iter().map(setter);
            let question = fails.then(|| quote!(?));
            quote!(#ident::builder() #(#setters)* .build() #question)
        }
        Expression::List(elements) => {
            let elements = elements.iter().map(inner);
            quote!(vec![#(#elements),*])
        }
        Expression::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let (key, value) = (inner(key), inner(value));
                quote!((#key, #value))
            });
            quote!(HashMap::from([#(#entries),*]))
        }
        Expression::Some(value) => {
            let value = inner(value);
            quote!(Some(#value))
        }
        Expression::None => quote!(None),
    }
}

/// Emits the `use` lines of the names in the example.
fn uses(example: &Example) -> TokenStream {
    let Uses {
        types,
        primitives,
        hash_map,
    } = &example.uses;
    let crate_name = &example.crate_ident;
    let map = hash_map.then(|| {
        quote!(
            use std::collections::HashMap;
        )
    });
    let list = |module: &TokenStream, names: &[Ident]| match names {
        [] => TokenStream::new(),
        [name] => quote!(use #crate_name::#module::#name;),
        names => quote!(use #crate_name::#module::{#(#names),*};),
    };
    let (primitives, types) = (
        list(&quote!(primitives), primitives),
        list(&quote!(types), types),
    );
    quote!(#primitives #types #map)
}
