//! The operations that register, update and unregister custom connectors.
//!
//! The function of a connector is called to describe it. If functions are not called, the description is derived from the
//! label.

use crate::arn;
use crate::functions::{self, Described};
use crate::generated::error;
use crate::messages;
use crate::operations::flows::time;
use crate::pagination::PageRequest;
use crate::session::{Session, required};
use crate::state::{Entity, Registration};
use appflow_sdk::operation::list_connectors::{ListConnectorsInput, ListConnectorsOutput};
use appflow_sdk::operation::register_connector::{RegisterConnectorInput, RegisterConnectorOutput};
use appflow_sdk::operation::unregister_connector::{
    UnregisterConnectorInput, UnregisterConnectorOutput,
};
use appflow_sdk::operation::update_connector_registration::{
    UpdateConnectorRegistrationInput, UpdateConnectorRegistrationOutput,
};
use appflow_sdk::types::{
    ConnectorDetail, ConnectorProvisioningConfig, ConnectorProvisioningType, ConnectorType,
};
use smithy_reqwest::server::ServiceError;
use std::collections::BTreeMap;

pub(crate) fn register(
    session: &mut Session<'_>,
    input: RegisterConnectorInput,
) -> Result<RegisterConnectorOutput, ServiceError> {
    let label = input.connector_label.filter(|label| !label.is_empty());
    let label = label.ok_or_else(|| messages::invalid("connectorLabel must be given."))?;
    if input.connector_provisioning_type.is_none() {
        return Err(messages::invalid(
            "connectorProvisioningType must be given.",
        ));
    }
    let lambda = lambda_arn(input.connector_provisioning_config);
    let lambda_arn =
        lambda.ok_or_else(|| messages::invalid("The ARN of the Lambda function must be given."))?;
    if session.scope.registrations.contains_key(&label) {
        return Err(messages::conflict(format_args!(
            "Connector with label {label} already exists."
        )));
    }
    let described = describe(session, &lambda_arn)?;
    let registration = Registration {
        described,
        arn: arn::of(session.caller, "connector", &label),
        label,
        description: input.description,
        lambda_arn,
        revision: 1,
        registered_at: session.now,
        registered_by: "CUSTOM".to_owned(),
        tags: BTreeMap::new(),
    };
    let mut output = RegisterConnectorOutput::default();
    output.connector_arn = Some(registration.arn.clone());
    keep(session, registration);
    Ok(output)
}

fn lambda_arn(config: Option<ConnectorProvisioningConfig>) -> Option<String> {
    config?.lambda.map(|lambda| lambda.lambda_arn)
}

/// Calls a function to describe its connector, if functions are called.
fn describe(session: &Session<'_>, function: &str) -> Result<Option<Described>, ServiceError> {
    if !session.calls_functions() {
        return Ok(None);
    }
    let response = session.invoke(function, functions::describe_configuration())?;
    let described = Described::read(response);
    let invalid = |reason| format!("invalid configuration from the function {function}: {reason}");
    let described = described.map_err(|reason| error::connector_server_exception(invalid(reason)));
    described.map(Some)
}

fn keep(session: &mut Session<'_>, registration: Registration) {
    session
        .scope
        .touch(Entity::Registration(registration.label.clone()));
    session
        .scope
        .registrations
        .insert(registration.label.clone(), registration);
}

/// Updates a registration. Without a provisioning configuration, the function stays the same.
pub(crate) fn update(
    session: &mut Session<'_>,
    input: UpdateConnectorRegistrationInput,
) -> Result<UpdateConnectorRegistrationOutput, ServiceError> {
    let label = required(input.connector_label, "connectorLabel")?;
    let found = session.scope.registrations.get(&label);
    let mut registration = found.ok_or_else(|| messages::no_connector(&label))?.clone();
    if let Some(lambda_arn) = lambda_arn(input.connector_provisioning_config) {
        registration.lambda_arn = lambda_arn;
    }
    registration.described = describe(session, &registration.lambda_arn)?;
    if input.description.is_some() {
        registration.description = input.description;
    }
    registration.revision += 1;
    let mut output = UpdateConnectorRegistrationOutput::default();
    output.connector_arn = Some(registration.arn.clone());
    keep(session, registration);
    Ok(output)
}

pub(crate) fn unregister(
    session: &mut Session<'_>,
    input: &UnregisterConnectorInput,
) -> Result<UnregisterConnectorOutput, ServiceError> {
    let label = input.connector_label().unwrap_or_default();
    if !session.scope.registrations.contains_key(label) {
        return Err(messages::no_connector(label));
    }
    let profiles = session.scope.profiles.values();
    let used = profiles.filter(|profile| profile.connector_label.as_deref() == Some(label));
    let profiles: Vec<&str> = used.map(|profile| profile.name.as_str()).collect();
    if !profiles.is_empty() && !input.force_delete.unwrap_or(false) {
        return Err(messages::conflict(format_args!(
            "Connector: {label} is associated with one or more connector profiles. If you still want to delete it, then \
             make delete request with forceDelete flag as true. Some of the associated connector profiles are: {}",
            messages::bracketed(profiles)
        )));
    }
    session.scope.registrations.remove(label);
    session.scope.touch(Entity::Registration(label.to_owned()));
    Ok(UnregisterConnectorOutput::default())
}

pub(crate) fn list(
    session: &Session<'_>,
    input: &ListConnectorsInput,
) -> Result<ListConnectorsOutput, ServiceError> {
    let request = PageRequest {
        listing: "ListConnectors",
        max_results: input.max_results,
        next_token: input.next_token(),
    };
    let page = request.page(session.scope.registrations.values(), |found| {
        found.label.clone()
    })?;
    let mut output = ListConnectorsOutput::default();
    output.connectors = Some(page.items.into_iter().map(detail).collect());
    output.next_token = page.next_token;
    Ok(output)
}

pub(crate) fn detail(registration: &Registration) -> ConnectorDetail {
    let mut detail = ConnectorDetail::default();
    detail.connector_description = registration.description.clone();
    let label = || Some(registration.label.clone());
    detail.connector_name = described(registration, "connectorName").or_else(label);
    detail.connector_owner =
        described(registration, "connectorOwner").or_else(|| Some("appflow-local".to_owned()));
    detail.connector_version = Some(version(registration));
    detail.application_type = label();
    detail.connector_type = Some(ConnectorType::Customconnector);
    detail.connector_label = label();
    detail.registered_at = Some(time(registration.registered_at));
    detail.registered_by = Some(registration.registered_by.clone());
    detail.connector_provisioning_type = Some(ConnectorProvisioningType::Lambda);
    let described = registration.described.as_ref();
    let own_modes = described.and_then(Described::modes);
    detail.connector_modes = Some(own_modes.unwrap_or_else(modes));
    detail
}

fn described(registration: &Registration, member: &str) -> Option<String> {
    registration.described.as_ref()?.text(member)
}

pub(super) fn version(registration: &Registration) -> String {
    let version = described(registration, "connectorVersion");
    version.unwrap_or_else(|| format!("1.{}", registration.revision - 1))
}

pub(super) fn modes() -> Vec<String> {
    vec!["SOURCE".to_owned(), "DESTINATION".to_owned()]
}
