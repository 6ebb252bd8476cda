//! Converts shapes to entries of the JSON AST.

use super::{
    Context, TraitList, add, add_deprecated, add_documentation, flag,
    format::Shape,
    members::{members, part, timestamp_format},
    xml,
};
use crate::{
    ModelError, ShapeId,
    ast::{AstMember, AstShape, Entries},
    enum_names::member_names,
};
use serde_json::{Map, Number, Value, json};
use std::collections::BTreeSet;

pub(super) fn shape(
    cx: &Context<'_>,
    name: &str,
    id: &ShapeId,
    shape: &Shape,
    problems: &mut Vec<ModelError>,
) -> AstShape {
    let mut ast = AstShape {
        kind: kind(cx, name, shape).to_owned(),
        ..AstShape::default()
    };
    let mut part = |name, reference: &Option<_>| part(cx, name, reference.as_ref()?, problems);
    ast.member = part("member", &shape.member);
    ast.key = part("key", &shape.key);
    ast.value = part("value", &shape.value);
    match ast.kind.as_str() {
        "structure" | "union" => ast.members = Some(members(cx, id, shape, problems)),
        "enum" => ast.members = shape.values.as_deref().map(enum_members),
        _ => {}
    }
    ast.traits = traits(cx, name, shape, &ast.kind);
    if matches!(ast.kind.as_str(), "structure" | "union") {
        xml::add_to_structure(cx, id, name, shape, &mut ast.traits);
    }
    ast
}

/// Unions that the format does not mark, by `serviceId` and name. They are unions in the Smithy models of AWS; botocore's
/// format introduced unions later.
const UNMARKED_UNIONS: &[(&str, &[&str])] = &[
    ("CloudDirectory", &["TypedAttributeValue"]),
    ("DynamoDB", &["AttributeValue"]),
    ("DynamoDB Streams", &["AttributeValue"]),
    ("IoT", &["AssetPropertyVariant"]),
    (
        "QuickSight",
        &[
            "DataSourceParameters",
            "PhysicalTable",
            "TransformOperation",
        ],
    ),
    ("S3", &["AnalyticsFilter", "MetricsFilter"]),
    ("SageMaker", &["TrialComponentParameterValue"]),
    ("XRay", &["AnnotationValue"]),
];

fn is_unmarked_union(cx: &Context<'_>, name: &str) -> bool {
    let service = cx.model.metadata.service_id.as_deref();
    let mut services = UNMARKED_UNIONS.iter();
    services.any(|(id, unions)| service == Some(id) && unions.contains(&name))
}

fn kind<'a>(cx: &Context<'_>, name: &str, shape: &'a Shape) -> &'a str {
    match shape.kind.as_str() {
        "structure" if shape.document => "document",
        "structure" if shape.union || shape.event_stream || is_unmarked_union(cx, name) => "union",
        "string"
            if shape
                .values
                .as_ref()
                .is_some_and(|values| !values.is_empty()) =>
        {
            "enum"
        }
        "character" => "string",
        kind => kind,
    }
}

/// Returns the members of an enum. Duplicate values, which some models have, are removed.
fn enum_members(values: &[String]) -> Entries<String, AstMember> {
    let mut seen = BTreeSet::new();
    let values: Vec<&String> = values.iter().filter(|value| seen.insert(*value)).collect();
    let names = member_names(values.iter().map(|value| value.as_str()));
    let member = |value: &String| AstMember {
        target: ShapeId::prelude("Unit"),
        traits: Entries(vec![("smithy.api#enumValue".to_owned(), json!(value))]),
    };
    names
        .into_iter()
        .zip(values.into_iter().map(member))
        .collect()
}

fn traits(cx: &Context<'_>, name: &str, shape: &Shape, kind: &str) -> TraitList {
    let mut traits = TraitList::default();
    add_documentation(&mut traits, shape.documentation.as_ref());
    add_bounds(&mut traits, shape, kind);
    if let Some(pattern) = &shape.pattern {
        add(&mut traits, "smithy.api#pattern", json!(pattern));
    }
    flag(&mut traits, shape.sensitive, "smithy.api#sensitive");
    flag(&mut traits, shape.sparse, "smithy.api#sparse");
    flag(&mut traits, shape.event_stream, "smithy.api#streaming");
    cx.target_traits.add(name, shape, &mut traits);
    if let Some(format) = &shape.timestamp_format {
        add(
            &mut traits,
            "smithy.api#timestampFormat",
            json!(timestamp_format(format)),
        );
    }
    if let Some(error) = cx.errors.get(name) {
        error.add(&mut traits);
    }
    if let Some(retryable) = &shape.retryable {
        let throttling = json!({"throttling": true});
        let value = if retryable.throttling {
            throttling
        } else {
            json!({})
        };
        add(&mut traits, "smithy.api#retryable", value);
    }
    add_deprecated(&mut traits, &shape.deprecation);
    traits
}

/// Adds `min` and `max`, which bound the length or the value, depending on the type.
fn add_bounds(traits: &mut TraitList, shape: &Shape, kind: &str) {
    let (id, as_bound): (_, fn(&Number) -> Value) = match kind {
        "string" | "enum" | "blob" | "list" | "map" => ("smithy.api#length", length),
        "byte" | "short" | "integer" | "long" | "float" | "double" => {
            ("smithy.api#range", |number| json!(number))
        }
        _ => return,
    };
    let mut value = Map::new();
    for (key, bound) in [("min", &shape.min), ("max", &shape.max)] {
        if let Some(bound) = bound {
            value.insert(key.to_owned(), as_bound(bound));
        }
    }
    if !value.is_empty() {
        add(traits, id, Value::Object(value));
    }
}

/// Converts a length, which may be written as `1.0`. Other fractions are unchanged; the loader reports them.
fn length(number: &Number) -> Value {
    match number.as_f64() {
        Some(float) if !number.is_u64() && float.fract() == 0.0 => json!(float as i64),
        _ => json!(number),
    }
}
