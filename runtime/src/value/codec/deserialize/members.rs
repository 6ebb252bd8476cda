//! Reads structures and unions with serde, each member into its slot.
//!
//! The rules of the wire format are implemented here too, although it has its own reader: tests compare the two.

use super::context::Context;
use super::key::Key;
use super::seed::Seed;
use crate::value::codec::fill::{MemberSlot, VariantSlot, second_member};
use crate::value::shape::{Slot, Structure, Union};
use serde::de::{Error, IgnoredAny, MapAccess};

pub(super) fn fill_structure<'de, A: MapAccess<'de>>(
    structure: &mut dyn Structure,
    context: &Context,
    mut entries: A,
) -> Result<(), A::Error> {
    let schema = structure.schema();
    // One bit for each member records the values. For a structure with more than 128 members, only the first 128 are
    // checked.
    let mut seen = 0_u128;
    // One bit for each member records the names, with or without a value.
    let mut came = 0_u128;
    let mut expected = 0;
    while let Some(position) = entries.next_key_seed(Key {
        schema,
        context,
        expected,
    })? {
        let Some((index, member)) =
            position.and_then(|index| Some((index, schema.members.get(index)?)))
        else {
            entries.next_value::<IgnoredAny>()?;
            continue;
        };
        expected = index + 1;
        let bit = 1_u128.checked_shl(index as u32).unwrap_or(0);
        if context.strict && came & bit != 0 {
            return Err(A::Error::custom(format_args!(
                "member `{}` occurs twice",
                member.name
            )));
        }
        came |= bit;
        let mut slot = MemberSlot {
            structure: &mut *structure,
            index,
            has_value: false,
        };
        let seed = Seed::new(Slot::Optional(&mut slot), member.target, context);
        context.within_member(member, || entries.next_value_seed(seed))?;
        if slot.has_value {
            seen |= bit;
        }
    }
    context.note_missing(schema, seen);
    Ok(())
}

pub(super) fn fill_union<'de, A: MapAccess<'de>>(
    union: &mut dyn Union,
    context: &Context,
    mut entries: A,
) -> Result<(), A::Error> {
    let (schema, exact) = (union.schema(), context.rules.exact);
    let mut is_set = false;
    while let Some(position) = entries.next_key_seed(Key {
        schema,
        context,
        expected: 0,
    })? {
        let Some((index, member)) =
            position.and_then(|index| Some((index, schema.members.get(index)?)))
        else {
            let is_null = entries.next_value::<Option<IgnoredAny>>()?.is_none();
            if exact && !is_null {
                return Err(A::Error::custom("unknown member of a union"));
            }
            continue;
        };
        let first = union.variant().map(|(index, _)| index);
        let mut slot = VariantSlot {
            union: &mut *union,
            index,
            has_value: false,
        };
        let seed = Seed::new(Slot::Optional(&mut slot), member.target, context);
        context.within_member(member, || entries.next_value_seed(seed))?;
        let has_value = slot.has_value;
        if let Some(first) = first.and_then(|index| schema.members.get(index))
            && (context.strict || exact)
            && has_value
        {
            return Err(second_member(first, member));
        }
        is_set |= has_value || union.variant().is_some();
    }
    match is_set {
        false if exact => Err(A::Error::custom("union without a member")),
        _ => Ok(()),
    }
}
