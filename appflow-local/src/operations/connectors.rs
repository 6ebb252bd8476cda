//! `DescribeConnector`, `DescribeConnectors`, `ListConnectors` and `ResetConnectorMetadataCache`.

use crate::catalog;
use crate::generated::error;
use crate::messages;
use crate::operations::flows::time;
use crate::operations::registrations::{self, modes, version};
use crate::pagination::PageRequest;
use crate::session::{Session, required};
use crate::state::Registration;
use crate::vended;
use appflow_sdk::flows::needs_profile;
use appflow_sdk::operation::describe_connector::{DescribeConnectorInput, DescribeConnectorOutput};
use appflow_sdk::operation::describe_connectors::{
    DescribeConnectorsInput, DescribeConnectorsOutput,
};
use appflow_sdk::operation::reset_connector_metadata_cache::{
    ResetConnectorMetadataCacheInput, ResetConnectorMetadataCacheOutput,
};
use appflow_sdk::types::{
    AuthenticationConfig, ConnectorConfiguration, ConnectorDetail, ConnectorProvisioningConfig,
    ConnectorProvisioningType, ConnectorType, LambdaConnectorProvisioningConfig, Operators,
    WriteOperationType,
};
use smithy_reqwest::server::ServiceError;

pub(crate) fn describe(
    session: &Session<'_>,
    input: DescribeConnectorInput,
) -> Result<DescribeConnectorOutput, ServiceError> {
    let connector = required(input.connector_type, "connectorType")?;
    let configuration = if connector == ConnectorType::Customconnector {
        let label = input.connector_label;
        let label = label.ok_or_else(|| {
            messages::invalid("connectorLabel must be given for a CustomConnector.")
        })?;
        match (
            session.scope.registrations.get(&label),
            vended::find(&label),
        ) {
            (Some(registration), _) => custom(registration)?,
            (None, Some(label)) => labelled(label),
            (None, None) => return Err(messages::no_connector(&label)),
        }
    } else {
        catalog::configuration(&connector)
    };
    let mut output = DescribeConnectorOutput::default();
    output.connector_configuration = Some(configuration);
    Ok(output)
}

/// Describes the built-in connectors and, if custom connectors are requested, the registered ones.
pub(crate) fn describe_all(
    session: &Session<'_>,
    input: &DescribeConnectorsInput,
) -> Result<DescribeConnectorsOutput, ServiceError> {
    let wanted = input
        .connector_types
        .as_deref()
        .filter(|wanted| !wanted.is_empty());
    let wants = |connector: &ConnectorType| wanted.is_none_or(|wanted| wanted.contains(connector));
    let request = PageRequest {
        listing: &format!("DescribeConnectors {wanted:?}"),
        max_results: input.max_results,
        next_token: input.next_token(),
    };
    let vended = catalog::types()
        .filter(|connector| wants(connector))
        .map(Listed::Vended);
    let custom = wanted.is_some_and(|wanted| wanted.contains(&ConnectorType::Customconnector));
    let custom = session
        .scope
        .registrations
        .values()
        .filter(|_| custom)
        .map(Listed::Custom);
    let page = request.page(vended.chain(custom), Listed::key)?;
    let mut output = DescribeConnectorsOutput::default();
    output.connectors = Some(page.items.iter().map(Listed::detail).collect());
    let vended = page.items.iter().filter_map(Listed::configuration);
    output.connector_configurations = Some(vended.collect());
    output.next_token = page.next_token;
    Ok(output)
}

/// A connector in a page of results.
enum Listed<'a> {
    Vended(ConnectorType),
    Custom(&'a Registration),
}

