//! Tests of protocols that the generator does not include, of the traits that schemas carry for them, and of the
//! statuses of errors that a protocol defines.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

use serde_json::json;
use smithy_codegen::protocol::SHIPPED;
use smithy_codegen::{CodegenError, Generated, Options, Protocol, RuntimeProtocol, ServerOptions};
use smithy_model::{Closure, Model, Shape};

/// A protocol that is defined outside of the generator.
#[derive(Debug)]
struct Own {
    path: &'static str,
    carried: &'static [&'static str],
}

impl Protocol for Own {
    fn trait_id(&self) -> &str {
        "x#own"
    }

    fn runtime(&self, _: &Shape) -> RuntimeProtocol {
        RuntimeProtocol::new(self.path).constant("ONE")
    }

    fn runtime_feature(&self) -> Option<&'static str> {
        Some("own")
    }

    fn carried_traits(&self) -> &[&str] {
        self.carried
    }
}

static OWN: Own = Own {
    path: "crate::own::Spoken",
    carried: &["x#note", "x#other"],
};

/// Returns a service with one operation, in which everything has a note.
fn model(protocols: &[&str]) -> Model {
    let note = |text: &str| json!({"x#note": text, "x#unread": {}});
    let mut traits = note("service");
    traits["x#other"] = json!({"list": [1, 0.5, true, null], "text": "t"});
    for protocol in protocols {
        traits[protocol] = json!({});
    }
    let string = |text| json!({"target": "x#Text", "traits": note(text)});
    let model = json!({"smithy": "2.0", "shapes": {
        "x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Op"}], "traits": traits},
        "x#Op": {"type": "operation", "input": {"target": "x#In"}, "traits": note("operation")},
        "x#In": {"type": "structure", "traits": note("structure"), "members": {
            "member": string("member"), "list": {"target": "x#List"}, "map": {"target": "x#Map"},
            "structures": {"target": "x#Structures"}, "choice": {"target": "x#Choice"}}},
        "x#List": {"type": "list", "member": string("element")},
        "x#Map": {"type": "map", "key": string("key"), "value": {"target": "x#Text"}, "traits": note("map")},
        "x#Structures": {"type": "list", "member": {"target": "x#Part", "traits": note("part")}},
        "x#Part": {"type": "structure", "members": {}, "traits": note("part itself")},
        "x#Choice": {"type": "union", "members": {"text": string("variant")}, "traits": note("union")},
        "x#Text": {"type": "string", "traits": note("text")}
    }});
    Model::from_sources(&[("model.json", &model.to_string())]).unwrap()
}

fn generate(
    protocols: &[&str],
    own: Vec<&'static dyn Protocol>,
) -> Result<Generated, CodegenError> {
    let model = model(protocols);
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    let options = Options {
        protocols: own,
        ..Options::default()
    };
    smithy_codegen::generate(&model, &closure, &options)
}

/// Returns a file without white space and without the trailing commas that rustfmt adds.
fn flat(generated: &Generated, path: &str) -> String {
    let text = generated
        .files
        .get(path)
        .unwrap_or_else(|| panic!("{path}"));
    let text: String = text.split_whitespace().collect();
    text.replace(",)", ")").replace(",]", "]")
}

#[test]
fn a_protocol_of_ones_own_goes_before_those_that_are_shipped() {
    let shipped = "aws.protocols#awsJson1_0";
    for (protocols, own, expected) in [
        (&["x#own", shipped][..], true, "&Spoken::ONE"),
        (&["x#own", shipped], false, "&AwsJson::V1_0"),
        (&[shipped], true, "&AwsJson::V1_0"),
    ] {
        let own: Vec<&'static dyn Protocol> = if own { vec![&OWN] } else { Vec::new() };
        let text = flat(&generate(protocols, own).unwrap(), "service.rs");
        assert!(text.contains(expected), "{protocols:?}: {text}");
    }
    let generated = generate(&["x#own"], vec![&OWN]).unwrap();
    let text = flat(&generated, "service.rs");
    assert!(text.contains("usecrate::own::Spoken;"), "{text}");
    assert_eq!(generated.runtime_features, ["own"]);
}

