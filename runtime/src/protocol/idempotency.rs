//! Sets idempotency tokens that are missing in an input.

use crate::value::shape::{Slot, Structure};

/// Returns a random UUID, version 4.
pub(crate) fn token() -> String {
    let mut bytes = fastrand::u128(..).to_be_bytes();
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut text = hex::encode(bytes);
    for dash in [8, 13, 18, 23] {
        text.insert(dash, '-');
    }
    text
}

/// Sets the token if it is missing. This is called once for each call, so that all attempts send the same token.
pub(crate) fn fill(input: &mut dyn Structure, tokens: fn() -> String) {
    let members = input.schema().members.iter().enumerate();
    let absent = members
        .filter(|(_, member)| member.idempotency_token)
        .map(|(index, _)| index);
    for index in absent {
        if input.member(index).is_absent()
            && let Slot::String(place) = input.member_slot(index).fill()
        {
            *place = tokens();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn tokens_are_uuids_of_version_four_and_differ() {
        let tokens: HashSet<String> = (0..1000).map(|_| token()).collect();
        assert_eq!(tokens.len(), 1000);
        for token in tokens {
            let pieces: Vec<usize> = token.split('-').map(str::len).collect();
            assert_eq!(pieces, [8, 4, 4, 4, 12], "{token}");
            assert_eq!(&token[14..15], "4", "{token}");
            assert!("89ab".contains(&token[19..20]), "{token}");
        }
    }
}
