//! Tests of the import of botocore models: the Smithy form of each construct, and errors.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod common;

use common::{NS, c2j, id, model_of, names, op, shape, traits, traits_of};
use serde_json::{Value, json};
use smithy_model::import_text;

#[test]
fn shapes_by_table() {
    for (definition, kind, expected) in [
        (
            json!({"type": "string", "min": 1, "max": 9, "pattern": "a", "sensitive": true}),
            "string",
            json!({"smithy.api#length": {"min": 1, "max": 9}, "smithy.api#pattern": "a", "smithy.api#sensitive": {}}),
        ),
        (
            json!({"type": "integer", "min": 1, "box": true}),
            "integer",
            json!({"smithy.api#range": {"min": 1}}),
        ),
        (
            json!({"type": "double", "max": 0.5}),
            "double",
            json!({"smithy.api#range": {"max": 0.5}}),
        ),
        (
            json!({"type": "blob", "max": 2.0}),
            "blob",
            json!({"smithy.api#length": {"max": 2}}),
        ),
        (
            json!({"type": "blob", "streaming": true, "requiresLength": true}),
            "blob",
            json!({"smithy.api#streaming": {}, "smithy.api#requiresLength": {}}),
        ),
        (json!({"type": "boolean"}), "boolean", json!({})),
        (json!({"type": "character"}), "string", json!({})),
        (
            json!({"type": "list", "member": {"shape": "S", "locationName": "xml"}, "sparse": true, "flattened": true, "min": 2}),
            "list",
            json!({"smithy.api#sparse": {}, "smithy.api#length": {"min": 2}}),
        ),
        (
            json!({"type": "map", "key": {"shape": "S"}, "value": {"shape": "S"}, "max": 3}),
            "map",
            json!({"smithy.api#length": {"max": 3}}),
        ),
        (
            json!({"type": "structure", "members": {}, "document": true}),
            "document",
            json!({}),
        ),
        (
            json!({"type": "structure", "members": {"a": {"shape": "S"}}, "union": true}),
            "union",
            json!({}),
        ),
        (
            json!({"type": "structure", "members": {"a": {"shape": "S"}}, "eventstream": true}),
            "union",
            json!({"smithy.api#streaming": {}}),
        ),
        (
            json!({"type": "timestamp", "timestampFormat": "iso8601"}),
            "timestamp",
            json!({"smithy.api#timestampFormat": "date-time"}),
        ),
        (
            json!({"type": "timestamp", "timestampFormat": "unixTimestamp"}),
            "timestamp",
            json!({"smithy.api#timestampFormat": "epoch-seconds"}),
        ),
        (
            json!({"type": "timestamp", "timestampFormat": "rfc822"}),
            "timestamp",
            json!({"smithy.api#timestampFormat": "http-date"}),
        ),
        (
            json!({"type": "string", "enum": ["a"], "min": 1}),
            "enum",
            json!({"smithy.api#length": {"min": 1}}),
        ),
        (
            json!({"type": "string", "deprecated": true, "deprecatedMessage": "m", "deprecatedSince": "s"}),
            "string",
            json!({"smithy.api#deprecated": {"message": "m", "since": "s"}}),
        ),
    ] {
        let source = c2j(
            op(json!({})),
            json!({
                "In": {"type": "structure", "members": {"x": {"shape": "X"}}}, "S": {"type": "string"}, "X": definition
            }),
        );
        let model = model_of(&source);
        let x = shape(&model, &format!("{NS}#X"));
        assert_eq!(x.kind.name(), kind, "{definition}");
        assert_eq!(traits(&x.traits), expected, "{definition}");
    }
}

