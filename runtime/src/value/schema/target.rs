//! [`TargetSchema`]: what a member's target shape adds to its Rust type: constraints, formats, and the same for
//! elements and keys.

use crate::value::schema::CarriedTraits;

/// The traits of a simple, list or map shape that matter at run time.
///
/// Structures carry their own [`StructureSchema`](crate::value::schema::StructureSchema). One that is an element of a list or a
/// value of a map is here only with what the protocol reads of it as such.
#[derive(Debug)]
#[non_exhaustive]
pub struct TargetSchema {
    /// `smithy.api#length`.
    pub length: Option<Length>,
    /// `smithy.api#range`.
    pub range: Option<Range>,
    /// `smithy.api#pattern`, as the model writes it.
    pub pattern: Option<&'static str>,
    /// `smithy.api#timestampFormat`.
    pub timestamp_format: Option<TimestampFormat>,
    /// `smithy.api#mediaType`.
    pub media_type: Option<&'static str>,
    /// `smithy.api#uniqueItems`.
    pub unique_items: bool,
    /// Whether it is a bigInteger or bigDecimal, whose digits no type of Rust holds.
    pub keeps_digits: bool,
    /// What a list's elements or a map's values target.
    pub element: Option<&'static TargetSchema>,
    /// What a map's keys target.
    pub key: Option<&'static TargetSchema>,
    /// What only the protocol reads: of the shape, and of the list's element or the map's key or value that this is.
    pub carried: &'static CarriedTraits,
}

/// `smithy.api#length`: characters of a string, bytes of a blob, entries of a list or map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// The least, inclusive.
    pub min: Option<u64>,
    /// The most, inclusive.
    pub max: Option<u64>,
}

/// `smithy.api#range`, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The least.
    pub min: Option<f64>,
    /// The most.
    pub max: Option<f64>,
}

/// How a timestamp is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampFormat {
    /// Seconds since 1970, with a fraction where there is one.
    EpochSeconds,
    /// RFC 3339, in UTC.
    DateTime,
    /// The IMF-fixdate of RFC 7231.
    HttpDate,
}

impl TargetSchema {
    /// A target without any of the traits.
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

    /// Adds `smithy.api#length`.
    pub const fn length(mut self, min: Option<u64>, max: Option<u64>) -> Self {
        self.length = Some(Length { min, max });
        self
    }

    /// Adds `smithy.api#range`.
    pub const fn range(mut self, min: Option<f64>, max: Option<f64>) -> Self {
        self.range = Some(Range { min, max });
        self
    }

    /// Adds `smithy.api#pattern`.
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// Adds `smithy.api#timestampFormat`.
    pub const fn timestamp_format(mut self, format: TimestampFormat) -> Self {
        self.timestamp_format = Some(format);
        self
    }

    /// Adds `smithy.api#mediaType`.
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// Adds `smithy.api#uniqueItems`.
    pub const fn unique_items(mut self) -> Self {
        self.unique_items = true;
        self
    }

    /// Says that it is a bigInteger or bigDecimal.
    pub const fn keeps_digits(mut self) -> Self {
        self.keeps_digits = true;
        self
    }

    /// Says what elements or values target.
    pub const fn element(mut self, element: &'static TargetSchema) -> Self {
        self.element = Some(element);
        self
    }

    /// Says what keys target.
    pub const fn key(mut self, key: &'static TargetSchema) -> Self {
        self.key = Some(key);
        self
    }

    /// Adds what only the protocol reads.
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
