//! [`Reader`]: fills values from the elements of a document.
//!
//! Unknown elements are skipped, members may be in any order, and the elements of a flattened list need not be
//! adjacent. The name of the elements of a list and of the entries of a map is not compared, as in botocore.

mod values;

use super::events::{Events, Tag};
use super::text::{expected, read_leniently};
use super::{is_attribute, is_flattened, local, name_of};
use crate::protocol::ReadError;
use crate::protocol::text::ReadText;
use crate::value::codec::{Path, Step};
use crate::value::schema::{
    Location, MemberSchema, StructureSchema, TargetSchema, TimestampFormat,
};
use crate::value::shape::{Slot, Structure, Union};

/// A fault of a document, and the path of its member.
#[derive(Debug)]
pub(in crate::protocol) struct Fault {
    pub(in crate::protocol) path: Path,
    pub(in crate::protocol) reason: String,
}

impl From<String> for Fault {
    fn from(reason: String) -> Self {
        Self {
            path: Path::default(),
            reason,
        }
    }
}

impl From<&str> for Fault {
    fn from(reason: &str) -> Self {
        reason.to_owned().into()
    }
}

impl From<Fault> for ReadError {
    fn from(Fault { path, reason }: Fault) -> Self {
        Self::Document {
            path: path.to_string(),
            reason,
        }
    }
}

/// A reader of one document.
pub(in crate::protocol) struct Reader<'a> {
    events: Events<'a>,
    read_text: ReadText,
    exactly: bool,
    /// `true` if a member that cannot be read is absent instead of an error.
    tolerant: bool,
    missing: Vec<Path>,
}

/// Methods for reading as a client, from the text of the document or from its root.
impl<'a> Reader<'a> {
    pub(in crate::protocol) fn new(body: &'a [u8]) -> Result<Self, Fault> {
        let text = std::str::from_utf8(body)
            .map_err(|error| format!("invalid UTF-8 at byte {}", error.valid_up_to()))?;
        Ok(Self::of(text))
    }

    pub(super) fn of(text: &'a str) -> Self {
        Self {
            events: Events::of(text),
            read_text: read_leniently,
            exactly: false,
            tolerant: false,
            missing: Vec::new(),
        }
    }

    /// Treats members that cannot be read as absent.
    pub(super) fn tolerant(mut self) -> Self {
        self.tolerant = true;
        self
    }

    /// Reads as a service does: a document that does not match the protocol exactly is an error.
    #[cfg(any(feature = "server", feature = "test-util"))]
    pub(in crate::protocol) fn exactly(mut self) -> Self {
        self.exactly = true;
        self.read_text = crate::protocol::server::text::read_exactly;
        self
    }

    /// Returns the paths of the required members that are missing.
    #[cfg(any(feature = "server", feature = "test-util"))]
    pub(in crate::protocol) fn into_missing(self) -> Vec<Path> {
        self.missing
    }

    pub(super) fn events(&mut self) -> &mut Events<'a> {
        &mut self.events
    }

    /// Reads the whole document into a slot.
    pub(in crate::protocol) fn document(
        &mut self,
        slot: Slot<'_>,
        target: Option<&'static TargetSchema>,
    ) -> Result<(), Fault> {
        let root = self.events.root()?;
        self.value(&root, slot, target)?;
        Ok(self.events.finish()?)
    }

    /// Reads a structure from the child of the root with this name, or from the root itself if there is no such child.
    pub(in crate::protocol) fn wrapped(
        &mut self,
        wrapper: &str,
        structure: &mut dyn Structure,
    ) -> Result<(), Fault> {
        let root = self.events.root()?;
        let start = self.events.clone();
        while let Some(child) = self.events.child()? {
            if child.name() == wrapper {
                self.structure(&child, structure)?;
                return Ok(self.events.finish()?);
            }
            self.skip()?;
        }
        self.events = start;
        self.structure(&root, structure)?;
        Ok(self.events.finish()?)
    }

    fn skip(&mut self) -> Result<(), Fault> {
        let depth = self.events.depth();
        Ok(self.events.close_to(depth - 1)?)
    }
}

