//! Tests of the import of botocore models with XML or query protocols: traits for names, wrappers and namespaces, and
//! none of them for JSON protocols.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod common;

use common::{NS, c2j, imported, model_of, names, op, shape, traits_of};
use serde_json::{Value, json};

/// Returns a model with all settings of XML and query protocols.
fn source(protocols: &[&str], extra: Value) -> Value {
    let mut source = c2j(
        op(json!({
            "input": {"shape": "In", "locationName": "Root", "xmlNamespace": {"uri": "urn:root", "prefix": "r"}},
            "errors": [{"shape": "Gone"}]
        })),
        json!({
            "In": {"type": "structure", "members": {
                "renamed": {"shape": "S", "locationName": "Renamed"},
                "same": {"shape": "S", "locationName": "same"},
                "header": {"shape": "S", "location": "header", "locationName": "X-Header"},
                "list": {"shape": "List", "locationName": "TheList"},
                "flatHere": {"shape": "List", "flattened": true, "locationName": "Other"},
                "flatThere": {"shape": "FlatList", "locationName": "TheFlat"},
                "flatPlain": {"shape": "FlatPlain"},
                "map": {"shape": "Map"},
                "attribute": {"shape": "S", "xmlAttribute": true, "locationName": "xsi:type"},
                "nested": {"shape": "Named", "xmlNamespace": {"uri": "urn:nested"}},
                "both": {"shape": "S", "locationName": "both", "queryName": "Both"}
            }},
            "Payload": {"type": "structure", "payload": "body", "members": {"body": {"shape": "Named", "locationName": "body"}}},
            "Holder": {"type": "structure", "members": {"named": {"shape": "NamedList"}, "payload": {"shape": "Payload"}}},
            "Named": {"type": "structure", "locationName": "SSE-S3", "members": {"holder": {"shape": "Holder"}}},
            "NamedList": {"type": "list", "locationName": "Given", "member": {"shape": "S"}},
            "List": {"type": "list", "member": {"shape": "S", "locationName": "Item"}},
            "FlatList": {"type": "list", "flattened": true, "member": {"shape": "S", "locationName": "Flat"}},
            "FlatPlain": {"type": "list", "flattened": true, "member": {"shape": "S", "locationName": "member"}},
            "Map": {"type": "map", "flattened": true, "key": {"shape": "S", "locationName": "Name"}, "value": {"shape": "S", "locationName": "value"}},
            "Gone": {"type": "structure", "exception": true, "error": {"code": "Thing.Gone", "httpStatusCode": 404}, "members": {}},
            "S": {"type": "string"}
        }),
    );
    let metadata = source["metadata"].as_object_mut().unwrap();
    metadata.insert("protocol".to_owned(), json!(protocols[0]));
    metadata.insert("protocols".to_owned(), json!(protocols));
    metadata.insert("xmlNamespace".to_owned(), json!("urn:service"));
    metadata.extend(extra.as_object().unwrap().clone());
    source
}

/// The location and value of each trait.
fn facts() -> Vec<(&'static str, Value)> {
    let name = |name: &str| json!({"smithy.api#xmlName": name});
    let flat = json!({"smithy.api#xmlFlattened": {}});
    vec![
        ("In$renamed", name("Renamed")),
        ("In$same", json!({})),
        ("In$list", name("TheList")),
        (
            "In$flatHere",
            json!({"smithy.api#xmlFlattened": {}, "smithy.api#xmlName": "Other"}),
        ),
        (
            "In$flatThere",
            json!({"smithy.api#xmlFlattened": {}, "smithy.api#xmlName": "TheFlat"}),
        ),
        (
            "In$flatPlain",
            json!({"smithy.api#xmlFlattened": {}, "smithy.api#xmlName": "member"}),
        ),
        ("In$map", flat),
        (
            "In$attribute",
            json!({"smithy.api#xmlAttribute": {}, "smithy.api#xmlName": "xsi:type"}),
        ),
        (
            "In$nested",
            json!({"smithy.api#xmlNamespace": {"uri": "urn:nested"}}),
        ),
        ("In$both", json!({"aws.protocols#ec2QueryName": "Both"})),
        (
            "In",
            json!({"smithy.api#xmlName": "Root", "smithy.api#xmlNamespace": {"uri": "urn:root", "prefix": "r"}}),
        ),
        ("Holder$named", name("Given")),
        ("Named", name("SSE-S3")),
        ("List$member", name("Item")),
        ("FlatPlain$member", json!({})),
        ("Map$key", name("Name")),
        ("Map$value", json!({})),
    ]
}

