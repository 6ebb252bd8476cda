//! Checks the source and destinations of a flow: their properties and connector profiles.

use super::Finding;
use crate::flows::connectors::needs_profile;
use crate::flows::definition::FlowDefinition;
use crate::types::{ConnectorType, WriteOperationType};
use smithy_reqwest::shape::Structure;

pub(super) fn check(definition: &FlowDefinition) -> Vec<Finding> {
    let source = &definition.source_flow_config;
    let mut findings = end(
        "sourceFlowConfig",
        &source.connector_type,
        source.connector_profile_name.as_deref(),
        "sourceConnectorProperties",
        source
            .source_connector_properties
            .as_ref()
            .map(|properties| properties as &dyn Structure),
    );
    let destinations = &definition.destination_flow_config_list;
    if destinations.len() != 1 {
        findings.push(Finding::error(
            "destinationFlowConfigList",
            format!(
                "expected exactly one destination, found {}",
                destinations.len()
            ),
        ));
    }
    for (index, destination) in destinations.iter().enumerate() {
        let path = format!("destinationFlowConfigList[{index}]");
        let properties = destination.destination_connector_properties.as_ref();
        findings.extend(end(
            &path,
            &destination.connector_type,
            destination.connector_profile_name.as_deref(),
            "destinationConnectorProperties",
            properties.map(|properties| properties as &dyn Structure),
        ));
        if destination.connector_type == ConnectorType::Eventbridge
            && source.connector_type != ConnectorType::Salesforce
        {
            findings.push(Finding::error(
                &path,
                "a flow to EventBridge needs a Salesforce source",
            ));
        }
        let salesforce = properties.and_then(|properties| properties.salesforce.as_ref());
        if salesforce.is_some_and(|salesforce| {
            salesforce.write_operation_type == Some(WriteOperationType::Upsert)
                && salesforce.id_field_names.as_ref().is_none_or(Vec::is_empty)
        }) {
            findings.push(Finding::error(
                format!("{path}.destinationConnectorProperties.Salesforce.idFieldNames"),
                "the write operation UPSERT needs the fields that identify a record",
            ));
        }
    }
    findings
}

/// Returns whether a member belongs to a connector. Their names differ in case: the enum has `Googleanalytics`, the
/// member is `GoogleAnalytics`.
pub(in crate::flows) fn is_of(member: &str, connector: &ConnectorType) -> bool {
    member.eq_ignore_ascii_case(connector.as_str())
}

/// Returns the members that are set in a structure with one member for each connector.
pub(in crate::flows) fn blocks(properties: &dyn Structure) -> Vec<&'static str> {
    let members = properties.schema().members.iter().enumerate();
    members
        .filter(|(index, _)| !properties.member(*index).is_absent())
        .map(|(_, member)| member.name)
        .collect()
}

fn end(
    path: &str,
    connector: &ConnectorType,
    profile: Option<&str>,
    member: &str,
    properties: Option<&dyn Structure>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if needs_profile(connector) && profile.is_none_or(str::is_empty) {
        findings.push(Finding::error(
            format!("{path}.connectorProfileName"),
            format!("missing: {connector} needs a connector profile"),
        ));
    }
    // The constraints of the model report a structure without the member.
    let Some(properties) = properties else {
        return findings;
    };
    let path = format!("{path}.{member}");
    let known = properties.schema().members.iter();
    let known = known
        .map(|member| member.name)
        .find(|name| is_of(name, connector));
    let set = blocks(properties);
    if known.is_none() {
        let end = member.trim_end_matches("ConnectorProperties");
        let message = format!("{connector} cannot be the {end} of a flow");
        findings.push(Finding::error(path, message));
        return findings;
    }
    for name in set.iter().filter(|name| !is_of(name, connector)) {
        findings.push(Finding::error(
            format!("{path}.{name}"),
            format!(
                "does not belong to the connector type {connector}: exactly one member may be set"
            ),
        ));
    }
    if let Some(known) = known
        && !set.contains(&known)
    {
        let message = format!("missing: the connector type is {connector}");
        findings.push(Finding::error(format!("{path}.{known}"), message));
    }
    findings
}
