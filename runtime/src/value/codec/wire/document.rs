//! Reads documents: JSON values without a schema.

use super::cursor::NOT_A_VALUE;
use super::error::WireError;
use super::number::Number;
use super::reader::Reader;
use aws_smithy_types::{Document, Number as DocumentNumber};
use std::collections::HashMap;

impl Reader<'_, '_> {
    fn document(&mut self) -> Result<Document, WireError> {
        Ok(match self.json.start()? {
            b'"' => {
                self.json.at += 1;
                Document::String(self.json.text()?.into_owned())
            }
            b'{' => {
                self.json.enter()?;
                let mut object = Document::Null;
                let read = self.document_object().map(|read| object = read);
                self.json.leave_object(read)?;
                object
            }
            b'[' => {
                self.json.enter()?;
                let mut list = Document::Null;
                let read = self.document_list().map(|read| list = read);
                self.json.leave_list(read)?;
                list
            }
            b'-' | b'0'..=b'9' => Document::Number(match self.json.number()? {
                Number::Unsigned(value) => DocumentNumber::PosInt(value),
                Number::Negative(value) => DocumentNumber::NegInt(value),
                Number::Double(value) => DocumentNumber::Float(value),
            }),
            b'n' => {
                self.json.word("null")?;
                Document::Null
            }
            b't' => {
                self.json.word("true")?;
                Document::Bool(true)
            }
            b'f' => {
                self.json.word("false")?;
                Document::Bool(false)
            }
            _ => return Err(self.json.wrong_next(NOT_A_VALUE)),
        })
    }

    /// Reads the elements of a list.
    pub(super) fn document_list(&mut self) -> Result<Document, WireError> {
        let mut list = Vec::new();
        while self.json.next_element(list.is_empty())? {
            list.push(self.document()?);
        }
        Ok(Document::Array(list))
    }

    /// Reads the entries of an object. The last entry of a name is used.
    pub(super) fn document_object(&mut self) -> Result<Document, WireError> {
        let mut object = HashMap::new();
        let mut is_first = true;
        while self.json.next_key(is_first)? {
            is_first = false;
            let key = self.json.text()?.into_owned();
            self.json.colon()?;
            object.insert(key, self.document()?);
        }
        Ok(Document::Object(object))
    }
}