#[test]
fn protocols_of_xml_and_of_queries_get_names_wrappers_and_namespaces() {
    for protocols in [&["query"][..], &["ec2"], &["rest-xml"], &["json", "query"]] {
        let model = model_of(&source(protocols, json!({})));
        for (at, mut expected) in facts() {
            let mut found = traits_of(&model, &format!("{NS}#{at}"));
            // What a mixed service says of JSON is looked at elsewhere.
            for traits in [&mut found, &mut expected] {
                traits
                    .as_object_mut()
                    .unwrap()
                    .remove("smithy.api#jsonName");
            }
            assert_eq!(found, expected, "{protocols:?} {at}");
        }
        let service = model.service().unwrap();
        let namespace = service.traits.raw("smithy.api#xmlNamespace");
        assert_eq!(
            namespace,
            Some(&json!({"uri": "urn:service"})),
            "{protocols:?}"
        );
    }
}

#[test]
fn http_bound_members_have_no_document_name_and_a_payload_names_its_root() {
    let model = model_of(&source(&["rest-xml"], json!({})));
    for (at, expected) in [
        ("In$header", json!({"smithy.api#httpHeader": "X-Header"})),
        (
            "Payload$body",
            json!({"smithy.api#httpPayload": {}, "smithy.api#xmlName": "SSE-S3"}),
        ),
    ] {
        assert_eq!(traits_of(&model, &format!("{NS}#{at}")), expected, "{at}");
    }
}

#[test]
fn a_name_at_a_payload_that_is_the_members_own_is_that_of_the_root_only_beside_namespaces() {
    let of_body = |body: &str, name: &str, other: Value| {
        let shapes = json!({
            "In": {"type": "structure", "payload": body, "members": {body: {"shape": "Target", "locationName": name}}},
            "Other": {"type": "structure", "payload": "Other", "members": {"Other": other}},
            "Target": {"type": "structure", "members": {"other": {"shape": "Other"}}}
        });
        let mut source = c2j(op(json!({"input": {"shape": "In"}})), shapes);
        source["metadata"]["protocol"] = json!("rest-xml");
        let model = model_of(&source);
        let traits = traits_of(&model, &format!("{NS}#In${body}"));
        traits.get("smithy.api#xmlName").cloned()
    };
    let plain = || json!({"shape": "Target"});
    let namespaced = || json!({"shape": "Target", "xmlNamespace": {"uri": "urn:x"}});
    assert_eq!(of_body("body", "body", plain()), None);
    assert_eq!(of_body("Body", "Body", namespaced()), Some(json!("Body")));
    assert_eq!(of_body("body", "Root", plain()), Some(json!("Root")));
    assert_eq!(of_body("body", "Root", namespaced()), Some(json!("Root")));
}

