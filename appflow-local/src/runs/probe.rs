//! [`Probe`]: the check of a flow's buckets when it is defined.

use super::ends::s3_source;
use super::objects::Buckets;
use appflow_sdk::types::{ConnectorType, DestinationFlowConfig, SourceFlowConfig};

/// The buckets of a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Probe {
    /// The bucket and the prefix of the source.
    source: Option<(String, String)>,
    destination: Option<String>,
}

impl Probe {
    /// Returns the buckets of a flow, if it has any.
    pub(super) fn of(
        source: &SourceFlowConfig,
        destinations: &[DestinationFlowConfig],
    ) -> Option<Self> {
        let source = s3_source(source).map(|s3| {
            let prefix = s3.bucket_prefix.clone().unwrap_or_default();
            (s3.bucket_name.clone(), prefix)
        });
        let destination = destinations.iter().find_map(|destination| {
            let is_s3 = destination.connector_type == ConnectorType::S3;
            let properties = destination.destination_connector_properties.as_ref()?;
            let s3 = properties.s3.as_ref().filter(|_| is_s3)?;
            Some(s3.bucket_name.clone())
        });
        (source.is_some() || destination.is_some()).then_some(Self {
            source,
            destination,
        })
    }

    /// Returns the first fault: a source without objects, or buckets that do not exist.
    pub(super) async fn fault(&self, buckets: &Buckets) -> Option<String> {
        if let Some((bucket, prefix)) = &self.source
            && let Some(fault) = buckets.source_fault(bucket, prefix).await
        {
            return Some(fault);
        }
        buckets.destination_fault(self.destination.as_ref()?).await
    }
}
