//! Connector profiles: connections to applications and their credentials, by type of authentication.
//!
//! S3, EventBridge, Lookout for Metrics, Upsolver and Customer Profiles need none. For every other connector, create a profile
//! first, and name it in flows. AWS tests the credentials when it creates the profile: `ConnectorAuthenticationException` means
//! that the application rejected them, `ConnectorServerException` that it did not respond.
//!
//! | Connectors | Credentials |
//! |---|---|
//! | Salesforce, Pardot, Zendesk, Slack, Marketo, Google Analytics, SAP OData, ServiceNow, custom | [OAuth 2.0](#oauth-20) |
//! | Salesforce | [a signed token](#salesforce-with-a-signed-token), too |
//! | Veeva, Snowflake, ServiceNow, SAP OData, Redshift, custom | [name and password](#name-and-password) |
//! | Amplitude, Datadog, Dynatrace, Singular, Trend Micro, Infor Nexus, custom | [keys](#keys) |
//!
//! `Debug` of these types and their builders never shows credentials, and AWS never returns them.
//!
//! # OAuth 2.0
//!
//! With existing tokens:
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
//! With an authorization code from the application's consent page, instead of tokens:
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
//! The error `AuthCode cannot be blank` means that the call had neither tokens nor another grant, so AWS expected a code.
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
//! Set the grant type explicitly. `CLIENT_CREDENTIALS` is in the model, but Salesforce profiles do not support it.
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
//! The `authentication_config` of [`describe_connector`](crate::Client::describe_connector) lists the authentication types of a
//! custom connector. In the profile, set one of them, the label of the connector, and the block of that type:
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
//! With `ConnectionMode::Private`, AWS sets up PrivateLink after the call has returned. Flows cannot use the profile until its
//! `private_connection_provisioning_state` is `CREATED`.
