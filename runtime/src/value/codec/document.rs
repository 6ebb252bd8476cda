//! Serializes and deserializes documents: JSON values without a schema.

use aws_smithy_types::{Document, Number};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::collections::HashMap;
use std::fmt;

/// A document that is serialized.
pub(crate) struct DocumentView<'a>(pub(crate) &'a Document);

impl Serialize for DocumentView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Document::Object(entries) => {
                let mut sorted: Vec<_> = entries.iter().collect();
                sorted.sort_unstable_by_key(|(key, _)| *key);
                serializer.collect_map(
                    sorted
                        .into_iter()
                        .map(|(key, value)| (key, DocumentView(value))),
                )
            }
            Document::Array(elements) => serializer.collect_seq(elements.iter().map(DocumentView)),
            Document::Number(Number::PosInt(number)) => serializer.serialize_u64(*number),
            Document::Number(Number::NegInt(number)) => serializer.serialize_i64(*number),
            Document::Number(Number::Float(number)) => serializer.serialize_f64(*number),
            Document::String(text) => serializer.serialize_str(text),
            Document::Bool(flag) => serializer.serialize_bool(*flag),
            Document::Null => serializer.serialize_unit(),
        }
    }
}

/// A document that was deserialized.
pub(crate) struct ReadDocument(pub(crate) Document);

impl<'de> Deserialize<'de> for ReadDocument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DocumentVisitor).map(Self)
    }
}

pub(crate) struct DocumentVisitor;

impl<'de> Visitor<'de> for DocumentVisitor {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Document, E> {
        Ok(Document::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Document, E> {
        let number = u64::try_from(value).map_or(Number::NegInt(value), Number::PosInt);
        Ok(Document::Number(number))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Document, E> {
        Ok(Document::Number(Number::PosInt(value)))
    }

    // Without these two methods, the errors of serde would show the number.
    fn visit_i128<E: Error>(self, value: i128) -> Result<Document, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Document, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Document, E> {
        Ok(Document::Number(Number::Float(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Document, E> {
        Ok(Document::String(value.to_owned()))
    }

    fn visit_unit<E: Error>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Document, A::Error> {
        let mut array = Vec::new();
        while let Some(ReadDocument(element)) = elements.next_element()? {
            array.push(element);
        }
        Ok(Document::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Document, A::Error> {
        let mut object = HashMap::new();
        while let Some((key, ReadDocument(value))) = entries.next_entry()? {
            object.insert(key, value);
        }
        Ok(Document::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, I128Deserializer, U128Deserializer};

    fn read(json: &str) -> Document {
        serde_json::from_str::<ReadDocument>(json).unwrap().0
    }

    #[test]
    fn every_kind_of_json_value_is_read_as_itself_and_written_again() {
        let number = Document::Number;
        let object = HashMap::from([
            ("a".to_owned(), Document::Null),
            ("b".to_owned(), Document::Bool(false)),
        ]);
        for (json, expected) in [
            ("null", Document::Null),
            ("true", Document::Bool(true)),
            ("0", number(Number::PosInt(0))),
            ("18446744073709551615", number(Number::PosInt(u64::MAX))),
            ("-7", number(Number::NegInt(-7))),
            ("1.5", number(Number::Float(1.5))),
            (r#""text""#, Document::String("text".to_owned())),
            (
                "[1,[]]",
                Document::Array(vec![number(Number::PosInt(1)), Document::Array(Vec::new())]),
            ),
            (r#"{"a":null,"b":false}"#, Document::Object(object)),
        ] {
            let document = read(json);
            assert_eq!(document, expected, "{json}");
            let written = serde_json::to_string(&DocumentView(&document)).unwrap();
            assert_eq!(written, json);
        }
    }

    #[test]
    fn numbers_that_other_formats_have_are_read_too() {
        let wide = 1_u128 << 100;
        let float = |value: f64| Document::Number(Number::Float(value));
        let signed: I128Deserializer<Error> = (-(wide as i128)).into_deserializer();
        let unsigned: U128Deserializer<Error> = wide.into_deserializer();
        let read = |document: Result<ReadDocument, Error>| document.unwrap().0;
        assert_eq!(
            read(ReadDocument::deserialize(signed)),
            float(-(wide as f64))
        );
        assert_eq!(
            read(ReadDocument::deserialize(unsigned)),
            float(wide as f64)
        );
        let positive = DocumentVisitor.visit_i64::<Error>(7).unwrap();
        assert_eq!(positive, Document::Number(Number::PosInt(7)));
        assert_eq!(
            DocumentVisitor.visit_none::<Error>().unwrap(),
            Document::Null
        );
        let some = serde::de::value::U64Deserializer::<Error>::new(7);
        assert_eq!(DocumentVisitor.visit_some(some).unwrap(), positive);
    }

    #[test]
    fn invalid_values_are_reported() {
        let error = DocumentVisitor.visit_bytes::<Error>(b"b").unwrap_err();
        assert!(
            error.to_string().ends_with("expected any JSON value"),
            "{error}"
        );
    }
}
