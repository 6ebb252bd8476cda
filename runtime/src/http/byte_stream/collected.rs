//! [`AggregatedBytes`]: the collected pieces of a stream.

use bytes::{Bytes, BytesMut};

/// All bytes of a stream.
#[derive(Debug, Clone, Default)]
pub struct AggregatedBytes(Vec<Bytes>);

impl AggregatedBytes {
    /// Returns the bytes as one buffer, without a copy if they consist of one piece.
    pub fn into_bytes(self) -> Bytes {
        match <[Bytes; 1]>::try_from(self.0) {
            Ok([bytes]) => bytes,
            Err(pieces) => {
                let mut all = BytesMut::with_capacity(pieces.iter().map(Bytes::len).sum());
                pieces.iter().for_each(|piece| all.extend_from_slice(piece));
                all.freeze()
            }
        }
    }

    /// Returns the bytes as a vector.
    pub fn to_vec(self) -> Vec<u8> {
        self.0.concat()
    }
}

impl From<Vec<Bytes>> for AggregatedBytes {
    fn from(pieces: Vec<Bytes>) -> Self {
        Self(pieces)
    }
}
