//! Values to serde and back, by reflection: one serializer and one deserializer for every shape.
//!
//! Two dialects: the wire's (names and formats of the protocol, body members only, lenient where a newer server says
//! more or less than the model) and the model's (the names and formats of the AWS CLI, all members, strict).

mod deserialize;
mod document;
mod http_date;
mod iso8601;
mod json;
mod path;
mod read_options;
mod serialize;
pub(crate) mod timestamp;

#[cfg(any(feature = "server", feature = "test-util"))]
pub(crate) use deserialize::from_json_exactly;
#[cfg(feature = "test-util")]
pub(crate) use deserialize::from_parameters;
pub use deserialize::{deserialize, nearest};
pub(crate) use deserialize::{from_json_leniently, member_from_json_leniently};
pub(crate) use json::{Dialect, to_json, value_to_json};
pub(crate) use path::Path;
#[cfg(any(feature = "server", feature = "test-util"))]
pub(crate) use path::Step;
pub use read_options::{ReadOptions, ReadSeed};
pub(crate) use serialize::non_finite;
pub use serialize::serialize;
