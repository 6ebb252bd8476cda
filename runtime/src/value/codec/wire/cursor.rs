//! [`Cursor`]: a position in a JSON text, and the tokens other than texts and numbers.

use super::error::WireError;

pub(super) const END_OF_VALUE: &str = "EOF while parsing a value";
pub(super) const END_OF_TEXT: &str = "EOF while parsing a string";
pub(super) const END_OF_LIST: &str = "EOF while parsing a list";
pub(super) const END_OF_OBJECT: &str = "EOF while parsing an object";
pub(super) const NOT_A_VALUE: &str = "expected value";
pub(super) const NOT_A_KEY: &str = "key must be a string";
pub(super) const NO_COLON: &str = "expected `:`";
pub(super) const EXPECTED_LIST_SEPARATOR: &str = "expected `,` or `]`";
pub(super) const EXPECTED_OBJECT_SEPARATOR: &str = "expected `,` or `}`";
const TRAILING_COMMA: &str = "trailing comma";

/// The maximum nesting depth of lists and objects.
const DEPTH: u8 = 127;

/// A position in a JSON text.
pub(super) struct Cursor<'j> {
    pub(super) text: &'j str,
    /// The offset of the next byte.
    pub(super) at: usize,
    /// The remaining nesting depth of lists and objects.
    depth: u8,
}

impl<'j> Cursor<'j> {
    pub(super) fn new(text: &'j str) -> Self {
        Self {
            text,
            at: 0,
            depth: DEPTH,
        }
    }

    #[inline]
    pub(super) fn bytes(&self) -> &'j [u8] {
        self.text.as_bytes()
    }

    /// Returns the next byte without consuming it.
    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes().get(self.at).copied()
    }

    /// Consumes and returns the next byte.
    #[inline]
    pub(super) fn take(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// Returns the next byte that is not whitespace, without consuming it.
    #[inline]
    pub(super) fn peek_solid(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    /// Returns the first byte of a value.
    #[inline]
    pub(super) fn start(&mut self) -> Result<u8, WireError> {
        self.peek_solid()
            .ok_or_else(|| self.wrong_next(END_OF_VALUE))
    }

    /// Returns an error at the end of the bytes that were consumed.
    #[cold]
    pub(super) fn wrong(&self, message: &'static str) -> WireError {
        WireError::syntax(message, self.at)
    }

    /// Returns an error at the next byte.
    #[cold]
    pub(super) fn wrong_next(&self, message: &'static str) -> WireError {
        WireError::syntax(message, self.text.len().min(self.at + 1))
    }

    /// Consumes `null`, `true` or `false`, whose first byte has been read.
    #[inline]
    pub(super) fn word(&mut self, word: &str) -> Result<(), WireError> {
        let rest = self.bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        Err(self.wrong_word(rest, word))
    }

    /// Returns an error at the first byte that differs from the word.
    #[cold]
    fn wrong_word(&mut self, rest: &[u8], word: &str) -> WireError {
        let same = rest.iter().zip(word.as_bytes());
        self.at += same.take_while(|(one, other)| one == other).count();
        match self.take() {
            Some(_) => self.wrong("expected ident"),
            None => self.wrong(END_OF_VALUE),
        }
    }

    /// Consumes the first byte of a list or an object.
    pub(super) fn enter(&mut self) -> Result<(), WireError> {
        match self.depth.checked_sub(1) {
            Some(depth) => self.depth = depth,
            None => return Err(self.wrong_next("recursion limit exceeded")),
        }
        self.at += 1;
        Ok(())
    }

    /// Consumes the last byte of a list, which comes next unless its elements could not be read.
    pub(super) fn leave_list(&mut self, read: Result<(), WireError>) -> Result<(), WireError> {
        self.depth += 1;
        let Err(error) = read else {
            self.at += 1;
            return Ok(());
        };
        Err(self.at_end_of(error, b']'))
    }

    /// Consumes the last byte of an object, as [`leave_list`](Self::leave_list) does.
    pub(super) fn leave_object(&mut self, read: Result<(), WireError>) -> Result<(), WireError> {
        self.depth += 1;
        let Err(error) = read else {
            self.at += 1;
            return Ok(());
        };
        Err(self.at_end_of(error, b'}'))
    }

    /// Sets the position of a fault of the whole list or object to its end, if that comes next.
    #[cold]
    fn at_end_of(&mut self, error: WireError, last: u8) -> WireError {
        if error.has_offset() {
            return error;
        }
        match self.peek_solid() {
            Some(byte) if byte == last => self.at += 1,
            Some(b',') if last == b']' => {
                self.at += 1;
                self.peek_solid();
            }
            _ => {}
        }
        error.at(self.at)
    }

    /// Moves to the next element of a list, and returns `false` at its end.
    #[inline]
    pub(super) fn next_element(&mut self, is_first: bool) -> Result<bool, WireError> {
        match self.peek_solid() {
            Some(b']') => Ok(false),
            Some(_) if is_first => Ok(true),
            Some(b',') => {
                self.at += 1;
                match self.peek_solid() {
                    Some(b']') => Err(self.wrong_next(TRAILING_COMMA)),
                    Some(_) => Ok(true),
                    None => Err(self.wrong_next(END_OF_VALUE)),
                }
            }
            Some(_) => Err(self.wrong_next(EXPECTED_LIST_SEPARATOR)),
            None => Err(self.wrong_next(END_OF_LIST)),
        }
    }

    /// Moves to the next key of an object, after its first quotation mark, and returns `false` at the end of the
    /// object.
    #[inline]
    pub(super) fn next_key(&mut self, is_first: bool) -> Result<bool, WireError> {
        let next = match self.peek_solid() {
            Some(b'}') => return Ok(false),
            next @ Some(_) if is_first => next,
            Some(b',') => {
                self.at += 1;
                match self.peek_solid() {
                    Some(b'}') => return Err(self.wrong_next(TRAILING_COMMA)),
                    None => return Err(self.wrong_next(END_OF_VALUE)),
                    next => next,
                }
            }
            Some(_) => return Err(self.wrong_next(EXPECTED_OBJECT_SEPARATOR)),
            None => return Err(self.wrong_next(END_OF_OBJECT)),
        };
        if next != Some(b'"') {
            return Err(self.wrong_next(NOT_A_KEY));
        }
        self.at += 1;
        Ok(true)
    }

    /// Consumes the colon between key and value.
    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), WireError> {
        match self.peek_solid() {
            Some(b':') => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(self.wrong_next(NO_COLON)),
            None => Err(self.wrong_next(END_OF_OBJECT)),
        }
    }

    /// Checks that no text follows.
    pub(super) fn end(&mut self) -> Result<(), WireError> {
        match self.peek_solid() {
            Some(_) => Err(self.wrong_next("trailing characters")),
            None => Ok(()),
        }
    }
}
