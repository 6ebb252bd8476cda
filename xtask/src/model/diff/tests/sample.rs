//! A small model for tests, and edits of it.

use crate::model::diff::report::{Effect, Report};
use serde_json::{Value, json};
use smithy_model::Model;

/// Returns a service with one operation, whose input and output share a structure.
pub(super) fn base() -> Value {
    json!({"smithy": "2.0", "shapes": {
        "a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Op"}, {"target": "a#Other"}],
                "traits": {"aws.protocols#restJson1": {}}},
        "a#Op": {"type": "operation", "input": {"target": "a#In"}, "output": {"target": "a#Out"},
                 "errors": [{"target": "a#Bad"}, {"target": "a#Worse"}],
                 "traits": {"smithy.api#http": {"method": "POST", "uri": "/op"}}},
        "a#Other": {"type": "operation", "errors": [{"target": "a#Worse"}],
                    "traits": {"smithy.api#http": {"method": "POST", "uri": "/other"}}},
        "a#In": {"type": "structure", "members": {
            "name": {"target": "a#Name"}, "must": {"target": "a#Name", "traits": {"smithy.api#required": {}}},
            "token": {"target": "smithy.api#String"}, "data": {"target": "a#Data"}}},
        "a#Out": {"type": "structure", "members": {
            "data": {"target": "a#Data"}, "items": {"target": "a#Names"}, "token": {"target": "smithy.api#String"},
            "only": {"target": "a#OutOnly"}}},
        "a#Data": {"type": "structure", "members": {
            "a": {"target": "smithy.api#String"}, "b": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}},
            "count": {"target": "a#Count"}, "color": {"target": "a#Color"}, "choice": {"target": "a#Choice"},
            "inner": {"target": "a#Inner"}}},
        "a#Inner": {"type": "structure", "members": {}},
        "a#OutOnly": {"type": "structure", "members": {"text": {"target": "a#Text"}}},
        "a#Choice": {"type": "union", "members": {"x": {"target": "smithy.api#String"}, "y": {"target": "smithy.api#String"}}},
        "a#Color": {"type": "enum", "members": {
            "RED": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "red"}},
            "BLUE": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "blue"}}}},
        "a#Name": {"type": "string", "traits": {"smithy.api#length": {"min": 1, "max": 10}, "smithy.api#pattern": "[a-z]+"}},
        "a#Text": {"type": "string", "traits": {"smithy.api#length": {"max": 10}}},
        "a#Names": {"type": "list", "member": {"target": "a#Name"}},
        "a#Count": {"type": "integer", "traits": {"smithy.api#range": {"min": 1, "max": 5}}},
        "a#Bad": {"type": "structure", "members": {"message": {"target": "smithy.api#String"}},
                  "traits": {"smithy.api#error": "client"}},
        "a#Worse": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "server"}}
    }})
}

/// Returns the model with a value set at a JSON pointer below the shapes, or removed with `null`.
pub(super) fn with(edits: &[(&str, Value)]) -> Model {
    let mut model = base();
    for (path, value) in edits {
        let (parent, key) = path.rsplit_once('/').unwrap();
        let parent = model["shapes"].pointer_mut(parent).unwrap();
        match (parent, value) {
            (Value::Array(items), Value::Null) => drop(items.remove(key.parse().unwrap())),
            (Value::Array(items), value) => items.push(value.clone()),
            (parent, Value::Null) => drop(parent.as_object_mut().unwrap().remove(key)),
            (parent, value) => parent[key] = value.clone(),
        }
    }
    Model::from_sources(&[("model.json", &model.to_string())]).unwrap()
}

/// Returns each change with its effect, one line each.
pub(super) fn told(old: &Model, new: &Model) -> Vec<(Effect, String)> {
    let report = Report::of(old, new).unwrap();
    let changes = report.changes.into_iter();
    changes
        .map(|change| {
            let what = change.added.map_or(change.text, |name| format!("+ {name}"));
            (change.effect, format!("{} {what}", change.subject))
        })
        .collect()
}
