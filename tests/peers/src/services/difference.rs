//! Finds the first difference of two JSON values.

use serde_json::{Map, Value, json};
use smithy_model::known::DefaultValue;
use smithy_model::{Member, Model, Shape, ShapeId, ShapeKind};

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

/// Converts intended differences of our output to theirs: zero values of types that cannot be absent are absent; an empty
/// payload, which is absent in our output as in Smithy, is empty; a number that is text in the model of AWS is a number; and
/// texts of two members with one name in XML are in both, and not in the list alone.
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
                let is_empty = payload && (theirs == "" || *theirs == json!({}));
                if is_empty
                    || list_of_name(shape, name).is_some_and(|list| has_all(a.get(list), theirs))
                {
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
        (ShapeKind::String, Value::String(text), Value::Number(number))
            if *text == number.to_string() =>
        {
            theirs.clone()
        }
        _ => ours.clone(),
    }
}

/// Returns the list of a structure whose elements have the name of another member in XML.
fn list_of_name<'a>(shape: &'a Shape, name: &str) -> Option<&'a str> {
    let name_in_xml = |member: &Member| {
        let own = member
            .traits
            .raw("smithy.api#xmlName")
            .and_then(Value::as_str);
        own.unwrap_or(&member.name).to_owned()
    };
    let known = name_in_xml(shape.member(name)?);
    let mut members = shape.members.values();
    let list = members.find(|member| {
        let is_flattened = member.traits.has("smithy.api#xmlFlattened");
        member.name != name && is_flattened && name_in_xml(member) == known
    });
    list.map(|list| list.name.as_str())
}

/// Returns whether a list has exactly the texts that botocore reads for a text: one, or several.
fn has_all(list: Option<&Value>, theirs: &Value) -> bool {
    match theirs {
        Value::String(_) => list == Some(&json!([theirs])),
        theirs => theirs.is_array() && list == Some(theirs),
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

    /// Converts our output of a structure with these members.
    fn converted(members: Value, ours: Value, theirs: &Value) -> Value {
        let model = json!({"smithy": "2.0", "shapes": {
            "a#Output": {"type": "structure", "members": members},
            "a#List": {"type": "list", "member": {"target": "smithy.api#String"}},
        }});
        let model = Model::from_sources(&[("model.json", &model.to_string())]).unwrap();
        let id = "a#Output".parse().unwrap();
        without_zeros(&model, Some(&id), &ours, theirs)
    }

    #[test]
    fn a_text_is_the_number_with_its_digits() {
        let of = |ours: Value, theirs: Value| {
            let text = json!({"marker": {"target": "smithy.api#String"}});
            let theirs = json!({ "marker": theirs });
            converted(text, json!({ "marker": ours }), &theirs) == theirs
        };
        assert!(of(json!("12"), json!(12)));
        assert!(!of(json!("12"), json!(13)));
        assert!(!of(json!("012"), json!(12)));
        assert!(!of(json!(""), json!(0)));
    }

    #[test]
    fn a_text_with_the_name_of_a_list_is_absent_if_the_list_has_it() {
        let of = |ours: Value, theirs: Value| {
            let named = json!({"smithy.api#xmlName": "Event", "smithy.api#xmlFlattened": {}});
            let members = json!({
                "Events": {"target": "a#List", "traits": named},
                "Event": {"target": "smithy.api#String"},
                "Other": {"target": "smithy.api#String"},
            });
            converted(members, ours, &theirs) == theirs
        };
        let list = |texts: Value| json!({"Events": texts});
        assert!(of(
            list(json!(["a"])),
            json!({"Events": ["a"], "Event": "a"})
        ));
        let both = json!(["a", "b"]);
        assert!(of(
            list(both.clone()),
            json!({"Events": both, "Event": both})
        ));
        assert!(!of(
            list(both.clone()),
            json!({"Events": both, "Event": "a"})
        ));
        assert!(!of(json!({}), json!({"Event": "a"})));
        assert!(!of(
            list(json!(["a"])),
            json!({"Events": ["a"], "Other": "a"})
        ));
    }
}
