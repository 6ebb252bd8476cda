//! Fuzzes the decoder of event streams: any bytes and any headers are read, or refused, and the borders of pieces change
//! nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smithy_reqwest::event_stream::{decode_pieces, framed};

fuzz_target!(|input: (u8, &[u8])| {
    let (length, bytes) = input;
    for bytes in [bytes, &framed(bytes)] {
        let pieces: Vec<&[u8]> = bytes.chunks(usize::from(length).max(1)).collect();
        assert_eq!(decode_pieces(&pieces), decode_pieces(&[bytes]));
    }
});
