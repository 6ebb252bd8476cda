//! [`Violations`], all violations of the model in a request, formatted in the style of the service.

use crate::protocol::server::{ServiceError, ServiceStyle};
use crate::protocol::validate::place::Place;
use crate::protocol::validate::walk::{Fault, Finding};
use crate::service::server::validation_exception::ValidationException;
use crate::value::shape::Value;
use std::fmt::{self, Display, Write};

/// The maximum length of a value in a message, in characters.
const SHOWN: usize = 1024;
/// The text in a path that replaces a secret key.
const SECRET_KEY: &str = "[…]";

/// A violated constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The path: `tasks.1.member.taskType` in the style of AWS services, otherwise `/tasks/0/taskType`.
    pub path: String,
    /// The message, such as `Value null at 'name' failed to satisfy constraint: Member must not be null`.
    pub message: String,
}

/// All violated constraints of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations(pub Vec<Violation>);

impl Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages: Vec<&str> = self.0.iter().map(|one| one.message.as_str()).collect();
        f.write_str(&messages.join("; "))
    }
}

impl std::error::Error for Violations {}

impl Violations {
    /// Returns the error of the response.
    pub(super) fn into_error(self, style: ServiceStyle) -> ServiceError {
        let plural = if self.0.len() == 1 { "" } else { "s" };
        let (code, count) = ("ValidationException", self.0.len());
        match style {
            ServiceStyle::Aws => {
                let message = format!("{count} validation error{plural} detected: {self}");
                ServiceError::new(code, 400, message)
            }
            ServiceStyle::Smithy => {
                let message = format!("{count} validation error{plural} detected. {self}");
                ServiceError::modeled(code, 400, &ValidationException::new(message, self.0))
            }
        }
    }
}

impl ServiceStyle {
    /// Formats a finding in the style of the service.
    pub(super) fn violations(self, finding: &Finding<'_>) -> Vec<Violation> {
        match self {
            Self::Aws => aws(finding),
            Self::Smithy => finding
                .faults
                .iter()
                .map(|fault| smithy(finding, fault))
                .collect(),
        }
    }
}

/// Formats a finding in the style of Smithy: paths are JSON pointers, violations of keys name their map, and no value
/// is repeated.
fn smithy(finding: &Finding<'_>, fault: &Fault) -> Violation {
    let path = pointer(&finding.place);
    let length = match fault {
        Fault::Length(_, count) => format!(" with length {count}"),
        _ => String::new(),
    };
    let constraint = match fault {
        Fault::Length(length, _) => bounds(
            &["have length between ", "have length "],
            length.min,
            length.max,
        ),
        Fault::Range(range, _) => bounds(&["be between ", "be "], range.min, range.max),
        fault => constraint(fault).swap_remove(0),
    };
    Violation {
        message: format!("Value{length} at '{path}' failed to satisfy constraint: {constraint}"),
        path,
    }
}

/// Formats the bounds of the model, of which one may be absent.
fn bounds<N: Display>(words: &[&str; 2], min: Option<N>, max: Option<N>) -> String {
    let [both, one] = words;
    match (min, max) {
        (Some(min), Some(max)) => format!("Member must {both}{min} and {max}, inclusive"),
        (Some(min), None) => format!("Member must {one}greater than or equal to {min}"),
        (None, Some(max)) => format!("Member must {one}less than or equal to {max}"),
        (None, None) => String::new(),
    }
}

/// Formats a finding in the style of AWS services: violations of the keys and simple values of a map are reported for
/// the map itself.
fn aws(finding: &Finding<'_>) -> Vec<Violation> {
    let simple = !finding.value.holds_values();
    let constraints = finding.faults.iter().flat_map(constraint);
    let (told, prefix) = match finding.place {
        Place::Key(..) => (finding.map, "Map keys"),
        Place::Entry(..) if simple => (finding.map, "Map value"),
        _ => (None, ""),
    };
    let outer = finding.place.outer().filter(|_| told.is_some());
    let path = aws_path(outer.unwrap_or(&finding.place));
    let value = match (told.map(Value::Map), finding.value) {
        _ if finding.place.is_sensitive() => None,
        (Some(map), _) => shown(&map),
        (None, _) if matches!(finding.faults[..], [Fault::Required]) => Some("null".to_owned()),
        (None, value) => shown(value),
    };
    let subject = match value.as_deref() {
        Some("null") => "Value null".to_owned(),
        Some(value) => format!("Value '{value}'"),
        None => "Value".to_owned(),
    };
    let violation = |constraint: String| Violation {
        path: path.clone(),
        message: format!("{subject} at '{path}' failed to satisfy constraint: {constraint}"),
    };
    if told.is_none() {
        return constraints.map(violation).collect();
    }
    let constraints: Vec<String> = constraints.collect();
    vec![violation(format!(
        "{prefix} must satisfy constraint: [{}]",
        constraints.join(", ")
    ))]
}

