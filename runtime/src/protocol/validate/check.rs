//! The walk over a value: constraints of the schema against what is there.

use crate::protocol::validate::{InvalidInput, Problem};
use crate::value::schema::{Length, MemberSchema, Range, StructureSchema, TargetSchema};
use crate::value::shape::{Structure, Value};
use std::fmt;

/// What of an input is checked before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validation {
    required: bool,
    constraints: bool,
    #[cfg(feature = "patterns")]
    patterns: bool,
}

impl Validation {
    /// `required`, `length` and `range`: the default.
    pub const STANDARD: Self = Self {
        required: true,
        constraints: true,
        #[cfg(feature = "patterns")]
        patterns: false,
    };
    /// Nothing: the service has the word.
    pub const OFF: Self = Self {
        required: false,
        constraints: false,
        #[cfg(feature = "patterns")]
        patterns: false,
    };

    /// Also checks texts against the patterns of the model. Patterns that this machine cannot read, or not match in
    /// reasonable time, refuse nothing: the service has the word then.
    #[cfg(feature = "patterns")]
    pub const fn with_patterns(mut self) -> Self {
        self.patterns = true;
        self
    }
}

impl Default for Validation {
    fn default() -> Self {
        Self::STANDARD
    }
}

/// Checks an input against its model.
pub fn validate(input: &dyn Structure, validation: Validation) -> Result<(), InvalidInput> {
    if validation == Validation::OFF {
        return Ok(());
    }
    let mut walk = Walk {
        problems: Vec::new(),
        validation,
    };
    walk.structure(input, Place::Input);
    if walk.problems.is_empty() {
        Ok(())
    } else {
        Err(InvalidInput::new(walk.problems))
    }
}

/// Where the walk is. Places know the place they are in, so that nothing is written for an input without problems.
#[derive(Clone, Copy)]
enum Place<'a> {
    Input,
    Member(&'a Place<'a>, &'static MemberSchema),
    Index(&'a Place<'a>, usize),
    Key(&'a Place<'a>, &'a str),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input => Ok(()),
            Self::Member(Self::Input, member) => f.write_str(member.name),
            Self::Member(place, member) => write!(f, "{place}.{}", member.name),
            Self::Index(place, index) => write!(f, "{place}[{index}]"),
            Self::Key(place, _) if place.is_sensitive() => write!(f, "{place}[…]"),
            Self::Key(place, key) => write!(f, "{place}[{key:?}]"),
        }
    }
}

impl Place<'_> {
    /// Whether the model calls this, or anything that it is a part of, sensitive.
    fn is_sensitive(&self) -> bool {
        match self {
            Self::Input => false,
            Self::Member(place, member) => member.sensitive || place.is_sensitive(),
            Self::Index(place, _) | Self::Key(place, _) => place.is_sensitive(),
        }
    }
}

struct Walk {
    problems: Vec<Problem>,
    validation: Validation,
}

impl Walk {
    fn problem(&mut self, place: Place<'_>, reason: impl Into<String>) {
        self.problems.push(Problem::new(place.to_string(), reason));
    }

    fn structure(&mut self, structure: &dyn Structure, place: Place<'_>) {
        let schema: &'static StructureSchema = structure.schema();
        if schema.unconstrained {
            return;
        }
        for (index, member) in schema.members.iter().enumerate() {
            let value = structure.member(index);
            // Absence is asked for by itself: it is the most frequent, and a match over all kinds costs a jump by a table.
            if value.is_absent() {
                if member.required && self.validation.required {
                    self.problem(Place::Member(&place, member), "required");
                }
            } else if member.target.is_some() || value.holds_values() {
                self.value(&value, member.target, Place::Member(&place, member));
            }
        }
    }

    fn value(
        &mut self,
        value: &Value<'_>,
        target: Option<&'static TargetSchema>,
        place: Place<'_>,
    ) {
        if let Some(target) = target.filter(|_| self.validation.constraints) {
            self.constraints(value, target, place);
        }
        #[cfg(feature = "patterns")]
        if let Some(target) = target.filter(|_| self.validation.patterns) {
            self.pattern(value, target, place);
        }
        let element = target.and_then(|target| target.element);
        match value {
            Value::Structure(structure) => self.structure(*structure, place),
            Value::Union(union) => {
                if let Some((index, value)) = union.variant()
                    && let Some(member) = union.schema().members.get(index)
                {
                    self.value(&value, member.target, Place::Member(&place, member));
                }
            }
            Value::List(list) => {
                for index in 0..list.len() {
                    self.value(&list.element(index), element, Place::Index(&place, index));
                }
            }
            Value::Map(map) => {
                for (key, value) in map.entries() {
                    let here = Place::Key(&place, key);
                    if let Some(target) = target.and_then(|target| target.key) {
                        self.value(&Value::String(key), Some(target), here);
                    }
                    self.value(&value, element, here);
                }
            }
            _ => {}
        }
    }

    #[cfg(feature = "patterns")]
    fn pattern(&mut self, value: &Value<'_>, target: &'static TargetSchema, place: Place<'_>) {
        // Values of enums are not checked: a service may know more of them than the model.
        if let (Value::String(text), Some(pattern)) = (value, target.pattern)
            && !crate::protocol::validate::pattern::matches(pattern, text)
        {
            self.problem(place, format!("does not match the pattern {pattern}"));
        }
    }

    fn constraints(&mut self, value: &Value<'_>, target: &'static TargetSchema, place: Place<'_>) {
        if let Some(length) = target.length
            && !is_surely_within(length, value)
            && let Some(count) = value.length()
            && let Some(reason) = off_length(length, count, unit(value))
        {
            self.problem(place, reason);
        }
        if let Some((range, number)) = target.range.zip(value.number())
            && let Some(reason) = off_range(range, number)
        {
            self.problem(place, reason);
        }
    }
}

/// Whether a text keeps to its length by its bytes alone, of which a character has one to four: then nobody need count.
fn is_surely_within(length: Length, value: &Value<'_>) -> bool {
    let bytes = match value {
        Value::String(text) => text.len() as u64,
        _ => return false,
    };
    length.max.is_none_or(|max| bytes <= max)
        && length.min.is_none_or(|min| bytes.div_ceil(4) >= min)
}

/// What is counted of a value.
fn unit(value: &Value<'_>) -> &'static str {
    match value {
        Value::Blob(_) => "bytes",
        Value::List(_) => "elements",
        Value::Map(_) => "entries",
        _ => "characters",
    }
}

fn off_length(length: Length, count: u64, unit: &str) -> Option<String> {
    match length {
        Length { min: Some(min), .. } if count < min => {
            Some(format!("{count} {unit}, at least {min}"))
        }
        Length { max: Some(max), .. } if count > max => {
            Some(format!("{count} {unit}, at most {max}"))
        }
        _ => None,
    }
}

fn off_range(range: Range, number: f64) -> Option<String> {
    match range {
        Range { min: Some(min), .. } if number < min => Some(format!("{number}, at least {min}")),
        Range { max: Some(max), .. } if number > max => Some(format!("{number}, at most {max}")),
        _ => None,
    }
}
