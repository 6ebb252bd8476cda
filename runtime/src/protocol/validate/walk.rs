//! Walks over a value and reports the violations of its schema. Clients and services share the walk; they differ in the
//! rules that they check and in the wording of the violations.

use crate::protocol::validate::place::Place;
use crate::value::codec::{Dialect, value_to_json};
use crate::value::schema::{Length, MemberSchema, Range, StructureSchema, TargetSchema};
use crate::value::shape::{List, Map, Structure, Value};
use std::collections::HashSet;

/// The rules that are checked.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'a> {
    /// `true` to check `required`.
    pub(crate) required: bool,
    /// `true` to check `length` and `range`.
    pub(crate) constraints: bool,
    /// The function that matches a text against a `pattern`; `None` to ignore patterns.
    pub(crate) patterns: Option<fn(&'static str, &str) -> bool>,
    /// `true` to check enum values and `uniqueItems`, which a client leaves to the service.
    pub(crate) closed: bool,
    /// A function that returns whether a required member that seems to be present, as empty text or zero, is missing.
    pub(crate) missing: Option<&'a dyn Fn(Place<'_>) -> bool>,
}

/// A violation.
pub(crate) enum Fault {
    Required,
    Length(Length, u64),
    Range(Range, f64),
    Pattern(&'static str),
    /// An unknown enum value, with the values that the model declares.
    Enum(Vec<&'static str>),
    Unique,
}

/// All violations of one value.
pub(crate) struct Finding<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) value: &'a Value<'a>,
    /// The map that contains the value as an entry, which only services report.
    #[cfg_attr(
        not(feature = "server"),
        allow(dead_code, reason = "only services tell of it")
    )]
    pub(crate) map: Option<&'a dyn Map>,
    pub(crate) faults: Vec<Fault>,
}

/// Walks over an input, and reports violations in the order of the model.
pub(crate) fn walk(input: &dyn Structure, rules: Rules<'_>, found: &mut dyn FnMut(Finding<'_>)) {
    Walk { rules, found }.structure(input, Place::Input);
}

struct Walk<'a, 'f> {
    rules: Rules<'a>,
    found: &'f mut dyn FnMut(Finding<'_>),
}

impl Walk<'_, '_> {
    fn structure(&mut self, structure: &dyn Structure, place: Place<'_>) {
        let schema: &'static StructureSchema = structure.schema();
        if schema.unconstrained && !self.rules.closed {
            return;
        }
        for (index, member) in schema.members.iter().enumerate() {
            self.member(
                member,
                &structure.member(index),
                Place::Member(&place, member),
            );
        }
    }

    fn member(&mut self, member: &'static MemberSchema, value: &Value<'_>, place: Place<'_>) {
        // Absence is tested first, because it is the most frequent case, and a match over all kinds takes a jump
        // through a table.
        if value.is_absent() || (member.required && self.rules.missing.is_some_and(|is| is(place)))
        {
            if member.required && self.rules.required {
                (self.found)(Finding {
                    place,
                    value,
                    map: None,
                    faults: vec![Fault::Required],
                });
            }
        } else if member.target.is_some() || value.holds_values() || self.rules.closed {
            self.value(value, member.target, place, None);
        }
    }

    fn value(
        &mut self,
        value: &Value<'_>,
        target: Option<&'static TargetSchema>,
        place: Place<'_>,
        map: Option<&dyn Map>,
    ) {
        if !self.is_known_valid(value, target) {
            self.report(self.faults(value, target), value, place, map);
        }
        let element = target.and_then(|target| target.element);
        match value {
            Value::Structure(structure) => self.structure(*structure, place),
            Value::Union(union) => {
                if let Some((index, value)) = union.variant()
                    && let Some(member) = union.schema().members.get(index)
                {
                    self.member(member, &value, Place::Member(&place, member));
                }
            }
            Value::List(list) => {
                for index in 0..list.len() {
                    let place = Place::Index(&place, index);
                    self.value(&list.element(index), element, place, None);
                }
            }
            Value::Map(map) => self.map(*map, target, place),
            _ => {}
        }
    }

