//! Conditions on fields, with their names in the model and their task properties.

/// A comparison of a field in a filter. Times are milliseconds since 1970, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Comparison {
    /// The field is equal to the value.
    EqualTo(String),
    /// The field is not equal to the value.
    NotEqualTo(String),
    /// The field contains the value.
    Contains(String),
    /// The field is less than the value.
    LessThan(String),
    /// The field is less than or equal to the value.
    LessThanOrEqualTo(String),
    /// The field is greater than the value.
    GreaterThan(String),
    /// The field is greater than or equal to the value.
    GreaterThanOrEqualTo(String),
    /// The field is equal to one of the values.
    OneOf(Vec<String>),
    /// The field is equal to none of the values.
    NoneOf(Vec<String>),
    /// The field contains one of the values.
    ContainsOneOf(Vec<String>),
    /// The field is between two values.
    Between(String, String),
}

impl Comparison {
    pub(super) fn operator(&self) -> &'static str {
        match self {
            Self::EqualTo(_) | Self::OneOf(_) => "EQUAL_TO",
            Self::NotEqualTo(_) | Self::NoneOf(_) => "NOT_EQUAL_TO",
            Self::Contains(_) | Self::ContainsOneOf(_) => "CONTAINS",
            Self::LessThan(_) => "LESS_THAN",
            Self::LessThanOrEqualTo(_) => "LESS_THAN_OR_EQUAL_TO",
            Self::GreaterThan(_) => "GREATER_THAN",
            Self::GreaterThanOrEqualTo(_) => "GREATER_THAN_OR_EQUAL_TO",
            Self::Between(..) => "BETWEEN",
        }
    }

    pub(super) fn properties(self) -> Vec<(&'static str, String)> {
        match self {
            Self::Between(lower, upper) => vec![("LOWER_BOUND", lower), ("UPPER_BOUND", upper)],
            Self::OneOf(values) | Self::NoneOf(values) | Self::ContainsOneOf(values) => {
                vec![("VALUES", values.join(","))]
            }
            Self::EqualTo(value)
            | Self::NotEqualTo(value)
            | Self::Contains(value)
            | Self::LessThan(value)
            | Self::LessThanOrEqualTo(value)
            | Self::GreaterThan(value)
            | Self::GreaterThanOrEqualTo(value) => vec![("VALUE", value)],
        }
    }
}

/// A calculation on two fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Calculation {
    /// The first plus the second.
    Add,
    /// The first minus the second.
    Subtract,
    /// The first times the second.
    Multiply,
    /// The first divided by the second.
    Divide,
}

impl Calculation {
    pub(super) fn operator(self) -> &'static str {
        match self {
            Self::Add => "ADDITION",
            Self::Subtract => "SUBTRACTION",
            Self::Multiply => "MULTIPLICATION",
            Self::Divide => "DIVISION",
        }
    }
}

/// A condition that a field must meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Check {
    /// The field is not null.
    NotNull,
    /// The field is not zero.
    NotZero,
    /// The field is not negative.
    NotNegative,
    /// The field is a number.
    Numeric,
}

impl Check {
    pub(super) fn operator(self) -> &'static str {
        match self {
            Self::NotNull => "VALIDATE_NON_NULL",
            Self::NotZero => "VALIDATE_NON_ZERO",
            Self::NotNegative => "VALIDATE_NON_NEGATIVE",
            Self::Numeric => "VALIDATE_NUMERIC",
        }
    }
}

/// The action on a record that fails a validation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnFailure {
    /// Drops the record.
    DropRecord,
    /// Ends the run with nothing written.
    DropDataset,
}

impl OnFailure {
    pub(super) fn value(self) -> &'static str {
        match self {
            Self::DropRecord => "DropRecord",
            Self::DropDataset => "DropDataset",
        }
    }
}
