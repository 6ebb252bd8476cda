//! Reads floats of 16 bits (RFC 8949, appendix D), and the ends of lists and maps.

use minicbor::Decoder;
use minicbor::data::Type;
use minicbor::decode::Error;

/// Reads a float of 16 bits.
pub(super) fn half(decoder: &mut Decoder<'_>) -> Result<f64, Error> {
    let start = decoder.position();
    let bytes = decoder.input().get(start + 1..start + 3);
    let Some([high, low]) = bytes else {
        return Err(Error::end_of_input());
    };
    let bits = u16::from_be_bytes([*high, *low]);
    decoder.set_position(start + 3);
    let (exponent, mantissa) = (i32::from((bits >> 10) & 0x1f), f64::from(bits & 0x3ff));
    let value = match exponent {
        0 => mantissa * 2_f64.powi(-24),
        31 if mantissa == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (mantissa + 1024.0) * 2_f64.powi(exponent - 25),
    };
    Ok(if bits & 0x8000 == 0 { value } else { -value })
}

/// Moves to the next element or entry, and returns `false` after the last one.
pub(super) fn next_entry(decoder: &mut Decoder<'_>, left: &mut Option<u64>) -> Result<bool, Error> {
    match left {
        Some(0) => Ok(false),
        Some(left) => {
            *left -= 1;
            Ok(true)
        }
        None if decoder.datatype()? == Type::Break => {
            decoder.skip()?;
            Ok(false)
        }
        None => Ok(true),
    }
}
