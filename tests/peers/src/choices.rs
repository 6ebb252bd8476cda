//! The intended differences from botocore: converts what botocore sends and reads to what our client is meant to.
//!
//! A random case is compared after the choices are applied to botocore's side; everything else must be equal. An excused
//! case for each choice shows the difference itself: see [`cases`].

use serde_json::{Map, Value, json};
use smithy_model::known::DefaultValue;
use smithy_model::{Member, Model, ShapeId, ShapeKind};
use std::collections::BTreeSet;

/// An intended difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Choice {
    /// Requests: members with their default value are not sent.
    UnsentDefault,
    /// Responses: a missing member with a default has the default.
    FilledDefault,
    /// Responses: a missing required member is zero or empty.
    FilledRequired,
    /// Responses: nulls in lists and maps are dropped.
    DroppedNull,
    /// Responses: nulls in place of a list or a map are dropped too.
    NullForList,
}

impl Choice {
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::UnsentDefault => {
                "a nested member that holds its default is not sent, as in aws-sdk-appflow; botocore sends what it was given"
            }
            Self::FilledDefault => {
                "a member that has a default has it when the answer lacks it, as Smithy says; botocore leaves it out"
            }
            Self::FilledRequired => {
                "a required member is zero or empty when the answer lacks it, since its Rust type has no absence; botocore leaves it out"
            }
            Self::DroppedNull => {
                "nulls in lists and maps that are not sparse are left out, as Smithy says; botocore keeps them"
            }
            Self::NullForList => {
                "a null where a map holds lists is left out like any other; botocore fails on it"
            }
        }
    }
}

/// The side of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// The input is parameters, and the bodies of requests are compared.
    Request,
    /// The input is the body of a response, and the parsed values are compared.
    Response,
}

/// A case with an intended difference, and the result of each side.
pub(crate) struct Case {
    pub(crate) of: Of,
    pub(crate) choice: Choice,
    pub(crate) operation: &'static str,
    pub(crate) given: Value,
    pub(crate) ours: Value,
    pub(crate) theirs: Value,
}

impl Case {
    /// Returns the deviations from the stated results.
    pub(crate) fn fault(&self, ours: &Value, theirs: &Value) -> Option<String> {
        let stated = (&self.ours, &self.theirs) == (ours, theirs);
        let Self {
            operation, given, ..
        } = self;
        (!stated).then(|| {
            format!(
                "{operation}, {:?} of {given}:\n  ours   {ours}\n  stated {}\n  theirs {theirs}\n  stated {}",
                self.choice, self.ours, self.theirs
            )
        })
    }
}

/// Returns the excused cases of an operation.
pub(crate) fn cases(of: Of, operation: &str) -> Vec<Case> {
    let mut cases = all();
    cases.retain(|case| case.of == of && case.operation == operation);
    cases
}

/// Returns one case for each choice.
fn all() -> Vec<Case> {
    let profile = |properties: Value| {
        json!({
            "connectorProfileName": "crm",
            "clientToken": "token",
            "connectionMode": "Public",
            "connectorProfileConfig": {"connectorProfileProperties": {"Salesforce": properties}},
        })
    };
    let refused = json!({"refused": "TypeError: 'NoneType' object is not iterable"});
    vec![
        Case {
            of: Of::Request,
            choice: Choice::UnsentDefault,
            operation: "UpdateConnectorProfile",
            given: profile(json!({"isSandboxEnvironment": false})),
            ours: profile(json!({})),
            theirs: profile(json!({"isSandboxEnvironment": false})),
        },
        Case {
            of: Of::Response,
            choice: Choice::FilledDefault,
            operation: "DescribeConnector",
            given: json!({"connectorConfiguration": {"canUseAsSource": true}}),
            ours: json!({"connectorConfiguration": {
                "canUseAsSource": true,
                "canUseAsDestination": false,
                "isPrivateLinkEnabled": false,
                "isPrivateLinkEndpointUrlRequired": false,
            }}),
            theirs: json!({"connectorConfiguration": {"canUseAsSource": true}}),
        },
        Case {
            of: Of::Response,
            choice: Choice::FilledRequired,
            operation: "DescribeConnectorEntity",
            given: json!({}),
            ours: json!({"connectorEntityFields": []}),
            theirs: json!({}),
        },
        Case {
            of: Of::Response,
            choice: Choice::DroppedNull,
            operation: "ListTagsForResource",
            given: json!({"tags": {"a": "b", "c": null}}),
            ours: json!({"tags": {"a": "b"}}),
            theirs: json!({"tags": {"a": "b", "c": null}}),
        },
        Case {
            of: Of::Response,
            choice: Choice::NullForList,
            operation: "ListConnectorEntities",
            given: json!({"connectorEntityMap": {"a": [], "b": null}}),
            ours: json!({"connectorEntityMap": {"a": []}}),
            theirs: refused,
        },
    ]
}

/// Removes members with their default value from the parameters of an operation. Top-level members are optional in clients
/// for any default, and sent if they are set.
pub(crate) fn unsent(model: &Model, input: &ShapeId, params: &Value) -> (Value, BTreeSet<Choice>) {
    let mut walk = Walk::new(model, Of::Request);
    let mut params = params.clone();
    for member in model
        .shape(input)
        .into_iter()
        .flat_map(|shape| shape.members.values())
    {
        if let Some(value) = params.get_mut(&member.name) {
            walk.value(&member.target, value);
        }
    }
    (params, walk.choices)
}

