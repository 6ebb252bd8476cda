//! Fills values of any shape, lists and maps from elements.

use super::{Fault, Reader};
use crate::protocol::xml::events::Tag;
use crate::protocol::xml::text::{expected, keeps_spaces, may_be_empty};
use crate::protocol::xml::{local, part_name};
use crate::value::codec::Step;
use crate::value::schema::{TargetSchema, TimestampFormat};
use crate::value::shape::{ListSlot, MapSlot, Slot};

/// Methods for values of any shape.
impl Reader<'_> {
    /// Fills a slot from the open element, and reads its end. Returns `false` if the element is empty, and is not a
    /// valid value of its type: the slot is then unchanged in effect.
    pub(super) fn value(
        &mut self,
        tag: &Tag<'_>,
        slot: Slot<'_>,
        target: Option<&'static TargetSchema>,
    ) -> Result<bool, Fault> {
        match slot.fill() {
            Slot::Structure(structure) => self.structure(tag, structure)?,
            Slot::Union(union) => self.union(union)?,
            Slot::Ignored => self.skip()?,
            Slot::List(list) => {
                list.clear();
                let mut index = 0;
                while let Some(child) = self.events.child()? {
                    self.element(&child, list, target, index)?;
                    index += 1;
                }
            }
            Slot::Map(map) => {
                map.clear();
                while self.events.child()?.is_some() {
                    self.entry(map, target)?;
                }
            }
            slot => return self.simple(slot, target),
        }
        Ok(true)
    }

    fn simple(
        &mut self,
        slot: Slot<'_>,
        target: Option<&'static TargetSchema>,
    ) -> Result<bool, Fault> {
        let text = self.events.text()?;
        let text = match keeps_spaces(&slot) {
            true => &*text,
            false => text.trim(),
        };
        if text.is_empty() && !may_be_empty(&slot) && !self.exactly {
            return Ok(false);
        }
        let reason = expected(&slot);
        match (self.read_text)(slot, text, target, TimestampFormat::DateTime) {
            true => Ok(true),
            false => Err(reason.into()),
        }
    }

    /// Adds the open element to a flattened list or map, of which `count` elements have been read.
    pub(super) fn part(
        &mut self,
        tag: &Tag<'_>,
        slot: Slot<'_>,
        target: Option<&'static TargetSchema>,
        count: usize,
    ) -> Result<(), Fault> {
        let slot = match count {
            0 => slot.fill(),
            _ => slot.resume(),
        };
        match slot {
            Slot::List(list) => {
                if count == 0 {
                    list.clear();
                }
                self.element(tag, list, target, count)
            }
            Slot::Map(map) => {
                if count == 0 {
                    map.clear();
                }
                self.entry(map, target)
            }
            slot => self.value(tag, slot, target).map(drop),
        }
    }

    fn element(
        &mut self,
        tag: &Tag<'_>,
        list: &mut dyn ListSlot,
        target: Option<&'static TargetSchema>,
        index: usize,
    ) -> Result<(), Fault> {
        let element = target.and_then(|target| target.element);
        self.within(
            || Step::Index(index),
            |reader| match reader.value(tag, list.push(), element)? {
                true => Ok(()),
                false => Err("empty element".into()),
            },
        )
    }

    /// Adds the open entry to a map. The key may follow the value.
    fn entry(
        &mut self,
        map: &mut dyn MapSlot,
        target: Option<&'static TargetSchema>,
    ) -> Result<(), Fault> {
        let element = target.and_then(|target| target.element);
        let key_name = local(part_name(target.and_then(|target| target.key), "key"));
        let value_name = local(part_name(element, "value"));
        let (mut key, mut early) = (None, None);
        while let Some(child) = self.events.child()? {
            let name = child.name();
            if name == key_name {
                key = Some(self.events.text()?);
            } else if name != value_name {
                self.skip()?;
            } else if let Some(key) = &key {
                self.entry_value(&child, map, key, element)?;
            } else {
                early = Some((self.events.clone(), child));
                self.skip()?;
            }
        }
        let Some((events, tag)) = early else {
            return Ok(());
        };
        let key = key.ok_or("map entry without a key")?;
        let after = std::mem::replace(&mut self.events, events);
        self.entry_value(&tag, map, &key, element)?;
        self.events = after;
        Ok(())
    }

    fn entry_value(
        &mut self,
        tag: &Tag<'_>,
        map: &mut dyn MapSlot,
        key: &str,
        target: Option<&'static TargetSchema>,
    ) -> Result<(), Fault> {
        self.within(
            || Step::Key(key.to_owned()),
            |reader| match reader.value(tag, map.insert(key), target)? {
                true => Ok(()),
                false => Err("empty element".into()),
            },
        )
    }
}
