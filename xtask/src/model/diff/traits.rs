//! Compares traits without a specific comparison.

use super::constraints::CONSTRAINTS;
use super::report::{Effect, Kind, Report};
use smithy_model::Traits;
use smithy_model::known::Deprecated;
use std::collections::BTreeSet;

/// Traits without an effect on users or generated code.
const SILENT: &[&str] = &[
    "smithy.api#documentation",
    "smithy.api#externalDocumentation",
    "smithy.api#examples",
    "smithy.api#enumValue",
    "smithy.api#title",
    "smithy.api#since",
    "smithy.api#tags",
    "smithy.api#box",
    "smithy.api#input",
    "smithy.api#output",
    "smithy.api#private",
    "smithy.api#suppress",
    "smithy.rules#endpointTests",
    "smithy.test#smokeTests",
];

/// Traits that determine the wire format.
const WIRE: &[&str] = &[
    "smithy.api#jsonName",
    "smithy.api#httpHeader",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpLabel",
    "smithy.api#hostLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpResponseCode",
    "smithy.api#timestampFormat",
    "smithy.api#eventHeader",
    "smithy.api#eventPayload",
    "smithy.api#xmlName",
    "smithy.api#xmlAttribute",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlNamespace",
    "aws.protocols#ec2QueryName",
    "aws.protocols#awsQueryError",
];

/// The maximum length of a printed value.
const MAX_LENGTH: usize = 100;

/// Compares all traits except those that other comparisons report.
pub(super) fn compare(
    kind: Kind,
    subject: &str,
    old: &Traits,
    new: &Traits,
    told: &[&str],
    report: &mut Report,
) {
    let both = old.iter().chain(new.iter());
    let ids: BTreeSet<&str> = both.map(|(id, _)| id).collect();
    for id in ids {
        let is_told = [told, SILENT, CONSTRAINTS]
            .iter()
            .any(|ids| ids.contains(&id));
        let (was, is) = (old.raw(id), new.raw(id));
        if is_told || was == is {
            continue;
        }
        let effect = if WIRE.contains(&id) {
            Effect::Breaks
        } else {
            Effect::Changes
        };
        let text = match id {
            "smithy.api#deprecated" => deprecated(new),
            "smithy.api#sensitive" if is.is_some() => "is secret now, and never printed".to_owned(),
            "smithy.api#sensitive" => "is no longer secret, and is printed".to_owned(),
            _ => changed(id, was, is),
        };
        report.push(effect, kind, subject, text);
    }
}

fn deprecated(new: &Traits) -> String {
    match new.get::<Deprecated>() {
        None => "is no longer deprecated".to_owned(),
        Some(Deprecated {
            message: Some(message),
            ..
        }) => format!("is deprecated: {}", message.trim()),
        Some(_) => "is deprecated".to_owned(),
    }
}

fn changed(id: &str, was: Option<&serde_json::Value>, is: Option<&serde_json::Value>) -> String {
    // The value of an annotation trait is an empty object.
    let print = |value: &serde_json::Value| {
        let text = value.to_string();
        match text.as_str() {
            "{}" => String::new(),
            text if text.len() > MAX_LENGTH => String::new(),
            text => format!(" `{text}`"),
        }
    };
    match (was, is) {
        (None, Some(is)) => format!("has the trait `{id}`{}", print(is)),
        (Some(_), None) => format!("no longer has the trait `{id}`"),
        (Some(was), Some(is)) => match (print(was), print(is)) {
            (was, is) if was.is_empty() || is.is_empty() => format!("has another `{id}`"),
            (was, is) => format!("has the trait `{id}`{is}, before{was}"),
        },
        (None, None) => String::new(),
    }
}
