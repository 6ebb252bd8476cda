//! Reads JSON texts: the bytes between quotation marks, with their escapes resolved.

use super::cursor::{Cursor, END_OF_TEXT};
use super::error::WireError;
use crate::value::codec::escapes::first_special;
use crate::value::schema::MemberSchema;
use std::borrow::Cow;

pub(super) const CONTROL: &str = "control character (\\u0000-\\u001F) found while parsing a string";

impl<'j> Cursor<'j> {
    /// Reads a text, beginning after its first quotation mark. Without escapes, it borrows from the document.
    pub(super) fn text(&mut self) -> Result<Cow<'j, str>, WireError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if let Some((text, after)) = rest.split_at_checked(first_special(rest.as_bytes()))
            && after.as_bytes().first() == Some(&b'"')
        {
            self.at += text.len() + 1;
            return Ok(Cow::Borrowed(text));
        }
        self.text_with_escapes().map(Cow::Owned)
    }

    /// Consumes the name of this member and its last quotation mark, if they come next, and returns whether it did.
    #[inline]
    pub(super) fn takes_name(&mut self, member: &MemberSchema) -> bool {
        let name = member.wire_name.as_bytes();
        let rest = self.bytes().get(self.at..).unwrap_or_default();
        let is_next = rest.get(name.len()) == Some(&b'"') && rest.starts_with(name);
        if is_next && member.has_plain_name {
            self.at += name.len() + 1;
            return true;
        }
        false
    }

    /// Reads a text that contains escapes, or is invalid.
    #[cold]
    fn text_with_escapes(&mut self) -> Result<String, WireError> {
        let mut text = String::new();
        let mut start = self.at;
        loop {
            let special = self.find_end_or_escape()?;
            text.push_str(self.text.get(start..self.at).unwrap_or_default());
            self.at += 1;
            if special == b'"' {
                return Ok(text);
            }
            text.push(self.escape()?);
            start = self.at;
        }
    }

    /// Moves to the end of the text or to the next escape.
    fn find_end_or_escape(&mut self) -> Result<u8, WireError> {
        match self.find_special()? {
            special @ (b'"' | b'\\') => Ok(special),
            _ => Err(self.wrong_next(CONTROL)),
        }
    }

    /// Moves to the end of the text, to the next escape, or to a control character.
    pub(super) fn find_special(&mut self) -> Result<u8, WireError> {
        let rest = self.bytes().get(self.at..).unwrap_or_default();
        self.at += first_special(rest);
        self.peek().ok_or_else(|| self.wrong(END_OF_TEXT))
    }

    /// Reads an escape, beginning after its backslash.
    fn escape(&mut self) -> Result<char, WireError> {
        Ok(match self.escaped()? {
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            plain => char::from(plain),
        })
    }

    /// Reads the letter of an escape.
    pub(super) fn escaped(&mut self) -> Result<u8, WireError> {
        match self.take() {
            Some(byte @ (b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' | b'u')) => {
                Ok(byte)
            }
            Some(_) => Err(self.wrong("invalid escape")),
            None => Err(self.wrong(END_OF_TEXT)),
        }
    }

    /// Reads a character from its digits, or from those of its two surrogates.
    fn unicode(&mut self) -> Result<char, WireError> {
        let first = self.code_unit()?;
        if (0xd800..0xdc00).contains(&first) {
            for expected in *b"\\u" {
                match self.take() {
                    Some(byte) if byte == expected => {}
                    Some(_) => return Err(self.wrong("unexpected end of hex escape")),
                    None => return Err(self.wrong(END_OF_TEXT)),
                }
            }
            let second = self.code_unit()?;
            return self.character([first, second]);
        }
        self.character([first])
    }

    fn character<const N: usize>(&self, units: [u16; N]) -> Result<char, WireError> {
        match char::decode_utf16(units).next() {
            Some(Ok(character)) => Ok(character),
            _ => Err(self.wrong("lone leading surrogate in hex escape")),
        }
    }

    /// Reads four hexadecimal digits.
    pub(super) fn code_unit(&mut self) -> Result<u16, WireError> {
        let rest = self.bytes().get(self.at..).unwrap_or_default();
        let Some(digits) = rest.first_chunk::<4>() else {
            self.at = self.text.len();
            return Err(self.wrong(END_OF_TEXT));
        };
        self.at += digits.len();
        let unit = digits.iter().try_fold(0, |unit, digit| {
            let digit = char::from(*digit).to_digit(16)?;
            Some(unit << 4 | digit)
        });
        match unit.and_then(|unit| u16::try_from(unit).ok()) {
            Some(unit) => Ok(unit),
            None => Err(self.wrong("invalid escape")),
        }
    }
}