#[test]
fn a_service_has_its_namespace_if_one_of_its_protocols_reads_it() {
    let (json, cbor) = ("aws.protocols#awsJson1_0", "smithy.protocols#rpcv2Cbor");
    for (protocols, chosen, expected) in [
        (&[json][..], "&AwsJson::V1_0", false),
        (&[cbor], "&RpcV2Cbor::PLAIN", true),
        (&[json, cbor], "&AwsJson::V1_0", true),
    ] {
        let text = flat(&generate(protocols, Vec::new()).unwrap(), "service.rs");
        assert!(text.contains(chosen), "{protocols:?}: {text}");
        let has = text.contains(r#".namespace("x")"#);
        assert_eq!(has, expected, "{protocols:?}: {text}");
    }
}

#[test]
fn a_path_that_is_none_is_an_error_that_names_service_and_protocol() {
    static BAD: Own = Own {
        path: "crate::own protocol",
        carried: &[],
    };
    let error = generate(&["x#own"], vec![&BAD]).unwrap_err().to_string();
    let expected = "x#S: `own protocol` in `crate::own protocol`, which is to implement x#own, is not an identifier";
    assert_eq!(error, expected);
}

#[test]
fn schemas_carry_what_the_protocol_names_and_nothing_else() {
    let generated = generate(&["x#own"], vec![&OWN]).unwrap();
    let note = |text: &str| format!(r#"("x#note",CarriedValue::Text("{text}"))"#);
    let carries = |text: &str| format!(".carries(&CarriedTraits(&[{}]))", note(text));
    let service = format!(
        r#".carries(&CarriedTraits(&[{},("x#other",CarriedValue::Object(&[("list",CarriedValue::List(&[CarriedValue::Integer(1),CarriedValue::Double(0.5),CarriedValue::Boolean(true),CarriedValue::Null])),("text",CarriedValue::Text("t"))]))]))"#,
        note("service")
    );
    let member = |text| format!(r#"MemberSchema::new("{text}","{text}")"#);
    for (path, expected) in [
        ("service.rs", service),
        (
            "operation/op.rs",
            format!(".auth(Auth::None){};", carries("operation")),
        ),
        ("operation/op.rs", format!("]){}", carries("structure"))),
        (
            "operation/op.rs",
            format!(
                "{}.target(&targets::TEXT){}",
                member("member"),
                carries("member")
            ),
        ),
        ("types/choice.rs", format!("]){}", carries("union"))),
        (
            "types/choice.rs",
            format!(
                "{}.target(&targets::TEXT){}",
                member("text"),
                carries("variant")
            ),
        ),
        ("types/part.rs", format!("]){}", carries("part itself"))),
        // The traits of an element take precedence over those of its target, and a structure carries its own.
        (
            "targets.rs",
            format!(
                "LIST_MEMBER:TargetSchema=TargetSchema::new(){};",
                carries("element")
            ),
        ),
        (
            "targets.rs",
            format!(
                "STRUCTURES_MEMBER:TargetSchema=TargetSchema::new(){};",
                carries("part")
            ),
        ),
        (
            "targets.rs",
            format!(
                "MAP_KEY:TargetSchema=TargetSchema::new(){};",
                carries("key")
            ),
        ),
        (
            "targets.rs",
            format!(
                "MAP:TargetSchema=TargetSchema::new().element(&TEXT).key(&MAP_KEY){};",
                carries("map")
            ),
        ),
        (
            "targets.rs",
            format!("TEXT:TargetSchema=TargetSchema::new(){};", carries("text")),
        ),
    ] {
        let text = flat(&generated, path);
        let expected: String = expected.split_whitespace().collect();
        assert!(text.contains(&expected), "{path}: {expected}\n{text}");
    }
    let mut texts = generated.files.iter().map(|(_, text)| text);
    assert!(texts.all(|text| !text.contains("x#unread")));
}

#[test]
fn protocols_that_are_shipped_have_names_of_their_own_and_those_of_json_carry_only_codes_of_errors()
{
    let ids: Vec<&str> = SHIPPED.iter().map(|protocol| protocol.trait_id()).collect();
    for (index, id) in ids.iter().enumerate() {
        assert!(!ids[..index].contains(id), "{id} is there twice");
    }
    for protocol in SHIPPED {
        let carried = protocol.carried_traits();
        match protocol.trait_id() {
            "aws.protocols#restJson1" => assert!(carried.is_empty()),
            _ if protocol.runtime_feature() == Some("xml") => assert!(carried.len() > 1),
            id => assert_eq!(carried, ["aws.protocols#awsQueryError"], "{id}"),
        }
    }
    let generated = generate(&["aws.protocols#awsJson1_1"], Vec::new()).unwrap();
    for (path, text) in generated.files.iter() {
        assert!(
            !text.contains("carries") && !text.contains("Carried"),
            "{path}: {text}"
        );
    }
}

#[test]
fn the_status_of_an_error_is_that_of_the_protocol_in_use() {
    let compatible =
        || json!({"aws.protocols#awsQueryCompatible": {}, "aws.protocols#awsJson1_0": {}});
    let query =
        || json!({"aws.protocols#awsQuery": {}, "smithy.api#xmlNamespace": {"uri": "urn:x"}});
    let table = [
        (compatible(), json!({"smithy.api#httpError": 404}), 404),
        (compatible(), json!({}), 400),
        (query(), json!({"smithy.api#httpError": 404}), 409),
        (query(), json!({}), 409),
    ];
    for (service, more, status) in table {
        let mut traits = json!({"smithy.api#error": "client",
            "aws.protocols#awsQueryError": {"code": "Old", "httpResponseCode": 409}});
        traits
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let model = json!({"smithy": "2.0", "shapes": {
            "x#S": {"type": "service", "version": "1", "operations": [{"target": "x#Get"}], "traits": service},
            "x#Get": {"type": "operation", "errors": [{"target": "x#Gone"}]},
            "x#Gone": {"type": "structure", "members": {}, "traits": traits}
        }});
        let model = Model::from_sources(&[("model.json", &model.to_string())]).unwrap();
        let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
        let server = ServerOptions {
            client_crate: "x".to_owned(),
            service_trait: "X".to_owned(),
        };
        let options = Options::default();
        let generated = smithy_codegen::generate_server(&model, &closure, &options, &server);
        let generated = generated.unwrap();
        let text = generated.files.get("error.rs").unwrap();
        assert!(
            text.contains(&status.to_string()),
            "{service} {traits}: {text}"
        );
    }
}
