//! The outcomes of both JSON readers, in a form that can be compared.

use super::read;
use crate::value::codec::deserialize::reference;
use crate::value::codec::fill::Rules;
use crate::value::schema::TargetSchema;
use crate::value::shape::Slot;

/// The missing members, or the error: its path, its text, `true` for data, the line and the column.
pub(crate) type Outcome = Result<Vec<String>, (String, String, bool, usize, usize)>;

/// Reads with the wire reader, as a service does if `exact` is `true` and as a client does otherwise.
pub(crate) fn by_wire(
    json: &[u8],
    slot: Slot<'_>,
    target: Option<&'static TargetSchema>,
    exact: bool,
) -> Outcome {
    let rules = Rules {
        exact,
        converts: !exact,
        plain_blobs: false,
    };
    let mut missing = Vec::new();
    match read(json, slot, target, rules, exact.then_some(&mut missing)) {
        Ok(()) => Ok(missing.iter().map(ToString::to_string).collect()),
        Err(error) => Err((
            error.path().to_string(),
            error.to_string(),
            error.is_data(),
            error.line(),
            error.column(),
        )),
    }
}

/// Reads with serde_json.
pub(crate) fn by_serde(
    json: &[u8],
    slot: Slot<'_>,
    target: Option<&'static TargetSchema>,
    exact: bool,
) -> Outcome {
    match reference::from_json(json, slot, target, exact) {
        Ok(missing) => Ok(missing.iter().map(ToString::to_string).collect()),
        Err((path, error)) => Err((
            path.to_string(),
            error.to_string(),
            error.is_data(),
            error.line(),
            error.column(),
        )),
    }
}

/// Reads a document with both readers, as a client and as a service, and panics if the outcomes differ.
#[cfg(fuzzing)]
pub fn readers_agree<T: crate::value::shape::Shape>(json: &[u8]) {
    use crate::value::codec::{Dialect, value_to_json};
    for exact in [false, true] {
        let (mut one, mut other) = (T::empty(), T::empty());
        let wire = by_wire(json, one.slot(), None, exact);
        let serde = by_serde(json, other.slot(), None, exact);
        assert_eq!(wire, serde, "exact: {exact}");
        if wire.is_ok() {
            let written = [&one, &other].map(|value| {
                let json = value_to_json(value.value(), None, Dialect::RESPONSE);
                json.map_err(|error| error.to_string())
            });
            assert_eq!(written[0], written[1], "exact: {exact}");
        }
    }
}
