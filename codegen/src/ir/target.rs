//! [`Target`]: the constraints and formats of a simple shape, list or map.

use crate::ir::CarriedTrait;
use crate::names::Ident;

/// Constraints and formats of a simple shape, list or map.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The static that holds them.
    pub ident: Ident,
    /// The minimum and maximum of `smithy.api#length`.
    pub length: Option<(Option<u64>, Option<u64>)>,
    /// The minimum and maximum of `smithy.api#range`.
    pub range: Option<(Option<f64>, Option<f64>)>,
    /// The regular expression of `smithy.api#pattern`.
    pub pattern: Option<String>,
    /// The format of `smithy.api#timestampFormat`.
    pub timestamp_format: Option<TimestampFormat>,
    /// The media type of `smithy.api#mediaType`.
    pub media_type: Option<String>,
    /// `true` if the shape has `smithy.api#uniqueItems`.
    pub unique_items: bool,
    /// `true` if the shape is a bigInteger or bigDecimal.
    pub keeps_digits: bool,
    /// The static of the elements of a list or the values of a map.
    pub element: Option<Ident>,
    /// The static of the keys of a map.
    pub key: Option<Ident>,
    /// The traits that only the protocol reads.
    pub carried: Vec<CarriedTrait>,
}

/// The format of a timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampFormat {
    /// Seconds since 1970.
    EpochSeconds,
    /// RFC 3339.
    DateTime,
    /// RFC 7231.
    HttpDate,
}
