//! Converts numbers beyond 64 bits between their bytes in CBOR (RFC 8949, section 3.4.3) and decimal digits.

/// The maximum length of a number, in bytes: the conversion takes quadratic time.
const MAX_BYTES: usize = 1024;

/// Returns the decimal digits of a number of unsigned bytes, the most significant first, or `None` if it is too long.
pub(super) fn to_digits(bytes: &[u8], is_negative: bool) -> Option<String> {
    if bytes.len() > MAX_BYTES {
        return None;
    }
    let mut digits = vec![0_u8];
    for byte in bytes {
        append(&mut digits, 256, 10, u32::from(*byte));
    }
    if is_negative {
        // The encoded number n represents -1 - n.
        append(&mut digits, 1, 10, 1);
    }
    let digits: String = digits
        .iter()
        .rev()
        .map(|digit| char::from(b'0' + digit))
        .collect();
    Some(if is_negative {
        format!("-{digits}")
    } else {
        digits
    })
}

/// Returns the bytes of a decimal number, and `true` if it is negative. Returns `None` if the text is not a whole
/// number, or is too long.
pub(super) fn from_digits(text: &str) -> Option<(Vec<u8>, bool)> {
    let (digits, is_negative) = match text.strip_prefix('-') {
        Some(digits) => (digits, true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    };
    if digits.is_empty() || digits.len() > 2 * MAX_BYTES {
        return None;
    }
    let mut bytes = vec![0_u8];
    for digit in digits.bytes() {
        let digit = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        append(&mut bytes, 10, 256, digit);
    }
    if is_negative && bytes.iter().all(|byte| *byte == 0) {
        return Some((vec![0], false));
    }
    if is_negative {
        subtract_one(&mut bytes);
    }
    while bytes.len() > 1 && bytes.last() == Some(&0) {
        bytes.pop();
    }
    bytes.reverse();
    Some((bytes, is_negative))
}

/// Multiplies a number by `factor` and adds `digit`. The places are in the given base, the least significant first.
fn append(places: &mut Vec<u8>, factor: u32, base: u32, digit: u32) {
    let mut carry = digit;
    for place in places.iter_mut() {
        carry += u32::from(*place) * factor;
        *place = (carry % base) as u8;
        carry /= base;
    }
    while carry > 0 {
        places.push((carry % base) as u8);
        carry /= base;
    }
}

/// Subtracts one from a number that is not zero.
fn subtract_one(bytes: &mut [u8]) {
    for byte in bytes {
        let (less, borrows) = byte.overflowing_sub(1);
        *byte = less;
        if !borrows {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_converted_in_both_directions() {
        let two_to_64 = [1, 0, 0, 0, 0, 0, 0, 0, 0];
        let table: [(&str, &[u8], bool); 8] = [
            ("0", &[0], false),
            ("1", &[1], false),
            ("256", &[1, 0], false),
            ("18446744073709551616", &two_to_64, false),
            ("-1", &[0], true),
            ("-256", &[255], true),
            ("-257", &[1, 0], true),
            ("-18446744073709551617", &two_to_64, true),
        ];
        for (digits, bytes, is_negative) in table {
            let read = to_digits(bytes, is_negative);
            assert_eq!(read.as_deref(), Some(digits));
            let written = from_digits(digits);
            assert_eq!(written, Some((bytes.to_vec(), is_negative)), "{digits}");
        }
    }

    #[test]
    fn texts_that_are_not_whole_numbers_and_long_numbers_are_rejected() {
        for text in ["", "-", "1.5", "1e3", "x", &"9".repeat(3_000)] {
            assert_eq!(from_digits(text), None, "{text}");
        }
        assert_eq!(to_digits(&[1; 1_025], false), None);
        assert_eq!(from_digits("+7"), Some((vec![7], false)));
        assert_eq!(from_digits("-0"), Some((vec![0], false)));
    }
}
