//! Values in, by serde: a deserializer and a [`Slot`] in, the slot filled out.

mod convert;
mod digits;
mod key;
mod nearest;
mod scalar;

use crate::value::codec::document::DocumentVisitor;
use crate::value::codec::path::{Path, Step};
use crate::value::codec::timestamp;
use crate::value::schema::{
    Location, MemberSchema, StructureSchema, TargetSchema, TimestampFormat,
};
use crate::value::shape::{ListSlot, MapSlot, OptionalSlot, Shape, Slot, Structure, Union};
use aws_smithy_types::Blob;
use key::Key;
pub use nearest::nearest;
use scalar::{double, expected, integer, out_of_range, text, unexpected};
use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

/// Deserializes any shape from the dialect of the AWS CLI; required members that are missing are an error that names
/// all of them. What can be part of an input is read strictly; see [`ReadOptions`](crate::value::codec::ReadOptions).
///
/// The format must say what its values are, as JSON, YAML and TOML do.
pub fn deserialize<'de, T: Shape, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let context = Context {
        strict: is_input(T::empty().slot()),
        ..Context::new(Names::Model)
    };
    read_shape(deserializer, context)
}

/// Whether what goes here can be part of an input.
fn is_input(slot: Slot<'_>) -> bool {
    match slot {
        Slot::Structure(structure) => !structure.schema().output,
        Slot::Union(union) => !union.schema().output,
        _ => true,
    }
}

/// Reads a shape, and says where an error lies.
pub(crate) fn read_shape<'de, T: Shape, D: Deserializer<'de>>(
    deserializer: D,
    context: Context,
) -> Result<T, D::Error> {
    let mut shape = T::empty();
    let filled = Seed {
        slot: shape.slot(),
        target: None,
        context: &context,
    }
    .deserialize(deserializer);
    let path = context.path.into_inner();
    filled.map_err(|error| {
        if path.is_empty() {
            error
        } else {
            D::Error::custom(format_args!("{path}: {error}"))
        }
    })?;
    let missing = context.missing.into_inner();
    if missing.is_empty() {
        return Ok(shape);
    }
    let paths: Vec<_> = missing.iter().map(Path::to_string).collect();
    Err(D::Error::custom(format_args!(
        "missing required: {}",
        paths.join(", ")
    )))
}

/// Fills a structure from the parameters of one of Smithy's protocol tests: the model's names, blobs as plain text.
#[cfg(feature = "test-util")]
pub(crate) fn from_parameters(
    parameters: &serde_json::Value,
    structure: &mut dyn Structure,
) -> Result<(), serde_json::Error> {
    let context = Context {
        plain_blobs: true,
        ..Context::new(Names::Model)
    };
    Seed {
        slot: Slot::Structure(structure),
        target: None,
        context: &context,
    }
    .deserialize(parameters)
}

/// Reads a request's document body as a service does: timestamps in the format of their place, unions of exactly one
/// member, and nulls only where the model has room for them. Gives the required members that were missing.
#[cfg(any(feature = "server", feature = "test-util"))]
pub(crate) fn from_json_exactly(
    json: &[u8],
    slot: Slot<'_>,
) -> Result<Missing, (Path, serde_json::Error)> {
    let context = Context {
        exact: true,
        ..Context::new(Names::Wire)
    };
    read(json, slot, None, context)
}

/// Reads any value from JSON, required members or not: a client takes what a service sends.
pub(crate) fn from_json_leniently(
    json: &[u8],
    slot: Slot<'_>,
) -> Result<(), (Path, serde_json::Error)> {
    member_from_json_leniently(json, slot, None)
}

/// The same, of a value of which the model says this.
pub(crate) fn member_from_json_leniently(
    json: &[u8],
    slot: Slot<'_>,
    target: Option<&'static TargetSchema>,
) -> Result<(), (Path, serde_json::Error)> {
    let context = Context {
        converts: true,
        notes_missing: false,
        ..Context::new(Names::Wire)
    };
    read(json, slot, target, context).map(drop)
}

