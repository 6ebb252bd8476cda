//! The connectors that AWS vends: a type in, what AppFlow says of it out.

use crate::clock::Millis;
use appflow_sdk::types::{
    ConnectorConfiguration, ConnectorDetail, ConnectorMetadata, ConnectorType, HoneycodeMetadata,
    OAuth2GrantType, SalesforceDataTransferApi, SalesforceMetadata, ScheduleFrequencyType,
    SlackMetadata, SnowflakeMetadata, SupportedDataTransferType, TriggerType, ZendeskMetadata,
};
use appflow_sdk::types::{DestinationConnectorProperties, SourceConnectorProperties};
use smithy_reqwest::shape::Shape;

use crate::rules::blocks;

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;

/// The regions with private connections are documented for Salesforce only; any will do here for all of them.
const PRIVATE_LINK: [ConnectorType; 3] = [
    ConnectorType::Salesforce,
    ConnectorType::Sapodata,
    ConnectorType::Snowflake,
];
/// Where flows of the usual source may go.
const DESTINATIONS: [ConnectorType; 11] = [
    ConnectorType::Customerprofiles,
    ConnectorType::Honeycode,
    ConnectorType::Lookoutmetrics,
    ConnectorType::Marketo,
    ConnectorType::Redshift,
    ConnectorType::S3,
    ConnectorType::Salesforce,
    ConnectorType::Snowflake,
    ConnectorType::Upsolver,
    ConnectorType::Zendesk,
    ConnectorType::Customconnector,
];

/// The vended connectors, in the order of their names.
pub(crate) fn types() -> impl Iterator<Item = ConnectorType> {
    let mut names: Vec<&str> = ConnectorType::values().to_vec();
    names.sort_unstable();
    let types = names.into_iter().map(ConnectorType::from);
    types.filter(|connector| *connector != ConnectorType::Customconnector)
}

/// Destinations of a usual source.
pub(crate) fn destinations() -> Vec<ConnectorType> {
    DESTINATIONS.to_vec()
}

/// The shortest time between two scheduled runs from this source.
pub(crate) fn least_period(source: &ConnectorType) -> Millis {
    match source {
        ConnectorType::Marketo | ConnectorType::Singular | ConnectorType::Trendmicro => HOUR,
        ConnectorType::Amplitude | ConnectorType::Googleanalytics => DAY,
        _ => MINUTE,
    }
}

/// How often flows from this source can run.
pub(crate) fn frequencies(source: &ConnectorType) -> Vec<ScheduleFrequencyType> {
    let least = least_period(source);
    let all = [
        (ScheduleFrequencyType::Byminute, MINUTE),
        (ScheduleFrequencyType::Hourly, HOUR),
        (ScheduleFrequencyType::Daily, DAY),
        (ScheduleFrequencyType::Weekly, 7 * DAY),
        (ScheduleFrequencyType::Monthly, 28 * DAY),
        (ScheduleFrequencyType::Once, Millis::MAX),
    ];
    let possible = all.into_iter().filter(|(_, period)| *period >= least);
    possible.map(|(frequency, _)| frequency).collect()
}

/// What can trigger flows from this source.
pub(crate) fn triggers(source: &ConnectorType) -> Vec<TriggerType> {
    let mut triggers = vec![TriggerType::Scheduled, TriggerType::Ondemand];
    if *source == ConnectorType::Salesforce {
        triggers.insert(1, TriggerType::Event);
    }
    triggers
}

/// All that is said of a vended connector.
pub(crate) fn configuration(connector: &ConnectorType) -> ConnectorConfiguration {
    let is_source = blocks::has_place(&SourceConnectorProperties::empty(), connector);
    let is_destination = blocks::has_place(&DestinationConnectorProperties::empty(), connector);
    let mut configuration = ConnectorConfiguration::default();
    configuration.can_use_as_source = is_source;
    configuration.can_use_as_destination = is_destination;
    if is_source {
        configuration.supported_destination_connectors = Some(destinations_of(connector));
        configuration.supported_scheduling_frequencies = Some(frequencies(connector));
        configuration.supported_trigger_types = Some(triggers(connector));
    }
    configuration.is_private_link_enabled = PRIVATE_LINK.contains(connector);
    configuration.connector_metadata = metadata(connector);
    configuration.connector_type = Some(connector.clone());
    configuration.connector_description = Some(connector.to_string());
    configuration.logo_url = Some(format!("/images/{}.svg", connector.as_str().to_lowercase()));
    configuration.supported_data_transfer_types = Some(data_transfer_types(connector));
    configuration
}

