//! Tests of mutated documents: parsers of untrusted bytes return a result or an error, and never crash.

use crate::shapes::{OPERATION, PROTOCOLS, Thing, head};
use bytes::Bytes;

const PIECES: [&[u8]; 16] = [
    b"<",
    b">",
    b"</",
    b"/>",
    b"&",
    b"&#x;",
    b"&#99999999;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<!DOCTYPE",
    b"\"",
    b"'",
    b"\xff",
    b"<Item>",
    b"</text>",
];

const SEEDS: [&[u8]; 3] = [
    b"<PutResponse><PutResult><text>a&amp;b</text><Item>1</Item><x/><Item>2</Item><map><entry><Name>k</Name><value>v</value>\
      </entry></map><inner xsi:type='q'/><choice><flat>z</flat></choice></PutResult></PutResponse>",
    b"<?xml version='1.0'?><T><flatMap><value><member>1</member></value><key>k</key></flatMap><time>1</time></T>",
    b"<ErrorResponse><Error><Code>C</Code><Message>m</Message><text>t</text></Error><RequestId>r</RequestId></ErrorResponse>",
];

#[test]
fn any_response_or_error_is_read_or_rejected() {
    let mut random = fastrand::Rng::with_seed(2_026);
    for _ in 0..4_000 {
        let mut bytes = SEEDS[random.usize(..SEEDS.len())].to_vec();
        for _ in 0..random.usize(1..6) {
            let at = random.usize(..=bytes.len());
            let until = random.usize(at..=bytes.len().min(at + 16));
            match random.u8(..4) {
                0 => drop(bytes.drain(at..until)),
                1 => {
                    drop(bytes.splice(at..at, PIECES[random.usize(..PIECES.len())].iter().copied()))
                }
                2 => bytes.truncate(at),
                _ => {
                    let copy = bytes[at..until].to_vec();
                    drop(bytes.splice(at..at, copy));
                }
            }
        }
        let body = Bytes::from(bytes);
        for protocol in PROTOCOLS {
            let mut output = Thing::default();
            if let Err(error) = protocol.read_response(&OPERATION, &head(200), &body, &mut output) {
                assert!(!error.to_string().is_empty());
            }
            let document = protocol.read_error(&head(400), &body);
            assert!(document.code.is_none_or(|code| !code.is_empty()));
            protocol.read_error_members(&head(400), &body, &mut Thing::default());
        }
    }
}