#[test]
fn members_by_table() {
    for (member, expected) in [
        (
            json!({"location": "uri", "locationName": "the-x"}),
            json!({"smithy.api#httpLabel": {}, "smithy.api#required": {}}),
        ),
        (
            json!({"location": "querystring", "locationName": "q"}),
            json!({"smithy.api#httpQuery": "q"}),
        ),
        (
            json!({"location": "querystring"}),
            json!({"smithy.api#httpQuery": "x"}),
        ),
        (
            json!({"location": "querystring", "shape": "Map"}),
            json!({"smithy.api#httpQueryParams": {}}),
        ),
        (
            json!({"location": "header", "locationName": "X-A"}),
            json!({"smithy.api#httpHeader": "X-A"}),
        ),
        (
            json!({"location": "headers", "locationName": "x-p-", "shape": "Map"}),
            json!({"smithy.api#httpPrefixHeaders": "x-p-"}),
        ),
        (
            json!({"location": "statusCode"}),
            json!({"smithy.api#httpResponseCode": {}}),
        ),
        (
            json!({"locationName": "wire"}),
            json!({"smithy.api#jsonName": "wire"}),
        ),
        (json!({"locationName": "x"}), json!({})),
        (
            json!({"idempotencyToken": true}),
            json!({"smithy.api#idempotencyToken": {}}),
        ),
        (
            json!({"timestampFormat": "rfc822"}),
            json!({"smithy.api#timestampFormat": "http-date"}),
        ),
        (
            json!({"deprecated": true}),
            json!({"smithy.api#deprecated": {}}),
        ),
        (
            json!({"hostLabel": true}),
            json!({"smithy.api#hostLabel": {}}),
        ),
        (
            json!({"contextParam": {"name": "P"}}),
            json!({"smithy.rules#contextParam": {"name": "P"}}),
        ),
        (
            json!({"eventpayload": true}),
            json!({"smithy.api#eventPayload": {}}),
        ),
        (json!({"documentation": "<p>prose</p>"}), json!({})),
    ] {
        let mut reference = json!({"shape": "S"});
        reference
            .as_object_mut()
            .unwrap()
            .extend(member.as_object().unwrap().clone());
        let uri = if member["location"] == "uri" {
            "/op/{the-x}"
        } else {
            "/op"
        };
        let source = c2j(
            op(json!({"http": {"method": "GET", "requestUri": uri}})),
            json!({
                "In": {"type": "structure", "members": {"x": reference}}, "S": {"type": "string"},
                "Map": {"type": "map", "key": {"shape": "S"}, "value": {"shape": "S"}}
            }),
        );
        let model = model_of(&source);
        assert_eq!(
            traits_of(&model, &format!("{NS}#In$x")),
            expected,
            "{member}"
        );
    }
}

#[test]
fn operations_by_table() {
    let http = json!({"method": "POST", "uri": "/op", "code": 200});
    for (extra, id, expected) in [
        (json!({}), "smithy.api#http", Some(http)),
        (
            json!({"http": {"method": "PUT", "requestUri": "/a?b=c", "responseCode": 204}}),
            "smithy.api#http",
            Some(json!({"method": "PUT", "uri": "/a?b=c", "code": 204})),
        ),
        (
            json!({"idempotent": true}),
            "smithy.api#idempotent",
            Some(json!({})),
        ),
        (
            json!({"readonly": true}),
            "smithy.api#readonly",
            Some(json!({})),
        ),
        (
            json!({"endpoint": {"hostPrefix": "p."}}),
            "smithy.api#endpoint",
            Some(json!({"hostPrefix": "p."})),
        ),
        (
            json!({"authtype": "none"}),
            "smithy.api#optionalAuth",
            Some(json!({})),
        ),
        (
            json!({"authtype": "none"}),
            "smithy.api#auth",
            Some(json!([])),
        ),
        (
            json!({"auth": ["aws.auth#sigv4", "smithy.api#noAuth"]}),
            "smithy.api#auth",
            Some(json!(["aws.auth#sigv4"])),
        ),
        (
            json!({"authtype": "v4-unsigned-body"}),
            "aws.auth#unsignedPayload",
            Some(json!({})),
        ),
        (
            json!({"unsignedPayload": true}),
            "aws.auth#unsignedPayload",
            Some(json!({})),
        ),
        (
            json!({"httpChecksumRequired": true}),
            "smithy.api#httpChecksumRequired",
            Some(json!({})),
        ),
        (
            json!({"httpChecksum": {"requestAlgorithmMember": "x"}}),
            "aws.protocols#httpChecksum",
            Some(json!({"requestAlgorithmMember": "x"})),
        ),
        (
            json!({"requestcompression": {"encodings": ["gzip"]}}),
            "smithy.api#requestCompression",
            Some(json!({"encodings": ["gzip"]})),
        ),
        (
            json!({"deprecated": true, "deprecatedMessage": "no"}),
            "smithy.api#deprecated",
            Some(json!({"message": "no"})),
        ),
        (
            json!({"documentation": "prose"}),
            "smithy.api#documentation",
            None,
        ),
        (json!({}), "smithy.api#auth", None),
    ] {
        let source = c2j(
            op(extra.clone()),
            json!({"In": {"type": "structure", "members": {}}}),
        );
        let model = model_of(&source);
        let found = shape(&model, &format!("{NS}#Op")).traits.raw(id);
        assert_eq!(found, expected.as_ref(), "{extra} {id}");
    }
}

