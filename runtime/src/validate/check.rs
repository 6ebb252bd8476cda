//! The walk over a value: constraints of the schema against what is there.

use crate::schema::{Length, Range, StructureSchema, TargetSchema};
use crate::shape::{Structure, Value};
use crate::validate::{InvalidInput, Problem};
use std::fmt::{self, Write};

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
        path: String::new(),
        problems: Vec::new(),
        validation,
    };
    walk.structure(input);
    if walk.problems.is_empty() {
        Ok(())
    } else {
        Err(InvalidInput::new(walk.problems))
    }
}

struct Walk {
    /// The path to where the walk is; text, since nearly every input is valid and a step back is a truncation.
    path: String,
    problems: Vec<Problem>,
    validation: Validation,
}

impl Walk {
    fn within(&mut self, step: fmt::Arguments<'_>, walk: impl FnOnce(&mut Self)) {
        let here = self.path.len();
        // Writing to a string cannot fail.
        let _ = self.path.write_fmt(step);
        walk(self);
        self.path.truncate(here);
    }

    fn problem(&mut self, reason: impl Into<String>) {
        self.problems.push(Problem::new(self.path.clone(), reason));
    }

    fn structure(&mut self, structure: &dyn Structure) {
        let schema: &'static StructureSchema = structure.schema();
        let dot = if self.path.is_empty() { "" } else { "." };
        for (index, member) in schema.members.iter().enumerate() {
            let value = structure.member(index);
            match &value {
                Value::Absent if member.required && self.validation.required => {
                    self.within(format_args!("{dot}{}", member.name), |walk| {
                        walk.problem("required")
                    });
                }
                Value::Absent => {}
                // Values without parts and without constraints need no step.
                Value::Structure(_) | Value::Union(_) | Value::List(_) | Value::Map(_) => {
                    self.within(format_args!("{dot}{}", member.name), |walk| {
                        walk.value(&value, member.target)
                    });
                }
                _ if member.target.is_some() => {
                    self.within(format_args!("{dot}{}", member.name), |walk| {
                        walk.value(&value, member.target)
                    });
                }
                _ => {}
            }
        }
    }

    fn value(&mut self, value: &Value<'_>, target: Option<&'static TargetSchema>) {
        if let Some(target) = target.filter(|_| self.validation.constraints) {
            self.constraints(value, target);
        }
        #[cfg(feature = "patterns")]
        if let Some(target) = target.filter(|_| self.validation.patterns) {
            self.pattern(value, target);
        }
        let element = target.and_then(|target| target.element);
        match value {
            Value::Structure(structure) => self.structure(*structure),
            Value::Union(union) => {
                if let Some((index, value)) = union.variant() {
                    let name = union
                        .schema()
                        .members
                        .get(index)
                        .map_or("", |member| member.name);
                    let target = union
                        .schema()
                        .members
                        .get(index)
                        .and_then(|member| member.target);
                    self.within(format_args!(".{name}"), |walk| walk.value(&value, target));
                }
            }
            Value::List(list) => {
                for index in 0..list.len() {
                    let value = list.element(index);
                    self.within(format_args!("[{index}]"), |walk| {
                        walk.value(&value, element)
                    });
                }
            }
            Value::Map(map) => {
                for (key, value) in map.entries() {
                    self.within(format_args!("[{key:?}]"), |walk| {
                        if let Some(target) = target.and_then(|target| target.key) {
                            walk.value(&Value::String(key), Some(target));
                        }
                        walk.value(&value, element);
                    });
                }
            }
            _ => {}
        }
    }

    #[cfg(feature = "patterns")]
    fn pattern(&mut self, value: &Value<'_>, target: &'static TargetSchema) {
        // Values of enums are not checked: a service may know more of them than the model.
        if let (Value::String(text), Some(pattern)) = (value, target.pattern)
            && !crate::validate::pattern::matches(pattern, text)
        {
            self.problem(format!("does not match the pattern {pattern}"));
        }
    }

    fn constraints(&mut self, value: &Value<'_>, target: &'static TargetSchema) {
        if let Some((length, count, unit)) = target.length.and_then(|length| {
            let (count, unit) = count(value)?;
            Some((length, count, unit))
        }) && let Some(reason) = off_length(length, count, unit)
        {
            self.problem(reason);
        }
        if let Some((range, number)) = target.range.and_then(|range| Some((range, number(value)?)))
            && let Some(reason) = off_range(range, number)
        {
            self.problem(reason);
        }
    }
}

/// How long a value is, and what is counted, by Smithy's `length` trait.
fn count(value: &Value<'_>) -> Option<(u64, &'static str)> {
    let (count, unit) = match value {
        Value::String(text) => (text.chars().count(), "characters"),
        Value::Enum(value) => (value.wire_value().chars().count(), "characters"),
        Value::Blob(bytes) => (bytes.len(), "bytes"),
        Value::List(list) => (list.len(), "elements"),
        Value::Map(map) => (map.len(), "entries"),
        _ => return None,
    };
    Some((count as u64, unit))
}

fn number(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Integer(value) => Some(*value as f64),
        Value::Float(value) => Some(f64::from(*value)),
        Value::Double(value) => Some(*value),
        Value::Number(text) => text.parse().ok(),
        _ => None,
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
