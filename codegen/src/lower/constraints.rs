//! Determines whether a value of a shape can violate a constraint of the model: `smithy.api#required`, `length`,
//! `range` and `pattern` apply to members, to their targets, and to everything that those contain.

use smithy_model::{Model, ShapeId, Traits};
use std::collections::BTreeSet;

const RULES: [&str; 4] = [
    "smithy.api#required",
    "smithy.api#length",
    "smithy.api#range",
    "smithy.api#pattern",
];

/// Returns whether nothing below the shape needs validation.
pub(super) fn are_absent(model: &Model, id: &ShapeId) -> bool {
    all_free(model, id, &mut BTreeSet::new())
}

fn all_free(model: &Model, id: &ShapeId, seen: &mut BTreeSet<ShapeId>) -> bool {
    if !seen.insert(id.clone()) {
        return true;
    }
    let Some(shape) = model.shape(id) else {
        // The simple shapes of the prelude.
        return true;
    };
    is_free(&shape.traits)
        && shape
            .members
            .values()
            .all(|member| is_free(&member.traits) && all_free(model, &member.target, seen))
}

fn is_free(traits: &Traits) -> bool {
    !RULES.iter().any(|rule| traits.has(rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_counts_wherever_below_it_is() {
        let text = r#"{"smithy": "2.0", "shapes": {
            "a#Free": {"type": "structure", "members": {
                "text": {"target": "smithy.api#String"}, "again": {"target": "a#Free"}, "kinds": {"target": "a#Kinds"}}},
            "a#Kinds": {"type": "list", "member": {"target": "a#Kind"}},
            "a#Kind": {"type": "enum", "members": {
                "ONE": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "one"}}}},
            "a#Required": {"type": "structure", "members": {
                "text": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}}},
            "a#OfMember": {"type": "structure", "members": {
                "text": {"target": "smithy.api#String", "traits": {"smithy.api#pattern": "x"}}}},
            "a#OfTarget": {"type": "structure", "members": {"text": {"target": "a#Short"}}},
            "a#Short": {"type": "string", "traits": {"smithy.api#length": {"max": 3}}},
            "a#Deep": {"type": "structure", "members": {"map": {"target": "a#Map"}}},
            "a#Map": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "a#Either"}},
            "a#Either": {"type": "union", "members": {"free": {"target": "a#Free"}, "count": {"target": "a#Count"}}},
            "a#Count": {"type": "integer", "traits": {"smithy.api#range": {"min": 1}}},
            "a#Key": {"type": "structure", "members": {"map": {"target": "a#Keyed"}}},
            "a#Keyed": {"type": "map", "key": {"target": "a#Short"}, "value": {"target": "smithy.api#String"}}
        }}"#;
        let model = Model::from_sources(&[("model.json", text)]).unwrap();
        let free: Vec<_> = model
            .shapes()
            .filter(|shape| are_absent(&model, &shape.id))
            .map(|shape| shape.id.name())
            .filter(|name| text.contains(&format!("\"a#{name}\": {{\"type\": \"structure\"")))
            .collect();
        assert_eq!(free, ["Free"]);
    }
}
