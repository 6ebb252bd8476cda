//! Writes values as CBOR, with lists and maps of definite length.

use super::big_number::from_digits;
use super::error::CborError;
use crate::value::codec::json::Dialect;
use crate::value::codec::timestamp;
use crate::value::schema::{Location, MemberSchema};
use crate::value::shape::{Structure, Union, Value};
use aws_smithy_types::DateTime;
use minicbor::Encoder;
use minicbor::data::{IanaTag, Tag};

/// Writes the members of the document body, after entries that the model does not declare, such as the code of an
/// error.
pub(crate) fn to_cbor(
    structure: &dyn Structure,
    dialect: Dialect,
    first: &[(&str, &str)],
) -> Result<Vec<u8>, CborError> {
    let mut writer = Writer {
        cbor: Encoder::new(Vec::with_capacity(256)),
        dialect,
    };
    writer.structure(structure, first)?;
    Ok(writer.cbor.into_writer())
}

/// Writes one value.
#[cfg(any(
    test,
    all(
        feature = "event-stream",
        any(feature = "server", feature = "test-util")
    )
))]
pub(crate) fn value_to_cbor(value: Value<'_>, dialect: Dialect) -> Result<Vec<u8>, CborError> {
    let mut writer = Writer {
        cbor: Encoder::new(Vec::new()),
        dialect,
    };
    writer.value(value)?;
    Ok(writer.cbor.into_writer())
}

struct Writer {
    cbor: Encoder<Vec<u8>>,
    dialect: Dialect,
}

impl Writer {
    fn value(&mut self, value: Value<'_>) -> Result<(), CborError> {
        match value {
            Value::Absent => drop(self.cbor.null()?),
            Value::Boolean(value) => drop(self.cbor.bool(value)?),
            Value::Integer(value) => drop(self.cbor.i64(value)?),
            Value::Float(value) => drop(self.cbor.f32(value)?),
            Value::Double(value) => drop(self.cbor.f64(value)?),
            Value::Number(digits) => self.number(digits)?,
            Value::String(text) => drop(self.cbor.str(text)?),
            Value::Enum(value) => drop(self.cbor.str(value.wire_value())?),
            Value::Blob(bytes) => drop(self.cbor.bytes(bytes)?),
            Value::Stream(stream) => {
                let bytes = stream.bytes().ok_or_else(|| {
                    CborError::data("a stream cannot be serialized unless its bytes are in memory")
                })?;
                self.cbor.bytes(bytes)?;
            }
            Value::Timestamp(time) => self.timestamp(time)?,
            Value::Document(_) => {
                return Err(CborError::data(
                    "documents are not supported by CBOR protocols",
                ));
            }
            Value::List(list) => {
                self.cbor.array(list.len() as u64)?;
                for index in 0..list.len() {
                    self.value(list.element(index))?;
                }
            }
            Value::Map(map) => {
                let entries = map.entries();
                self.cbor.map(entries.len() as u64)?;
                for (key, value) in entries {
                    self.cbor.str(key)?;
                    self.value(value)?;
                }
            }
            Value::Structure(structure) => self.structure(structure, &[])?,
            Value::Union(union) => self.union(union)?,
        }
        Ok(())
    }

    /// Writes a bigInteger, or a bigDecimal as its digits without the point and an exponent.
    fn number(&mut self, text: &str) -> Result<(), CborError> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()),
            None => (text, Some(0)),
        };
        let (digits, places) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (format!("{whole}{fraction}"), fraction.len() as i64),
            None => (mantissa.to_owned(), 0),
        };
        let exponent = exponent.and_then(|exponent| exponent.checked_sub(places));
        let number = exponent.and_then(|exponent| Some((from_digits(&digits)?, exponent)));
        let Some(((bytes, is_negative), exponent)) = number else {
            return Err(CborError::data("invalid number"));
        };
        if text.contains(['e', 'E', '.']) {
            self.cbor.tag(IanaTag::Decimal)?.array(2)?.i64(exponent)?;
        }
        if let Ok(small) = digits.parse::<i64>() {
            self.cbor.i64(small)?;
            return Ok(());
        }
        let tag = match is_negative {
            true => IanaTag::NegBignum,
            false => IanaTag::PosBignum,
        };
        self.cbor.tag(tag)?.bytes(&bytes)?;
        Ok(())
    }

    fn timestamp(&mut self, time: &DateTime) -> Result<(), CborError> {
        self.cbor.tag(Tag::from(IanaTag::Timestamp))?;
        match time.subsec_nanos() {
            0 => self.cbor.i64(time.secs())?,
            _ => self.cbor.f64(timestamp::epoch_seconds(time))?,
        };
        Ok(())
    }

    fn structure(
        &mut self,
        structure: &dyn Structure,
        first: &[(&str, &str)],
    ) -> Result<(), CborError> {
        let members = structure.schema().members.iter().enumerate();
        let sent = |(index, member): &(usize, &MemberSchema)| {
            self.dialect.writes(member, &structure.member(*index))
        };
        let sent: Vec<(usize, &MemberSchema)> = members.filter(sent).collect();
        self.cbor.map((first.len() + sent.len()) as u64)?;
        for (name, text) in first {
            self.cbor.str(name)?.str(text)?;
        }
        for (index, member) in sent {
            self.cbor.str(member.wire_name)?;
            self.value(structure.member(index))?;
        }
        Ok(())
    }

    fn union(&mut self, union: &dyn Union) -> Result<(), CborError> {
        let schema = union.schema();
        let variant = union.variant();
        let known = variant.and_then(|(index, value)| Some((schema.members.get(index)?, value)));
        let Some((member, value)) = known.filter(|(member, _)| member.location == Location::Body)
        else {
            return Err(CborError::data(format!("{}: unknown variant", schema.name)));
        };
        self.cbor.map(1)?.str(member.wire_name)?;
        self.value(value)
    }
}
