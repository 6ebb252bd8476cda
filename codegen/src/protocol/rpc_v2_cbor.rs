//! Smithy RPC v2 CBOR, by `smithy.protocols#rpcv2Cbor`: CBOR maps, posted to one path for each operation.

use super::{Protocol, RuntimeProtocol, query_compatible};
use smithy_model::Shape;

/// The protocol.
#[derive(Debug)]
pub(super) struct RpcV2Cbor;

impl Protocol for RpcV2Cbor {
    fn trait_id(&self) -> &str {
        "smithy.protocols#rpcv2Cbor"
    }

    fn runtime(&self, service: &Shape) -> RuntimeProtocol {
        RuntimeProtocol::new("smithy_reqwest::protocol::RpcV2Cbor").constant(
            match query_compatible::is_query_compatible(service) {
                true => "QUERY_COMPATIBLE",
                false => "PLAIN",
            },
        )
    }

    fn runtime_feature(&self) -> Option<&'static str> {
        Some("cbor")
    }

    /// Services also accept the absolute shape ID of the service in the path.
    fn has_namespaces(&self) -> bool {
        true
    }

    fn has_event_streams(&self) -> bool {
        true
    }

    fn botocore_name(&self) -> Option<&str> {
        Some("smithy-rpc-v2-cbor")
    }

    fn carried_traits(&self) -> &[&str] {
        &[query_compatible::QUERY_ERROR]
    }
}
