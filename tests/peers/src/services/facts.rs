//! The facts about the request of an operation that decide whether a difference is intended.

use serde_json::Value;
use smithy_model::known::{HttpChecksum, HttpHeader};
use smithy_model::{Member, Model, Shape, ShapeKind};

/// The facts, by the model and the input.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The names of the headers that are lists.
    pub(super) lists: Vec<String>,
    /// The media type of the body by its kind, which Smithy has for the protocols with HTTP bindings.
    pub(super) media_type: Option<&'static str>,
    /// `true` if the body is a stream.
    pub(super) streams: bool,
    /// `true` if the model has the body unsigned.
    pub(super) unsigned: bool,
    /// `true` if the input names the algorithm of its checksum.
    pub(super) names_algorithm: bool,
}

impl Facts {
    /// Returns the facts about an operation with this input.
    pub(super) fn of(model: &Model, operation: &Shape, input: &Value) -> Self {
        let shape = operation
            .as_operation()
            .and_then(|shape| shape.input.as_ref());
        let Some(shape) = shape.and_then(|id| model.shape(id)) else {
            return Self::default();
        };
        let mut members = shape.members.values();
        let payload = members.find(|member| member.traits.has("smithy.api#httpPayload"));
        let payload = payload.and_then(|member| model.shape(&member.target));
        let checksum = operation.traits.get::<HttpChecksum>();
        let algorithm = checksum.and_then(|checksum| checksum.request_algorithm_member);
        Self {
            lists: lists_in_headers(model, shape),
            media_type: media_type(model, shape, payload),
            streams: payload.is_some_and(|payload| payload.traits.has("smithy.api#streaming")),
            unsigned: operation.traits.has("aws.auth#unsignedPayload"),
            names_algorithm: algorithm.is_some_and(|member| input[member].is_string()),
        }
    }
}

fn lists_in_headers(model: &Model, input: &Shape) -> Vec<String> {
    let is_list = |member: &&Member| {
        let target = model.shape(&member.target);
        target.is_some_and(|target| target.kind == ShapeKind::List)
    };
    let lists = input.members.values().filter(is_list);
    let names = lists.filter_map(|member| member.traits.get::<HttpHeader>());
    names.map(|name| name.0.to_ascii_lowercase()).collect()
}

/// Returns the media type of bytes and texts as the body, and of a document in XML.
fn media_type(model: &Model, input: &Shape, payload: Option<&Shape>) -> Option<&'static str> {
    let service = model.service().ok()?;
    let is_xml = service.traits.has("aws.protocols#restXml");
    match payload.map(|payload| &payload.kind) {
        Some(ShapeKind::Blob) => Some("application/octet-stream"),
        Some(ShapeKind::String | ShapeKind::Enum) => Some("text/plain"),
        Some(_) => is_xml.then_some("application/xml"),
        None => (is_xml && input.members.values().any(is_in_document)).then_some("application/xml"),
    }
}

fn is_in_document(member: &Member) -> bool {
    let places = ["Header", "PrefixHeaders", "Label", "Query", "QueryParams"];
    let mut places = places
        .map(|place| format!("smithy.api#http{place}"))
        .into_iter();
    !places.any(|place| member.traits.has(&place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Returns the facts about the operation of a service with this protocol and these members of its input.
    fn of(protocol: &str, members: Value, input: Value) -> Facts {
        let model = json!({"smithy": "2.0", "shapes": {
            "a#Service": {
                "type": "service",
                "version": "1",
                "operations": [{"target": "a#Call"}],
                "traits": {protocol: {}},
            },
            "a#Call": {
                "type": "operation",
                "input": {"target": "a#Input"},
                "traits": {
                    "smithy.api#http": {"method": "POST", "uri": "/"},
                    "aws.protocols#httpChecksum": {"requestAlgorithmMember": "algorithm"},
                    "aws.auth#unsignedPayload": {},
                },
            },
            "a#Input": {"type": "structure", "members": members},
            "a#Stream": {"type": "blob", "traits": {"smithy.api#streaming": {}}},
            "a#List": {"type": "list", "member": {"target": "smithy.api#String"}},
        }});
        let model = Model::from_sources(&[("model.json", &model.to_string())]).unwrap();
        let operation = model.expect(&"a#Call".parse().unwrap()).unwrap();
        Facts::of(&model, operation, &input)
    }

    fn header(target: &str, name: &str) -> Value {
        json!({"target": target, "traits": {"smithy.api#httpHeader": name}})
    }

    fn algorithm() -> Value {
        header("smithy.api#String", "x-algorithm")
    }

    #[test]
    fn lists_in_headers_and_the_chosen_algorithm_are_found() {
        let members = json!({
            "list": header("a#List", "X-List"),
            "text": header("smithy.api#String", "X-Text"),
            "body": {"target": "a#List"},
            "algorithm": algorithm(),
        });
        let of = |input| of("aws.protocols#restJson1", members.clone(), input);
        let facts = of(json!({"algorithm": "SHA1"}));
        assert_eq!(facts.lists, ["x-list"]);
        assert!(facts.names_algorithm);
        assert!(facts.unsigned);
        assert!(!of(json!({"algorithm": null})).names_algorithm);
    }

    #[test]
    fn bodies_have_the_media_type_of_their_kind() {
        let of = |protocol: &str, mut members: Value| {
            members["algorithm"] = algorithm();
            let facts = of(protocol, members, json!({}));
            (facts.media_type, facts.streams)
        };
        let payload = |target: &str| json!({"body": {"target": target, "traits": {"smithy.api#httpPayload": {}}}});
        let (xml, json) = ("aws.protocols#restXml", "aws.protocols#restJson1");
        let bytes = Some("application/octet-stream");
        assert_eq!(of(xml, payload("smithy.api#Blob")), (bytes, false));
        assert_eq!(of(xml, payload("a#Stream")), (bytes, true));
        assert_eq!(
            of(json, payload("smithy.api#String")),
            (Some("text/plain"), false)
        );
        let member = || json!({"member": {"target": "smithy.api#String"}});
        assert_eq!(of(xml, member()), (Some("application/xml"), false));
        assert_eq!(of(json, member()), (None, false));
        assert_eq!(of(xml, json!({})), (None, false));
    }
}
