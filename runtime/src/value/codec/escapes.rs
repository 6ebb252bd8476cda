//! Finds the bytes that JSON escapes: quotation marks, backslashes and control characters.

/// Returns the offset of the first byte that is escaped, or the length if there is none. Eight bytes are tested at
/// once.
pub(super) fn first_special(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk() {
        let found = specials(*word);
        if found != 0 {
            return bytes.len() - rest.len() + found.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    let in_rest = rest.iter().position(|byte| is_special(*byte));
    bytes.len() - rest.len() + in_rest.unwrap_or(rest.len())
}

/// Returns whether any byte is escaped.
pub(super) fn has_special(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(last) = bytes.last_chunk() else {
        return bytes.iter().any(|byte| is_special(*byte));
    };
    // The last eight bytes are tested as one word too, so that some of them are tested twice, rather than one by one.
    let (words, _) = bytes.as_chunks();
    words.iter().any(|word| specials(*word) != 0) || specials(*last) != 0
}

fn is_special(byte: u8) -> bool {
    byte < 0x20 || [b'"', b'\\'].contains(&byte)
}

/// Returns the highest bit of each byte that is escaped, the first byte being the lowest. A byte that is searched for
/// is zero after the exclusive or, and only a zero borrows from its own highest bit. Bytes above a match may be
/// reported falsely; bytes below it are not.
fn specials(word: [u8; 8]) -> u64 {
    const EACH: u64 = u64::MAX / 0xff;
    const HIGHEST_BITS: u64 = EACH * 0x80;
    let word = u64::from_le_bytes(word);
    let equal_to = |byte: u8| {
        let difference = word ^ (EACH * u64::from(byte));
        difference.wrapping_sub(EACH) & !difference
    };
    let control = word.wrapping_sub(EACH * 0x20) & !word;
    (control | equal_to(b'"') | equal_to(b'\\')) & HIGHEST_BITS
}

#[cfg(test)]
mod tests {
    use super::{first_special, has_special};

    #[test]
    fn every_byte_is_judged_at_every_place() {
        for byte in 0..0x80_u8 {
            for length in 1..20 {
                for place in 0..length {
                    let mut text = vec![b'x'; length];
                    text[place] = byte;
                    let text = String::from_utf8(text).unwrap();
                    let expected = byte < 0x20 || [b'"', b'\\'].contains(&byte);
                    assert_eq!(has_special(&text), expected, "{text:?}");
                    let first = if expected { place } else { length };
                    assert_eq!(first_special(text.as_bytes()), first, "{text:?}");
                }
            }
        }
    }

    #[test]
    fn the_first_of_several_is_found() {
        for (text, expected) in [("a\"\u{1}\\bcdefgh", 1), ("é\\\"xxxxxxxxx", 2), ("", 0)] {
            assert_eq!(first_special(text.as_bytes()), expected, "{text:?}");
        }
    }
}
