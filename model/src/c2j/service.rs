//! Converts the metadata of a model to the service shape.

use super::{
    Context, ServiceModel, TraitList, add, add_documentation, flag, format::Metadata, ok, xml,
};
use crate::{
    ModelError,
    ast::{AstShape, Reference},
};
use serde_json::{Map, Value, json};

pub(super) fn service(cx: &Context<'_>, problems: &mut Vec<ModelError>) -> AstShape {
    let metadata = &cx.model.metadata;
    let mut traits = TraitList::default();
    add_documentation(&mut traits, cx.model.documentation.as_ref());
    add(&mut traits, "aws.api#service", aws_service(metadata));
    if let Some(title) = &metadata.service_full_name {
        add(&mut traits, "smithy.api#title", json!(title));
    }
    add_auth(&mut traits, metadata);
    for protocol in cx.model.protocols().into_iter().filter(|p| !p.is_empty()) {
        add_protocol(&mut traits, cx.model, protocol);
    }
    xml::add_to_service(cx.model, &mut traits);
    let query_compatible = metadata.aws_query_compatible.is_some();
    flag(
        &mut traits,
        query_compatible,
        "aws.protocols#awsQueryCompatible",
    );
    if let Some(params) = &cx.model.client_context_params {
        add(
            &mut traits,
            "smithy.rules#clientContextParams",
            params.clone(),
        );
    }
    let mut operations: Vec<_> = cx.model.operations.0.iter().map(|(name, _)| name).collect();
    operations.sort();
    operations.dedup();
    AstShape {
        kind: "service".to_owned(),
        version: Some(metadata.api_version.clone()),
        operations: operations
            .into_iter()
            .filter_map(|name| ok(cx.names.id(cx.file, name), problems))
            .map(|target| Reference { target })
            .collect(),
        traits,
        ..AstShape::default()
    }
}

fn aws_service(metadata: &Metadata) -> Value {
    let mut value = Map::new();
    let mut set = |key: &str, text: Option<&String>| {
        if let Some(text) = text {
            value.insert(key.to_owned(), json!(text));
        }
    };
    let prefix = metadata.endpoint_prefix.as_ref();
    set("sdkId", metadata.service_id.as_ref().or(prefix));
    set("arnNamespace", metadata.signing_name.as_ref().or(prefix));
    set("endpointPrefix", prefix);
    Value::Object(value)
}

/// Adds the authentication traits. Old models have a signature version; newer ones list trait IDs of Smithy.
fn add_auth(traits: &mut TraitList, metadata: &Metadata) {
    let old = match metadata.signature_version.as_deref() {
        Some("bearer") => vec!["smithy.api#httpBearerAuth"],
        Some("v2" | "v4" | "s3" | "s3v4") => vec!["aws.auth#sigv4"],
        _ => vec![],
    };
    let listed: Vec<&str> = metadata.auth.iter().map(String::as_str).collect();
    let mut schemes = if listed.is_empty() { old } else { listed };
    schemes.retain(|scheme| *scheme != "smithy.api#noAuth");
    let name = metadata
        .signing_name
        .as_ref()
        .or(metadata.endpoint_prefix.as_ref());
    for scheme in &schemes {
        let signs = scheme.starts_with("aws.auth#");
        add(
            traits,
            scheme,
            if signs {
                json!({"name": name})
            } else {
                json!({})
            },
        );
    }
    if schemes.len() > 1 {
        add(traits, "smithy.api#auth", json!(schemes));
    }
}

fn add_protocol(traits: &mut TraitList, model: &ServiceModel, protocol: &str) {
    let metadata = &model.metadata;
    let id = match protocol {
        "rest-json" => "aws.protocols#restJson1",
        "json" if metadata.json_version.as_deref() == Some("1.0") => "aws.protocols#awsJson1_0",
        "json" => "aws.protocols#awsJson1_1",
        "query" => "aws.protocols#awsQuery",
        "ec2" => "aws.protocols#ec2Query",
        "rest-xml" => "aws.protocols#restXml",
        "smithy-rpc-v2-cbor" => "smithy.protocols#rpcv2Cbor",
        // Unknown protocols are kept, so that errors can name them.
        unknown => {
            return add(
                traits,
                &format!("aws.protocols#{}", unknown.replace('-', "_")),
                json!({}),
            );
        }
    };
    let mut value = match metadata.protocol_settings.h2.as_deref() {
        Some("eventstream") => json!({"http": ["http/1.1", "h2"], "eventStreamHttp": ["h2"]}),
        Some(_) => json!({"http": ["h2", "http/1.1"]}),
        None => json!({}),
    };
    if let (Some((name, setting)), true) = (xml::settings(model), protocol == "rest-xml") {
        value[name] = setting;
    }
    add(traits, id, value);
}
