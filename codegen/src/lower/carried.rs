//! Collects the traits of shapes and members that only the protocol reads.

use crate::ir::CarriedTrait;
use crate::protocol::Protocol;
use smithy_model::Traits;

/// Returns the traits in the order in which the protocol lists them.
pub(super) fn of(protocol: &dyn Protocol, traits: &Traits) -> Vec<CarriedTrait> {
    let carried = protocol.carried_traits().iter();
    carried
        .filter_map(|id| {
            Some(CarriedTrait {
                id: (*id).to_owned(),
                value: traits.raw(id)?.clone(),
            })
        })
        .collect()
}