#[test]
fn errors_by_table() {
    for (definition, expected) in [
        (
            json!({"exception": true}),
            json!({"smithy.api#error": "client"}),
        ),
        (
            json!({"fault": true}),
            json!({"smithy.api#error": "server"}),
        ),
        (
            json!({"error": {"httpStatusCode": 404}}),
            json!({"smithy.api#error": "client", "smithy.api#httpError": 404}),
        ),
        (
            json!({"error": {"httpStatusCode": 503}}),
            json!({"smithy.api#error": "server", "smithy.api#httpError": 503}),
        ),
        (
            json!({"error": {"httpStatusCode": 500, "senderFault": true}}),
            json!({"smithy.api#error": "client", "smithy.api#httpError": 500}),
        ),
        (json!({}), json!({"smithy.api#error": "client"})),
        (
            json!({"exception": true, "retryable": {"throttling": true}}),
            json!({"smithy.api#error": "client", "smithy.api#retryable": {"throttling": true}}),
        ),
        (
            json!({"exception": true, "retryable": {"throttling": false}}),
            json!({"smithy.api#error": "client", "smithy.api#retryable": {}}),
        ),
    ] {
        let mut error = json!({"type": "structure", "members": {}});
        error
            .as_object_mut()
            .unwrap()
            .extend(definition.as_object().unwrap().clone());
        let source = c2j(
            op(json!({"errors": [{"shape": "E"}]})),
            json!({"In": {"type": "structure", "members": {}}, "E": error}),
        );
        assert_eq!(
            traits_of(&model_of(&source), &format!("{NS}#E")),
            expected,
            "{definition}"
        );
    }
}

