//! In: a model. Out: what a reader would find without documentation.

use crate::{Model, ModelErrors, ShapeId};

/// The IDs of operations, types, errors, members and enum members in the service's closure that lack
/// `smithy.api#documentation`, in order.
pub fn undocumented(_model: &Model) -> Result<Vec<ShapeId>, ModelErrors> {
    unimplemented!()
}
