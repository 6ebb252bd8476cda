//! Traits that only the protocol reads: those of a shape or member in, the ones that it asks for out.

use crate::ir::CarriedTrait;
use crate::protocol::Protocol;
use smithy_model::Traits;

/// In the order in which the protocol names them.
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
