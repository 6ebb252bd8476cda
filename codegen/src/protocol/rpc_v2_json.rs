//! Smithy RPC v2 JSON, by `smithy.protocols#rpcv2Json`: JSON objects, posted to one path for each operation.

use super::{Protocol, RuntimeProtocol, query_compatible};
use smithy_model::Shape;

/// The protocol.
#[derive(Debug)]
pub(super) struct RpcV2Json;

impl Protocol for RpcV2Json {
    fn trait_id(&self) -> &str {
        "smithy.protocols#rpcv2Json"
    }

    fn runtime(&self, service: &Shape) -> RuntimeProtocol {
        RuntimeProtocol::new("smithy_reqwest::protocol::RpcV2Json").constant(
            match query_compatible::is_query_compatible(service) {
                true => "QUERY_COMPATIBLE",
                false => "PLAIN",
            },
        )
    }

    fn has_timestamp_formats(&self) -> bool {
        false
    }

    fn carried_traits(&self) -> &[&str] {
        &[query_compatible::QUERY_ERROR]
    }
}
