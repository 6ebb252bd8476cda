//! Coverage of random values: finds the parts of a shape that were not drawn yet.

use smithy_model::known::EnumValue;
use smithy_model::{Model, ShapeId, ShapeKind};
use std::collections::BTreeSet;

/// Returns everything that inputs of a shape must cover: each optional member present and absent, each enum value, each
/// size of lists and maps.
pub(crate) fn wanted(model: &Model, root: &ShapeId) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    let mut reached = BTreeSet::new();
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        let Some(shape) = model.shape(id).filter(|_| reached.insert(id)) else {
            continue;
        };
        match &shape.kind {
            ShapeKind::Enum => {
                let values = shape.members.values();
                let values = values.filter_map(|member| member.traits.get::<EnumValue>());
                wanted.extend(values.map(|value| format!("{id} is {}", value.0)));
                continue;
            }
            ShapeKind::List | ShapeKind::Map => {
                wanted.extend(["least", "one", "few"].map(|size| format!("{id} {size}")));
            }
            ShapeKind::Structure | ShapeKind::Union => {
                for member in shape.members.values() {
                    if member.traits.has("smithy.api#required") {
                        continue;
                    }
                    wanted.insert(format!("{} present", member.id));
                    if shape.kind == ShapeKind::Structure {
                        wanted.insert(format!("{} absent", member.id));
                    }
                }
            }
            _ => {}
        }
        open.extend(shape.members.values().map(|member| &member.target));
    }
    wanted
}
