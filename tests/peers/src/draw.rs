//! Draws random values of shapes as JSON, and records their coverage.
//!
//! Inputs have the format of the AWS CLI. Outputs are as a server may send them, beyond the model: unknown members, nulls,
//! unknown enum values, timestamps in every format.

use crate::palette;
use fastrand::Rng;
use serde_json::{Map, Value, json};
use smithy_model::known::{EnumValue, Length, Range};
use smithy_model::{Member, Model, Shape, ShapeId, ShapeKind, Traits};
use std::collections::{BTreeMap, BTreeSet};

/// The depth below which only required members are drawn, so that recursion ends.
const DEPTH: usize = 12;

/// The direction of the drawn values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Inputs of a client.
    Input,
    /// Responses of a server.
    Output,
}

/// A generator of random values.
pub(crate) struct Draw<'a> {
    model: &'a Model,
    pub(crate) side: Side,
    pub(crate) rng: Rng,
    /// The number of draws of each enum, so that its values come in turn.
    turns: BTreeMap<ShapeId, usize>,
    /// The coverage: members present and absent, enum values, sizes.
    pub(crate) seen: BTreeSet<String>,
}

impl<'a> Draw<'a> {
    pub(crate) fn new(model: &'a Model, side: Side, seed: u64) -> Self {
        Self {
            model,
            side,
            rng: Rng::with_seed(seed),
            turns: BTreeMap::new(),
            seen: BTreeSet::new(),
        }
    }

    /// Draws a value of the input or output of an operation.
    pub(crate) fn structure(&mut self, id: &ShapeId) -> Value {
        match self.model.shape(id) {
            Some(shape) => self.members(shape, 0),
            None => json!({}),
        }
    }

    fn members(&mut self, shape: &Shape, depth: usize) -> Value {
        let mut members = Map::new();
        for member in shape.members.values() {
            let required = member.traits.has("smithy.api#required");
            let present = match (self.side, required) {
                (Side::Input, true) => true,
                // Servers leave out what they have promised, now and then.
                (Side::Output, true) => self.rng.u8(..) < 250,
                (_, false) => depth < DEPTH && self.rng.bool(),
            };
            if !required {
                let word = if present { "present" } else { "absent" };
                self.seen.insert(format!("{} {word}", member.id));
            }
            if present {
                let value = self.member(member, depth);
                members.insert(member.name.clone(), value);
            }
        }
        if self.side == Side::Output && self.rng.u8(..) < 24 {
            let position = palette::unknown(&mut self.rng);
            members.insert("aMemberOfTomorrow".to_owned(), position);
        }
        Value::Object(members)
    }

    fn member(&mut self, member: &Member, depth: usize) -> Value {
        if self.side == Side::Output && self.rng.u8(..) < 12 {
            return Value::Null;
        }
        let in_path = member.traits.has("smithy.api#httpLabel");
        loop {
            let value = self.value(&member.target, &member.traits, depth + 1);
            // A label cannot be empty: neither side sends such a request.
            if !in_path || value != json!("") {
                return value;
            }
        }
    }

    fn value(&mut self, target: &ShapeId, of_member: &Traits, depth: usize) -> Value {
        let Some(shape) = self.model.shape(target) else {
            return Value::Null;
        };
        match &shape.kind {
            ShapeKind::Boolean => json!(self.rng.bool()),
            ShapeKind::Enum => self.enum_value(shape),
            ShapeKind::String => self.string(shape, of_member),
            ShapeKind::Byte => self.integer(shape, of_member, i8::MIN.into(), i8::MAX.into()),
            ShapeKind::Short => self.integer(shape, of_member, i16::MIN.into(), i16::MAX.into()),
            ShapeKind::Integer | ShapeKind::IntEnum => {
                self.integer(shape, of_member, i32::MIN.into(), i32::MAX.into())
            }
            ShapeKind::Long => self.integer(shape, of_member, i64::MIN, i64::MAX),
            ShapeKind::Float => palette::float(&mut self.rng),
            ShapeKind::Double => palette::double(&mut self.rng),
            ShapeKind::Document => palette::document(&mut self.rng),
            ShapeKind::Blob => palette::blob(&mut self.rng),
            ShapeKind::Timestamp if self.side == Side::Input => {
                json!(palette::timestamp(&mut self.rng))
            }
            ShapeKind::Timestamp => palette::any_timestamp(&mut self.rng),
            ShapeKind::List => self.list(shape, of_member, depth),
            ShapeKind::Map => self.map(shape, of_member, depth),
            ShapeKind::Union if shape.is_event_stream() => self.events(shape, depth),
            ShapeKind::Union => self.union(shape, depth),
            ShapeKind::Structure => self.members(shape, depth),
            _ => palette::unknown(&mut self.rng),
        }
    }

