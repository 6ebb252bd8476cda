//! The features of the runtime that a client uses and its manifest enables.

use crate::ir::{Client, Operation};

/// Returns the features, with that of the protocol first.
pub fn used_by(client: &Client) -> Vec<&'static str> {
    let any = |uses: fn(&Operation) -> bool| client.operations.iter().any(uses);
    let checksums = any(|operation| operation.checksum.is_some()).then_some("checksums");
    let compression = any(|operation| operation.gzip).then_some("compression");
    let events = any(|operation| operation.events.is_some()).then_some("event-stream");
    let customizations =
        any(|operation| !operation.customizations.is_empty()).then_some("customizations");
    let presigning = any(|operation| operation.presigned).then_some("presigning");
    let protocol = client.service.protocol.feature;
    protocol
        .into_iter()
        .chain(checksums)
        .chain(compression)
        .chain(events)
        .chain(customizations)
        .chain(presigning)
        .collect()
}