fn read(
    json: &[u8],
    slot: Slot<'_>,
    target: Option<&'static TargetSchema>,
    context: Context,
) -> Result<Missing, (Path, serde_json::Error)> {
    // Checked once and whole, which costs a fraction of checking every string of the document by itself.
    let json = std::str::from_utf8(json)
        .map_err(|error| (Path::default(), serde_json::Error::custom(error)))?;
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let filled = Seed {
        slot,
        target,
        context: &context,
    }
    .deserialize(&mut deserializer)
    .and_then(|()| deserializer.end());
    match filled {
        Ok(()) => Ok(context.missing.into_inner()),
        Err(error) => Err((context.path.into_inner(), error)),
    }
}

/// Paths of required members that were not there.
pub(crate) type Missing = Vec<Path>;

/// Which of a member's names counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Model,
    Wire,
}

/// What is shared by all places of one value.
pub(crate) struct Context {
    names: Names,
    /// Whether unknown members, members that occur twice, and second members of unions are errors.
    pub(crate) strict: bool,
    /// Whether it is a request that a service reads, which is refused where the protocol leaves no room for it.
    exact: bool,
    /// Whether it is an answer, of which a simple value may be of another type than the model says.
    converts: bool,
    /// Whether blobs are text as it is, as in the parameters of Smithy's protocol tests, and not base64.
    plain_blobs: bool,
    /// Whether somebody asks for the required members that are missing.
    pub(crate) notes_missing: bool,
    /// Where an error came from, noted while it travels outward.
    path: RefCell<Path>,
    missing: RefCell<Missing>,
}

impl Context {
    pub(crate) fn new(names: Names) -> Self {
        Self {
            names,
            strict: false,
            exact: false,
            converts: false,
            plain_blobs: false,
            notes_missing: true,
            path: RefCell::default(),
            missing: RefCell::default(),
        }
    }

    fn missing_so_far(&self) -> usize {
        self.missing.borrow().len()
    }

    /// Runs what fills a part, and notes the step to it on whatever went wrong there.
    fn within<T, E>(
        &self,
        step: impl Fn() -> Step,
        fill: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let before = self.missing_so_far();
        let filled = fill();
        if filled.is_err() {
            self.path.borrow_mut().outward(step());
        }
        if self.missing_so_far() > before {
            self.missing
                .borrow_mut()
                .iter_mut()
                .skip(before)
                .for_each(|path| path.outward(step()));
        }
        filled
    }

    /// The same for a member of a structure or union.
    fn within_member<T, E>(
        &self,
        member: &'static MemberSchema,
        fill: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let before = self.missing_so_far();
        let filled = self.within(|| Step::Member(member.name), fill);
        if member.sensitive {
            self.path.borrow_mut().hide_keys();
            let mut missing = self.missing.borrow_mut();
            missing.iter_mut().skip(before).for_each(Path::hide_keys);
        }
        filled
    }

    fn position(&self, schema: &StructureSchema, name: &str, expected: usize) -> Option<usize> {
        match self.names {
            Names::Model => schema.position_by_name(name, expected),
            Names::Wire => schema.position(name, expected).filter(|index| {
                schema
                    .members
                    .get(*index)
                    .is_some_and(|member| member.location == Location::Body)
            }),
        }
    }
}

impl<'a> Seed<'a, '_> {
    /// What the model says of what a list or map holds.
    fn element(&self) -> Option<&'static TargetSchema> {
        self.target.and_then(|target| target.element)
    }

    /// The place of a number, unless it is a timestamp's that has to be text.
    fn fill_number<E: Error>(self) -> Result<Slot<'a>, E> {
        let format = self.timestamp_format();
        match self.slot.fill() {
            slot @ Slot::Timestamp(_)
                if format.is_some_and(|format| format != TimestampFormat::EpochSeconds) =>
            {
                Err(unexpected(Unexpected::Float(0.0), &slot))
            }
            slot => Ok(slot),
        }
    }

    /// The format that a timestamp has to have here; `None` where any will do.
    fn timestamp_format(&self) -> Option<TimestampFormat> {
        let format = self.target.and_then(|target| target.timestamp_format);
        let format = format.unwrap_or(TimestampFormat::EpochSeconds);
        self.context.exact.then_some(format)
    }

    fn fill_text<E: Error>(self, value: Cow<'_, str>) -> Result<(), E> {
        let format = self.timestamp_format();
        match self.slot.fill() {
            Slot::Timestamp(place) if format.is_some() => {
                let time = format
                    .filter(|format| *format != TimestampFormat::EpochSeconds)
                    .and_then(|format| timestamp::from_text_of(&value, format));
                *place = time
                    .ok_or_else(|| unexpected(Unexpected::Str(&value), &Slot::Timestamp(place)))?;
                Ok(())
            }
            Slot::Blob(place) if self.context.plain_blobs => {
                *place = Blob::new(value.into_owned().into_bytes());
                Ok(())
            }
            Slot::Stream(place) if self.context.plain_blobs => {
                *place = value.into_owned().into_bytes().into();
                Ok(())
            }
            slot if self.context.converts => convert::from_text(slot, value),
            slot => text(slot, value),
        }
    }

    fn fill_integer<E: Error>(self, value: i128, given: Unexpected<'_>) -> Result<(), E> {
        match self.context.converts {
            true => convert::from_integer(self.fill_number()?, value, given),
            false => integer(self.fill_number()?, value, given),
        }
    }
}