/// Methods for structures and unions.
impl Reader<'_> {
    /// Fills a structure from the open element, and reads its end.
    pub(super) fn structure(
        &mut self,
        tag: &Tag<'_>,
        structure: &mut dyn Structure,
    ) -> Result<(), Fault> {
        let schema = structure.schema();
        let mut seen = vec![0_usize; schema.members.len()];
        self.attributes(tag, structure, &mut seen)?;
        let mut expected = 0;
        while let Some(child) = self.events.child()? {
            let Some(index) = position(schema, child.name(), expected) else {
                self.skip()?;
                continue;
            };
            expected = index;
            let count = seen.get_mut(index).map_or(0, |count| {
                *count += 1;
                *count - 1
            });
            self.member(&child, structure, index, count)?;
        }
        if self.exactly {
            self.note_missing(schema, &seen);
        }
        Ok(())
    }

    fn attributes(
        &mut self,
        tag: &Tag<'_>,
        structure: &mut dyn Structure,
        seen: &mut [usize],
    ) -> Result<(), Fault> {
        let members = structure.schema().members.iter().enumerate();
        for (index, member) in members.filter(|(_, member)| is_attribute(member)) {
            let Some(text) = tag.attribute(name_of(member))? else {
                continue;
            };
            let read_text = self.read_text;
            let slot = structure.member_slot(index).fill();
            let reason = expected(&slot);
            if read_text(slot, &text, member.target, TimestampFormat::DateTime) {
                seen.iter_mut()
                    .skip(index)
                    .take(1)
                    .for_each(|count| *count += 1);
            } else if self.tolerant {
                structure.member_slot(index).fill_null();
            } else {
                return self.within_member(member, |_| Err(reason.into()));
            }
        }
        Ok(())
    }

    fn note_missing(&mut self, schema: &'static StructureSchema, seen: &[usize]) {
        let members = schema.members.iter().zip(seen);
        let missing = members
            .filter(|(member, seen)| {
                member.required && member.location == Location::Body && **seen == 0
            })
            .map(|(member, _)| Path::of(Step::Member(member.name)));
        self.missing.extend(missing);
    }

    /// Fills a member for the `count`th time.
    fn member(
        &mut self,
        tag: &Tag<'_>,
        structure: &mut dyn Structure,
        index: usize,
        count: usize,
    ) -> Result<(), Fault> {
        let Some(member) = structure.schema().members.get(index) else {
            return self.skip();
        };
        let outside = self.events.depth() - 1;
        let read = self.within_member(member, |reader| {
            if is_flattened(member) {
                return reader.part(tag, structure.member_slot(index), member.target, count);
            }
            if !reader.value(tag, structure.member_slot(index), member.target)? {
                structure.member_slot(index).fill_null();
            }
            Ok(())
        });
        match read {
            Err(_) if self.tolerant => {
                structure.member_slot(index).clear();
                Ok(self.events.close_to(outside)?)
            }
            read => read,
        }
    }

    fn union(&mut self, union: &mut dyn Union) -> Result<(), Fault> {
        let schema = union.schema();
        let mut is_set = false;
        while let Some(child) = self.events.child()? {
            let index = position(schema, child.name(), 0);
            let Some((index, member)) =
                index.and_then(|index| Some((index, schema.members.get(index)?)))
            else {
                self.skip()?;
                continue;
            };
            if is_set && self.exactly {
                return Err("union with more than one member".into());
            }
            is_set = true;
            if is_flattened(member) {
                return self.flattened_variant(&child, union.set_variant(index), member);
            }
            let has_value = self.within_member(member, |reader| {
                reader.value(&child, union.set_variant(index), member.target)
            });
            if !has_value? {
                union.set_variant(usize::MAX);
            }
        }
        match is_set {
            false if self.exactly => Err("union without a member".into()),
            _ => Ok(()),
        }
    }

    /// Fills the list or map of a union from this element and the following elements of its name. Setting the variant
    /// again would clear it.
    fn flattened_variant(
        &mut self,
        first: &Tag<'_>,
        slot: Slot<'_>,
        member: &'static MemberSchema,
    ) -> Result<(), Fault> {
        let name = first.name().to_owned();
        let mut slot = slot;
        self.within_member(member, |reader| {
            reader.part(first, reborrow(&mut slot), member.target, 0)?;
            let mut count = 1;
            while let Some(child) = reader.events.child()? {
                if child.name() == name {
                    reader.part(&child, reborrow(&mut slot), member.target, count)?;
                    count += 1;
                } else {
                    reader.skip()?;
                }
            }
            Ok(())
        })
    }

    /// Fills a member, and adds its step to the path of an error and to the paths of its missing members.
    fn within_member<T>(
        &mut self,
        member: &'static MemberSchema,
        fill: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let before = self.missing.len();
        let filled = self.within(|| Step::Member(member.name), fill);
        if !member.sensitive {
            return filled;
        }
        self.missing
            .iter_mut()
            .skip(before)
            .for_each(Path::hide_keys);
        filled.map_err(|mut fault| {
            fault.path.hide_keys();
            fault
        })
    }

    fn within<T>(
        &mut self,
        step: impl Fn() -> Step,
        fill: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let before = self.missing.len();
        let filled = fill(self);
        for path in self.missing.iter_mut().skip(before) {
            path.outward(step());
        }
        filled.map_err(|mut fault| {
            fault.path.outward(step());
            fault
        })
    }
}

/// Returns the slot for another use if it is a list or a map, and [`Slot::Ignored`] otherwise.
fn reborrow<'a>(slot: &'a mut Slot<'_>) -> Slot<'a> {
    match slot {
        Slot::List(list) => Slot::List(&mut **list),
        Slot::Map(map) => Slot::Map(&mut **map),
        _ => Slot::Ignored,
    }
}

/// Returns the index of the member for an element of this name. `expected` is the index of the last member that was
/// read.
fn position(schema: &'static StructureSchema, name: &str, expected: usize) -> Option<usize> {
    let is_it = |member: &MemberSchema| {
        let own = name_of(member);
        (own == name || local(own) == name)
            && member.location == Location::Body
            && !is_attribute(member)
    };
    let near = [expected, expected + 1].into_iter();
    let near = near.filter(|index| schema.members.get(*index).is_some_and(is_it));
    near.min().or_else(|| schema.members.iter().position(is_it))
}
