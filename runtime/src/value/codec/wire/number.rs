//! Reads JSON numbers as the type that holds them.

use super::cursor::{Cursor, END_OF_VALUE};
use super::error::WireError;

const INVALID: &str = "invalid number";
const OUT_OF_RANGE: &str = "number out of range";
/// The largest whole number up to which all whole numbers are doubles without rounding.
const EXACT: u64 = 1 << 53;
/// The powers of ten that are doubles without rounding.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// A number, as the smallest type that holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Unsigned(u64),
    Negative(i64),
    Double(f64),
}

impl Cursor<'_> {
    /// Reads a number, whose first byte has been read.
    pub(super) fn number(&mut self) -> Result<Number, WireError> {
        let start = self.at;
        let is_negative = self.peek() == Some(b'-');
        self.at += usize::from(is_negative);
        let whole = self.digits_before_point()?;
        match (self.peek(), whole) {
            (Some(b'.' | b'e' | b'E'), _) | (_, None) => {
                self.double(start, is_negative, whole).map(Number::Double)
            }
            (_, Some(whole)) if !is_negative => Ok(Number::Unsigned(whole)),
            (_, Some(whole)) => Ok(match 0_i64.checked_sub_unsigned(whole) {
                Some(negative) if negative < 0 => Number::Negative(negative),
                _ => Number::Double(-(whole as f64)),
            }),
        }
    }

    /// Reads the digits before the point. Returns `None` if they exceed a `u64`.
    fn digits_before_point(&mut self) -> Result<Option<u64>, WireError> {
        match self.take() {
            Some(b'0') => match self.peek() {
                Some(b'0'..=b'9') => Err(self.wrong_next(INVALID)),
                _ => Ok(Some(0)),
            },
            Some(first @ b'1'..=b'9') => Ok(self.digits(Some(u64::from(first - b'0'))).0),
            Some(_) => Err(self.wrong(INVALID)),
            None => Err(self.wrong(END_OF_VALUE)),
        }
    }

    /// Appends digits to a number, and counts them. The number is `None` if it is too large.
    fn digits(&mut self, number: Option<u64>) -> (Option<u64>, usize) {
        let (start, mut number) = (self.at, number);
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            self.at += 1;
            number = number
                .and_then(|number| number.checked_mul(10)?.checked_add(u64::from(digit - b'0')));
        }
        (number, self.at - start)
    }

    /// Reads the rest of a number that begins at `start` and has a fraction, an exponent or many digits.
    fn double(
        &mut self,
        start: usize,
        is_negative: bool,
        whole: Option<u64>,
    ) -> Result<f64, WireError> {
        let (significand, fraction) = self.fraction(whole)?;
        let exponent = match self.peek() {
            Some(b'e' | b'E') => self.exponent(start)?,
            _ => Some(0),
        };
        let power = POWERS.get(fraction).filter(|_| exponent == Some(0));
        let number = match (significand, power) {
            (Some(significand), Some(power)) if significand <= EXACT => {
                let number = significand as f64 / power;
                if is_negative { -number } else { number }
            }
            // Rust parses the whole text, so that the number is rounded only once.
            _ => self.rounded(start),
        };
        match number.is_infinite() {
            true => Err(self.wrong(OUT_OF_RANGE)),
            false => Ok(number),
        }
    }

    /// Reads a fraction, if there is one. Returns the number with its digits, and their count.
    fn fraction(&mut self, whole: Option<u64>) -> Result<(Option<u64>, usize), WireError> {
        if self.peek() != Some(b'.') {
            return Ok((whole, 0));
        }
        self.at += 1;
        match (self.digits(whole), self.peek()) {
            ((_, 0), Some(_)) => Err(self.wrong_next(INVALID)),
            ((_, 0), None) => Err(self.wrong_next(END_OF_VALUE)),
            (read, _) => Ok(read),
        }
    }

    /// Reads the exponent of a number that begins at `start`. Returns `None` if it is below the range of all types.
    fn exponent(&mut self, start: usize) -> Result<Option<i32>, WireError> {
        let digits = self.bytes().get(start..self.at).unwrap_or_default();
        let is_zero = !digits.iter().any(|digit| (b'1'..=b'9').contains(digit));
        self.at += 1;
        let sign = self.peek().filter(|sign| b"+-".contains(sign));
        self.at += usize::from(sign.is_some());
        let mut exponent = match self.take() {
            Some(digit @ b'0'..=b'9') => Some(i32::from(digit - b'0')),
            Some(_) => return Err(self.wrong(INVALID)),
            None => return Err(self.wrong(END_OF_VALUE)),
        };
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            self.at += 1;
            exponent = exponent.and_then(|exponent| {
                exponent
                    .checked_mul(10)?
                    .checked_add(i32::from(digit - b'0'))
            });
            if exponent.is_none() && !is_zero && sign != Some(b'-') {
                return Err(self.wrong(OUT_OF_RANGE));
            }
        }
        Ok(exponent)
    }

    /// Returns the number from `start` to the cursor, as Rust parses it: its number grammar contains that of JSON.
    #[cold]
    fn rounded(&self, start: usize) -> f64 {
        let digits = self.text.get(start..self.at).unwrap_or_default();
        digits.parse().unwrap_or_default()
    }
}