/// Describes the violation of each bound.
fn constraint(fault: &Fault) -> Vec<String> {
    fn off<N: PartialOrd + Display>(
        what: &str,
        value: N,
        min: Option<N>,
        max: Option<N>,
    ) -> Vec<String> {
        let (less, greater) = ("less than or equal to", "greater than or equal to");
        let max = max.filter(|max| value > *max);
        let min = min.filter(|min| value < *min);
        let told = |bound: N, side: &str| format!("Member must have {what} {side} {bound}");
        let broken = [
            max.map(|max| told(max, less)),
            min.map(|min| told(min, greater)),
        ];
        broken.into_iter().flatten().collect()
    }
    match fault {
        Fault::Required => vec!["Member must not be null".to_owned()],
        Fault::Length(length, count) => off("length", *count, length.min, length.max),
        Fault::Range(range, number) => off("value", *number, range.min, range.max),
        Fault::Pattern(pattern) => vec![format!(
            "Member must satisfy regular expression pattern: {pattern}"
        )],
        Fault::Enum(known) => vec![format!(
            "Member must satisfy enum value set: [{}]",
            known.join(", ")
        )],
        Fault::Unique => vec!["Member must have unique values".to_owned()],
    }
}

/// Formats a path as a JSON pointer (RFC 6901); the path of a key is that of its map.
fn pointer(place: &Place<'_>) -> String {
    let mut text = place.outer().map(pointer).unwrap_or_default();
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    // Writing to a string cannot fail.
    let _ = match place {
        Place::Input | Place::Key(..) => Ok(()),
        Place::Member(_, member) => write!(text, "/{}", member.name),
        Place::Index(_, index) => write!(text, "/{index}"),
        Place::Entry(..) if place.is_sensitive() => write!(text, "/{SECRET_KEY}"),
        Place::Entry(_, key) => write!(text, "/{}", escaped(key)),
    };
    text
}

/// Formats a path as messages of AWS do: elements are counted from one.
fn aws_path(place: &Place<'_>) -> String {
    let mut text = place.outer().map(aws_path).unwrap_or_default();
    let dot = if text.is_empty() { "" } else { "." };
    // Writing to a string cannot fail.
    let _ = match place {
        Place::Input => Ok(()),
        Place::Member(_, member) => write!(text, "{dot}{}", member.name),
        Place::Index(_, index) => write!(text, "{dot}{}.member", index + 1),
        Place::Entry(..) | Place::Key(..) if place.is_sensitive() => {
            write!(text, "{dot}{SECRET_KEY}.member")
        }
        Place::Entry(_, key) | Place::Key(_, key) => write!(text, "{dot}{key}.member"),
    };
    text
}

/// Formats a value for a message; returns `None` for one whose parts have constraints of their own.
fn shown(value: &Value<'_>) -> Option<String> {
    let text = match value {
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        Value::Number(text) | Value::String(text) => (*text).to_owned(),
        Value::Enum(value) => value.wire_value().to_owned(),
        Value::List(list) => {
            let elements: Option<Vec<_>> = (0..list.len())
                .map(|index| shown(&list.element(index)))
                .collect();
            format!("[{}]", elements?.join(", "))
        }
        Value::Map(map) => {
            let entries = map.entries().into_iter();
            let entries: Option<Vec<_>> = entries
                .map(|(key, value)| Some(format!("{key}={}", shown(&value)?)))
                .collect();
            format!("{{{}}}", entries?.join(", "))
        }
        _ => return None,
    };
    Some(match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text,
    })
}
