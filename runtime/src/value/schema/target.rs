//! [`TargetSchema`]: the constraints and formats that the target of a member adds to its Rust type.

use crate::value::schema::CarriedTraits;

/// The traits of a simple, list or map shape that are needed at run time.
///
/// Structures have their own [`StructureSchema`](crate::value::schema::StructureSchema). A structure that is an element
/// of a list or a value of a map has a target schema only for the traits of that element or value that the protocol
/// reads.
#[derive(Debug)]
#[non_exhaustive]
pub struct TargetSchema {
    /// The trait `smithy.api#length`.
    pub length: Option<Length>,
    /// The trait `smithy.api#range`.
    pub range: Option<Range>,
    /// The trait `smithy.api#pattern`, as the model writes it.
    pub pattern: Option<&'static str>,
    /// The trait `smithy.api#timestampFormat`.
    pub timestamp_format: Option<TimestampFormat>,
    /// The trait `smithy.api#mediaType`.
    pub media_type: Option<&'static str>,
    /// `true` if the shape has `smithy.api#uniqueItems`.
    pub unique_items: bool,
    /// `true` for a bigInteger or bigDecimal, whose digits exceed every Rust type.
    pub keeps_digits: bool,
    /// The schema of the elements of a list or the values of a map.
    pub element: Option<&'static TargetSchema>,
    /// The schema of the keys of a map.
    pub key: Option<&'static TargetSchema>,
    /// The traits that only the protocol reads: those of the shape, and those of the list element, map key or map value
    /// that this is.
    pub carried: &'static CarriedTraits,
}

/// The trait `smithy.api#length`: limits for the characters of a string, the bytes of a blob, or the entries of a list
/// or map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// The minimum, inclusive.
    pub min: Option<u64>,
    /// The maximum, inclusive.
    pub max: Option<u64>,
}

/// The trait `smithy.api#range`, inclusive at both ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The minimum.
    pub min: Option<f64>,
    /// The maximum.
    pub max: Option<f64>,
}

/// The format of a timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampFormat {
    /// Seconds since 1970, with an optional fraction.
    EpochSeconds,
    /// RFC 3339, in UTC.
    DateTime,
    /// The IMF-fixdate of RFC 7231.
    HttpDate,
}

impl TargetSchema {
    /// Creates a schema without traits.
    pub const fn new() -> Self {
        Self {
            length: None,
            range: None,
            pattern: None,
            timestamp_format: None,
            media_type: None,
            unique_items: false,
            keeps_digits: false,
            element: None,
            key: None,
            carried: CarriedTraits::NONE,
        }
    }

    /// Adds the trait `smithy.api#length`.
    pub const fn length(mut self, min: Option<u64>, max: Option<u64>) -> Self {
        self.length = Some(Length { min, max });
        self
    }

    /// Adds the trait `smithy.api#range`.
    pub const fn range(mut self, min: Option<f64>, max: Option<f64>) -> Self {
        self.range = Some(Range { min, max });
        self
    }

    /// Adds the trait `smithy.api#pattern`.
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// Adds the trait `smithy.api#timestampFormat`.
    pub const fn timestamp_format(mut self, format: TimestampFormat) -> Self {
        self.timestamp_format = Some(format);
        self
    }

    /// Adds the trait `smithy.api#mediaType`.
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// Adds the trait `smithy.api#uniqueItems`.
    pub const fn unique_items(mut self) -> Self {
        self.unique_items = true;
        self
    }

    /// Marks the shape as a bigInteger or bigDecimal.
    pub const fn keeps_digits(mut self) -> Self {
        self.keeps_digits = true;
        self
    }

    /// Sets the schema of the elements or values.
    pub const fn element(mut self, element: &'static TargetSchema) -> Self {
        self.element = Some(element);
        self
    }

    /// Sets the schema of the keys.
    pub const fn key(mut self, key: &'static TargetSchema) -> Self {
        self.key = Some(key);
        self
    }

    /// Adds the traits that only the protocol reads.
    pub const fn carries(mut self, traits: &'static CarriedTraits) -> Self {
        self.carried = traits;
        self
    }
}

impl Default for TargetSchema {
    fn default() -> Self {
        Self::new()
    }
}
