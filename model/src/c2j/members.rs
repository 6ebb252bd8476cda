//! Converts members, with their HTTP bindings and names in documents.

use super::{
    Context, TraitList, add, add_deprecated, add_documentation, flag,
    format::{MemberRef, Shape},
    xml,
};
use crate::{
    ModelError, ShapeId,
    ast::{AstMember, Entries},
};
use serde_json::json;

/// Converts the members of a structure or union.
pub(super) fn members(
    cx: &Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    problems: &mut Vec<ModelError>,
) -> Entries<String, AstMember> {
    for name in &shape.required {
        if !shape.members.0.iter().any(|(known, _)| known == name) {
            problems.push(ModelError::InvalidShape {
                file: cx.file.to_owned(),
                id: id.clone(),
                what: format!("the required member `{name}` does not exist"),
            });
        }
    }
    let convert = |(name, reference): &(String, MemberRef)| {
        let mut ast = plain_member(cx, reference, problems)?;
        if let Some(kind) = retyped(cx, name) {
            ast.target = ShapeId::prelude(kind);
        }
        add_documentation(&mut ast.traits, reference.documentation.as_ref());
        let required = shape.required.contains(name);
        let label = cx.model.has_http_bindings() && reference.location.as_deref() == Some("uri");
        // A URI needs a value for each label, so Smithy requires them.
        flag(&mut ast.traits, required || label, "smithy.api#required");
        let payload = shape.payload.as_ref() == Some(name);
        add_wire_traits(cx, name, reference, payload, &mut ast.traits);
        Some((name.clone(), ast))
    };
    let mut members = shape.members.0.iter().filter_map(convert).collect();
    xml::put_lists_first(cx, shape, &mut members);
    members
}

/// Members of other types in the Smithy models of AWS, and thus in the official crates, by `serviceId`: numbers that are
/// strings here, and strings that are numbers. They are written alike in queries and in XML.
const RETYPED: &[(&str, &str, &str)] = &[
    ("CloudFront", "MaxItems", "Integer"),
    ("Glacier", "limit", "Integer"),
    ("Route 53", "MaxItems", "Integer"),
    ("Route 53", "MaxResults", "Integer"),
    ("S3", "NextPartNumberMarker", "String"),
    ("S3", "PartNumberMarker", "String"),
];

/// Returns the name of the other type of a member, if it has one.
fn retyped(cx: &Context<'_>, member: &str) -> Option<&'static str> {
    let service = cx.model.metadata.service_id.as_deref()?;
    let mut members = RETYPED.iter();
    let found = members.find(|(id, name, _)| (*id, *name) == (service, member))?;
    Some(found.2)
}

/// Converts the member of a list, or the key or value of a map; `default` is its name in Smithy.
pub(super) fn part(
    cx: &Context<'_>,
    default: &str,
    reference: &MemberRef,
    problems: &mut Vec<ModelError>,
) -> Option<AstMember> {
    let mut ast = plain_member(cx, reference, problems)?;
    xml::add_to_part(cx, default, reference, &mut ast.traits);
    Some(ast)
}

/// Converts the parts that all members have, including those of lists and maps.
fn plain_member(
    cx: &Context<'_>,
    reference: &MemberRef,
    problems: &mut Vec<ModelError>,
) -> Option<AstMember> {
    let target = cx.target_traits.target(cx, reference, problems)?;
    let mut traits = TraitList::default();
    flag(&mut traits, reference.sensitive, "smithy.api#sensitive");
    if let Some(format) = &reference.timestamp_format {
        add(
            &mut traits,
            "smithy.api#timestampFormat",
            json!(timestamp_format(format)),
        );
    }
    add_deprecated(&mut traits, &reference.deprecation);
    Some(AstMember { target, traits })
}

fn add_wire_traits(
    cx: &Context<'_>,
    name: &str,
    reference: &MemberRef,
    payload: bool,
    traits: &mut TraitList,
) {
    flag(
        traits,
        reference.idempotency_token,
        "smithy.api#idempotencyToken",
    );
    flag(traits, reference.host_label, "smithy.api#hostLabel");
    flag(traits, reference.event_payload, "smithy.api#eventPayload");
    flag(traits, reference.event_header, "smithy.api#eventHeader");
    if let Some(param) = &reference.context_param {
        add(traits, "smithy.rules#contextParam", param.clone());
    }
    if cx.model.has_http_bindings() {
        flag(traits, payload, "smithy.api#httpPayload");
        if reference.location.is_some() {
            return add_location(cx, name, reference, traits);
        }
    }
    xml::add_to_member(cx, name, reference, payload, traits);
    let json = cx.model.speaks("rest-json") || cx.model.speaks("json");
    if let Some(wire_name) = reference.location_name.as_deref()
        && json
        && !payload
        && reference.location.is_none()
        && wire_name != name
    {
        add(traits, "smithy.api#jsonName", json!(wire_name));
    }
}

fn add_location(cx: &Context<'_>, name: &str, reference: &MemberRef, traits: &mut TraitList) {
    let wire_name = reference.location_name.as_deref().unwrap_or(name);
    let is_map = cx
        .model
        .shape(&reference.shape)
        .is_some_and(|shape| shape.kind == "map");
    match reference.location.as_deref() {
        Some("uri") => flag(traits, true, "smithy.api#httpLabel"),
        Some("querystring") if is_map => flag(traits, true, "smithy.api#httpQueryParams"),
        Some("querystring") => add(traits, "smithy.api#httpQuery", json!(wire_name)),
        Some("header") => add(traits, "smithy.api#httpHeader", json!(wire_name)),
        Some("headers") => {
            let prefix = reference.location_name.as_deref().unwrap_or_default();
            add(traits, "smithy.api#httpPrefixHeaders", json!(prefix));
        }
        Some("statusCode") => flag(traits, true, "smithy.api#httpResponseCode"),
        _ => {}
    }
}

/// Returns Smithy's name of a format. Unknown formats are unchanged; the loader reports them with file and shape.
pub(super) fn timestamp_format(format: &str) -> &str {
    match format {
        "iso8601" => "date-time",
        "unixTimestamp" => "epoch-seconds",
        "rfc822" => "http-date",
        unknown => unknown,
    }
}
