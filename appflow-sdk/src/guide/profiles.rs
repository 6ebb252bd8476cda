//! Connector profiles: how to reach an application, and with which credentials, by kind of authentication.
//!
//! S3, EventBridge, Lookout for Metrics, Upsolver and Customer Profiles need none. For every other connector, a profile
//! comes first, and flows name it. AWS tries the credentials while it creates the profile: a refusal by the application is
//! `ConnectorAuthenticationException`, an application that does not answer is `ConnectorServerException`.
//!
//! | Connectors | Credentials |
//! |---|---|
//! | Salesforce, Pardot, Zendesk, Slack, Marketo, Google Analytics, SAP OData, ServiceNow, custom | [OAuth 2.0](#oauth-20) |
//! | Salesforce | [a signed token](#salesforce-with-a-signed-token), too |
//! | Veeva, Snowflake, ServiceNow, SAP OData, Redshift, custom | [name and password](#name-and-password) |
//! | Amplitude, Datadog, Dynatrace, Singular, Trend Micro, Infor Nexus, custom | [keys](#keys) |
//!
//! Credentials never print, neither these types nor their builders, and AWS never gives them back.
//!
//! # OAuth 2.0
//!
//! With tokens that you have already:
//!
//! ```
//! use appflow_sdk::types::{
//!     ConnectorProfileConfig, ConnectorProfileCredentials, ConnectorProfileProperties,
//!     SalesforceConnectorProfileCredentials, SalesforceConnectorProfileProperties,
//! };
//!
//! let salesforce = SalesforceConnectorProfileProperties::builder()
//!     .instance_url("https://acme.my.salesforce.com")
//!     .build();
//! let tokens = SalesforceConnectorProfileCredentials::builder()
//!     .access_token("…")
//!     .refresh_token("…")
//!     .client_credentials_arn("arn:aws:secretsmanager:us-east-1:123456789012:secret:salesforce-app")
//!     .build();
//! let config = ConnectorProfileConfig::builder()
//!     .connector_profile_properties(ConnectorProfileProperties::builder().salesforce(salesforce).build())
//!     .connector_profile_credentials(ConnectorProfileCredentials::builder().salesforce(tokens).build())
//!     .build();
//!
//! assert!(!format!("{config:?}").contains('…'), "secrets do not print");
//! ```
//!
//! With a code that a person has just been given by the application's consent page, instead of tokens:
//!
//! ```
//! use appflow_sdk::types::{ConnectorOAuthRequest, ZendeskConnectorProfileCredentials};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let code = ConnectorOAuthRequest::builder()
//!     .auth_code("…")
//!     .redirect_uri("https://eu-west-1.console.aws.amazon.com/appflow/oauth")
//!     .build();
//! let credentials = ZendeskConnectorProfileCredentials::builder()
//!     .client_id("…")
//!     .client_secret("…")
//!     .o_auth_request(code)
//!     .build()?;
//! # let _ = credentials;
//! # Ok(())
//! # }
//! ```
//!
//! `AuthCode cannot be blank` means that AWS took the call for this kind: neither tokens nor another grant were there.
//!
//! # Salesforce with a signed token
//!
//! ```
//! use appflow_sdk::types::{OAuth2GrantType, SalesforceConnectorProfileCredentials};
//!
//! let credentials = SalesforceConnectorProfileCredentials::builder()
//!     .o_auth2_grant_type(OAuth2GrantType::JwtBearer)
//!     .jwt_token("…")
//!     .build();
//! # let _ = credentials;
//! ```
//!
//! The grant type has to be said. `CLIENT_CREDENTIALS` is in the model, but Salesforce profiles do not take it.
//!
//! # Name and password
//!
//! ```
//! use appflow_sdk::types::VeevaConnectorProfileCredentials;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let credentials = VeevaConnectorProfileCredentials::builder()
//!     .username("integration@acme.com")
//!     .password("…")
//!     .build()?;
//! # let _ = credentials;
//! # Ok(())
//! # }
//! ```
//!
//! # Keys
//!
//! ```
//! use appflow_sdk::types::DatadogConnectorProfileCredentials;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let credentials = DatadogConnectorProfileCredentials::builder()
//!     .api_key("…")
//!     .application_key("…")
//!     .build()?;
//! # let _ = credentials;
//! # Ok(())
//! # }
//! ```
//!
//! # Custom connectors
//!
//! What a custom connector asks for is in the `authentication_config` of
//! [`describe_connector`](crate::Client::describe_connector). The profile then says which of its kinds it uses, names the
//! connector by its label, and carries the one block that goes with it:
//!
//! ```
//! use appflow_sdk::types::{AuthenticationType, CustomAuthCredentials, CustomConnectorProfileCredentials};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let own = CustomAuthCredentials::builder()
//!     .custom_authentication_type("token")
//!     .credentials_map("apiToken", "…")
//!     .build()?;
//! let credentials = CustomConnectorProfileCredentials::builder()
//!     .authentication_type(AuthenticationType::Custom)
//!     .custom(own)
//!     .build()?;
//! # let _ = credentials;
//! # Ok(())
//! # }
//! ```
//!
//! # Private connections
//!
//! With `ConnectionMode::Private`, AWS sets up PrivateLink after it has answered. Until the profile's
//! `private_connection_provisioning_state` is `CREATED`, flows cannot use it.