/// Fills a slot with the next value.
struct Seed<'slot, 'context> {
    slot: Slot<'slot>,
    /// What the model says of the value's shape, where it says anything.
    target: Option<&'static TargetSchema>,
    context: &'context Context,
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.slot {
            Slot::Ignored => deserializer.deserialize_ignored_any(IgnoredAny).map(drop),
            _ if self.keeps_digits() => self.fill_digits(deserializer),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(expected(&self.slot))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        let exact = self.context.exact;
        match self.slot.fill_null() {
            false if exact => Err(E::custom("null in a list or map that is not sparse")),
            _ => Ok(()),
        }
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        let converts = self.context.converts;
        match self.slot.fill() {
            Slot::Boolean(place) => *place = value,
            Slot::Document(place) => *place = DocumentVisitor.visit_bool(value)?,
            slot if converts => return convert::from_boolean(slot, value),
            slot => return Err(unexpected(Unexpected::Bool(value), &slot)),
        }
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.fill_integer(value.into(), Unexpected::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.fill_integer(value.into(), Unexpected::Unsigned(value))
    }

    // Without these two, serde's own errors would show the number.
    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.fill_integer(value, Unexpected::Other("number"))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        self.visit_i128(i128::try_from(value).map_err(|_| out_of_range())?)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        match self.context.converts {
            true => convert::from_double(self.fill_number()?, value),
            false => double(self.fill_number()?, value),
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.fill_text(Cow::Borrowed(value))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<(), E> {
        self.fill_text(Cow::Owned(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<(), A::Error> {
        let element = self.element();
        match self.slot.fill() {
            Slot::List(list) => fill_list(list, element, self.context, elements),
            Slot::Document(place) => {
                *place = DocumentVisitor.visit_seq(elements)?;
                Ok(())
            }
            slot => Err(unexpected(Unexpected::Seq, &slot)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<(), A::Error> {
        let element = self.element();
        match self.slot.fill() {
            Slot::Structure(structure) => fill_structure(structure, self.context, entries),
            Slot::Map(map) => fill_map(map, element, self.context, entries),
            Slot::Union(union) => fill_union(union, self.context, entries),
            // The unit variant of a union: an object, of which nothing is kept.
            Slot::Ignored => IgnoredAny.visit_map(entries).map(drop),
            Slot::Document(place) => {
                *place = DocumentVisitor.visit_map(entries)?;
                Ok(())
            }
            slot => Err(unexpected(Unexpected::Map, &slot)),
        }
    }
}

fn fill_structure<'de, A: MapAccess<'de>>(
    structure: &mut dyn Structure,
    context: &Context,
    mut entries: A,
) -> Result<(), A::Error> {
    let schema = structure.schema();
    // One bit a member is enough to tell what came: a structure with more than 128 members checks the first 128.
    let mut seen = 0_u128;
    // The same for the names that occurred, with or without a value.
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
        let seed = Seed {
            slot: Slot::Optional(&mut slot),
            target: member.target,
            context,
        };
        context.within_member(member, || entries.next_value_seed(seed))?;
        if slot.has_value {
            seen |= bit;
        }
    }
    if context.notes_missing {
        note_missing(schema, context, seen);
    }
    Ok(())
}

/// A member of a structure, which notes whether a value came: an explicit null is none.
struct MemberSlot<'a> {
    structure: &'a mut dyn Structure,
    index: usize,
    has_value: bool,
}

impl OptionalSlot for MemberSlot<'_> {
    fn clear(&mut self) {
        let slot = self.structure.member_slot(self.index);
        // Null is a document like any other.
        self.has_value = matches!(slot, Slot::Document(_));
        slot.fill_null();
    }

    fn fill(&mut self) -> Slot<'_> {
        self.has_value = true;
        self.structure.member_slot(self.index)
    }
}

fn note_missing(schema: &StructureSchema, context: &Context, seen: u128) {
    for (index, member) in schema.members.iter().enumerate().take(128) {
        let counts = context.names == Names::Model || member.location == Location::Body;
        if member.required && counts && seen & (1 << index) == 0 {
            context
                .missing
                .borrow_mut()
                .push(Path::of(Step::Member(member.name)));
        }
    }
}

fn fill_union<'de, A: MapAccess<'de>>(
    union: &mut dyn Union,
    context: &Context,
    mut entries: A,
) -> Result<(), A::Error> {
    let schema = union.schema();
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
            if context.exact && !is_null {
                return Err(A::Error::custom(
                    "a union with a member that it does not have",
                ));
            }
            continue;
        };
        let first = union.variant().map(|(index, _)| index);
        let has_value = Cell::new(false);
        let seed = Variant {
            union: &mut *union,
            index,
            target: member.target,
            context,
            has_value: &has_value,
        };
        context.within_member(member, || entries.next_value_seed(seed))?;
        if let Some(first) = first.and_then(|index| schema.members.get(index))
            && (context.strict || context.exact)
            && has_value.get()
        {
            return Err(second_member(first, member));
        }
        is_set |= has_value.get() || union.variant().is_some();
    }
    match is_set {
        false if context.exact => Err(A::Error::custom("a union without a member")),
        _ => Ok(()),
    }
}

/// A union has one value; which of two was meant, nobody knows.
fn second_member<E: Error>(first: &MemberSchema, second: &MemberSchema) -> E {
    E::custom(format_args!(
        "`{}` is a second member of a union whose member `{}` is set",
        second.name, first.name
    ))
}

/// A member of a union, which null does not set unless it is a document.
struct Variant<'a> {
    union: &'a mut dyn Union,
    index: usize,
    target: Option<&'static TargetSchema>,
    context: &'a Context,
    has_value: &'a Cell<bool>,
}

impl<'de> DeserializeSeed<'de> for Variant<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Self {
            index,
            target,
            context,
            has_value,
            ..
        } = self;
        Seed {
            slot: Slot::Optional(&mut VariantSlot {
                union: &mut *self.union,
                index,
                has_value,
            }),
            target,
            context,
        }
        .deserialize(deserializer)
    }
}

