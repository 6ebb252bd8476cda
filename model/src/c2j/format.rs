//! A mirror of botocore's service models for serde: the facts about the API, and its documentation.
//!
//! Other fields are ignored, since the format has no specification and AWS extends it.

use crate::ast::Entries;
use serde::Deserialize;
use serde_json::{Map, Number, Value};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ServiceModel {
    pub(super) metadata: Metadata,
    pub(super) operations: Entries<String, Operation>,
    #[serde(default)]
    pub(super) shapes: Entries<String, Shape>,
    pub(super) client_context_params: Option<Value>,
    pub(super) documentation: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Metadata {
    pub(super) api_version: String,
    pub(super) auth: Vec<String>,
    pub(super) aws_query_compatible: Option<Value>,
    pub(super) endpoint_prefix: Option<String>,
    pub(super) json_version: Option<String>,
    pub(super) protocol: String,
    pub(super) protocols: Vec<String>,
    pub(super) protocol_settings: ProtocolSettings,
    pub(super) service_full_name: Option<String>,
    pub(super) service_id: Option<String>,
    pub(super) signature_version: Option<String>,
    pub(super) signing_name: Option<String>,
    pub(super) target_prefix: Option<String>,
    pub(super) xml_namespace: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ProtocolSettings {
    pub(super) h2: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Deprecation {
    pub(super) deprecated: bool,
    pub(super) deprecated_message: Option<String>,
    pub(super) deprecated_since: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Operation {
    pub(super) documentation: Option<String>,
    pub(super) http: Http,
    pub(super) input: Option<ShapeRef>,
    pub(super) output: Option<ShapeRef>,
    pub(super) errors: Vec<ErrorRef>,
    pub(super) idempotent: bool,
    pub(super) readonly: bool,
    pub(super) authtype: Option<String>,
    pub(super) auth: Option<Vec<String>>,
    pub(super) unsigned_payload: bool,
    pub(super) endpoint: Option<Endpoint>,
    pub(super) http_checksum_required: bool,
    pub(super) http_checksum: Option<Map<String, Value>>,
    #[serde(rename = "requestcompression")]
    pub(super) request_compression: Option<Value>,
    pub(super) static_context_params: Option<Value>,
    pub(super) operation_context_params: Option<Value>,
    #[serde(flatten)]
    pub(super) deprecation: Deprecation,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Http {
    pub(super) method: String,
    pub(super) request_uri: String,
    pub(super) response_code: Option<u16>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Endpoint {
    pub(super) host_prefix: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ShapeRef {
    pub(super) shape: String,
    pub(super) location_name: Option<String>,
    pub(super) xml_namespace: Option<Value>,
}

/// A reference of an operation to an error. Old models state facts about the error here.
#[derive(Debug, Deserialize)]
pub(super) struct ErrorRef {
    pub(super) shape: String,
    pub(super) error: Option<ErrorDetails>,
    #[serde(default)]
    pub(super) fault: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ErrorDetails {
    pub(super) code: Option<String>,
    pub(super) http_status_code: Option<u16>,
    pub(super) sender_fault: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Shape {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) documentation: Option<String>,
    pub(super) members: Entries<String, MemberRef>,
    pub(super) required: Vec<String>,
    pub(super) member: Option<MemberRef>,
    pub(super) key: Option<MemberRef>,
    pub(super) value: Option<MemberRef>,
    #[serde(rename = "enum")]
    pub(super) values: Option<Vec<String>>,
    pub(super) min: Option<Number>,
    pub(super) max: Option<Number>,
    pub(super) pattern: Option<String>,
    pub(super) sensitive: bool,
    pub(super) sparse: bool,
    pub(super) document: bool,
    pub(super) union: bool,
    pub(super) error: Option<ErrorDetails>,
    pub(super) exception: bool,
    pub(super) fault: bool,
    pub(super) retryable: Option<Retryable>,
    pub(super) payload: Option<String>,
    #[serde(rename = "eventstream")]
    pub(super) event_stream: bool,
    pub(super) streaming: bool,
    pub(super) requires_length: bool,
    pub(super) jsonvalue: bool,
    pub(super) timestamp_format: Option<String>,
    pub(super) flattened: bool,
    pub(super) location_name: Option<String>,
    pub(super) xml_namespace: Option<Value>,
    #[serde(flatten)]
    pub(super) deprecation: Deprecation,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Retryable {
    pub(super) throttling: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct MemberRef {
    pub(super) shape: String,
    pub(super) documentation: Option<String>,
    pub(super) location: Option<String>,
    pub(super) location_name: Option<String>,
    pub(super) idempotency_token: bool,
    pub(super) streaming: bool,
    pub(super) jsonvalue: bool,
    pub(super) host_label: bool,
    #[serde(rename = "eventpayload")]
    pub(super) event_payload: bool,
    #[serde(rename = "eventheader")]
    pub(super) event_header: bool,
    pub(super) timestamp_format: Option<String>,
    pub(super) sensitive: bool,
    pub(super) context_param: Option<Value>,
    pub(super) flattened: bool,
    pub(super) xml_attribute: bool,
    pub(super) xml_namespace: Option<Value>,
    pub(super) query_name: Option<String>,
    #[serde(flatten)]
    pub(super) deprecation: Deprecation,
}

impl ServiceModel {
    /// Returns the protocols of the service. Old models have only `protocol`.
    pub(super) fn protocols(&self) -> Vec<&str> {
        if self.metadata.protocols.is_empty() {
            return vec![&self.metadata.protocol];
        }
        self.metadata.protocols.iter().map(String::as_str).collect()
    }

    pub(super) fn speaks(&self, protocol: &str) -> bool {
        self.protocols().contains(&protocol)
    }

    /// Returns whether operations are bound to HTTP methods, URIs, queries and headers.
    pub(super) fn has_http_bindings(&self) -> bool {
        self.speaks("rest-json") || self.speaks("rest-xml")
    }

    pub(super) fn shape(&self, name: &str) -> Option<&Shape> {
        let mut shapes = self.shapes.0.iter();
        shapes
            .find(|(known, _)| known == name)
            .map(|(_, shape)| shape)
    }
}

impl Shape {
    /// Returns the members of structures, lists and maps.
    pub(super) fn all_members(&self) -> impl Iterator<Item = &MemberRef> {
        let named = self.members.0.iter().map(|(_, member)| member);
        named
            .chain(&self.member)
            .chain(&self.key)
            .chain(&self.value)
    }
}
