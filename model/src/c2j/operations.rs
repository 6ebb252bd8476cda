//! Converts operations, with URI labels named after members.

use super::{
    Context, TraitList, add, add_deprecated, add_documentation, flag,
    format::{Operation, Shape},
    xml,
};
use crate::{
    ModelError,
    ast::{AstShape, Reference},
};
use serde_json::{Value, json};

pub(super) fn operation(
    cx: &Context<'_>,
    name: &str,
    operation: &Operation,
    problems: &mut Vec<ModelError>,
) -> AstShape {
    let mut traits = TraitList::default();
    add_documentation(&mut traits, operation.documentation.as_ref());
    xml::add_to_operation(cx.model, name, &mut traits);
    if cx.model.has_http_bindings() {
        add(&mut traits, "smithy.api#http", http(cx, operation));
    }
    flag(&mut traits, operation.idempotent, "smithy.api#idempotent");
    flag(&mut traits, operation.readonly, "smithy.api#readonly");
    add_auth(&mut traits, operation);
    add_checksum(&mut traits, operation);
    if let Some(endpoint) = &operation.endpoint {
        let value = json!({"hostPrefix": endpoint.host_prefix});
        add(&mut traits, "smithy.api#endpoint", value);
    }
    for (id, value) in [
        (
            "smithy.api#requestCompression",
            &operation.request_compression,
        ),
        (
            "smithy.rules#staticContextParams",
            &operation.static_context_params,
        ),
        (
            "smithy.rules#operationContextParams",
            &operation.operation_context_params,
        ),
    ] {
        if let Some(value) = value {
            add(&mut traits, id, value.clone());
        }
    }
    add_deprecated(&mut traits, &operation.deprecation);
    let mut end = |name: Option<&str>| -> Option<Reference> { cx.reference(name?, problems) };
    AstShape {
        kind: "operation".to_owned(),
        input: end(operation.input.as_ref().map(|r| r.shape.as_str())),
        output: end(operation.output.as_ref().map(|r| r.shape.as_str())),
        errors: operation
            .errors
            .iter()
            .filter_map(|e| end(Some(&e.shape)))
            .collect(),
        traits,
        ..AstShape::default()
    }
}

fn http(cx: &Context<'_>, operation: &Operation) -> Value {
    let input = operation
        .input
        .as_ref()
        .and_then(|input| cx.model.shape(&input.shape));
    json!({
        "method": operation.http.method,
        "uri": with_member_labels(&operation.http.request_uri, input),
        "code": operation.http.response_code.unwrap_or(200),
    })
}

/// Replaces the labels of a URI, which are location names in botocore, by names of members.
fn with_member_labels(uri: &str, input: Option<&Shape>) -> String {
    let mut result = String::new();
    let mut rest = uri;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((label, after)) = after.split_once('}') else {
            break;
        };
        let (name, greedy) = match label.strip_suffix('+') {
            Some(name) => (name, "+"),
            None => (label, ""),
        };
        let member = input.and_then(|input| label_member(input, name));
        let member = member.unwrap_or(name);
        result.push_str(&format!("{before}{{{member}{greedy}}}"));
        rest = after;
    }
    result + rest
}

fn label_member<'a>(input: &'a Shape, label: &str) -> Option<&'a str> {
    let in_uri = |location: &Option<String>| location.as_deref() == Some("uri");
    let mut members = input.members.0.iter().filter(|(_, m)| in_uri(&m.location));
    let found = members.find(|(name, m)| m.location_name.as_deref().unwrap_or(name) == label);
    found.map(|(name, _)| name.as_str())
}

fn add_auth(traits: &mut TraitList, operation: &Operation) {
    const NO_AUTH: &str = "smithy.api#noAuth";
    let authtype = operation.authtype.as_deref();
    let listed = operation.auth.as_ref();
    let optional =
        authtype == Some("none") || listed.is_some_and(|a| a.iter().any(|s| s == NO_AUTH));
    flag(traits, optional, "smithy.api#optionalAuth");
    let schemes = listed.map(|a| a.iter().filter(|s| *s != NO_AUTH).collect::<Vec<_>>());
    match schemes {
        Some(schemes) => add(traits, "smithy.api#auth", json!(schemes)),
        None if optional => add(traits, "smithy.api#auth", json!([])),
        None => {}
    }
    let unsigned = operation.unsigned_payload || authtype == Some("v4-unsigned-body");
    flag(traits, unsigned, "aws.auth#unsignedPayload");
}

fn add_checksum(traits: &mut TraitList, operation: &Operation) {
    flag(
        traits,
        operation.http_checksum_required,
        "smithy.api#httpChecksumRequired",
    );
    if let Some(checksum) = &operation.http_checksum {
        add(traits, "aws.protocols#httpChecksum", json!(checksum));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_take_the_names_of_members() {
        let input: Shape = serde_json::from_str(
            r#"{"type": "structure", "members": {
                "ApiId": {"shape": "S", "location": "uri", "locationName": "api-id"},
                "Key": {"shape": "S", "location": "uri"},
                "other": {"shape": "S", "locationName": "body"}
            }}"#,
        )
        .unwrap();
        for (uri, expected) in [
            ("/a/{api-id}/b", "/a/{ApiId}/b"),
            ("/{Key+}?x={y}", "/{Key+}?x={y}"),
            ("/{body}", "/{body}"),
            ("/a{", "/a{"),
        ] {
            assert_eq!(with_member_labels(uri, Some(&input)), expected);
        }
        assert_eq!(with_member_labels("/{a}", None), "/{a}");
    }
}
