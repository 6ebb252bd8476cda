//! Converts an entry of `shapes` to a typed shape, without checking its traits.

use super::{
    at::{At, traits},
    enum_trait,
};
use crate::{
    Lifecycle, Member, ModelError, OperationShape, ResourceShape, ServiceShape, Shape, ShapeId,
    ShapeKind,
    ast::{AstMember, AstShape, Reference},
    shape_id::is_identifier,
};
use indexmap::{IndexMap, map::Entry};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Returns the shape, or `None` if its problems leave no shape to continue with.
pub(super) fn shape(
    at: At<'_>,
    mut ast: AstShape,
    problems: &mut Vec<ModelError>,
) -> Option<Shape> {
    if at.id.member().is_some() {
        problems.push(at.invalid("a member cannot be defined on its own"));
        return None;
    }
    let traits = traits(at, std::mem::take(&mut ast.traits), problems);
    let members = members(at, &mut ast, problems);
    let is_set = ast.kind == "set";
    let kind = kind(at, ast, problems)?;
    let mut shape = Shape {
        id: at.id.clone(),
        kind,
        traits,
        members,
    };
    if is_set {
        shape.traits.insert("smithy.api#uniqueItems", json!({}));
    }
    fill_enum_values(at, &mut shape, problems);
    if let Some(value) = shape.traits.remove(enum_trait::ID) {
        enum_trait::apply(at, &mut shape, &value, problems);
    }
    Some(shape)
}

fn kind(at: At<'_>, ast: AstShape, problems: &mut Vec<ModelError>) -> Option<ShapeKind> {
    Some(match ast.kind.as_str() {
        "blob" => ShapeKind::Blob,
        "boolean" => ShapeKind::Boolean,
        "string" => ShapeKind::String,
        "enum" => ShapeKind::Enum,
        "byte" => ShapeKind::Byte,
        "short" => ShapeKind::Short,
        "integer" => ShapeKind::Integer,
        "intEnum" => ShapeKind::IntEnum,
        "long" => ShapeKind::Long,
        "float" => ShapeKind::Float,
        "double" => ShapeKind::Double,
        "bigInteger" => ShapeKind::BigInteger,
        "bigDecimal" => ShapeKind::BigDecimal,
        "timestamp" => ShapeKind::Timestamp,
        "document" => ShapeKind::Document,
        "list" | "set" => ShapeKind::List,
        "map" => ShapeKind::Map,
        "structure" => ShapeKind::Structure,
        "union" => ShapeKind::Union,
        "operation" => ShapeKind::Operation(operation(ast)),
        "resource" => ShapeKind::Resource(resource(ast)),
        "service" => ShapeKind::Service(service(ast)),
        found => {
            problems.push(ModelError::UnknownShapeType {
                file: at.file.to_string(),
                id: at.id.clone(),
                found: found.to_owned(),
            });
            return None;
        }
    })
}

fn operation(ast: AstShape) -> OperationShape {
    let unless_unit = |reference: Option<Reference>| {
        reference
            .map(|reference| reference.target)
            .filter(|target| !target.is_unit())
    };
    OperationShape {
        input: unless_unit(ast.input),
        output: unless_unit(ast.output),
        errors: targets(ast.errors),
    }
}

fn resource(ast: AstShape) -> ResourceShape {
    let lifecycle = [
        ast.create, ast.put, ast.read, ast.update, ast.delete, ast.list,
    ];
    let by_name = |references: BTreeMap<String, Reference>| {
        let target = |(name, reference): (String, Reference)| (name, reference.target);
        references.into_iter().map(target).collect()
    };
    ResourceShape {
        identifiers: by_name(ast.identifiers),
        properties: by_name(ast.properties),
        lifecycle: Lifecycle::ALL
            .into_iter()
            .zip(lifecycle)
            .filter_map(|(stage, reference)| Some((stage, reference?.target)))
            .collect(),
        operations: targets(ast.operations),
        collection_operations: targets(ast.collection_operations),
        resources: targets(ast.resources),
    }
}

