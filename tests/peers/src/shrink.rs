//! Shrinks a JSON value that shows a fault.

use serde_json::{Map, Value, json};

/// The maximum number of values that are tried.
const TRIES: usize = 3_000;

/// Removes and simplifies parts of a value while `fails` returns `true`.
pub(crate) fn shrink(value: Value, mut fails: impl FnMut(&Value) -> bool) -> Value {
    let mut smallest = value;
    let mut tries = 0;
    'simpler: loop {
        for candidate in candidates(&smallest) {
            tries += 1;
            if tries > TRIES {
                return smallest;
            }
            if fails(&candidate) {
                smallest = candidate;
                continue 'simpler;
            }
        }
        return smallest;
    }
}

/// Returns values that are one step simpler, the largest step first.
fn candidates(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(entries) => {
            let without = entries.keys().map(|gone| {
                let kept = entries.iter().filter(|(name, _)| *name != gone);
                Value::Object(
                    kept.map(|(name, value)| (name.clone(), value.clone()))
                        .collect(),
                )
            });
            let within = entries.iter().flat_map(|(name, inner)| {
                candidates(inner).into_iter().map(move |simpler| {
                    let mut changed: Map<String, Value> = entries.clone();
                    changed[name.as_str()] = simpler;
                    Value::Object(changed)
                })
            });
            without.chain(within).collect()
        }
        Value::Array(elements) => {
            let halves = [
                &elements[..elements.len() / 2],
                &elements[elements.len() / 2..],
            ];
            let halves = halves
                .into_iter()
                .filter(|half| half.len() < elements.len());
            let within = elements.iter().enumerate().flat_map(|(index, inner)| {
                candidates(inner).into_iter().map(move |simpler| {
                    let mut changed = elements.clone();
                    changed[index] = simpler;
                    Value::Array(changed)
                })
            });
            halves.map(|half| json!(half)).chain(within).collect()
        }
        Value::String(text) => {
            let characters: Vec<char> = text.chars().collect();
            let half = characters.len() / 2;
            let halves = [&characters[..half], &characters[half..]];
            let shorter = halves
                .into_iter()
                .filter(|half| half.len() < characters.len());
            shorter
                .map(|half| json!(half.iter().collect::<String>()))
                .collect()
        }
        Value::Number(number) if number.as_f64() != Some(0.0) && number.as_i64() != Some(1) => {
            vec![json!(0), json!(1)]
        }
        Value::Bool(true) => vec![json!(false)],
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irrelevant_differences_are_removed_and_relevant_ones_kept() {
        let value = json!({"a": [1, {"b": "xyzQuvw", "c": true}, 7], "d": {"e": null}});
        let fails = |value: &Value| value.to_string().contains('Q');
        assert_eq!(shrink(value, fails), json!({"a": [{"b": "Q"}]}));
    }

    #[test]
    fn a_value_that_cannot_be_simpler_is_kept() {
        assert_eq!(shrink(json!([]), |_| false), json!([]));
        assert_eq!(
            shrink(json!({"a": 5}), |value| value == &json!({"a": 5})),
            json!({"a": 5})
        );
    }
}
