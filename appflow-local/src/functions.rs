//! The functions behind custom connectors: AppFlow's connector protocol, spoken to a Lambda endpoint.
//!
//! The requests and answers are those of AWS's connector SDKs (`custom-connector-sdk` for Python). Of its eight requests
//! `RetrieveData` is never sent: no flow reads records by their identifiers.

mod configuration;
mod context;
mod entity;
mod failure;
mod inquiry;
mod invoke;

pub(crate) use configuration::Described;
pub(crate) use context::Context;
pub(crate) use entity::{described_fields, listed_entities};
pub(crate) use failure::Failure;
pub(crate) use inquiry::Inquiry;
pub(crate) use invoke::{Endpoint, Functions};

use serde_json::{Value, json};

/// A request to the function of a connector.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    /// The ARN of the function.
    pub(crate) function: String,
    pub(crate) request: Value,
}

/// Where settings of a connector are given.
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

/// Returns the request for a connector's description of itself.
pub(crate) fn describe_configuration() -> Value {
    json!({"type": "DescribeConnectorConfigurationRequest", "locale": "en-US"})
}

/// Returns the request to check settings that were given at one place.
pub(crate) fn validate_settings(scope: SettingScope, settings: &Value) -> Value {
    json!({
        "type": "ValidateConnectorRuntimeSettingsRequest", "scope": scope.name(),
        "connectorRuntimeSettings": settings,
    })
}

/// Returns the request to check the credentials of a profile.
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

/// A member that is absent when there is no value, so that the function takes its own default.
pub(crate) fn set(request: &mut Value, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        request[name] = value;
    }
}
