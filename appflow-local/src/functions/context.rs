//! [`Context`]: the part that all requests for entities and data have in common.

use appflow_sdk::types::AuthenticationType;
use serde_json::{Map, Value, json};

/// The connector context of the protocol.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Context {
    /// The ARN of the function.
    pub(crate) function: String,
    pub(crate) settings: Value,
    api_version: String,
    credentials: Value,
}

impl Context {
    /// Creates a context. The function reads the credentials from the secret with this ARN. If a profile has no credentials,
    /// the context has none.
    pub(crate) fn new<'a>(
        function: &str,
        api_version: &str,
        settings: impl Iterator<Item = (&'a String, &'a String)>,
        secret: (&str, Option<&AuthenticationType>),
    ) -> Self {
        let settings = settings.map(|(name, value)| (name.clone(), json!(value)));
        Self {
            function: function.to_owned(),
            settings: Value::Object(settings.collect::<Map<_, _>>()),
            api_version: api_version.to_owned(),
            credentials: credentials(secret),
        }
    }

    /// Returns the credentials in the form of the protocol: the ARN of their secret, and their type.
    pub(crate) fn credentials(&self) -> &Value {
        &self.credentials
    }

    /// Returns the context in the form of the protocol.
    pub(crate) fn json(&self, entity_definition: Option<&Value>) -> Value {
        json!({
            "apiVersion": self.api_version, "connectorRuntimeSettings": self.settings,
            "credentials": self.credentials, "entityDefinition": entity_definition,
        })
    }
}

fn credentials((secret_arn, kind): (&str, Option<&AuthenticationType>)) -> Value {
    let kind = match kind {
        Some(AuthenticationType::Apikey) => "ApiKey",
        Some(AuthenticationType::Basic) => "BasicAuth",
        Some(AuthenticationType::Custom) => "CustomAuth",
        Some(AuthenticationType::Oauth2) => "OAuth2",
        _ => return Value::Null,
    };
    json!({"secretArn": secret_arn, "authenticationType": kind})
}
