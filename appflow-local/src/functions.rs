//! Calls the Lambda functions of custom connectors with AppFlow's connector protocol.
//!
//! The requests and responses are those of AWS's connector SDKs (`custom-connector-sdk` for Python). Of its eight requests,
//! `RetrieveData` is never sent: no flow reads records by their identifiers.

mod configuration;
mod context;
mod entity;
mod failure;
mod invocations;
mod invoke;

pub(crate) use configuration::Described;
pub(crate) use context::Context;
pub(crate) use entity::{described_fields, listed_entities};
pub(crate) use failure::Failure;
pub(crate) use invocations::Invocations;
pub(crate) use invoke::Functions;

use serde_json::{Value, json};

/// A request to the function of a connector.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Invocation {
    /// The ARN of the function.
    pub(crate) function: String,
    pub(crate) request: Value,
}

/// The part of a profile or flow that settings of a connector belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SettingScope {
    Profile,
    Source,
    Destination,
}

impl SettingScope {
    fn name(self) -> &'static str {
        match self {
            Self::Profile => "CONNECTOR_PROFILE",
            Self::Source => "SOURCE",
            Self::Destination => "DESTINATION",
        }
    }
}

/// Returns the request for the configuration of a connector.
pub(crate) fn describe_configuration() -> Value {
    json!({"type": "DescribeConnectorConfigurationRequest", "locale": "en-US"})
}

/// Returns the request to validate the settings of a profile, a source or a destination.
pub(crate) fn validate_settings(scope: SettingScope, settings: &Value) -> Value {
    json!({
        "type": "ValidateConnectorRuntimeSettingsRequest", "scope": scope.name(),
        "connectorRuntimeSettings": settings,
    })
}

/// Returns the request to validate the credentials of a profile.
pub(crate) fn validate_credentials(context: &Context) -> Value {
    json!({
        "type": "ValidateCredentialsRequest", "credentials": context.credentials(),
        "connectorRuntimeSettings": context.settings,
    })
}

/// Returns the request for the entities below a path.
pub(crate) fn list_entities(
    context: &Context,
    path: Option<&str>,
    next_token: Option<&str>,
    max_result: Option<i32>,
) -> Value {
    let mut request =
        json!({"type": "ListEntitiesRequest", "connectorContext": context.json(None)});
    set(&mut request, "entitiesPath", path.map(Value::from));
    set(&mut request, "nextToken", next_token.map(Value::from));
    set(&mut request, "maxResult", max_result.map(Value::from));
    request
}

/// Returns the request for the fields of an entity.
pub(crate) fn describe_entity(context: &Context, entity: &str) -> Value {
    json!({
        "type": "DescribeEntityRequest", "entityIdentifier": entity, "connectorContext": context.json(None),
    })
}

/// Sets a member if it has a value. Otherwise it is absent, so that the function uses its default.
pub(crate) fn set(request: &mut Value, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        request[name] = value;
    }
}
