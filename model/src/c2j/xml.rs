//! Adds the traits for XML documents and queries, for services with a protocol that uses them.

use super::{
    Context, ServiceModel, TraitList, add, flag,
    format::{MemberRef, Shape},
};
use crate::ShapeId;
use crate::ast::{AstMember, Entries};
use serde_json::{Value, json};

const NAME: &str = "smithy.api#xmlName";
const NAMESPACE: &str = "smithy.api#xmlNamespace";

/// Returns whether the service has a protocol with XML or queries. Models with JSON protocols may contain leftovers of
/// an earlier protocol, which have no meaning.
fn is_read(model: &ServiceModel) -> bool {
    ["rest-xml", "query", "ec2"]
        .iter()
        .any(|protocol| model.speaks(protocol))
}

/// Adds the name and the form in documents of a member of a structure or union.
pub(super) fn add_to_member(
    cx: &Context<'_>,
    name: &str,
    reference: &MemberRef,
    payload: bool,
    traits: &mut TraitList,
) {
    if !is_read(cx.model) {
        return;
    }
    let target = cx.model.shape(&reference.shape);
    let flattened = reference.flattened || target.is_some_and(|target| target.flattened);
    flag(traits, flattened, "smithy.api#xmlFlattened");
    flag(traits, reference.xml_attribute, "smithy.api#xmlAttribute");
    let known = document_name(name, reference, target, payload)
        .filter(|known| !payload || *known != name || names_roots(cx.model));
    // The name of a payload is that of the root element, which by default is the name of its shape.
    if let Some(known) = known.filter(|known| payload || *known != name) {
        add(traits, NAME, json!(known));
    }
    add_namespace(traits, reference.xml_namespace.as_ref());
    if let Some(name) = &reference.query_name {
        add(traits, "aws.protocols#ec2QueryName", json!(name));
    }
}

/// Returns whether the model names the root elements of payloads at the members, as that of S3 does, which has their
/// namespaces there too. In other models a name at a payload that is the member's own says nothing about the root.
fn names_roots(model: &ServiceModel) -> bool {
    model.shapes.0.iter().any(|(_, shape)| {
        let mut members = shape.members.0.iter();
        members.any(|(name, member)| {
            shape.payload.as_ref() == Some(name) && member.xml_namespace.is_some()
        })
    })
}

/// Returns the name of a member in documents. The name of a structure is that of the root element, so it applies only
/// to payloads. Old models have the name of the elements of a flattened list at the list; Smithy has it at the member.
fn document_name<'a>(
    name: &str,
    reference: &'a MemberRef,
    target: Option<&'a Shape>,
    payload: bool,
) -> Option<&'a str> {
    let is_structure = target.is_some_and(|target| target.kind == "structure");
    let of_target = target.and_then(|target| target.location_name.as_deref());
    let element = target
        .filter(|target| target.flattened)
        .and_then(|target| target.member.as_ref()?.location_name.as_deref());
    let own = reference.location_name.as_deref();
    let root = of_target.filter(|_| payload && is_structure && own.is_none_or(|own| own == name));
    root.or(own)
        .or(element)
        .or(of_target.filter(|_| !is_structure))
}

/// Puts a list before another member that has its name in documents. Smithy does not allow this, and three structures of
/// S3 have it: elements are read as the first member of their name, and only the list can have all of them.
pub(super) fn put_lists_first(
    cx: &Context<'_>,
    shape: &Shape,
    members: &mut Entries<String, AstMember>,
) {
    if !is_read(cx.model) {
        return;
    }
    let in_document = shape.members.0.iter();
    let in_document = in_document.filter(|(_, reference)| reference.location.is_none());
    let named: Vec<(&str, &str, bool)> = in_document
        .map(|(name, reference)| {
            let target = cx.model.shape(&reference.shape);
            let known = document_name(name, reference, target, false).unwrap_or(name);
            (
                name.as_str(),
                known,
                target.is_some_and(|target| target.kind == "list"),
            )
        })
        .collect();
    for (list, known, _) in named.iter().filter(|(_, _, is_list)| *is_list) {
        let shared = |(name, _): &(String, AstMember)| {
            let mut named = named.iter();
            named.any(|(own, other, is_list)| name == own && known == other && !is_list)
        };
        let before = members.0.iter().position(shared);
        let own = members.0.iter().position(|(name, _)| name == list);
        if let (Some(before), Some(own)) = (before, own)
            && before < own
            && let Some(moved) = members.0.get_mut(before..=own)
        {
            moved.rotate_right(1);
        }
    }
}

