//! Converts typed shapes to the JSON AST, and writes it as text.

use crate::{
    Lifecycle, Member, ModelError, ResourceShape, ServiceShape, Shape, ShapeId, ShapeKind,
    ast::{AstFile, AstMember, AstShape, Entries, Reference},
    facts,
};
use std::collections::{BTreeMap, BTreeSet};

/// Returns the entry of a shape. Optional references are omitted if their target is not in `kept`.
pub(crate) fn shape(shape: &Shape, kept: &BTreeSet<&ShapeId>) -> AstShape {
    let mut ast = AstShape {
        kind: shape.kind.name().to_owned(),
        traits: Entries(facts::traits(&shape.traits)),
        ..AstShape::default()
    };
    match &shape.kind {
        ShapeKind::List => ast.member = shape.member("member").map(member),
        ShapeKind::Map => {
            ast.key = shape.member("key").map(member);
            ast.value = shape.member("value").map(member);
        }
        ShapeKind::Structure | ShapeKind::Union | ShapeKind::Enum | ShapeKind::IntEnum => {
            let members = shape.members.values();
            ast.members = Some(members.map(|m| (m.name.clone(), member(m))).collect());
        }
        ShapeKind::Operation(operation) => {
            // Smithy's own serializer writes Unit explicitly. A missing input may look like an oversight.
            ast.input = Some(reference_or_unit(operation.input.as_ref()));
            ast.output = Some(reference_or_unit(operation.output.as_ref()));
            ast.errors = references(&operation.errors);
        }
        ShapeKind::Resource(resource) => fill_resource(&mut ast, resource, kept),
        ShapeKind::Service(service) => fill_service(&mut ast, service, kept),
        _ => {}
    }
    ast
}

/// Serializes a file, with two spaces of indentation and a final line feed.
pub(crate) fn text(file: &str, ast: &AstFile) -> Result<String, ModelError> {
    let mut text = serde_json::to_string_pretty(ast).map_err(|error| ModelError::Json {
        file: file.to_owned(),
        line: error.line(),
        column: error.column(),
        message: error.to_string(),
    })?;
    text.push('\n');
    Ok(text)
}

fn member(member: &Member) -> AstMember {
    AstMember {
        target: member.target.clone(),
        traits: Entries(facts::traits(&member.traits)),
    }
}

fn fill_resource(ast: &mut AstShape, resource: &ResourceShape, kept: &BTreeSet<&ShapeId>) {
    ast.identifiers = by_name(&resource.identifiers);
    ast.properties = by_name(&resource.properties);
    ast.properties
        .retain(|_, r| r.target.is_prelude() || kept.contains(&r.target));
    let stage = |stage| {
        let operation = resource.lifecycle.get(&stage);
        operation.filter(|id| kept.contains(id)).map(reference)
    };
    ast.create = stage(Lifecycle::Create);
    ast.put = stage(Lifecycle::Put);
    ast.read = stage(Lifecycle::Read);
    ast.update = stage(Lifecycle::Update);
    ast.delete = stage(Lifecycle::Delete);
    ast.list = stage(Lifecycle::List);
    ast.operations = kept_references(&resource.operations, kept);
    ast.collection_operations = kept_references(&resource.collection_operations, kept);
    ast.resources = references(&resource.resources);
}

fn fill_service(ast: &mut AstShape, service: &ServiceShape, kept: &BTreeSet<&ShapeId>) {
    ast.version = Some(service.version.clone());
    ast.operations = kept_references(&service.operations, kept);
    ast.resources = references(&service.resources);
    ast.errors = references(&service.errors);
    ast.rename = service.rename.clone();
    ast.rename.retain(|id, _| kept.contains(id));
}

fn reference(id: &ShapeId) -> Reference {
    Reference { target: id.clone() }
}

fn references(ids: &[ShapeId]) -> Vec<Reference> {
    ids.iter().map(reference).collect()
}

/// Returns references to the operations that are written.
fn kept_references(ids: &[ShapeId], kept: &BTreeSet<&ShapeId>) -> Vec<Reference> {
    let ids = ids.iter().filter(|id| kept.contains(id));
    ids.map(reference).collect()
}

fn reference_or_unit(id: Option<&ShapeId>) -> Reference {
    Reference {
        target: id.cloned().unwrap_or_else(|| ShapeId::prelude("Unit")),
    }
}

fn by_name(ids: &BTreeMap<String, ShapeId>) -> BTreeMap<String, Reference> {
    ids.iter()
        .map(|(name, id)| (name.clone(), reference(id)))
        .collect()
}
