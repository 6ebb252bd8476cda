//! Changes random values so that they are valid in their location.

use crate::draw::{Draw, Side};
use serde_json::{Map, Value, json};
use smithy_model::{Member, Model, ShapeId};

/// Makes header values printable, JSON strings valid, and ARNs for endpoints valid. Removes dot segments of paths, which the
/// client rejects and botocore sends. Removes nulls in responses, which the suites of AppFlow cover.
pub(super) fn fit(model: &Model, id: &ShapeId, value: &mut Value, draw: &mut Draw<'_>) {
    let (Some(shape), Value::Object(members)) = (model.shape(id), value) else {
        return;
    };
    for (name, value) in members.iter_mut() {
        if draw.side == Side::Output {
            without_nulls(value);
        }
        let Some(member) = shape.member(name) else {
            continue;
        };
        if member.traits.has("smithy.api#httpHeader") {
            each_text(value, &mut printable);
        }
        if member.traits.has("smithy.api#httpLabel") {
            each_text(value, &mut without_dot_segments);
        }
        // Only the text after the last slash is sent, and the client rejects an empty one.
        if IDS.contains(&member.target.name()) {
            each_text(value, &mut |text| {
                format!("{}x", text.trim_end_matches('/'))
            });
        }
        if is_json(model, member) && value.is_string() {
            let text = json!({"number": draw.rng.i32(..), "text": value.as_str().map(printable)});
            *value = json!(text.to_string());
        }
        if name.ends_with("ARN") && value.is_string() {
            *value = json!(ARNS[draw.rng.usize(..ARNS.len())]);
        }
    }
}

/// The shapes of the ids of Route 53.
const IDS: &[&str] = &["ResourceId", "ChangeId", "DelegationSetId"];

/// ARNs of the endpoint's account, of another region and partition, and an invalid one.
const ARNS: &[&str] = &[
    "arn:aws:kinesis:us-west-2:123456789012:stream/name",
    "arn:aws:kinesis:eu-central-1:000000000000:stream/a/consumer/b:1",
    "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/name",
    "arn:aws:dynamodb:us-west-2:123456789012:table/name",
    "arn:aws:kinesis:us-west-2::stream/name",
    "arn",
    "",
];

fn is_json(model: &Model, member: &Member) -> bool {
    let of_target = model.shape(&member.target).map(|shape| &shape.traits);
    let mut traits = [Some(&member.traits), of_target].into_iter().flatten();
    traits.any(|traits| traits.raw("smithy.api#mediaType") == Some(&json!("application/json")))
}

fn each_text(value: &mut Value, change: &mut impl FnMut(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(elements) => elements
            .iter_mut()
            .for_each(|value| each_text(value, change)),
        Value::Object(entries) => {
            let changed = std::mem::take(entries)
                .into_iter()
                .map(|(name, mut value)| {
                    each_text(&mut value, change);
                    (change(&name), value)
                });
            *entries = changed.collect::<Map<_, _>>();
        }
        _ => {}
    }
}

/// Makes a text valid in a header: not empty, without line breaks and without spaces at its ends.
fn printable(text: &str) -> String {
    let text: String = text.chars().filter(|c| matches!(c, ' '..='~')).collect();
    match text.trim() {
        "" => "x".to_owned(),
        text => text.to_owned(),
    }
}

fn without_dot_segments(text: &str) -> String {
    let segment = |segment| match segment {
        "." | ".." => "x",
        segment => segment,
    };
    text.split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn without_nulls(value: &mut Value) {
    match value {
        Value::Array(elements) => {
            elements.retain(|value| !value.is_null());
            elements.iter_mut().for_each(without_nulls);
        }
        Value::Object(entries) => {
            entries.retain(|_, value| !value.is_null());
            entries.values_mut().for_each(without_nulls);
        }
        _ => {}
    }
}
