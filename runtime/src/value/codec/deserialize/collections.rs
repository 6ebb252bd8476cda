//! Reads lists and maps with serde, each element and entry into its slot.

use super::context::Context;
use super::seed::Seed;
use crate::value::codec::path::Step;
use crate::value::schema::TargetSchema;
use crate::value::shape::{ListSlot, MapSlot, Slot};
use serde::de::{MapAccess, SeqAccess};
use std::borrow::Cow;

pub(super) fn fill_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn ListSlot,
    target: Option<&'static TargetSchema>,
    context: &Context,
    mut elements: A,
) -> Result<(), A::Error> {
    list.clear();
    let mut index = 0;
    loop {
        let seed = Seed::new(Slot::Element(&mut *list), target, context);
        let element = context.within(|| Step::Index(index), || elements.next_element_seed(seed))?;
        if element.is_none() {
            return Ok(());
        }
        index += 1;
    }
}

pub(super) fn fill_map<'de, A: MapAccess<'de>>(
    map: &mut dyn MapSlot,
    target: Option<&'static TargetSchema>,
    context: &Context,
    mut entries: A,
) -> Result<(), A::Error> {
    map.clear();
    while let Some(key) = entries.next_key::<Cow<'de, str>>()? {
        let seed = Seed::new(Slot::Entry(&mut *map, &key), target, context);
        context.within(
            || Step::Key(key.to_string()),
            || entries.next_value_seed(seed),
        )?;
    }
    Ok(())
}
