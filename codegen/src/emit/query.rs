//! Emits typed JMESPath queries as Rust expressions.

use crate::ir::{Countable, List, Projection, Query, Step, Truth, View};
use crate::jmespath::Comparator;
use crate::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Emits the expression.
pub(super) fn emit(query: &Query) -> TokenStream {
    match &query.step {
        Step::Variable(name) => variable(name),
        Step::Text(text) => quote!(#text),
        Step::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        Step::Float(value) => {
            let value = Literal::f64_unsuffixed(*value);
            quote!(#value)
        }
        Step::Boolean(value) => quote!(#value),
        Step::Field {
            of,
            field,
            optional,
            boxed,
        } => field_value(of, field, *optional, *boxed),
        Step::Variant { of, method } => chain(of, |value| (quote!(#value.#method().ok()), true)),
        Step::Entry { of, key } => chain(of, |value| (quote!(#value.get(#key)), true)),
        Step::Element { of, index, list } => {
            chain(of, |value| (element(&value, *index, *list), true))
        }
        Step::View(of, how) => view(of, *how),
        Step::Keys(of) => chain(of, |value| {
            (
                quote!(#value.keys().map(String::as_str).collect::<Vec<_>>()),
                false,
            )
        }),
        Step::Values(of) => chain(of, |value| {
            (quote!(#value.values().collect::<Vec<_>>()), false)
        }),
        Step::Length {
            of,
            countable,
            wide,
        } => chain(of, |value| (length(&value, *countable, *wide), false)),

        Step::Several(queries) => several(queries),
        Step::Project(projection) => {
            chain(&projection.of, |value| (project(&value, projection), false))
        }
        _ => boolean(query),
    }
}

/// Emits an expression of type `bool`.
fn boolean(query: &Query) -> TokenStream {
    match &query.step {
        Step::Contains(of, part) => together(of, part, |of, part| quote!(#of.contains(&#part))),
        Step::StartsWith(of, part) => together(of, part, |of, part| quote!(#of.starts_with(#part))),
        Step::EndsWith(of, part) => together(of, part, |of, part| quote!(#of.ends_with(#part))),
        Step::Compare(comparator, left, right) => compare(*comparator, left, right),
        Step::IsAbsent(of) if of.optional => {
            let of = emit(of);
            quote!(#of.is_none())
        }
        Step::And(left, right) => {
            let (left, right) = (operand(left), operand(right));
            quote!(#left && #right)
        }
        Step::Or(left, right) => {
            let (left, right) = (operand(left), operand(right));
            quote!(#left || #right)
        }
        Step::Not(of) => {
            let of = operand(of);
            quote!(!#of)
        }
        Step::Truth(of, how) => condition(of, *how),
        Step::AllAre(of, text) => holds(
            of,
            |values| quote!(!#values.is_empty() && #values.iter().all(|value| *value == #text)),
        ),
        Step::AnyIs(of, text) => holds(of, |values| quote!(#values.contains(&#text))),
        // Other expressions are never absent.
        _ => quote!(false),
    }
}

fn variable(name: &str) -> TokenStream {
    let ident = Ident::verbatim(name);
    quote!(#ident)
}

/// Emits a step from a value. The step returns whether its result is an `Option`.
fn chain(of: &Query, step: impl FnOnce(TokenStream) -> (TokenStream, bool)) -> TokenStream {
    if !of.optional {
        return step(place(of)).0;
    }
    let base = emit(of);
    match step(quote!(value)) {
        (value, true) => quote!(#base.and_then(|value| #value)),
        (value, false) => quote!(#base.map(|value| #value)),
    }
}

/// Emits a value that is present: a field as a place expression, without a reference.
fn place(of: &Query) -> TokenStream {
    match &of.step {
        Step::Field { of, field, .. } if !of.optional => {
            let of = place(of);
            quote!(#of.#field)
        }
        _ => emit(of),
    }
}

fn field_value(of: &Query, field: &Ident, optional: bool, boxed: bool) -> TokenStream {
    chain(of, |value| match (optional, boxed) {
        (true, true) => (quote!(#value.#field.as_deref()), true),
        (true, false) => (quote!(#value.#field.as_ref()), true),
        (false, _) => (quote!(&#value.#field), false),
    })
}

fn element(value: &TokenStream, index: i64, list: List) -> TokenStream {
    let found = match index {
        0 => quote!(#value.first()),
        -1 => quote!(#value.last()),
        index => {
            // An index from the end is one more than the number of skipped elements.
            let places = usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX);
            if index > 0 {
                let places = Literal::usize_unsuffixed(places);
                quote!(#value.get(#places))
            } else {
                let places = Literal::usize_unsuffixed(places - 1);
                quote!(#value.iter().nth_back(#places))
            }
        }
    };
    match list {
        List::Borrowed => found,
        List::Sparse => quote!(#found.and_then(Option::as_ref)),
        List::Collected => quote!(#found.cloned()),
    }
}

/// Emits a value of the model as a Rust value, read directly from the field if there is one.
fn view(of: &Query, how: View) -> TokenStream {
    match &of.step {
        Step::Field {
            of,
            field,
            optional: true,
            boxed: false,
        } => chain(of, |value| {
            let value = match how {
                View::String => quote!(#value.#field.as_deref()),
                View::Enum => quote!(#value.#field.as_ref().map(|value| value.as_str())),
                View::Copied => quote!(#value.#field),
                View::Widened => quote!(#value.#field.map(i64::from)),
                View::WidenedFloat => quote!(#value.#field.map(f64::from)),
                View::Number => quote!(#value.#field.map(|value| i64::from(value.0))),
            };
            (value, true)
        }),
        Step::Field {
            of,
            field,
            optional: false,
            boxed: false,
        } => chain(of, |value| {
            (
                read(&quote!(#value.#field), how, &TokenStream::new()),
                false,
            )
        }),
        _ => chain(of, |value| (read(&value, how, &quote!(*)), false)),
    }
}

/// Emits a value that is present. `star` is the operator that dereferences it.
fn read(value: &TokenStream, how: View, star: &TokenStream) -> TokenStream {
    match how {
        View::String | View::Enum => quote!(#value.as_str()),
        View::Copied => quote!(#star #value),
        View::Widened => quote!(i64::from(#star #value)),
        View::WidenedFloat => quote!(f64::from(#star #value)),
        View::Number => quote!(i64::from(#value.0)),
    }
}

fn length(value: &TokenStream, countable: Countable, wide: bool) -> TokenStream {
    let count = match countable {
        Countable::Text => quote!(#value.chars().count()),
        Countable::Collection => quote!(#value.len()),
    };
    if wide {
        quote!(i64::try_from(#count).unwrap_or(i64::MAX))
    } else {
        count
    }
}

fn several(queries: &[Query]) -> TokenStream {
    let values = queries.iter().map(|query| {
        let value = emit(query);
        if query.optional {
            value
        } else {
            quote!(Some(#value))
        }
    });
    quote!([#(#values),*].into_iter().flatten().collect::<Vec<_>>())
}

fn project(value: &TokenStream, projection: &Projection) -> TokenStream {
    let elements = iterated(value, projection.list);
    let flatten = projection.flatten.map(|list| match list {
        List::Collected => quote!(.flatten()),
        list => {
            let inner = iterated(&quote!(item), list);
            quote!(.flat_map(|item| #inner))
        }
    });
    let filter = projection.filter.as_ref().map(|filter| {
        let filter = emit(filter);
        quote!(.filter(|&item| #filter))
    });
    let each = projection.each.as_ref().map(|each| {
        let value = emit(each);
        if each.optional {
            quote!(.filter_map(|item| #value))
        } else {
            quote!(.map(|item| #value))
        }
    });
    quote!(#elements #flatten #filter #each .collect::<Vec<_>>())
}

fn iterated(value: &TokenStream, list: List) -> TokenStream {
    match list {
        List::Borrowed => quote!(#value.iter()),
        List::Sparse => quote!(#value.iter().flatten()),
        List::Collected => quote!(#value.into_iter()),
    }
}

fn compare(comparator: Comparator, left: &Query, right: &Query) -> TokenStream {
    let operator = match comparator {
        Comparator::Equal => quote!(==),
        Comparator::NotEqual => quote!(!=),
        Comparator::Less => quote!(<),
        Comparator::LessOrEqual => quote!(<=),
        Comparator::Greater => quote!(>),
        Comparator::GreaterOrEqual => quote!(>=),
    };
    if !matches!(comparator, Comparator::Equal | Comparator::NotEqual) {
        // An absent value is neither less nor greater than any other.
        return together(left, right, |left, right| quote!(#left #operator #right));
    }
    let side = |query: &Query, wrap: bool| {
        let value = operand(query);
        if wrap { quote!(Some(#value)) } else { value }
    };
    let either = left.optional || right.optional;
    let (left, right) = (
        side(left, either && !left.optional),
        side(right, either && !right.optional),
    );
    quote!(#left #operator #right)
}

/// Emits a test of two values that is false if either is absent.
fn together(
    left: &Query,
    right: &Query,
    question: impl FnOnce(TokenStream, TokenStream) -> TokenStream,
) -> TokenStream {
    match (left.optional, right.optional) {
        (false, false) => question(operand(left), operand(right)),
        (true, false) => {
            let (base, question) = (emit(left), question(quote!(value), operand(right)));
            quote!(#base.is_some_and(|value| #question))
        }
        (false, true) => {
            let (base, question) = (emit(right), question(operand(left), quote!(value)));
            quote!(#base.is_some_and(|value| #question))
        }
        (true, true) => {
            let (left, right) = (emit(left), emit(right));
            let question = question(quote!(left), quote!(right));
            quote!(#left.zip(#right).is_some_and(|(left, right)| #question))
        }
    }
}

fn condition(of: &Query, how: Truth) -> TokenStream {
    match how {
        Truth::Boolean => {
            let of = emit(of);
            quote!(#of == Some(true))
        }
        Truth::NotEmpty => holds(of, |value| quote!(!#value.is_empty())),
        Truth::Present if of.optional => {
            let of = emit(of);
            quote!(#of.is_some())
        }
        Truth::Present => quote!(true),
    }
}

/// Emits a test of a value that is false if the value is absent.
fn holds(of: &Query, question: impl FnOnce(TokenStream) -> TokenStream) -> TokenStream {
    if of.optional {
        let (base, question) = (emit(of), question(quote!(value)));
        return quote!(#base.is_some_and(|value| #question));
    }
    if is_made(of) {
        // The test uses the value more than once, but the value is built only once.
        let (base, question) = (emit(of), question(quote!(values)));
        return quote!({
            let values = #base;
            #question
        });
    }
    question(place(of))
}

/// Returns whether the value is a `Vec` that the expression builds.
fn is_made(of: &Query) -> bool {
    matches!(
        of.step,
        Step::Project(_) | Step::Several(_) | Step::Keys(_) | Step::Values(_)
    )
}

/// Emits a value as an operand of a larger expression, in parentheses if it needs them.
fn operand(query: &Query) -> TokenStream {
    let value = emit(query);
    match is_binary(query) {
        true => quote!((#value)),
        false => value,
    }
}

/// Returns whether the expression has a binary operator, which binds weaker than the expression around it.
fn is_binary(query: &Query) -> bool {
    match &query.step {
        Step::And(..) | Step::Or(..) => true,
        Step::Compare(Comparator::Equal | Comparator::NotEqual, ..) => true,
        Step::Compare(_, left, right) => !left.optional && !right.optional,
        Step::Truth(_, how) => *how == Truth::Boolean,
        // A list that the expression builds is in a block of its own.
        Step::AllAre(of, _) => !of.optional && !is_made(of),
        _ => false,
    }
}
