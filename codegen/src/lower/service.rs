//! Lowers the service: its names, its version and its protocol.

use crate::Options;
use crate::error::CodegenError;
use crate::ir::Service;
use crate::lower::resolver::Resolver;
use crate::lower::{carried, docs, endpoint, protocol};
use crate::markdown;
use smithy_model::Shape;
use smithy_model::known::{AwsService, SigV4, Title};

/// The trait of services with signatures by SigV4A.
pub(super) const SIGV4A: &str = "aws.auth#sigv4a";

pub(super) fn lower(resolver: &Resolver<'_>, options: &Options) -> Result<Service, CodegenError> {
    let shape = resolver.shape(&resolver.closure.service)?;
    let aws = shape.traits.get::<AwsService>();
    let name = shape.id.name();
    let sdk_id = aws
        .as_ref()
        .map_or_else(|| name.to_owned(), |aws| aws.sdk_id.clone());
    let endpoint_prefix = aws
        .and_then(|aws| aws.endpoint_prefix.or(aws.arn_namespace))
        .unwrap_or_else(|| name.to_ascii_lowercase());
    let signing_name = shape
        .traits
        .get::<SigV4>()
        .map(|sigv4| sigv4.name)
        .or_else(|| Some(shape.traits.raw(SIGV4A)?["name"].as_str()?.to_owned()))
        .unwrap_or_else(|| endpoint_prefix.clone());
    Ok(Service {
        name: name.to_owned(),
        namespace: protocol::has_namespaces(shape, options)
            .then(|| shape.id.namespace().to_owned()),
        title: shape
            .traits
            .get::<Title>()
            .map_or_else(|| sdk_id.clone(), |title| markdown::on_one_line(&title.0)),
        version: shape
            .as_service()
            .map(|service| service.version.clone())
            .unwrap_or_default(),
        protocol: protocol::lower(resolver.protocol, shape)?,
        carried: carried::of(resolver.protocol, &shape.traits),
        endpoint_rules: endpoint::lower(resolver, shape)?,
        user_agent: options.user_agent.clone(),
        docs: docs::of_service(resolver, shape),
        sdk_id,
        endpoint_prefix,
        signing_name,
    })
}

/// Returns whether requests to the service are signed.
pub(super) fn is_signed(service: &Shape) -> bool {
    service.traits.has("aws.auth#sigv4")
}