/// The short form, for lists.
pub(crate) fn detail(connector: &ConnectorType) -> ConnectorDetail {
    let is_source = blocks::has_place(&SourceConnectorProperties::empty(), connector);
    let is_destination = blocks::has_place(&DestinationConnectorProperties::empty(), connector);
    let modes = [(is_source, "SOURCE"), (is_destination, "DESTINATION")];
    let modes = modes
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, mode)| mode.to_owned());
    let mut detail = ConnectorDetail::default();
    detail.connector_description = Some(connector.to_string());
    detail.connector_name = Some(connector.to_string());
    detail.connector_owner = Some("AWS".to_owned());
    detail.application_type = Some(connector.to_string());
    detail.connector_type = Some(connector.clone());
    detail.connector_label = Some(connector.to_string());
    detail.registered_by = Some("AWS".to_owned());
    detail.connector_modes = Some(modes.collect());
    detail.supported_data_transfer_types = Some(data_transfer_types(connector));
    detail
}

/// Whether flows from a source may go to a destination.
pub(crate) fn can_go_to(source: &ConnectorType, destination: &ConnectorType) -> bool {
    // SAP is documented as a destination, though no list of a source names it; only Amplitude's says that it is all.
    let unlisted = *destination == ConnectorType::Sapodata && *source != ConnectorType::Amplitude;
    unlisted || destinations_of(source).contains(destination)
}

fn destinations_of(source: &ConnectorType) -> Vec<ConnectorType> {
    let mut destinations = destinations();
    match source {
        ConnectorType::Salesforce => destinations.push(ConnectorType::Eventbridge),
        ConnectorType::Amplitude => destinations.retain(|to| {
            matches!(
                to,
                ConnectorType::S3 | ConnectorType::Lookoutmetrics | ConnectorType::Customconnector
            )
        }),
        ConnectorType::Slack => destinations.retain(|to| *to != ConnectorType::Lookoutmetrics),
        _ => {}
    }
    destinations
}

fn data_transfer_types(connector: &ConnectorType) -> Vec<SupportedDataTransferType> {
    match connector {
        ConnectorType::S3 | ConnectorType::Veeva => {
            vec![
                SupportedDataTransferType::Record,
                SupportedDataTransferType::File,
            ]
        }
        _ => vec![SupportedDataTransferType::Record],
    }
}

/// What is known beyond the connector's name; scopes only where they are documented.
fn metadata(connector: &ConnectorType) -> Option<ConnectorMetadata> {
    let mut metadata = ConnectorMetadata::default();
    match connector {
        ConnectorType::Salesforce => metadata.salesforce = Some(salesforce()),
        ConnectorType::Slack => metadata.slack = Some(SlackMetadata::default()),
        ConnectorType::Zendesk => metadata.zendesk = Some(ZendeskMetadata::default()),
        ConnectorType::Honeycode => metadata.honeycode = Some(HoneycodeMetadata::default()),
        ConnectorType::Googleanalytics => metadata.google_analytics = Some(Shape::empty()),
        ConnectorType::Snowflake => {
            let mut snowflake = SnowflakeMetadata::default();
            let regions = [
                "us-east-1",
                "us-west-2",
                "eu-central-1",
                "eu-west-1",
                "ap-southeast-2",
            ];
            snowflake.supported_regions = Some(regions.map(str::to_owned).to_vec());
            metadata.snowflake = Some(snowflake);
        }
        ConnectorType::Amplitude => metadata.amplitude = Some(Shape::empty()),
        ConnectorType::Datadog => metadata.datadog = Some(Shape::empty()),
        ConnectorType::Dynatrace => metadata.dynatrace = Some(Shape::empty()),
        ConnectorType::Infornexus => metadata.infor_nexus = Some(Shape::empty()),
        ConnectorType::Marketo => metadata.marketo = Some(Shape::empty()),
        ConnectorType::Redshift => metadata.redshift = Some(Shape::empty()),
        ConnectorType::S3 => metadata.s3 = Some(Shape::empty()),
        ConnectorType::Servicenow => metadata.service_now = Some(Shape::empty()),
        ConnectorType::Singular => metadata.singular = Some(Shape::empty()),
        ConnectorType::Trendmicro => metadata.trendmicro = Some(Shape::empty()),
        ConnectorType::Veeva => metadata.veeva = Some(Shape::empty()),
        ConnectorType::Eventbridge => metadata.event_bridge = Some(Shape::empty()),
        ConnectorType::Upsolver => metadata.upsolver = Some(Shape::empty()),
        ConnectorType::Customerprofiles => metadata.customer_profiles = Some(Shape::empty()),
        ConnectorType::Sapodata => metadata.sapo_data = Some(Shape::empty()),
        ConnectorType::Pardot => metadata.pardot = Some(Shape::empty()),
        _ => return None,
    }
    Some(metadata)
}

fn salesforce() -> SalesforceMetadata {
    let mut salesforce = SalesforceMetadata::default();
    salesforce.o_auth_scopes = Some(["api", "refresh_token", "id"].map(str::to_owned).to_vec());
    salesforce.data_transfer_apis = Some(vec![
        SalesforceDataTransferApi::Automatic,
        SalesforceDataTransferApi::Bulkv2,
        SalesforceDataTransferApi::RestSync,
    ]);
    salesforce.oauth2_grant_types_supported = Some(vec![
        OAuth2GrantType::AuthorizationCode,
        OAuth2GrantType::JwtBearer,
    ]);
    salesforce
}