#[test]
fn a_list_comes_before_a_member_with_the_same_name_in_documents() {
    let order = |protocol: &str| {
        let shapes = json!({
            "In": {"type": "structure", "members": {
                "Id": {"shape": "S"},
                "Event": {"shape": "S"},
                "Other": {"shape": "List"},
                "Header": {"shape": "S", "location": "header", "locationName": "Event"},
                "Events": {"shape": "List", "locationName": "Event"},
                "Last": {"shape": "S"}
            }},
            "List": {"type": "list", "flattened": true, "member": {"shape": "S"}},
            "S": {"type": "string"}
        });
        let mut source = c2j(op(json!({"input": {"shape": "In"}})), shapes);
        source["metadata"]["protocol"] = json!(protocol);
        names(shape(&model_of(&source), &format!("{NS}#In"))).join(" ")
    };
    assert_eq!(order("rest-xml"), "Id Events Event Other Header Last");
    assert_eq!(order("rest-json"), "Id Event Other Header Events Last");
}

#[test]
fn facts_of_s3_that_the_format_lacks_are_added() {
    let of_service = |id: &str, operation: &str| {
        let mut source = source(&["rest-xml"], json!({ "serviceId": id }));
        let own = source["operations"].as_object_mut().unwrap();
        let mut shape = own.values().next().unwrap().clone();
        shape["name"] = json!(operation);
        *own = serde_json::Map::from_iter([(operation.to_owned(), shape)]);
        let model = model_of(&source);
        let protocol = model.service().unwrap().traits.raw("aws.protocols#restXml");
        let bare = protocol.unwrap()["noErrorWrapping"] == true;
        let namespace = model.service().unwrap().id.namespace().to_owned();
        let traits = traits_of(&model, &format!("{namespace}#{operation}"));
        let unwrapped = traits.get("aws.customizations#s3UnwrappedXmlOutput");
        (bare, unwrapped.is_some())
    };
    for (id, operation, expected) in [
        ("S3", "GetBucketLocation", (true, true)),
        ("S3", "GetBucketAcl", (true, false)),
        ("S3 Control", "GetBucketLocation", (true, false)),
        ("Route 53", "GetBucketLocation", (false, false)),
    ] {
        assert_eq!(of_service(id, operation), expected, "{id} {operation}");
    }
}

#[test]
fn errors_have_the_codes_of_awsquery_where_it_is_or_was_spoken() {
    let code = json!({"code": "Thing.Gone", "httpResponseCode": 404});
    for (protocols, extra, expected) in [
        (&["query"][..], json!({}), Some(&code)),
        (&["smithy-rpc-v2-cbor", "query"], json!({}), Some(&code)),
        (&["json"], json!({"awsQueryCompatible": {}}), Some(&code)),
        (&["json"], json!({}), None),
        (&["rest-xml"], json!({}), None),
        (&["ec2"], json!({}), None),
    ] {
        let model = model_of(&source(protocols, extra));
        let error = traits_of(&model, &format!("{NS}#Gone"));
        let found = error.get("aws.protocols#awsQueryError");
        assert_eq!(found, expected, "{protocols:?}");
    }
}

#[test]
fn services_of_json_get_nothing_of_it() {
    for protocols in [
        &["rest-json"][..],
        &["json"],
        &["smithy-rpc-v2-cbor", "json"],
    ] {
        let text = imported(&source(protocols, json!({}))).text;
        for word in ["#xml", "ec2QueryName", "awsQueryError"] {
            assert!(!text.contains(word), "{protocols:?}: {word}\n{text}");
        }
    }
}

#[test]
fn an_import_of_it_imports_as_itself() {
    let text = imported(&source(&["rest-xml"], json!({}))).text;
    let again = smithy_model::import_text("again.json", text.as_bytes()).unwrap();
    assert_eq!(again.text, text);
}

#[test]
fn an_invalid_namespace_is_rejected_with_file_and_shape() {
    let bad = source(&["query"], json!({"xmlNamespace": {"url": "urn:x"}}));
    let error = smithy_model::import_text("c.json", bad.to_string().as_bytes())
        .unwrap_err()
        .to_string();
    let expected = format!("c.json: {NS}#TeaPot: invalid value of smithy.api#xmlNamespace");
    assert!(error.contains(&expected), "{error}");
}