#[test]
fn services_by_table() {
    let service = |extra: Value| {
        let mut source = c2j(
            op(json!({})),
            json!({"In": {"type": "structure", "members": {}}}),
        );
        source["metadata"]
            .as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        let model = model_of(&source);
        let service = model.service().unwrap();
        (service.id.to_string(), traits(&service.traits))
    };
    let (id, traits) = service(json!({}));
    assert_eq!(id, format!("{NS}#TeaPot"));
    assert_eq!(
        traits,
        json!({
            "aws.api#service": {"sdkId": "Tea Pot", "arnNamespace": "tea", "endpointPrefix": "tea"},
            "aws.auth#sigv4": {"name": "tea"}, "aws.protocols#restJson1": {}, "smithy.api#title": "Amazon Tea"
        })
    );
    for (extra, name, trait_id, value) in [
        (
            json!({"protocol": "json", "jsonVersion": "1.0", "targetPrefix": "Tea_2020"}),
            "Tea_2020",
            "aws.protocols#awsJson1_0",
            json!({}),
        ),
        (
            json!({"protocol": "json", "targetPrefix": "com.amazon.Tea"}),
            "TeaPot",
            "aws.protocols#awsJson1_1",
            json!({}),
        ),
        (
            json!({"protocol": "query"}),
            "TeaPot",
            "aws.protocols#awsQuery",
            json!({}),
        ),
        (
            json!({"protocol": "smithy-rpc-v2-cbor", "protocols": ["smithy-rpc-v2-cbor", "json"], "targetPrefix": "T"}),
            "T",
            "aws.protocols#awsJson1_1",
            json!({}),
        ),
        (
            json!({"protocol": "warp-drive"}),
            "TeaPot",
            "aws.protocols#warp_drive",
            json!({}),
        ),
        (
            json!({"signingName": "brew"}),
            "TeaPot",
            "aws.auth#sigv4",
            json!({"name": "brew"}),
        ),
        (
            json!({"signatureVersion": "bearer"}),
            "TeaPot",
            "smithy.api#httpBearerAuth",
            json!({}),
        ),
        (
            json!({"auth": ["smithy.api#httpBearerAuth", "aws.auth#sigv4"]}),
            "TeaPot",
            "smithy.api#auth",
            json!(["smithy.api#httpBearerAuth", "aws.auth#sigv4"]),
        ),
        (
            json!({"awsQueryCompatible": {}}),
            "TeaPot",
            "aws.protocols#awsQueryCompatible",
            json!({}),
        ),
    ] {
        let (id, traits) = service(extra.clone());
        assert_eq!(id, format!("{NS}#{name}"), "{extra}");
        assert_eq!(traits[trait_id], value, "{extra}");
    }
}

#[test]
fn payloads_streams_and_json_strings() {
    let source = c2j(
        op(json!({"output": {"shape": "Out"}})),
        json!({
            "In": {"type": "structure", "payload": "body", "members": {
                "body": {"shape": "Blob", "streaming": true}, "doc": {"shape": "Doc", "jsonvalue": true, "location": "header", "locationName": "d"}}},
            "Out": {"type": "structure", "members": {"plain": {"shape": "Blob"}, "a": {"shape": "S"}}, "required": ["a"]},
            "Blob": {"type": "blob"}, "BlobStream": {"type": "blob"}, "S": {"type": "string"}, "Doc": {"type": "string"}
        }),
    );
    let model = model_of(&source);
    let body = shape(&model, &format!("{NS}#In")).member("body").unwrap();
    assert_eq!(
        body.target,
        id(&format!("{NS}#BlobStream2")),
        "the name is free, and the shared shape stays plain"
    );
    assert_eq!(traits(&body.traits), json!({"smithy.api#httpPayload": {}}));
    assert_eq!(
        traits_of(&model, &format!("{NS}#BlobStream2")),
        json!({"smithy.api#streaming": {}})
    );
    assert_eq!(traits_of(&model, &format!("{NS}#Blob")), json!({}));
    assert_eq!(
        traits_of(&model, &format!("{NS}#Doc")),
        json!({"smithy.api#mediaType": "application/json"})
    );
    assert_eq!(
        traits_of(&model, &format!("{NS}#Out$a")),
        json!({"smithy.api#required": {}})
    );
}

#[test]
fn enums_names_and_clashes() {
    let source = c2j(
        op(json!({})),
        json!({
            "In": {"type": "structure", "members": {"k": {"shape": "Kind"}, "o": {"shape": "Op"}, "t": {"shape": "TeaPot"}}},
            "Kind": {"type": "string", "enum": ["SingleFile", "a-b", "a-b", "1h"]},
            "Op": {"type": "structure", "members": {}}, "TeaPot": {"type": "string"}
        }),
    );
    let model = model_of(&source);
    assert_eq!(
        names(shape(&model, &format!("{NS}#Kind"))),
        ["SINGLE_FILE", "A_B", "_1h"]
    );
    let input = shape(&model, &format!("{NS}#In"));
    assert_eq!(
        input.member("o").unwrap().target,
        id(&format!("{NS}#OpShape"))
    );
    assert_eq!(
        input.member("t").unwrap().target,
        id(&format!("{NS}#TeaPotShape"))
    );
    assert!(shape(&model, &format!("{NS}#Op")).as_operation().is_some());
}

