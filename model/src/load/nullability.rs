//! Adds the defaults to shapes of Smithy 1.0 that it implies and that Smithy 2.0 states.

use super::merge::Merged;
use crate::{ShapeId, ShapeKind, Traits, prelude::prelude, source::Format};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const BOX: &str = "smithy.api#box";
const DEFAULT: &str = "smithy.api#default";

/// Adds the defaults, to shapes first and then to the members that target them. In 1.0, a boolean or number is never
/// null unless it is boxed.
pub(super) fn convert(merged: &mut Merged) {
    let from_1_0 = |format| format == Format::Smithy1;
    for defined in merged.shapes.values_mut().filter(|d| from_1_0(d.format)) {
        let traits = &mut defined.shape.traits;
        if let Some(zero) = zero(&defined.shape.kind)
            && !traits.has(BOX)
            && !traits.has(DEFAULT)
        {
            traits.insert(DEFAULT, zero);
        }
    }
    let defaults = defaults(merged);
    for defined in merged.shapes.values_mut().filter(|d| from_1_0(d.format)) {
        if defined.shape.kind != ShapeKind::Structure {
            continue;
        }
        for member in defined.shape.members.values_mut() {
            if let Some(default) = defaults.get(&member.target) {
                set_default(&mut member.traits, default);
            }
        }
    }
}

fn zero(kind: &ShapeKind) -> Option<Value> {
    match kind {
        ShapeKind::Boolean => Some(json!(false)),
        ShapeKind::Byte | ShapeKind::Short | ShapeKind::Integer | ShapeKind::Long => Some(json!(0)),
        ShapeKind::Float | ShapeKind::Double => Some(json!(0)),
        _ => None,
    }
}

fn defaults(merged: &Merged) -> BTreeMap<ShapeId, Value> {
    let own = merged.shapes.values().map(|defined| &defined.shape);
    own.chain(prelude().values())
        .filter_map(|shape| Some((shape.id.clone(), shape.traits.raw(DEFAULT)?.clone())))
        .collect()
}

/// Sets the default. A boxed member gets `null`, which removes the default of its target.
fn set_default(traits: &mut Traits, default: &Value) {
    if traits.has(DEFAULT) {
        return;
    }
    let default = if traits.has(BOX) {
        &Value::Null
    } else {
        default
    };
    traits.insert(DEFAULT, default.clone());
}
