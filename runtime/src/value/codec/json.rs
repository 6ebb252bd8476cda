//! Writes values as JSON, the wire format.
//!
//! It does not use serde, which handles names and texts byte by byte: that was a third of the cost of a large request,
//! apart from its signature.

use crate::value::codec::document::DocumentView;
use crate::value::codec::escapes::has_special;
use crate::value::codec::serialize::{NumberView, non_finite};
use crate::value::codec::timestamp;
use crate::value::schema::{Location, MemberSchema, TargetSchema, TimestampFormat};
use crate::value::shape::{Structure, Union, Value};
use aws_smithy_types::{DateTime, base64};
use serde::Serialize;
use serde_json::value::RawValue;

/// The options of the writer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dialect {
    /// `true` if members with their zero default are left out.
    omit_zero_defaults: bool,
    /// `true` if numbers of any size are texts in JSON.
    big_numbers_as_text: bool,
}

impl Dialect {
    /// The dialect of requests of a JSON protocol.
    pub(crate) const REQUEST: Self = Self {
        omit_zero_defaults: true,
        big_numbers_as_text: false,
    };
    /// The dialect of responses of a JSON protocol.
    pub(crate) const RESPONSE: Self = Self {
        omit_zero_defaults: false,
        big_numbers_as_text: false,
    };
}

impl Dialect {
    /// Writes numbers of any size as texts in JSON.
    pub(crate) fn with_big_numbers_as_text(mut self) -> Self {
        self.big_numbers_as_text = true;
        self
    }

    /// Returns `true` if a member with this value is part of a document.
    #[inline]
    pub(super) fn writes(self, member: &MemberSchema, value: &Value<'_>) -> bool {
        // Absence is tested first, because it is the most frequent case in most structures.
        !value.is_absent()
            && member.location == Location::Body
            && !(self.omit_zero_defaults && member.zero_default && value.is_zero())
    }
}

