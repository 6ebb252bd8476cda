//! What an update must not change: what a flow reads and where it writes.

pub(crate) use crate::rules::tasks::mappings_differ;

use crate::rules::flow::{Plan, object_of};
use crate::state::Flow;
use crate::texts;
use smithy_reqwest::server::ServiceError;

/// Checks a plan against the flow that it replaces. The format of S3 files may change, the place may not.
pub(crate) fn check(flow: &Flow, plan: &Plan<'_>) -> Result<(), ServiceError> {
    let (old, new) = (&flow.source, plan.source);
    let same_source = old.connector_type == new.connector_type
        && old.connector_profile_name == new.connector_profile_name
        && object_of(&old.source_connector_properties, &old.connector_type)
            == object_of(&new.source_connector_properties, &new.connector_type);
    if !same_source {
        return Err(texts::invalid("Do not update the object for the flow."));
    }
    let same_destination = flow
        .destination()
        .zip(plan.destinations.first())
        .is_some_and(|(old, new)| {
            old.connector_type == new.connector_type
                && old.connector_profile_name == new.connector_profile_name
                && object_of(&old.destination_connector_properties, &old.connector_type)
                    == object_of(&new.destination_connector_properties, &new.connector_type)
        });
    if same_destination {
        Ok(())
    } else {
        Err(texts::invalid(
            "Destination object for the destination connector can not be updated",
        ))
    }
}