/// Adds the name of the elements of a list, or of the keys or values of a map, unless it is `default`.
pub(super) fn add_to_part(
    cx: &Context<'_>,
    default: &str,
    reference: &MemberRef,
    traits: &mut TraitList,
) {
    if !is_read(cx.model) {
        return;
    }
    let known = reference.location_name.as_deref();
    if let Some(known) = known.filter(|known| *known != default) {
        add(traits, NAME, json!(known));
    }
    add_namespace(traits, reference.xml_namespace.as_ref());
}

/// Adds the name of a structure or union as the root element. For an input, botocore has it at the operation.
pub(super) fn add_to_structure(
    cx: &Context<'_>,
    id: &ShapeId,
    name: &str,
    shape: &Shape,
    traits: &mut TraitList,
) {
    if !is_read(cx.model) {
        return;
    }
    let mut operations = cx.model.operations.0.iter();
    let input = operations.find_map(|(_, operation)| {
        let input = operation.input.as_ref()?;
        let says = input.location_name.is_some() || input.xml_namespace.is_some();
        (says && input.shape == name).then_some(input)
    });
    let root = input.and_then(|input| input.location_name.as_ref());
    let root = shape.location_name.as_ref().or(root);
    if let Some(root) = root.filter(|root| *root != id.name()) {
        add(traits, NAME, json!(root));
    }
    let namespace = input.and_then(|input| input.xml_namespace.as_ref());
    add_namespace(traits, namespace.or(shape.xml_namespace.as_ref()));
}

/// The services whose errors have no wrapper element, which botocore's format does not contain.
const UNWRAPPED_ERRORS: [&str; 2] = ["S3", "S3 Control"];

/// The operations whose response has a member of the output as its root element, which the format does not contain
/// either.
const UNWRAPPED_OUTPUTS: [(&str, &str); 1] = [("S3", "GetBucketLocation")];

/// Returns the settings of `aws.protocols#restXml`.
pub(super) fn settings(model: &ServiceModel) -> Option<(&'static str, Value)> {
    let id = model.metadata.service_id.as_deref()?;
    UNWRAPPED_ERRORS
        .contains(&id)
        .then(|| ("noErrorWrapping", json!(true)))
}

/// Adds the trait for the response of an operation.
pub(super) fn add_to_operation(model: &ServiceModel, name: &str, traits: &mut TraitList) {
    let id = model.metadata.service_id.as_deref().unwrap_or_default();
    let unwrapped = is_read(model) && UNWRAPPED_OUTPUTS.contains(&(id, name));
    flag(traits, unwrapped, "aws.customizations#s3UnwrappedXmlOutput");
}

/// Adds the namespace of all documents of the service.
pub(super) fn add_to_service(model: &ServiceModel, traits: &mut TraitList) {
    if is_read(model) {
        add_namespace(traits, model.metadata.xml_namespace.as_ref());
    }
}

/// Adds a namespace. botocore writes the namespace of a service as its URI.
fn add_namespace(traits: &mut TraitList, namespace: Option<&Value>) {
    match namespace {
        Some(uri @ Value::String(_)) => add(traits, NAMESPACE, json!({"uri": uri})),
        Some(namespace) => add(traits, NAMESPACE, namespace.clone()),
        None => {}
    }
}
