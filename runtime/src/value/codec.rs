//! Writes and reads values by reflection: one JSON writer and one JSON reader of the wire format for all shapes, and
//! one serializer and one deserializer for all other formats.
//!
//! There are two dialects. That of the wire has the names and formats of the protocol and body members only; it is
//! lenient where a newer server sends more or less than the model declares. That of the model has the names and formats
//! of the AWS CLI and all members, and is strict.

#[cfg(feature = "cbor")]
pub(crate) mod cbor;
mod deserialize;
mod document;
mod escapes;
mod fill;
mod http_date;
mod iso8601;
mod json;
mod path;
mod read_options;
mod serialize;
pub(crate) mod timestamp;
mod wire;

#[cfg(all(feature = "cbor", any(feature = "server", feature = "test-util")))]
pub(crate) use cbor::from_cbor_exactly;
#[cfg(all(feature = "cbor", feature = "event-stream"))]
pub(crate) use cbor::value_from_cbor_leniently;
#[cfg(all(
    feature = "cbor",
    feature = "event-stream",
    any(feature = "server", feature = "test-util")
))]
pub(crate) use cbor::value_to_cbor;
#[cfg(feature = "cbor")]
pub(crate) use cbor::{CborError, each_member, from_cbor_leniently, to_cbor};
#[cfg(feature = "test-util")]
pub(crate) use deserialize::from_parameters;
pub use deserialize::{deserialize, nearest};
pub(crate) use json::{Dialect, to_json, value_to_json};
#[cfg(any(feature = "server", feature = "test-util", feature = "xml"))]
pub(crate) use path::{Path, Step};
pub use read_options::{ReadOptions, ReadSeed};
pub(crate) use serialize::non_finite;
pub use serialize::serialize;
#[cfg(fuzzing)]
#[doc(hidden)]
pub use wire::compare::readers_agree;
#[cfg(any(feature = "server", feature = "test-util"))]
pub(crate) use wire::from_json_exactly;
pub(crate) use wire::{WireError, from_json_leniently, member_from_json_leniently};
