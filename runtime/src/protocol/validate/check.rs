//! Validates inputs before requests are sent.

use crate::protocol::validate::walk::{Fault, Rules, walk};
use crate::protocol::validate::{InvalidInput, Problem};
use crate::value::shape::{Structure, Value};
use std::fmt;

/// The constraints of an input that are checked before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validation {
    required: bool,
    constraints: bool,
    #[cfg(feature = "patterns")]
    patterns: bool,
}

impl Validation {
    /// Checks `required`, `length` and `range`. This is the default.
    pub const STANDARD: Self = Self {
        required: true,
        constraints: true,
        #[cfg(feature = "patterns")]
        patterns: false,
    };
    /// Checks nothing, and leaves validation to the service.
    pub const OFF: Self = Self {
        required: false,
        constraints: false,
        #[cfg(feature = "patterns")]
        patterns: false,
    };

    /// Also checks texts against the patterns of the model. A pattern that cannot be compiled, or matched in reasonable
    /// time, rejects nothing and leaves validation to the service.
    #[cfg(feature = "patterns")]
    pub const fn with_patterns(mut self) -> Self {
        self.patterns = true;
        self
    }
}

impl Validation {
    #[cfg(feature = "patterns")]
    fn patterns(self) -> Option<fn(&'static str, &str) -> bool> {
        self.patterns
            .then_some(crate::protocol::patterns::wide::matches)
    }

    #[cfg(not(feature = "patterns"))]
    fn patterns(self) -> Option<fn(&'static str, &str) -> bool> {
        None
    }
}

impl Default for Validation {
    fn default() -> Self {
        Self::STANDARD
    }
}

/// Checks an input against its model.
///
/// # Errors
///
/// Returns an error that lists all problems of the input, if there are any.
pub fn validate(input: &dyn Structure, validation: Validation) -> Result<(), InvalidInput> {
    if validation == Validation::OFF {
        return Ok(());
    }
    let rules = Rules {
        required: validation.required,
        constraints: validation.constraints,
        patterns: validation.patterns(),
        // Values of enums are not checked, because the service may know more values than the model.
        closed: false,
        missing: None,
    };
    let mut problems = Vec::new();
    walk(input, rules, &mut |finding| {
        for fault in &finding.faults {
            let reason = reason(fault, finding.value);
            problems.push(Problem::new(finding.place.to_string(), reason));
        }
    });
    if problems.is_empty() {
        Ok(())
    } else {
        Err(InvalidInput::new(problems))
    }
}

fn reason(fault: &Fault, value: &Value<'_>) -> String {
    match fault {
        Fault::Required => "required".to_owned(),
        Fault::Length(length, count) => off(count, unit(value), length.min, length.max),
        Fault::Range(range, number) => off(number, "", range.min, range.max),
        Fault::Pattern(pattern) => format!("does not match the pattern {pattern}"),
        Fault::Enum(known) => format!("none of {}", known.join(", ")),
        Fault::Unique => "duplicate element".to_owned(),
    }
}

/// Describes a number that is out of range, such as `300 characters, at most 256`.
fn off<N: PartialOrd + fmt::Display>(
    value: &N,
    unit: &str,
    min: Option<N>,
    max: Option<N>,
) -> String {
    match (min.filter(|min| value < min), max) {
        (Some(min), _) => format!("{value}{unit}, at least {min}"),
        (None, Some(max)) => format!("{value}{unit}, at most {max}"),
        (None, None) => format!("{value}{unit}"),
    }
}

/// Returns the unit in which the length of a value is counted.
fn unit(value: &Value<'_>) -> &'static str {
    match value {
        Value::Blob(_) => " bytes",
        Value::List(_) => " elements",
        Value::Map(_) => " entries",
        _ => " characters",
    }
}