#[test]
fn bad_botocore_models_name_file_and_shape() {
    let bad_required = json!({"In": {"type": "structure", "members": {}, "required": ["gone"]}});
    let dangling = json!({"In": {"type": "structure", "members": {"a": {"shape": "Gone"}}}});
    let bad_name = json!({"In": {"type": "structure", "members": {}}, "a-b": {"type": "string"}});
    let bad_time = json!({"In": {"type": "structure", "members": {"t": {"shape": "T"}}}, "T": {"type": "timestamp", "timestampFormat": "lunar"}});
    let bad_type = json!({"In": {"type": "strukture", "members": {}}});
    for (shapes, expected) in [
        (
            bad_required,
            format!("c.json: {NS}#In: the required member `gone` does not exist"),
        ),
        (
            dangling,
            format!("c.json: {NS}#In$a: the target {NS}#Gone does not exist"),
        ),
        (
            bad_name,
            format!("c.json: `{NS}#a-b` is not an absolute shape ID"),
        ),
        (
            bad_time,
            format!("c.json: {NS}#T: invalid value of smithy.api#timestampFormat"),
        ),
        (
            bad_type,
            format!("c.json: {NS}#In: unknown shape type `strukture`"),
        ),
    ] {
        let source = c2j(op(json!({})), shapes).to_string();
        let error = import_text("c.json", source.as_bytes())
            .unwrap_err()
            .to_string();
        assert!(error.contains(&expected), "{expected}\n{error}");
    }
    let twice = c2j(
        op(json!({})),
        json!({"In": {"type": "structure", "members": {}}}),
    )
    .to_string()
    .replace(r#""shapes":{"#, r#""shapes":{"In":{"type":"structure"},"#);
    let error = import_text("c.json", twice.as_bytes())
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        format!("c.json: {NS}#In: defined twice, first in c.json")
    );
}

#[test]
fn structures_that_are_unions_in_the_models_of_aws_are_unions() {
    for (service, name, kind) in [
        ("DynamoDB", "AttributeValue", "union"),
        ("QuickSight", "PhysicalTable", "union"),
        ("Thing", "AttributeValue", "structure"),
        ("DynamoDB", "Other", "structure"),
    ] {
        let members = json!({"S": {"shape": "S"}, "N": {"shape": "S"}});
        let mut source = c2j(
            op(json!({})),
            json!({
                "In": {"type": "structure", "members": {"x": {"shape": name}}}, "S": {"type": "string"},
                name: {"type": "structure", "members": members}
            }),
        );
        source["metadata"]["serviceId"] = json!(service);
        let model = model_of(&source);
        let mut shapes = model.shapes();
        let found = shapes.find(|shape| shape.id.name() == name).unwrap();
        assert_eq!(found.kind.name(), kind, "{service} {name}");
    }
}

#[test]
fn members_have_the_types_of_the_models_of_aws() {
    for (service, member, target) in [
        ("Route 53", "MaxItems", "Integer"),
        ("S3", "PartNumberMarker", "String"),
        ("Glacier", "Limit", "S"),
        ("Thing", "MaxItems", "S"),
    ] {
        let mut source = c2j(
            op(json!({})),
            json!({
                "In": {"type": "structure", "members": {member: {"shape": "S"}}}, "S": {"type": "string"}
            }),
        );
        source["metadata"]["serviceId"] = json!(service);
        let model = model_of(&source);
        let mut shapes = model.shapes();
        let input = shapes.find(|shape| shape.id.name() == "In").unwrap();
        let found = input.member(member).unwrap();
        assert_eq!(found.target.name(), target, "{service} {member}");
    }
}
