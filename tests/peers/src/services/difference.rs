//! Finds the first difference of two JSON values.

use serde_json::{Map, Value, json};
use smithy_model::known::DefaultValue;
use smithy_model::{Model, ShapeId, ShapeKind};

/// Returns the path and description of the first difference. Numbers are compared by value.
pub(super) fn difference(ours: &Value, theirs: &Value) -> Option<String> {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            let names = a.keys().chain(b.keys());
            let mut found = names.filter_map(|name| match (a.get(name), b.get(name)) {
                (Some(ours), Some(theirs)) => {
                    Some(within(&format!(".{name}"), difference(ours, theirs)?))
                }
                (ours, theirs) => Some(format!(
                    ".{name}: ours {}, theirs {}",
                    ours.map_or("absent".to_owned(), Value::to_string),
                    theirs.map_or("absent".to_owned(), Value::to_string)
                )),
            });
            found.next()
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs.find_map(|(index, (ours, theirs))| {
                Some(within(&format!("[{index}]"), difference(ours, theirs)?))
            })
        }
        (Value::Number(a), Value::Number(b))
            if a.as_i64().is_none() && b.as_i64().is_none() || a.is_f64() != b.is_f64() =>
        {
            (a.as_f64() != b.as_f64()).then(|| format!(": ours {a}, theirs {b}"))
        }
        _ => (ours != theirs).then(|| format!(": ours {ours}, theirs {theirs}")),
    }
}

fn within(place: &str, inner: String) -> String {
    format!("{place}{inner}")
}

/// Converts intended differences of our output to theirs: zero values of types that cannot be absent are absent, and an
/// empty payload, which is absent in our output as in Smithy, is empty.
pub(super) fn without_zeros(
    model: &Model,
    id: Option<&ShapeId>,
    ours: &Value,
    theirs: &Value,
) -> Value {
    let Some(shape) = id.and_then(|id| model.shape(id)) else {
        return ours.clone();
    };
    let inner = |name: &str, ours: &Value, theirs: &Value| {
        let target = shape.member(name).map(|member| &member.target);
        without_zeros(model, target, ours, theirs)
    };
    match (&shape.kind, ours, theirs) {
        (ShapeKind::Structure | ShapeKind::Union, Value::Object(a), Value::Object(b)) => {
            let mut kept = Map::new();
            for (name, ours) in a {
                let always = shape.member(name).is_some_and(|member| {
                    member.traits.has("smithy.api#required")
                        || member.traits.get::<DefaultValue>().is_some()
                });
                match b.get(name) {
                    Some(theirs) => drop(kept.insert(name.clone(), inner(name, ours, theirs))),
                    None if always && is_zero(ours) => {}
                    None => drop(kept.insert(name.clone(), ours.clone())),
                }
            }
            for (name, theirs) in b.iter().filter(|(name, _)| !a.contains_key(*name)) {
                let member = shape.member(name);
                let payload =
                    member.is_some_and(|member| member.traits.has("smithy.api#httpPayload"));
                if payload && (theirs == "" || *theirs == json!({})) {
                    kept.insert(name.clone(), theirs.clone());
                }
            }
            Value::Object(kept)
        }
        // The events of a stream.
        (ShapeKind::Union, Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b);
            let events = pairs.map(|(ours, theirs)| without_zeros(model, id, ours, theirs));
            Value::Array(events.collect())
        }
        (ShapeKind::List, Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b);
            Value::Array(
                pairs
                    .map(|(ours, theirs)| inner("member", ours, theirs))
                    .collect(),
            )
        }
        (ShapeKind::Map, Value::Object(a), Value::Object(b)) => {
            let entries = a.iter().map(|(name, ours)| {
                let theirs = b.get(name).unwrap_or(&Value::Null);
                (name.clone(), inner("value", ours, theirs))
            });
            Value::Object(entries.collect())
        }
        _ => ours.clone(),
    }
}

fn is_zero(value: &Value) -> bool {
    [
        json!(null),
        json!("1970-01-01T00:00:00Z"),
        json!(false),
        json!(0),
        json!(0.0),
        json!(""),
        json!([]),
        json!({}),
    ]
    .contains(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_differ_differ_somewhere_and_no_others() {
        for (ours, theirs, expected) in [
            (json!({"a": [1, 2.0]}), json!({"a": [1.0, 2]}), None),
            (
                json!({"a": [1, 2]}),
                json!({"a": [1, 3]}),
                Some(".a[1]: ours 2, theirs 3"),
            ),
            (
                json!({"a": 1}),
                json!({"b": 1}),
                Some(".a: ours 1, theirs absent"),
            ),
            (
                json!({}),
                json!({"b": null}),
                Some(".b: ours absent, theirs null"),
            ),
            (json!([1]), json!([]), Some(": ours [1], theirs []")),
            (
                json!(i64::MAX),
                json!(i64::MAX - 1),
                Some(": ours 9223372036854775807, theirs 9223372036854775806"),
            ),
        ] {
            assert_eq!(difference(&ours, &theirs).as_deref(), expected);
        }
    }
}
