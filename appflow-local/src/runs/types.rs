//! Data types: their names in tasks in, how values of them compare out.

use super::cell::Cell;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::str::FromStr;

/// How a value is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DataType {
    Text,
    Number,
    Time,
    Bool,
    /// No type was given: numbers if both sides are, else times if both are, else text.
    Guessed,
}

impl DataType {
    /// Returns the type that a task means; unknown ones, such as `picklist`, are text.
    pub(crate) fn of(name: Option<&str>) -> Self {
        let Some(name) = name else {
            return Self::Guessed;
        };
        match name.trim().to_ascii_lowercase().as_str() {
            "int" | "integer" | "long" | "short" | "byte" | "bigint" | "biginteger" | "double"
            | "float" | "number" | "numeric" | "decimal" | "bigdecimal" | "currency"
            | "percent" => Self::Number,
            "date" | "datetime" | "timestamp" => Self::Time,
            "boolean" | "bool" => Self::Bool,
            _ => Self::Text,
        }
    }

    /// Returns whether a text is one of this type.
    pub(crate) fn accepts(self, text: &str) -> bool {
        match self {
            Self::Text | Self::Guessed => true,
            Self::Number => Number::parse(text).is_some(),
            Self::Time => time(text).is_some(),
            Self::Bool => boolean(text).is_some(),
        }
    }

    /// Compares two texts as values of this type; nothing where one of them is no such value.
    pub(crate) fn compare(self, left: &str, right: &str) -> Option<Ordering> {
        match self {
            Self::Text => Some(left.cmp(right)),
            Self::Number => Number::parse(left)?.compare(Number::parse(right)?),
            Self::Time => Some(time(left)?.cmp(&time(right)?)),
            Self::Bool => Some(boolean(left)?.cmp(&boolean(right)?)),
            Self::Guessed => Self::Number
                .compare(left, right)
                .or_else(|| Self::Time.compare(left, right))
                .or_else(|| Self::Text.compare(left, right)),
        }
    }
}

/// A number: exact where it has at most 28 digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Number {
    Exact(Decimal),
    Rounded(f64),
}

impl Number {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
            return None;
        }
        // An underscore is a separator to the library, and to nobody else.
        if text.contains('_') {
            return None;
        }
        let exact = Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text));
        match exact {
            Ok(exact) => Some(Self::Exact(exact)),
            Err(_) => f64::from_str(text)
                .ok()
                .filter(|number| number.is_finite())
                .map(Self::Rounded),
        }
    }

    fn rounded(self) -> f64 {
        match self {
            Self::Exact(exact) => exact.try_into().unwrap_or(f64::NAN),
            Self::Rounded(number) => number,
        }
    }

    fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Exact(left), Self::Exact(right)) => Some(left.cmp(&right)),
            _ => self.rounded().partial_cmp(&other.rounded()),
        }
    }

    /// Returns how the number compares to zero.
    pub(crate) fn sign(self) -> Option<Ordering> {
        self.compare(Self::Exact(Decimal::ZERO))
    }
}

/// Returns the number that a value is.
pub(crate) fn number(cell: &Cell) -> Option<Number> {
    match cell {
        Cell::Number(text) | Cell::Text(text) => Number::parse(text),
        _ => None,
    }
}

fn boolean(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

/// Returns milliseconds since 1970: of a number as it is, of ISO 8601 with `T` or a blank between date and time, in UTC
/// where no offset is given.
pub(crate) fn time(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(millis) = text.parse() {
        return Some(millis);
    }
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let written = match rest.strip_prefix(['T', 't', ' ']) {
        None if rest.is_empty() => format!("{date}T00:00:00Z"),
        None => return None,
        Some(rest) => {
            let offset_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
            let (clock, offset) = rest.split_at(offset_at);
            let seconds = if clock.len() == 5 { ":00" } else { "" };
            let offset = match (offset, offset.len()) {
                ("" | "z", _) => "Z".to_owned(),
                (offset, 5) => format!("{}:{}", offset.get(..3)?, offset.get(3..)?),
                (offset, 3) => format!("{offset}:00"),
                (offset, _) => offset.to_owned(),
            };
            format!("{date}T{clock}{seconds}{offset}")
        }
    };
    let time = DateTime::from_str(&written, Format::DateTimeWithOffset);
    time.ok()?.to_millis().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let table = [
            ("1767225600000", Some(1_767_225_600_000)),
            ("2026-01-01", Some(1_767_225_600_000)),
            ("2026-01-01T00:00:00Z", Some(1_767_225_600_000)),
            ("2026-01-01 00:00:00", Some(1_767_225_600_000)),
            ("2026-01-01T00:00", Some(1_767_225_600_000)),
            ("2026-01-01T01:00:00.500+0100", Some(1_767_225_600_500)),
            ("2026-01-01T01:00:00+01:00", Some(1_767_225_600_000)),
            ("2026-13-01", None),
            ("yesterday", None),
            ("2026-01-01x", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(time(text), expected, "{text}");
        }
    }

    #[test]
    fn values_compare_by_their_type() {
        use Ordering::{Equal, Greater, Less};
        let table = [
            ("int", "9", "10", Some(Less)),
            ("string", "9", "10", Some(Greater)),
            ("decimal", "0.10", "0.1", Some(Equal)),
            ("double", "1e3", "1000", Some(Equal)),
            ("double", "1e300", "1e299", Some(Greater)),
            (
                "long",
                "9007199254740993",
                "9007199254740992",
                Some(Greater),
            ),
            ("int", "x", "1", None),
            ("datetime", "2026-01-01", "1767225600000", Some(Equal)),
            ("boolean", "TRUE", "true", Some(Equal)),
            ("picklist", "a", "b", Some(Less)),
        ];
        for (data_type, left, right, expected) in table {
            let found = DataType::of(Some(data_type)).compare(left, right);
            assert_eq!(found, expected, "{data_type} {left} {right}");
        }
        assert_eq!(DataType::Guessed.compare("9", "10"), Some(Less));
        assert_eq!(DataType::Guessed.compare("b", "a"), Some(Greater));
    }
}
