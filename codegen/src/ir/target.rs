//! What a simple shape, list or map says besides its type.

use crate::ir::CarriedTrait;
use crate::names::Ident;

/// Constraints and formats of a simple shape, list or map.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The static that holds it.
    pub ident: Ident,
    /// `length`.
    pub length: Option<(Option<u64>, Option<u64>)>,
    /// `range`.
    pub range: Option<(Option<f64>, Option<f64>)>,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `timestampFormat`.
    pub timestamp_format: Option<TimestampFormat>,
    /// `mediaType`.
    pub media_type: Option<String>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// Whether it is a bigInteger or bigDecimal.
    pub keeps_digits: bool,
    /// Of elements or values.
    pub element: Option<Ident>,
    /// Of keys.
    pub key: Option<Ident>,
    /// What only the protocol reads.
    pub carried: Vec<CarriedTrait>,
}

/// How a timestamp is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampFormat {
    /// Seconds since 1970.
    EpochSeconds,
    /// RFC 3339.
    DateTime,
    /// RFC 7231.
    HttpDate,
}