fn service(ast: AstShape) -> ServiceShape {
    ServiceShape {
        version: ast.version.unwrap_or_default(),
        operations: targets(ast.operations),
        resources: targets(ast.resources),
        errors: targets(ast.errors),
        rename: ast.rename,
    }
}

fn targets(references: Vec<Reference>) -> Vec<ShapeId> {
    references.into_iter().map(|r| r.target).collect()
}

/// Collects the members of a shape. A list with mixins may lack its `member`, since members of mixins are added later.
fn members(
    at: At<'_>,
    ast: &mut AstShape,
    problems: &mut Vec<ModelError>,
) -> IndexMap<String, Member> {
    let mixed = !ast.mixins.is_empty();
    let fixed: &[&str] = match ast.kind.as_str() {
        "list" | "set" => &["member"],
        "map" => &["key", "value"],
        _ => &[],
    };
    let given = [
        ("member", ast.member.take()),
        ("key", ast.key.take()),
        ("value", ast.value.take()),
    ];
    let mut all: Vec<(String, AstMember)> = Vec::new();
    for (name, member) in given {
        match (member, fixed.contains(&name)) {
            (Some(member), true) => all.push((name.to_owned(), member)),
            (None, true) if !mixed => problems.push(at.invalid(format!("`{name}` is missing"))),
            (Some(_), false) => {
                problems.push(at.invalid(format!("type {} has no `{name}`", ast.kind)));
            }
            _ => {}
        }
    }
    let has_members = matches!(
        ast.kind.as_str(),
        "structure" | "union" | "enum" | "intEnum"
    );
    match ast.members.take() {
        Some(entries) if has_members => all.extend(entries.0),
        Some(entries) if !entries.0.is_empty() => {
            problems.push(at.invalid(format!("type {} has no `members`", ast.kind)));
        }
        _ => {}
    }
    collect_members(at, all, problems)
}

fn collect_members(
    at: At<'_>,
    all: Vec<(String, AstMember)>,
    problems: &mut Vec<ModelError>,
) -> IndexMap<String, Member> {
    let mut members = IndexMap::new();
    for (name, ast) in all {
        let id = at.id.with_member(&name);
        if !is_identifier(&name) {
            problems.push(at.invalid(format!("the member name `{name}` is not an identifier")));
            continue;
        }
        let at = At {
            file: at.file,
            id: &id,
        };
        let traits = traits(at, ast.traits, problems);
        match members.entry(name) {
            Entry::Occupied(_) => problems.push(ModelError::DuplicateMember {
                file: at.file.to_string(),
                id: id.clone(),
            }),
            Entry::Vacant(free) => {
                let name = free.key().clone();
                free.insert(Member {
                    id: id.clone(),
                    name,
                    target: ast.target,
                    traits,
                });
            }
        }
    }
    members
}

/// Sets the missing values of enum members to their names. Members of an intEnum have no such default.
fn fill_enum_values(at: At<'_>, shape: &mut Shape, problems: &mut Vec<ModelError>) {
    const ENUM_VALUE: &str = "smithy.api#enumValue";
    for (name, member) in &mut shape.members {
        match (&shape.kind, member.traits.raw(ENUM_VALUE)) {
            (ShapeKind::Enum, None) => {
                member.traits.insert(ENUM_VALUE, Value::from(name.as_str()));
            }
            (ShapeKind::Enum, Some(value)) if !value.is_string() => {
                problems.push(at_member(at, &member.id).bad_trait(ENUM_VALUE, "not a string"));
            }
            (ShapeKind::IntEnum, value) if !value.is_some_and(Value::is_i64) => {
                problems.push(at_member(at, &member.id).bad_trait(ENUM_VALUE, "not an integer"));
            }
            _ => {}
        }
    }
}

fn at_member<'a>(at: At<'a>, id: &'a ShapeId) -> At<'a> {
    At { file: at.file, id }
}