/// The error type of a value that cannot be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JsonError {
    #[error("a stream cannot be serialized unless its bytes are in memory")]
    Stream,
    #[error("timestamp out of range: expected the years 0 to 9999")]
    Timestamp,
    #[error("{union}: unknown variant")]
    Variant { union: &'static str },
    #[error(transparent)]
    Serde(#[from] serde_json::Error),
}

/// Writes the document body of a structure as JSON.
pub(crate) fn to_json(structure: &dyn Structure, dialect: Dialect) -> Result<Vec<u8>, JsonError> {
    value_to_json(Value::Structure(structure), None, dialect)
}

/// Writes one value as JSON.
pub(crate) fn value_to_json(
    value: Value<'_>,
    target: Option<&'static TargetSchema>,
    dialect: Dialect,
) -> Result<Vec<u8>, JsonError> {
    let mut writer = Writer {
        json: Vec::with_capacity(256),
        dialect,
    };
    writer.value(value, target)?;
    Ok(writer.json)
}

struct Writer {
    json: Vec<u8>,
    dialect: Dialect,
}

impl Writer {
    fn value(
        &mut self,
        value: Value<'_>,
        target: Option<&'static TargetSchema>,
    ) -> Result<(), JsonError> {
        match value {
            Value::Absent => self.by_serde(&()),
            Value::Boolean(value) => self.by_serde(&value),
            Value::Integer(value) => self.by_serde(&value),
            Value::Float(value) if value.is_finite() => self.by_serde(&value),
            Value::Float(value) => self.text(non_finite(value.into())),
            Value::Double(value) if value.is_finite() => self.by_serde(&value),
            Value::Double(value) => self.text(non_finite(value)),
            Value::Number(text) if self.dialect.big_numbers_as_text => self.text(text),
            Value::Number(text) => self.number(text),
            Value::String(text) => self.text(text),
            Value::Enum(value) => self.text(value.wire_value()),
            Value::Blob(bytes) => self.text(&base64::encode(bytes)),
            Value::Stream(stream) => {
                let bytes = stream.bytes().ok_or(JsonError::Stream)?;
                self.text(&base64::encode(bytes))
            }
            Value::Timestamp(time) => self.timestamp(time, target),
            Value::Document(document) => self.by_serde(&DocumentView(document)),
            Value::List(list) => {
                let element = target.and_then(|target| target.element);
                self.json.push(b'[');
                for index in 0..list.len() {
                    if index > 0 {
                        self.json.push(b',');
                    }
                    self.value(list.element(index), element)?;
                }
                self.json.push(b']');
                Ok(())
            }
            Value::Map(map) => {
                let element = target.and_then(|target| target.element);
                self.object(|this, start| {
                    for (key, value) in map.entries() {
                        this.entry(start, key, value, element)?;
                    }
                    Ok(())
                })
            }
            Value::Structure(structure) => self.structure(structure),
            Value::Union(union) => self.union(union),
        }
    }

    /// Writes values with serde that are rare or do not need their own code.
    fn by_serde<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), JsonError> {
        Ok(serde_json::to_writer(&mut self.json, value)?)
    }

    fn text(&mut self, text: &str) -> Result<(), JsonError> {
        if has_special(text) {
            return self.by_serde(text);
        }
        self.plain(text);
        Ok(())
    }

    /// Writes a text that contains no escapes.
    fn plain(&mut self, text: &str) {
        self.json.reserve(text.len() + 2);
        self.json.push(b'"');
        self.json.extend_from_slice(text.as_bytes());
        self.json.push(b'"');
    }

    /// Writes a number of any size and precision, unchanged if it is a valid JSON number.
    fn number(&mut self, text: &str) -> Result<(), JsonError> {
        match serde_json::from_str::<&RawValue>(text) {
            Ok(json)
                if json
                    .get()
                    .starts_with(|first: char| first == '-' || first.is_ascii_digit()) =>
            {
                self.by_serde(json)
            }
            _ => self.by_serde(&NumberView(text)),
        }
    }

    fn timestamp(
        &mut self,
        time: &DateTime,
        target: Option<&'static TargetSchema>,
    ) -> Result<(), JsonError> {
        let own = target.and_then(|target| target.timestamp_format);
        match own.unwrap_or(TimestampFormat::EpochSeconds) {
            TimestampFormat::EpochSeconds if time.subsec_nanos() == 0 => {
                self.by_serde(&time.secs())
            }
            TimestampFormat::EpochSeconds => self.by_serde(&timestamp::epoch_seconds(time)),
            format => {
                let text = timestamp::to_text(time, format);
                self.text(&text.ok_or(JsonError::Timestamp)?)
            }
        }
    }

    /// Writes an object. The start of its entries is passed to the function that writes them.
    fn object(
        &mut self,
        entries: impl FnOnce(&mut Self, usize) -> Result<(), JsonError>,
    ) -> Result<(), JsonError> {
        self.json.push(b'{');
        let start = self.json.len();
        entries(self, start)?;
        self.json.push(b'}');
        Ok(())
    }

    fn entry(
        &mut self,
        start: usize,
        name: &str,
        value: Value<'_>,
        target: Option<&'static TargetSchema>,
    ) -> Result<(), JsonError> {
        self.comma(start);
        self.text(name)?;
        self.json.push(b':');
        self.value(value, target)
    }

    /// Writes a member. Most names are known to need no escapes.
    fn member(
        &mut self,
        start: usize,
        member: &MemberSchema,
        value: Value<'_>,
    ) -> Result<(), JsonError> {
        self.comma(start);
        match member.has_plain_name {
            true => self.plain(member.wire_name),
            false => self.text(member.wire_name)?,
        }
        self.json.push(b':');
        self.value(value, member.target)
    }

    fn comma(&mut self, start: usize) {
        if self.json.len() > start {
            self.json.push(b',');
        }
    }

    fn structure(&mut self, structure: &dyn Structure) -> Result<(), JsonError> {
        let dialect = self.dialect;
        self.object(|this, start| {
            for (index, member) in structure.schema().members.iter().enumerate() {
                let value = structure.member(index);
                if dialect.writes(member, &value) {
                    this.member(start, member, value)?;
                }
            }
            Ok(())
        })
    }

    fn union(&mut self, union: &dyn Union) -> Result<(), JsonError> {
        let schema = union.schema();
        let unknown = JsonError::Variant { union: schema.name };
        let (index, value) = union.variant().ok_or(unknown)?;
        self.object(|this, start| match schema.members.get(index) {
            Some(member) => this.member(start, member, value),
            None => Ok(()),
        })
    }
}

#[cfg(test)]
pub(super) mod tests;
