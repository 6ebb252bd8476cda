//! Compares CBOR documents, in which a value can have several encodings.

use super::parts::{half, next_entry};
use minicbor::Decoder;
use minicbor::data::{IanaTag, Tag, Type};
use minicbor::decode::Error;
use std::collections::BTreeMap;

/// Returns `true` if two documents have the same value, regardless of the lengths of numbers, the order of entries, and
/// the use of definite or indefinite lengths.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    let read = |bytes| {
        let mut decoder = Decoder::new(bytes);
        let form = form(&mut decoder).ok()?;
        (decoder.position() == bytes.len()).then_some(form)
    };
    match (one, other) {
        ([], []) => true,
        _ => read(one).is_some_and(|form| read(other) == Some(form)),
    }
}

#[derive(PartialEq)]
enum Form {
    Absent,
    Boolean(bool),
    Integer(i128),
    /// The bits of the float, so that NaN equals itself.
    Float(u64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Form>),
    Map(BTreeMap<String, Form>),
    Tagged(u64, Box<Form>),
}

fn form(decoder: &mut Decoder<'_>) -> Result<Form, Error> {
    Ok(match decoder.datatype()? {
        Type::Null | Type::Undefined => {
            decoder.skip()?;
            Form::Absent
        }
        Type::Bool => Form::Boolean(decoder.bool()?),
        Type::F16 => Form::Float(half(decoder)?.to_bits()),
        Type::F32 => Form::Float(f64::from(decoder.f32()?).to_bits()),
        Type::F64 => Form::Float(decoder.f64()?.to_bits()),
        Type::String | Type::StringIndef => {
            Form::Text(decoder.str_iter()?.collect::<Result<_, _>>()?)
        }
        Type::Bytes | Type::BytesIndef => Form::Bytes(
            decoder
                .bytes_iter()?
                .collect::<Result<Vec<_>, _>>()?
                .concat(),
        ),
        Type::Array | Type::ArrayIndef => {
            let mut left = decoder.array()?;
            let mut list = Vec::new();
            while next_entry(decoder, &mut left)? {
                list.push(form(decoder)?);
            }
            Form::List(list)
        }
        Type::Map | Type::MapIndef => {
            let mut left = decoder.map()?;
            let mut map = BTreeMap::new();
            while next_entry(decoder, &mut left)? {
                let key = decoder.str_iter()?.collect::<Result<_, _>>()?;
                map.insert(key, form(decoder)?);
            }
            Form::Map(map)
        }
        Type::Tag => {
            let tag = decoder.tag()?;
            let inner = match form(decoder)? {
                // The seconds may have a fraction.
                Form::Integer(seconds) if tag == Tag::from(IanaTag::Timestamp) => {
                    Form::Float((seconds as f64).to_bits())
                }
                inner => inner,
            };
            Form::Tagged(tag.as_u64(), Box::new(inner))
        }
        _ => Form::Integer(decoder.int()?.into()),
    })
}
