//! AWS restJson1, by `aws.protocols#restJson1`: members follow their HTTP bindings, and the others form a JSON
//! document.

use super::{Protocol, RuntimeProtocol};
use smithy_model::known::JsonName;
use smithy_model::{Member, Shape};

/// The protocol.
#[derive(Debug)]
pub(super) struct RestJson1;

impl Protocol for RestJson1 {
    fn trait_id(&self) -> &str {
        "aws.protocols#restJson1"
    }

    fn runtime(&self, _: &Shape) -> RuntimeProtocol {
        RuntimeProtocol::new("smithy_reqwest::protocol::RestJson1")
    }

    fn botocore_name(&self) -> Option<&str> {
        Some("rest-json")
    }

    fn has_http_bindings(&self) -> bool {
        true
    }

    fn has_event_streams(&self) -> bool {
        true
    }

    fn document_name(&self, member: &Member) -> String {
        let name = member.traits.get::<JsonName>();
        name.map_or_else(|| member.name.clone(), |name| name.0)
    }
}
