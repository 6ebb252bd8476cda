//! Conditions on fields: what they are called in a model, and which properties they take.

/// How a field of a record has to compare to pass a filter. Times are milliseconds since 1970, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Comparison {
    /// It is this.
    EqualTo(String),
    /// It is not this.
    NotEqualTo(String),
    /// It contains this.
    Contains(String),
    /// It is less.
    LessThan(String),
    /// It is less or the same.
    LessThanOrEqualTo(String),
    /// It is greater.
    GreaterThan(String),
    /// It is greater or the same.
    GreaterThanOrEqualTo(String),
    /// It is one of these.
    OneOf(Vec<String>),
    /// It is none of these.
    NoneOf(Vec<String>),
    /// It contains one of these.
    ContainsOneOf(Vec<String>),
    /// It is between these.
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

/// How two fields are calculated with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Calculation {
    /// The sum of both.
    Add,
    /// The first without the second.
    Subtract,
    /// The product of both.
    Multiply,
    /// The first by the second.
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

/// What a field has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Check {
    /// Not null.
    NotNull,
    /// Not zero.
    NotZero,
    /// Not negative.
    NotNegative,
    /// A number.
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

/// What becomes of a record that a check refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnFailure {
    /// The record is left out.
    DropRecord,
    /// Nothing of the run is written.
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