    fn enum_value(&mut self, shape: &Shape) -> Value {
        let values: Vec<Value> = shape
            .members
            .values()
            .filter_map(|member| Some(member.traits.get::<EnumValue>()?.0))
            .collect();
        let turn = self.turns.entry(shape.id.clone()).or_default();
        *turn += 1;
        if values.is_empty() || *turn % (values.len() + 1) == values.len() {
            return json!("ValueOfTomorrow");
        }
        let value = values[*turn % (values.len() + 1)].clone();
        self.seen.insert(format!("{} is {value}", shape.id));
        value
    }

    fn string(&mut self, shape: &Shape, of_member: &Traits) -> Value {
        let longest = length(shape, of_member).1.unwrap_or(256).min(4_096);
        json!(palette::text(&mut self.rng, longest))
    }

    fn integer(&mut self, shape: &Shape, of_member: &Traits, min: i64, max: i64) -> Value {
        let range = of_member.get::<Range>().or_else(|| shape.traits.get());
        let edge = |number: Option<&serde_json::Number>| number.and_then(|number| number.as_i64());
        let least = range.as_ref().and_then(|range| edge(range.min.as_ref()));
        let most = range.as_ref().and_then(|range| edge(range.max.as_ref()));
        let edges = [
            min,
            max,
            0,
            1,
            -1,
            least.unwrap_or(min),
            most.unwrap_or(max),
        ];
        match self.rng.usize(..edges.len() + 3) {
            index if index < edges.len() => json!(edges[index]),
            _ => json!(self.rng.i64(min..=max)),
        }
    }

    /// Draws a size: empty, one, a few, or the maximum of the model.
    fn size(&mut self, shape: &Shape, of_member: &Traits, depth: usize) -> usize {
        let (least, most) = length(shape, of_member);
        let most = most.unwrap_or(20).min(200);
        let (size, word) = match self.rng.u8(..16) {
            0..=2 => (least, "least"),
            3..=8 => (1, "one"),
            9..=14 => (self.rng.usize(2..=4), "few"),
            // Not far down, where the maxima would multiply.
            _ if depth <= 2 => (most, "most"),
            _ => (1, "one"),
        };
        self.seen.insert(format!("{} {word}", shape.id));
        size.clamp(least, most.max(least))
    }

    fn list(&mut self, shape: &Shape, of_member: &Traits, depth: usize) -> Value {
        let Some(member) = shape.member("member") else {
            return json!([]);
        };
        let size = self.size(shape, of_member, depth);
        let elements = (0..size).map(|_| self.value(&member.target, &member.traits, depth + 1));
        let mut elements: Vec<Value> = elements.collect();
        if self.side == Side::Output && self.rng.u8(..) < 6 && self.may_be_null(&member.target) {
            elements.push(Value::Null);
        }
        Value::Array(elements)
    }

    fn map(&mut self, shape: &Shape, of_member: &Traits, depth: usize) -> Value {
        let (Some(key), Some(value)) = (shape.member("key"), shape.member("value")) else {
            return json!({});
        };
        let mut entries = Map::new();
        for _ in 0..self.size(shape, of_member, depth) {
            let Value::String(key) = self.value(&key.target, &key.traits, depth + 1) else {
                continue;
            };
            let null = self.side == Side::Output && self.rng.u8(..) < 6;
            let value = match null && self.may_be_null(&value.target) {
                true => Value::Null,
                false => self.value(&value.target, &value.traits, depth + 1),
            };
            entries.insert(key, value);
        }
        Value::Object(entries)
    }

    /// Draws an element. botocore fails on a null in place of an element that is a list or a map.
    fn may_be_null(&self, element: &ShapeId) -> bool {
        let shape = self.model.shape(element);
        shape.is_some_and(|shape| !matches!(shape.kind, ShapeKind::List | ShapeKind::Map))
    }

    /// Draws the events of a stream, without its errors.
    fn events(&mut self, shape: &Shape, depth: usize) -> Value {
        let model = self.model;
        let is_event = |member: &&Member| {
            let target = model.shape(&member.target);
            !target.is_some_and(Shape::is_error)
        };
        let members: Vec<&Member> = shape.members.values().filter(is_event).collect();
        let events = (0..self.rng.usize(..5)).map(|_| {
            let member = members.get(self.rng.usize(..members.len().max(1)))?;
            self.seen.insert(format!("{} present", member.id));
            let event = self.value(&member.target, &member.traits, depth + 1);
            Some(json!({ member.name.as_str(): event }))
        });
        Value::Array(events.collect::<Vec<_>>().into_iter().flatten().collect())
    }

    fn union(&mut self, shape: &Shape, depth: usize) -> Value {
        let index = self.rng.usize(..shape.members.len().max(1));
        let Some((name, member)) = shape.members.get_index(index) else {
            return json!({});
        };
        self.seen.insert(format!("{} present", member.id));
        json!({ name: self.value(&member.target, &member.traits, depth + 1) })
    }
}

fn length(shape: &Shape, of_member: &Traits) -> (usize, Option<usize>) {
    let length = of_member.get::<Length>().or_else(|| shape.traits.get());
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    length.map_or((0, None), |length| {
        (length.min.map_or(0, number), length.max.map(number))
    })
}