struct VariantSlot<'a> {
    union: &'a mut dyn Union,
    index: usize,
    has_value: &'a Cell<bool>,
}

impl OptionalSlot for VariantSlot<'_> {
    fn clear(&mut self) {
        if self.union.variant().is_some() {
            return;
        }
        // Null is a document like any other; of another member it says nothing.
        if !matches!(self.union.set_variant(self.index), Slot::Document(_)) {
            self.union.set_variant(usize::MAX);
        }
    }

    fn fill(&mut self) -> Slot<'_> {
        self.has_value.set(true);
        self.union.set_variant(self.index)
    }
}

fn fill_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn ListSlot,
    target: Option<&'static TargetSchema>,
    context: &Context,
    mut elements: A,
) -> Result<(), A::Error> {
    list.clear();
    let mut index = 0;
    loop {
        let seed = Seed {
            slot: Slot::Element(&mut *list),
            target,
            context,
        };
        let element = context.within(|| Step::Index(index), || elements.next_element_seed(seed))?;
        if element.is_none() {
            return Ok(());
        }
        index += 1;
    }
}

fn fill_map<'de, A: MapAccess<'de>>(
    map: &mut dyn MapSlot,
    target: Option<&'static TargetSchema>,
    context: &Context,
    mut entries: A,
) -> Result<(), A::Error> {
    map.clear();
    while let Some(key) = entries.next_key::<Cow<'de, str>>()? {
        let seed = Seed {
            slot: Slot::Entry(&mut *map, &key),
            target,
            context,
        };
        context.within(
            || Step::Key(key.to_string()),
            || entries.next_value_seed(seed),
        )?;
    }
    Ok(())
}
