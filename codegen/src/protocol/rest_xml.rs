//! AWS restXml, by `aws.protocols#restXml`: members follow their HTTP bindings, and the others form an XML document.

use super::{Protocol, RuntimeProtocol, xml};
use smithy_model::{Shape, known};

/// The protocol.
#[derive(Debug)]
pub(super) struct RestXml;

impl Protocol for RestXml {
    fn trait_id(&self) -> &str {
        "aws.protocols#restXml"
    }

    fn runtime(&self, service: &Shape) -> RuntimeProtocol {
        let settings = service.traits.get::<known::RestXml>();
        let is_bare = settings.is_some_and(|settings| settings.no_error_wrapping);
        RuntimeProtocol::new("smithy_reqwest::protocol::RestXml").constant(match is_bare {
            true => "BARE_ERRORS",
            false => "WRAPPED_ERRORS",
        })
    }

    fn runtime_feature(&self) -> Option<&'static str> {
        Some(xml::FEATURE)
    }

    fn botocore_name(&self) -> Option<&str> {
        Some("rest-xml")
    }

    fn has_http_bindings(&self) -> bool {
        true
    }

    fn has_event_streams(&self) -> bool {
        true
    }

    fn carried_traits(&self) -> &[&str] {
        const TRAITS: [&str; 5] = xml::traits_and("aws.customizations#s3UnwrappedXmlOutput");
        &TRAITS
    }
}