impl Listed<'_> {
    fn key(&self) -> String {
        match self {
            Self::Vended(connector) => format!("0{connector}"),
            Self::Custom(registration) => format!("1{}", registration.label),
        }
    }

    fn detail(&self) -> ConnectorDetail {
        match self {
            Self::Vended(connector) => catalog::detail(connector),
            Self::Custom(registration) => registrations::detail(registration),
        }
    }

    fn configuration(&self) -> Option<(ConnectorType, ConnectorConfiguration)> {
        match self {
            Self::Vended(connector) => Some((connector.clone(), catalog::configuration(connector))),
            Self::Custom(_) => None,
        }
    }
}

/// Returns the configuration of every custom connector.
fn labelled(label: &str) -> ConnectorConfiguration {
    let mut authentication = AuthenticationConfig::default();
    authentication.is_basic_auth_supported = true;
    authentication.is_api_key_auth_supported = true;
    authentication.is_o_auth2_supported = true;
    authentication.is_custom_auth_supported = true;
    let custom = ConnectorType::Customconnector;
    let mut configuration = ConnectorConfiguration::default();
    configuration.can_use_as_source = true;
    configuration.can_use_as_destination = true;
    configuration.supported_destination_connectors = Some(catalog::destinations());
    configuration.supported_scheduling_frequencies = Some(catalog::frequencies(&custom));
    configuration.supported_trigger_types = Some(catalog::triggers(&custom));
    configuration.connector_type = Some(custom);
    configuration.connector_label = Some(label.to_owned());
    configuration.connector_name = Some(label.to_owned());
    configuration.connector_owner = Some("AWS".to_owned());
    configuration.connector_modes = Some(modes());
    configuration.authentication_config = Some(authentication);
    configuration.supported_api_versions = Some(vec!["v1".to_owned()]);
    let operators = Operators::values().iter();
    configuration.supported_operators =
        Some(operators.map(|name| Operators::from(*name)).collect());
    let writes = WriteOperationType::values().iter();
    configuration.supported_write_operations =
        Some(writes.map(|name| WriteOperationType::from(*name)).collect());
    configuration.registered_by = Some("AWS".to_owned());
    configuration
}

fn custom(registration: &Registration) -> Result<ConnectorConfiguration, ServiceError> {
    let lambda = LambdaConnectorProvisioningConfig::builder()
        .lambda_arn(registration.lambda_arn.clone())
        .build()
        .map_err(|error| messages::invalid(error.to_string()))?;
    let mut configuration = labelled(&registration.label);
    configuration.connector_owner = Some("appflow-local".to_owned());
    if let Some(described) = &registration.described {
        let returned = described.configuration();
        let mut returned = returned.map_err(error::connector_server_exception)?;
        returned.supported_destination_connectors = configuration.supported_destination_connectors;
        returned.connector_type = configuration.connector_type;
        returned.connector_label = configuration.connector_label;
        configuration = returned;
    }
    configuration.connector_description = registration.description.clone();
    configuration.connector_version = Some(version(registration));
    configuration.connector_arn = Some(registration.arn.clone());
    configuration.connector_provisioning_type = Some(ConnectorProvisioningType::Lambda);
    configuration.connector_provisioning_config = Some(
        ConnectorProvisioningConfig::builder()
            .lambda(lambda)
            .build(),
    );
    configuration.registered_at = Some(time(registration.registered_at));
    configuration.registered_by = Some(registration.registered_by.clone());
    Ok(configuration)
}

/// Validates the request. There is no cache to reset.
pub(crate) fn reset_cache(
    session: &Session<'_>,
    input: &ResetConnectorMetadataCacheInput,
) -> Result<ResetConnectorMetadataCacheOutput, ServiceError> {
    match (input.connector_profile_name(), &input.connector_type) {
        (Some(name), _) if !session.scope.profiles.contains_key(name) => {
            Err(messages::no_profile(name))
        }
        (None, None) => Err(messages::invalid(
            "connectorProfileName or connectorType must be given.",
        )),
        (None, Some(connector)) if needs_profile(connector) => Err(messages::invalid(format!(
            "connectorProfileName must be given for {connector}."
        ))),
        _ => Ok(ResetConnectorMetadataCacheOutput::default()),
    }
}
