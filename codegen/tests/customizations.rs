//! Tests of the table of what services require beyond their models, with small models of these services.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use serde_json::{Value, json};
use smithy_codegen::{Generated, Options};
use smithy_model::{Closure, Model};

/// The names of members, with the names of their targets.
type Members<'a> = &'a [(&'a str, &'a str)];

/// Returns the client of a service with one operation, whose input has text members with these names and targets.
fn generate(service: &str, operation: &str, members: Members<'_>) -> Generated {
    generate_with(service, operation, members, json!({}))
}

fn generate_with(service: &str, operation: &str, members: Members<'_>, traits: Value) -> Generated {
    generate_for(service, json!({}), operation, members, traits)
}

fn generate_for(
    service: &str,
    service_traits: Value,
    operation: &str,
    members: Members<'_>,
    traits: Value,
) -> Generated {
    let members = members.iter().map(|(name, target)| {
        let target = format!("x#{target}");
        ((*name).to_owned(), json!({ "target": target }))
    });
    let members: serde_json::Map<_, _> = members.collect();
    let mut operation_traits =
        json!({"smithy.api#http": {"method": "POST", "uri": "/", "code": 200}});
    operation_traits
        .as_object_mut()
        .unwrap()
        .extend(traits.as_object().unwrap().clone());
    let mut all_traits = json!({
        "aws.api#service": {"sdkId": service}, "aws.auth#sigv4": {"name": "x"},
        "aws.protocols#restJson1": {},
    });
    all_traits
        .as_object_mut()
        .unwrap()
        .extend(service_traits.as_object().unwrap().clone());
    let model = json!({"smithy": "2.0", "shapes": {
        "x#Service": {
            "type": "service", "version": "2001-02-03", "operations": [{"target": format!("x#{operation}")}],
            "traits": all_traits,
        },
        format!("x#{operation}"): {
            "type": "operation", "input": {"target": "x#Input"}, "traits": operation_traits,
        },
        "x#Input": {"type": "structure", "members": members},
        "x#Text": {"type": "string"},
        "x#ResourceId": {"type": "string"},
        "x#ChangeId": {"type": "string"},
    }});
    let model = Model::from_sources(&[("model.json", &model.to_string())]).unwrap();
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    smithy_codegen::generate(&model, &closure, &Options::default()).unwrap()
}

/// Returns the customizations in the schema of the only operation, without whitespace, or an empty text.
fn customizations(generated: &Generated) -> String {
    let mut files = generated.files.iter();
    let is_operation = |path: &str| path.starts_with("operation/") && path != "operation/mod.rs";
    let (_, text) = files
        .find(|(path, _)| is_operation(path) && !path.ends_with("builders.rs"))
        .unwrap();
    let text: String = text.split_whitespace().collect();
    let Some((_, found)) = text.split_once(".customizations(&[") else {
        return String::new();
    };
    let found = found.split_once(']').unwrap().0;
    found
        .replace("Customization::", "")
        .trim_end_matches(',')
        .to_owned()
}

