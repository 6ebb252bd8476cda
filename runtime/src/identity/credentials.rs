//! Credential providers for the environment, the profile files and the metadata services of the machine.
//!
//! [`DefaultChain`] tries the sources in the usual order, and [`CachingProvider`] caches the credentials of any
//! provider. Each source is public, and created from a [`ProviderConfig`]. [`plan`] returns how a profile gets its
//! credentials, without any request.
//!
//! Each source is a [`ProvideCredentials`], the trait of `aws-credential-types`. It serves programs on the AWS SDK for
//! Rust too, and a provider from elsewhere, such as those of `aws-config`, can replace any of them.
//!
//! A source returns [`CredentialsError::CredentialsNotLoaded`] only if it is not configured. One that is configured and
//! fails returns another error, and a chain stops there: otherwise it would end with a message about the wrong source,
//! or with unintended credentials.

mod cache;
mod cached_token;
mod captured;
mod chain;
mod container;
mod describe;
mod environment;
mod exchange;
mod imds;
mod imds_client;
mod json;
mod login;
mod metadata;
pub mod plan;
mod process;
mod process_group;
mod profile;
mod provider_config;
mod refresh_gate;
mod service;
mod service_request;
mod shared_error;
mod sso;
mod sso_token;
mod sts;
mod web_identity;
mod xml;

pub use crate::http::time::{SharedClock, SystemClock};
pub use crate::identity::environment::Environment;
pub use crate::identity::file_system::FileSystem;
pub use crate::identity::profile::Profiles;
pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::error::CredentialsError;
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use cache::CachingProvider;
pub use chain::{ChainError, DefaultChain};
pub use container::ContainerProvider;
pub use describe::describe;
pub use environment::EnvironmentProvider;
pub use exchange::NoResponse;
/// The previous name of [`NoResponse`].
#[doc(hidden)]
pub use exchange::NoResponse as NoAnswer;
pub use imds::ImdsProvider;
pub use imds_client::{ImdsClient, ImdsError};
pub use login::LoginProvider;
pub use metadata::metadata_transport;
pub use profile::ProfileProvider;
pub use provider_config::ProviderConfig;
pub use sso::SsoProvider;
pub use sso_token::SsoTokenProvider;
pub use web_identity::WebIdentityProvider;

use aws_credential_types::provider::Result;
