//! The parts of operations that models do not express, by a table of services.

mod table;

use crate::ir::{
    Customization, Docs, EndpointRules, Field, Location, ParameterDefault, ParameterSource,
    Presence, Structure, Type,
};
use crate::lower::docs;
use crate::lower::member_names::MemberNames;
use crate::lower::resolver::Resolver;
use crate::names::Ident;
use smithy_model::known::AwsService;
use smithy_model::{OperationShape, Shape};
use table::TABLE;

/// An entry of the table.
struct Entry {
    /// The `sdkId` of the service.
    service: &'static str,
    /// The names of the operations, or none for all of them.
    operations: &'static [&'static str],
    /// The requirement. One of a member applies to the operations whose input or output has the member.
    what: What,
}

/// A requirement of a service. Those that are not explained here are variants of the runtime's `Customization`.
enum What {
    Header(&'static str, &'static str),
    /// A header with the API version.
    VersionHeader(&'static str),
    Default(&'static str, &'static str),
    /// `LastSegment` of the members that target shapes with these names.
    LastSegment(&'static [&'static str]),
    UrlText(&'static str),
    EncryptionKey(&'static str, &'static str),
    EndpointUrl(&'static str),
    /// A parameter of the endpoint rules that is `true`.
    EndpointParameter(&'static str),
    /// A member of inputs that is not part of requests.
    NotSent(&'static str),
    /// A timestamp of outputs that is bound to a header and absent if it cannot be read, and the name of a member with the
    /// text of the header, which replaces the first.
    TextOfHeader(&'static str, &'static str),
    /// A signature is optional.
    OptionalAuth,
    /// Builders have the method `presigned`, unless the body is a document of a protocol with HTTP bindings.
    Presigned,
    PresignedQuery,
    PostedQuery,
    TreeHash,
}

/// Returns the customizations of an operation.
pub(super) fn of_operation(
    resolver: &Resolver<'_>,
    shape: &Shape,
    operation: &OperationShape,
) -> Vec<Customization> {
    let input = operation
        .input
        .as_ref()
        .and_then(|id| resolver.model.shape(id));
    let has = |name: &str| input.is_some_and(|input| input.member(name).is_some());
    let mut found = Vec::new();
    for entry in entries(resolver, shape) {
        match entry.what {
            What::Header(name, value) => found.push(customization("Header", &[name, value])),
            What::VersionHeader(name) => {
                let version = version(resolver);
                found.push(customization("Header", &[name, &version]));
            }
            What::Default(member, text) if has(member) => {
                found.push(customization("Default", &[member, text]));
            }
            What::LastSegment(targets) => {
                let members = input.into_iter().flat_map(|input| input.members.values());
                let members = members.filter(|member| targets.contains(&member.target.name()));
                found.extend(members.map(|member| customization("LastSegment", &[&member.name])));
            }
            What::UrlText(member) if has(member) => {
                found.push(customization("UrlText", &[member]));
            }
            What::EncryptionKey(key, md5) if has(key) && has(md5) => {
                found.push(customization("EncryptionKey", &[key, md5]));
            }
            What::EndpointUrl(member) if has(member) => {
                found.push(customization("EndpointUrl", &[member]));
            }
            What::PresignedQuery => found.push(customization("PresignedQuery", &[])),
            What::PostedQuery => found.push(customization("PostedQuery", &[])),
            What::TreeHash => found.push(customization("TreeHash", &[])),
            _ => {}
        }
    }
    found
}

/// Returns the customization of a member that the endpoint rules put into the host instead of the path.
pub(super) fn in_host(member: &str) -> Customization {
    customization("NotEmpty", &[member])
}

/// Returns whether builders of the operation have the method `presigned`.
pub(super) fn is_presigned(resolver: &Resolver<'_>, shape: &Shape, input: &Structure) -> bool {
    let is_document = |field: &Field| match field.location {
        Location::Body => true,
        Location::Payload => field.ty != Type::Stream,
        _ => false,
    };
    let has_document =
        resolver.protocol.has_http_bindings() && input.fields.iter().any(is_document);
    entries(resolver, shape).any(|entry| match entry.what {
        What::Presigned => !has_document,
        What::PresignedQuery => true,
        _ => false,
    })
}

/// Returns whether the table makes signatures optional.
pub(super) fn has_optional_auth(resolver: &Resolver<'_>, shape: &Shape) -> bool {
    entries(resolver, shape).any(|entry| matches!(entry.what, What::OptionalAuth))
}

/// Returns the parameters of the endpoint rules that the table sets.
pub(super) fn endpoint_parameters(
    resolver: &Resolver<'_>,
    shape: &Shape,
    rules: &EndpointRules,
) -> Vec<(String, ParameterSource)> {
    let is_known = |name: &str| rules.parameters.iter().any(|known| known.wire_name == name);
    let names = entries(resolver, shape).filter_map(|entry| match entry.what {
        What::EndpointParameter(name) if is_known(name) => Some(name),
        _ => None,
    });
    let value = ParameterSource::Static(ParameterDefault::Boolean(true));
    names.map(|name| (name.to_owned(), value.clone())).collect()
}

/// Removes the members of an input that are not part of requests.
pub(super) fn change_input(resolver: &Resolver<'_>, shape: &Shape, input: &mut Structure) {
    for entry in entries(resolver, shape) {
        if let What::NotSent(member) = entry.what {
            input.fields.retain(|field| field.wire_name != member);
        }
    }
}

/// Adds the members of an output that the table has.
pub(super) fn change_output(resolver: &Resolver<'_>, shape: &Shape, output: &mut Structure) {
    for entry in entries(resolver, shape) {
        let What::TextOfHeader(member, added) = entry.what else {
            continue;
        };
        let mut fields = output.fields.iter_mut();
        // A member that is a text already, as in models without extras, has the text of the header.
        let is_time = |field: &&mut Field| field.wire_name == member && field.ty == Type::Timestamp;
        let Some(field) = fields.find(is_time) else {
            continue;
        };
        let Location::Header(name) = field.location.clone() else {
            continue;
        };
        let text = text_of_header(added, &name);
        field.lenient = true;
        docs::deprecate(
            field,
            format!(
                "use `{}`, which has the text of the header also if it is not a date",
                text.ident
            ),
        );
        output.fields.push(text);
    }
}

fn text_of_header(name: &str, header: &str) -> Field {
    let ident = Ident::snake(name);
    let docs = Docs(vec![format!("The text of the header `{header}`.")]);
    Field {
        wire_name: name.to_owned(),
        document_name: name.to_owned(),
        whole_setter: MemberNames::whole_setter(&ident),
        getter: MemberNames::getter(&ident),
        ident,
        setter_docs: docs.clone(),
        docs,
        ty: Type::String,
        presence: Presence::Optional,
        service_default: None,
        required: false,
        omits_zero: false,
        location: Location::Header(header.to_owned()),
        lenient: false,
        sensitive: false,
        empty_document: false,
        idempotency_token: false,
        target: None,
        carried: Vec::new(),
        deprecated: None,
    }
}

/// Returns the entries of an operation.
fn entries(resolver: &Resolver<'_>, shape: &Shape) -> impl Iterator<Item = &'static Entry> {
    let service = resolver.model.shape(&resolver.closure.service);
    let aws = service.and_then(|service| service.traits.get::<AwsService>());
    let sdk_id = aws.map(|aws| aws.sdk_id).unwrap_or_default();
    let name = shape.id.name().to_owned();
    TABLE.iter().filter(move |entry| {
        let is_listed = entry.operations.is_empty() || entry.operations.contains(&name.as_str());
        entry.service == sdk_id && is_listed
    })
}

fn version(resolver: &Resolver<'_>) -> String {
    let service = resolver.model.shape(&resolver.closure.service);
    let service = service.and_then(|service| service.as_service());
    service
        .map(|service| service.version.clone())
        .unwrap_or_default()
}

fn customization(variant: &str, texts: &[&str]) -> Customization {
    Customization {
        variant: Ident::verbatim(variant),
        texts: texts.iter().map(|&text| text.to_owned()).collect(),
    }
}