#[test]
fn each_service_has_what_the_table_says() {
    let table: [(&str, &str, Members<'_>, &str); 14] = [
        (
            "API Gateway",
            "Any",
            &[],
            r#"Header("accept","application/json")"#,
        ),
        ("CloudSearch Domain", "Search", &[], "PostedQuery"),
        ("CloudSearch Domain", "Suggest", &[], ""),
        (
            "Glacier",
            "ListVaults",
            &[("accountId", "Text")],
            r#"Header("x-amz-glacier-version","2001-02-03"),Default("accountId","-")"#,
        ),
        (
            "Glacier",
            "UploadMultipartPart",
            &[],
            r#"Header("x-amz-glacier-version","2001-02-03"),TreeHash"#,
        ),
        (
            "Machine Learning",
            "Predict",
            &[("PredictEndpoint", "Text")],
            r#"EndpointUrl("PredictEndpoint")"#,
        ),
        (
            "Polly",
            "SynthesizeSpeech",
            &[("Text", "Text")],
            "PresignedQuery",
        ),
        (
            "Route 53",
            "Any",
            &[
                ("HostedZoneId", "ResourceId"),
                ("Id", "ChangeId"),
                ("Name", "Text"),
            ],
            r#"LastSegment("HostedZoneId"),LastSegment("Id")"#,
        ),
        (
            "S3",
            "Any",
            &[
                ("CopySource", "Text"),
                ("SSECustomerKey", "Text"),
                ("SSECustomerKeyMD5", "Text"),
            ],
            r#"UrlText("CopySource"),EncryptionKey("SSECustomerKey","SSECustomerKeyMD5")"#,
        ),
        ("S3", "Any", &[("SSECustomerKey", "Text")], ""),
        ("S3", "Any", &[("SSECustomerKeyMD5", "Text")], ""),
        (
            "Timestream Write",
            "Any",
            &[],
            r#"Header("x-amz-api-version","2001-02-03")"#,
        ),
        // Members and operations of the same names in other services have nothing.
        (
            "Other",
            "Predict",
            &[("PredictEndpoint", "Text"), ("accountId", "Text")],
            "",
        ),
        ("Machine Learning", "Predict", &[("Other", "Text")], ""),
    ];
    for (service, operation, members, expected) in table {
        let generated = generate(service, operation, members);
        assert_eq!(
            customizations(&generated),
            expected,
            "{service} {operation}"
        );
        let has_feature = generated.runtime_features.contains(&"customizations");
        assert_eq!(has_feature, !expected.is_empty(), "{service} {operation}");
    }
}

#[test]
fn operations_that_a_url_can_express_are_presigned_for_some_services() {
    let table: [(&str, &str, Members<'_>, bool); 5] = [
        ("S3", "Any", &[], true),
        ("S3", "Any", &[("Name", "Text")], false),
        ("Polly", "SynthesizeSpeech", &[("Text", "Text")], true),
        ("Polly", "Other", &[], false),
        ("Other", "Any", &[], false),
    ];
    for (service, operation, members, expected) in table {
        let generated = generate(service, operation, members);
        let mut files = generated.files.iter();
        let builders = files
            .find(|(path, _)| path.ends_with("builders.rs"))
            .unwrap()
            .1;
        assert_eq!(
            builders.contains("fn presigned("),
            expected,
            "{service} {members:?}"
        );
        let has_feature = generated.runtime_features.contains(&"presigning");
        assert_eq!(has_feature, expected, "{service} {members:?}");
    }
}

#[test]
fn an_account_that_the_endpoint_rules_put_into_the_host_is_not_in_the_prefix_too() {
    let prefix = |requires: Value| {
        let traits = json!({
            "smithy.api#endpoint": {"hostPrefix": "{AccountId}."},
            "smithy.rules#staticContextParams": {"RequiresAccountId": {"value": requires}},
        });
        let members = [("AccountId", "Text")];
        let generated = generate_with("S3 Control", "Any", &members, traits);
        generated
            .files
            .iter()
            .any(|(_, text)| text.contains(".host_prefix("))
    };
    assert!(!prefix(json!(true)));
    assert!(prefix(json!(false)));
}

#[test]
fn a_parameter_of_the_endpoint_rules_is_set_for_some_operations_if_the_rules_have_it() {
    let sets = |service: &str, operation: &str, parameter: &str| {
        let parameters = json!({parameter: {"type": "boolean"}, "Region": {"type": "string"}});
        let rule = json!({"conditions": [], "endpoint": {"url": "https://x"}, "type": "endpoint"});
        let rules = json!({"version": "1.0", "parameters": parameters, "rules": [rule]});
        let traits = json!({"smithy.rules#endpointRuleSet": rules});
        let generated = generate_for(service, traits, operation, &[], json!({}));
        let mut files = generated.files.iter();
        files.any(|(_, text)| text.contains(r#".set("ForcePathStyle", true)"#))
    };
    assert!(sets("S3", "GetBucketLocation", "ForcePathStyle"));
    assert!(!sets("S3", "GetBucketLocation", "Other"));
    assert!(!sets("S3", "GetObject", "ForcePathStyle"));
    assert!(!sets("Other", "GetBucketLocation", "ForcePathStyle"));
}

/// Returns the files of the client of a model in botocore's format, without white space.
fn of_botocore(metadata: Value, shapes: Value, extras: Value) -> String {
    let mut model = json!({
        "metadata": {"apiVersion": "2001-02-03", "endpointPrefix": "x", "signatureVersion": "v4"},
        "operations": {"CreateDBCluster": {
            "http": {"method": "POST", "requestUri": "/"}, "input": {"shape": "In"}, "output": {"shape": "Out"}}},
        "shapes": shapes,
    });
    let metadata = metadata.as_object().unwrap().clone();
    model["metadata"].as_object_mut().unwrap().extend(metadata);
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, value: &Value| {
        std::fs::write(folder.path().join(name), value.to_string()).unwrap();
    };
    write("service-2.json", &model);
    write("service-2.sdk-extras.json", &json!({ "merge": extras }));
    let path = folder.path().join("service-2.json");
    let model = Model::load_with_companions(&[path]).unwrap();
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    let generated = smithy_codegen::generate(&model, &closure, &Options::default()).unwrap();
    let texts: String = generated.files.iter().map(|(_, text)| text).collect();
    texts.split_whitespace().collect()
}

/// Returns an input and an output with an expiry, which is a text as in the model of S3 without extras.
fn text_expiries() -> Value {
    let expires =
        json!({"Expires": {"shape": "Expires", "location": "header", "locationName": "Expires"}});
    json!({
        "In": {"type": "structure", "members": expires},
        "Out": {"type": "structure", "members": expires},
        "Expires": {"type": "string"},
    })
}

#[test]
fn an_expiry_is_a_time_and_its_text_from_botocore_too() {
    let extras = json!({"shapes": {"Expires": {"type": "timestamp"}}});
    let metadata = json!({"serviceId": "S3", "protocol": "rest-xml"});
    let code = of_botocore(metadata, text_expiries(), extras);
    for (part, count) in [
        ("pubexpires:Option<DateTime>,", 2),
        ("pubexpires_string:Option<String>,", 1),
        ("pubfnexpires(&self)->Option<&DateTime>", 2),
        ("pubfnexpires_string(&self)->Option<&str>", 1),
        (r#"at(Location::Header("expires")).lenient()"#, 1),
        // The setters of the output, and the documentation of its field and of one setter.
        ("#[deprecated(note=\"use`expires_string`,", 2),
        ("///Deprecated:use`expires_string`,", 2),
    ] {
        assert_eq!(code.matches(part).count(), count, "{part}");
    }
}

#[test]
fn an_expiry_that_is_a_text_already_has_no_other_member_with_its_text() {
    let metadata = json!({"serviceId": "S3", "protocol": "rest-xml"});
    let code = of_botocore(metadata, text_expiries(), json!({}));
    for (part, count) in [
        ("pubexpires:Option<String>,", 2),
        ("expires_string", 0),
        (".lenient()", 0),
        ("#[deprecated", 0),
        ("Deprecated:", 0),
    ] {
        assert_eq!(code.matches(part).count(), count, "{part}");
    }
}

#[test]
fn an_expiry_that_the_model_deprecates_keeps_the_reason_of_the_model() {
    let expires = |more: Value| {
        let mut member =
            json!({"shape": "Expires", "location": "header", "locationName": "Expires"});
        let more = more.as_object().unwrap().clone();
        member.as_object_mut().unwrap().extend(more);
        json!({"type": "structure", "members": {"Expires": member}})
    };
    let shapes = json!({
        "In": expires(json!({})),
        "Out": expires(json!({"deprecated": true, "deprecatedMessage": "old"})),
        "Expires": {"type": "timestamp"},
    });
    let metadata = json!({"serviceId": "S3", "protocol": "rest-xml"});
    let code = of_botocore(metadata, shapes, json!({}));
    for (part, count) in [
        ("pubexpires_string:Option<String>,", 1),
        ("#[deprecated(note=\"old\")]", 2),
        ("///Deprecated:old", 2),
        ("use`expires_string`", 0),
    ] {
        assert_eq!(code.matches(part).count(), count, "{part}");
    }
}

#[test]
fn the_region_of_a_copy_that_botocore_adds_is_not_a_member() {
    let shapes = json!({
        "In": {"type": "structure", "members": {"PreSignedUrl": {"shape": "String"}}},
        "Out": {"type": "structure", "members": {"SourceRegion": {"shape": "String"}}},
        "String": {"type": "string"},
    });
    let extras = json!({"shapes": {"In": {"members": {"SourceRegion": {"shape": "String"}}}}});
    // The output keeps its own, and other services keep both.
    for (service, count) in [("RDS", 1), ("Neptune", 1), ("DocDB", 1), ("Other", 2)] {
        let metadata = json!({"serviceId": service, "protocol": "query"});
        let code = of_botocore(metadata, shapes.clone(), extras.clone());
        assert_eq!(
            code.matches("pubsource_region:Option<String>").count(),
            count,
            "{service}"
        );
        assert_eq!(
            code.matches("pubpre_signed_url:Option<String>").count(),
            1,
            "{service}"
        );
    }
}
