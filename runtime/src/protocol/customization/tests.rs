//! Tests of the tree hash against its definition, and of encryption keys.

use super::encryption_key;
use super::tree_hash::TreeHash;
use ring::digest::{SHA256, digest};

const MIB: usize = 1 << 20;

fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA256, bytes).as_ref().to_vec()
}

/// Returns the root of the tree as the guide describes it: level by level.
fn root(body: &[u8]) -> String {
    let mut level: Vec<_> = body.chunks(MIB).map(sha256).collect();
    if level.is_empty() {
        level.push(sha256(b""));
    }
    while level.len() > 1 {
        let parent = |pair: &[Vec<u8>]| match pair {
            [alone] => alone.clone(),
            pair => sha256(&pair.concat()),
        };
        level = level.chunks(2).map(parent).collect();
    }
    hex::encode(&level[0])
}

#[test]
fn a_tree_hash_is_the_root_of_the_leaves_whatever_the_pieces() {
    let lengths = [
        0,
        1,
        MIB - 1,
        MIB,
        MIB + 1,
        2 * MIB,
        3 * MIB,
        5 * MIB + 7,
        6 * MIB,
        7 * MIB,
    ];
    for length in lengths {
        let body: Vec<u8> = (0..length).map(|index| (index / 1000) as u8).collect();
        for piece in [body.len().max(1), MIB, 700_001] {
            let mut tree = TreeHash::new();
            body.chunks(piece).for_each(|piece| tree.update(piece));
            let expected = (hex::encode(sha256(&body)), root(&body));
            assert_eq!(
                tree.finish(),
                expected,
                "{length} bytes in pieces of {piece}"
            );
        }
    }
}

#[cfg(feature = "checksums")]
#[test]
fn a_key_is_sent_in_base64_with_its_md5() {
    // 32 bytes: `echo -n 0123456789abcdef0123456789abcdef | openssl md5 -binary | base64`.
    let key = "0123456789abcdef0123456789abcdef";
    let sent = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    let expected = (sent.to_owned(), "hRasmdxgYDKV3nvbahU1MA==".to_owned());
    assert_eq!(encryption_key::encoded("k", key).unwrap(), expected);
    assert_eq!(encryption_key::encoded("k", sent).unwrap(), expected);
    // A text that is base64 of another length is a key itself.
    let short = encryption_key::encoded("k", "AAAA").unwrap();
    assert_eq!(short.0, "QUFBQQ==");
}
