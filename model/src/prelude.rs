//! The shapes of the prelude `smithy.api`, which models can use without defining them.

use crate::{Shape, ShapeId, ShapeKind, Traits};
use indexmap::IndexMap;
use serde_json::json;
use std::{collections::BTreeMap, sync::LazyLock};

static PRELUDE: LazyLock<BTreeMap<ShapeId, Shape>> = LazyLock::new(build);

/// Returns the shapes of the prelude by ID.
pub(crate) fn prelude() -> &'static BTreeMap<ShapeId, Shape> {
    &PRELUDE
}

/// Creates the shapes. The `Primitive*` shapes are never null in Smithy 1.0; in 2.0 they have a default.
fn build() -> BTreeMap<ShapeId, Shape> {
    let plain = [
        ("Blob", ShapeKind::Blob),
        ("Boolean", ShapeKind::Boolean),
        ("String", ShapeKind::String),
        ("Byte", ShapeKind::Byte),
        ("Short", ShapeKind::Short),
        ("Integer", ShapeKind::Integer),
        ("Long", ShapeKind::Long),
        ("Float", ShapeKind::Float),
        ("Double", ShapeKind::Double),
        ("BigInteger", ShapeKind::BigInteger),
        ("BigDecimal", ShapeKind::BigDecimal),
        ("Timestamp", ShapeKind::Timestamp),
        ("Document", ShapeKind::Document),
    ];
    let primitive = [
        ("PrimitiveBoolean", ShapeKind::Boolean),
        ("PrimitiveByte", ShapeKind::Byte),
        ("PrimitiveShort", ShapeKind::Short),
        ("PrimitiveInteger", ShapeKind::Integer),
        ("PrimitiveLong", ShapeKind::Long),
        ("PrimitiveFloat", ShapeKind::Float),
        ("PrimitiveDouble", ShapeKind::Double),
    ];
    let plain = plain
        .into_iter()
        .map(|(name, kind)| shape(name, kind, Traits::default()));
    let primitive = primitive.into_iter().map(|(name, kind)| {
        let default = match kind {
            ShapeKind::Boolean => json!(false),
            _ => json!(0),
        };
        shape(name, kind, trait_bag("smithy.api#default", default))
    });
    let unit = shape(
        "Unit",
        ShapeKind::Structure,
        trait_bag("smithy.api#unitType", json!({})),
    );
    plain.chain(primitive).chain([unit]).collect()
}

fn shape(name: &str, kind: ShapeKind, traits: Traits) -> (ShapeId, Shape) {
    let id = ShapeId::prelude(name);
    let shape = Shape {
        id: id.clone(),
        kind,
        traits,
        members: IndexMap::new(),
    };
    (id, shape)
}

fn trait_bag(id: &str, value: serde_json::Value) -> Traits {
    Traits::from_iter([(id.to_owned(), value)])
}
