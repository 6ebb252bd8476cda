//! Skips values that are not requested: their syntax is checked, and their contents are ignored.

use super::cursor::{
    Cursor, END_OF_LIST, END_OF_OBJECT, EXPECTED_LIST_SEPARATOR, EXPECTED_OBJECT_SEPARATOR,
    NOT_A_KEY, NOT_A_VALUE,
};
use super::error::WireError;
use super::text::CONTROL;

const INVALID: &str = "invalid number";

impl Cursor<'_> {
    /// Skips a value of any depth.
    pub(super) fn skip(&mut self) -> Result<(), WireError> {
        // The first byte of each enclosing list and object.
        let mut around = Vec::new();
        loop {
            let first = self.start()?;
            if !matches!(first, b'[' | b'{') {
                self.skip_simple(first)?;
                if around.is_empty() {
                    return Ok(());
                }
            }
            let mut is_first = matches!(first, b'[' | b'{');
            if is_first {
                self.at += 1;
                around.push(first);
            }
            while let Some(last) = around.last().copied() {
                if self.next_entry(last, is_first)? {
                    break;
                }
                around.pop();
                is_first = false;
            }
            match around.last() {
                Some(b'{') => self.skip_key()?,
                Some(_) => {}
                None => return Ok(()),
            }
        }
    }

    /// Consumes the comma before the next part of a list or object and returns `true`, or consumes its end and returns
    /// `false`.
    fn next_entry(&mut self, around: u8, is_first: bool) -> Result<bool, WireError> {
        let (end, expected, ended) = match around {
            b'[' => (b']', EXPECTED_LIST_SEPARATOR, END_OF_LIST),
            _ => (b'}', EXPECTED_OBJECT_SEPARATOR, END_OF_OBJECT),
        };
        match self.peek_solid() {
            Some(b',') if !is_first => self.at += 1,
            Some(byte) if byte == end => {
                self.at += 1;
                return Ok(false);
            }
            Some(_) if is_first => {}
            Some(_) => return Err(self.wrong_next(expected)),
            None => return Err(self.wrong_next(ended)),
        }
        Ok(true)
    }

    fn skip_key(&mut self) -> Result<(), WireError> {
        match self.peek_solid() {
            Some(b'"') => self.at += 1,
            Some(_) => return Err(self.wrong_next(NOT_A_KEY)),
            None => return Err(self.wrong_next(END_OF_OBJECT)),
        }
        self.skip_text()?;
        self.colon()
    }

    fn skip_simple(&mut self, first: u8) -> Result<(), WireError> {
        match first {
            b'"' => {
                self.at += 1;
                self.skip_text()
            }
            b'n' => self.word("null"),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'-' | b'0'..=b'9' => self.skip_number(),
            _ => Err(self.wrong_next(NOT_A_VALUE)),
        }
    }

    /// Skips a text, beginning after its first quotation mark. Surrogates need not be paired.
    fn skip_text(&mut self) -> Result<(), WireError> {
        loop {
            match self.find_special()? {
                b'"' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => self.at += 1,
                _ => return Err(self.wrong(CONTROL)),
            }
            if self.escaped()? == b'u' {
                self.code_unit()?;
            }
        }
    }

    /// Skips a number of any size.
    fn skip_number(&mut self) -> Result<(), WireError> {
        self.at += usize::from(self.peek() == Some(b'-'));
        match self.take() {
            Some(b'0') if matches!(self.peek(), Some(b'0'..=b'9')) => {
                return Err(self.wrong_next(INVALID));
            }
            Some(b'0') => {}
            Some(b'1'..=b'9') => drop(self.skip_digits()),
            _ => return Err(self.wrong(INVALID)),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.skip_digits() == 0 {
                return Err(self.wrong_next(INVALID));
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            match self.take() {
                Some(b'0'..=b'9') => drop(self.skip_digits()),
                _ => return Err(self.wrong(INVALID)),
            }
        }
        Ok(())
    }

    fn skip_digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }
}
