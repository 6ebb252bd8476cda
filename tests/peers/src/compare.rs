//! Compares two JSON values of one shape; each difference has its path and shape.

use serde_json::Value;
use smithy_model::{Model, ShapeId, ShapeKind};
use std::fmt;

/// A difference between two values.
#[derive(Debug, Clone)]
pub(crate) struct Difference {
    /// The path, such as `tasks[2].taskType`.
    pub(crate) path: String,
    /// The Smithy type of the shape.
    pub(crate) kind: &'static str,
    pub(crate) ours: Option<Value>,
    pub(crate) theirs: Option<Value>,
}

impl Difference {
    /// Returns a difference between whole requests or responses.
    pub(crate) fn of_whole(kind: &'static str, ours: Value, theirs: Value) -> Self {
        Self {
            path: String::new(),
            kind,
            ours: Some(ours),
            theirs: Some(theirs),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |value: &Option<Value>| match value {
            Some(value) => value.to_string(),
            None => "absent".to_owned(),
        };
        let path = if self.path.is_empty() {
            "the whole"
        } else {
            &self.path
        };
        write!(
            f,
            "{path} ({}): ours {}, theirs {}",
            self.kind,
            text(&self.ours),
            text(&self.theirs)
        )
    }
}

/// Compares two values of a shape, with a comparison of numbers.
pub(crate) struct Comparison<'a> {
    pub(crate) model: &'a Model,
    pub(crate) same_number: fn(&Value, &Value) -> bool,
    differences: Vec<Difference>,
}

/// Describes the value at a path.
#[derive(Clone, Copy)]
struct Pair<'v> {
    ours: Option<&'v Value>,
    theirs: Option<&'v Value>,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(model: &'a Model, same_number: fn(&Value, &Value) -> bool) -> Self {
        Self {
            model,
            same_number,
            differences: vec![],
        }
    }

    /// Collects the differences between two values of a shape.
    pub(crate) fn of(mut self, shape: &ShapeId, ours: &Value, theirs: &Value) -> Vec<Difference> {
        let pair = Pair {
            ours: Some(ours),
            theirs: Some(theirs),
        };
        self.compare(String::new(), shape, pair);
        self.differences
    }

    fn compare(&mut self, path: String, target: &ShapeId, pair: Pair<'_>) {
        let model = self.model;
        let Some(shape) = model.shape(target) else {
            return;
        };
        match (&shape.kind, pair.ours, pair.theirs) {
            (
                ShapeKind::Structure | ShapeKind::Union,
                Some(Value::Object(ours)),
                Some(Value::Object(theirs)),
            ) => {
                for name in names(ours.keys(), theirs.keys()) {
                    let pair = Pair {
                        ours: ours.get(name),
                        theirs: theirs.get(name),
                    };
                    let path = join(&path, name);
                    match shape.member(name) {
                        Some(member) => self.compare(path, &member.target, pair),
                        None => self.note(path, "unknown", pair),
                    }
                }
            }
            (ShapeKind::Map, Some(Value::Object(ours)), Some(Value::Object(theirs))) => {
                let Some(value) = shape.member("value") else {
                    return;
                };
                for name in names(ours.keys(), theirs.keys()) {
                    let pair = Pair {
                        ours: ours.get(name),
                        theirs: theirs.get(name),
                    };
                    self.compare(format!("{path}[{name:?}]"), &value.target, pair);
                }
            }
            (ShapeKind::List, Some(Value::Array(ours)), Some(Value::Array(theirs)))
                if ours.len() == theirs.len() =>
            {
                let Some(member) = shape.member("member") else {
                    return;
                };
                for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                    let pair = Pair {
                        ours: Some(ours),
                        theirs: Some(theirs),
                    };
                    self.compare(format!("{path}[{index}]"), &member.target, pair);
                }
            }
            (_, Some(ours), Some(theirs)) if ours == theirs || (self.same_number)(ours, theirs) => {
            }
            (_, None, None) => {}
            (kind, ..) => {
                self.note(path, kind.name(), pair);
            }
        }
    }

    fn note(&mut self, path: String, kind: &'static str, pair: Pair<'_>) {
        self.differences.push(Difference {
            path,
            kind,
            ours: pair.ours.cloned(),
            theirs: pair.theirs.cloned(),
        });
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// Returns the names of both, without duplicates.
fn names<'v>(
    ours: impl Iterator<Item = &'v String>,
    theirs: impl Iterator<Item = &'v String>,
) -> Vec<&'v String> {
    let mut names: Vec<_> = ours.chain(theirs).collect();
    names.sort_unstable();
    names.dedup();
    names
}