/// Converts a value that botocore parsed to the one that we are meant to parse.
pub(crate) fn read(model: &Model, output: &ShapeId, theirs: &Value) -> (Value, BTreeSet<Choice>) {
    let mut walk = Walk::new(model, Of::Response);
    let mut value = theirs.clone();
    walk.value(output, &mut value);
    (value, walk.choices)
}

struct Walk<'a> {
    model: &'a Model,
    of: Of,
    choices: BTreeSet<Choice>,
}

impl<'a> Walk<'a> {
    fn new(model: &'a Model, of: Of) -> Self {
        Self {
            model,
            of,
            choices: BTreeSet::new(),
        }
    }

    fn value(&mut self, target: &ShapeId, value: &mut Value) {
        let Some(shape) = self.model.shape(target) else {
            return;
        };
        let sparse = shape.traits.has("smithy.api#sparse");
        match (&shape.kind, value) {
            (ShapeKind::Structure, Value::Object(members)) => {
                for member in shape.members.values() {
                    self.member(member, members);
                }
            }
            (ShapeKind::Union, Value::Object(members)) => {
                for (name, value) in members {
                    if let Some(member) = shape.member(name) {
                        self.value(&member.target, value);
                    }
                }
            }
            (ShapeKind::List, Value::Array(elements)) => {
                let before = elements.len();
                elements.retain(|element| sparse || !element.is_null());
                self.note(elements.len() < before, Choice::DroppedNull);
                if let Some(member) = shape.member("member") {
                    for element in elements {
                        self.value(&member.target, element);
                    }
                }
            }
            (ShapeKind::Map, Value::Object(entries)) => {
                let before = entries.len();
                entries.retain(|_, entry| sparse || !entry.is_null());
                self.note(entries.len() < before, Choice::DroppedNull);
                if let Some(member) = shape.member("value") {
                    for entry in entries.values_mut() {
                        self.value(&member.target, entry);
                    }
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, member: &Member, members: &mut Map<String, Value>) {
        if let Some(value) = members.get_mut(&member.name) {
            self.value(&member.target, value);
        }
        let required = member.traits.has("smithy.api#required");
        match (self.of, members.get(&member.name)) {
            (Of::Request, Some(value))
                if !required
                    && default(self.model, member).is_some_and(|default| same(&default, value)) =>
            {
                members.shift_remove(&member.name);
                self.choices.insert(Choice::UnsentDefault);
            }
            (Of::Response, None) => {
                let (stand_in, choice) = match required {
                    true => (self.zero(&member.target), Choice::FilledRequired),
                    false => (default(self.model, member), Choice::FilledDefault),
                };
                if let Some(stand_in) = stand_in {
                    members.insert(member.name.clone(), stand_in);
                    self.choices.insert(choice);
                }
            }
            _ => {}
        }
    }

    /// Returns the value of a missing required shape; structures and timestamps can still be absent.
    fn zero(&self, target: &ShapeId) -> Option<Value> {
        Some(match &self.model.shape(target)?.kind {
            ShapeKind::Boolean => json!(false),
            ShapeKind::String | ShapeKind::Enum | ShapeKind::Blob => json!(""),
            ShapeKind::List => json!([]),
            ShapeKind::Map => json!({}),
            kind if kind.is_number() => json!(0),
            _ => return None,
        })
    }

    fn note(&mut self, happened: bool, choice: Choice) {
        if happened && self.of == Of::Response {
            self.choices.insert(choice);
        }
    }
}

/// Returns the default of a member, or of its target.
fn default(model: &Model, member: &Member) -> Option<Value> {
    let of_target = model.shape(&member.target).map(|shape| &shape.traits);
    let mut traits = [Some(&member.traits), of_target].into_iter().flatten();
    let default = traits.find_map(|traits| traits.get::<DefaultValue>());
    default
        .map(|default| default.0)
        .filter(|default| !default.is_null())
}

/// Returns whether a value is the default; `0`, `0.0` and `-0.0` are equal.
fn same(default: &Value, value: &Value) -> bool {
    default == value
        || default
            .as_f64()
            .is_some_and(|number| value.as_f64() == Some(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_has_a_case_of_its_own() {
        let choices: Vec<Choice> = all().iter().map(|case| case.choice).collect();
        let all = [
            Choice::UnsentDefault,
            Choice::FilledDefault,
            Choice::FilledRequired,
            Choice::DroppedNull,
            Choice::NullForList,
        ];
        assert_eq!(choices, all);
    }

    #[test]
    fn only_nested_defaults_are_unsent() {
        let model = crate::model().unwrap();
        let input = "com.amazonaws.appflow#DeleteFlowRequest".parse().unwrap();
        let params = json!({"flowName": "copy", "forceDelete": false});
        assert_eq!(
            unsent(&model, &input, &params),
            (params.clone(), BTreeSet::new())
        );
        let input = "com.amazonaws.appflow#UpdateConnectorProfileRequest"
            .parse()
            .unwrap();
        let stated = cases(Of::Request, "UpdateConnectorProfile").remove(0);
        let (params, choices) = unsent(&model, &input, &stated.given);
        assert_eq!(params, stated.ours);
        assert_eq!(choices, BTreeSet::from([Choice::UnsentDefault]));
    }

    #[test]
    fn values_are_read_as_botocore_reads_them() {
        let model = crate::model().unwrap();
        for stated in all().iter().filter(|case| case.of == Of::Response) {
            if stated.choice == Choice::NullForList {
                continue;
            }
            let output = format!("com.amazonaws.appflow#{}Response", stated.operation);
            let (ours, choices) = read(&model, &output.parse().unwrap(), &stated.theirs);
            assert_eq!(ours, stated.ours);
            assert_eq!(choices, BTreeSet::from([stated.choice]));
        }
    }
}
