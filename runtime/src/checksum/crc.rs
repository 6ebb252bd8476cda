//! The two cyclic redundancy checks of 32 bits that AWS uses: bytes in, the check out. A table of 256 entries each, made
//! by the compiler.

static CRC32: [u32; 256] = table(0xEDB8_8320);
static CRC32C: [u32; 256] = table(0x82F6_3B78);

/// The one of ISO-HDLC, as gzip has it.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    crc(&CRC32, bytes)
}

/// The one of Castagnoli, as iSCSI has it.
pub(super) fn crc32c(bytes: &[u8]) -> u32 {
    crc(&CRC32C, bytes)
}

fn crc(table: &[u32; 256], bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, byte| {
        let [low, ..] = crc.to_le_bytes();
        table[usize::from(low ^ byte)] ^ (crc >> 8)
    })
}

/// What each byte does to the check, for a polynomial with its bits reversed.
const fn table(polynomial: u32) -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut entry = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            entry = if entry & 1 == 1 {
                polynomial ^ (entry >> 1)
            } else {
                entry >> 1
            };
            bit += 1;
        }
        table[byte] = entry;
        byte += 1;
    }
    table
}