    fn map(&mut self, map: &dyn Map, target: Option<&'static TargetSchema>, place: Place<'_>) {
        let (key_target, element) =
            target.map_or((None, None), |target| (target.key, target.element));
        let known_keys = map.known_keys().filter(|_| self.rules.closed);
        for (key, value) in map.entries() {
            let key_value = Value::String(key);
            let mut faults = self.faults(&key_value, key_target);
            if known_keys.is_some_and(|known| !known.contains(&key)) {
                faults.push(Fault::Enum(map.public_keys()));
            }
            self.report(faults, &key_value, Place::Key(&place, key), Some(map));
            self.value(&value, element, Place::Entry(&place, key), Some(map));
        }
    }

    /// Returns whether a value has no violations of its own, for the cases that are quick to decide.
    #[inline]
    fn is_known_valid(&self, value: &Value<'_>, target: Option<&'static TargetSchema>) -> bool {
        let Some(target) = target else {
            return !self.rules.closed;
        };
        let is_text = matches!(value, Value::String(_));
        let has_pattern = target.pattern.is_some() && self.rules.patterns.is_some();
        let is_within = |length| is_known_within(length, value);
        is_text && !has_pattern && target.length.is_none_or(is_within)
    }

    fn report(
        &mut self,
        faults: Vec<Fault>,
        value: &Value<'_>,
        place: Place<'_>,
        map: Option<&dyn Map>,
    ) {
        if !faults.is_empty() {
            (self.found)(Finding {
                place,
                value,
                map,
                faults,
            });
        }
    }

    /// Returns the violations of a value itself.
    fn faults(&self, value: &Value<'_>, target: Option<&'static TargetSchema>) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.rules.closed
            && let Value::Enum(value) = value
            && !value.known_values().contains(&value.wire_value())
        {
            faults.push(Fault::Enum(value.public_values()));
        }
        let Some(target) = target else {
            return faults;
        };
        if self.rules.constraints {
            constraints(value, target, &mut faults);
        }
        if let (Some(matches), Some(pattern), Value::String(text)) =
            (self.rules.patterns, target.pattern, value)
            && !matches(pattern, text)
        {
            faults.push(Fault::Pattern(pattern));
        }
        if let (true, true, Value::List(list)) = (self.rules.closed, target.unique_items, value)
            && !are_unique(*list, target.element)
        {
            faults.push(Fault::Unique);
        }
        faults
    }
}

fn constraints(value: &Value<'_>, target: &'static TargetSchema, faults: &mut Vec<Fault>) {
    if let Some(length) = target.length
        && !is_known_within(length, value)
        && let Some(count) = value.length()
        && (length.min.is_some_and(|min| count < min) || length.max.is_some_and(|max| count > max))
    {
        faults.push(Fault::Length(length, count));
    }
    if let Some((range, number)) = target.range.zip(value.number())
        && (range.min.is_some_and(|min| number < min) || range.max.is_some_and(|max| number > max))
    {
        faults.push(Fault::Range(range, number));
    }
}

/// Returns whether the length of a text is valid by its number of bytes alone: a character has one to four bytes, so
/// that the characters need not be counted.
fn is_known_within(length: Length, value: &Value<'_>) -> bool {
    let bytes = match value {
        Value::String(text) => text.len() as u64,
        _ => return false,
    };
    length.max.is_none_or(|max| bytes <= max)
        && length.min.is_none_or(|min| bytes.div_ceil(4) >= min)
}

/// Returns whether all elements are unique. Elements are compared in their written form; one that cannot be written is
/// not compared.
fn are_unique(list: &dyn List, target: Option<&'static TargetSchema>) -> bool {
    let mut seen = HashSet::new();
    (0..list.len()).all(|index| {
        let written = value_to_json(list.element(index), target, Dialect::RESPONSE);
        written.map_or(true, |written| seen.insert(written))
    })
}
