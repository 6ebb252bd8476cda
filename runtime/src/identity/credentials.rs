//! The environment, files and metadata services of this machine in, AWS credentials out.
//!
//! [`DefaultChain`] asks the sources in the usual order, [`CachingProvider`] keeps what any of them answers. Each source
//! is public, and made of a [`ProviderConfig`]; [`plan`] tells how a profile comes to its credentials, without asking
//! anybody.
//!
//! Every source here is a [`ProvideCredentials`], the trait of `aws-credential-types`: it serves programs on AWS's own
//! SDKs too, and a source from elsewhere, such as those of `aws-config`, fits wherever one of these does.
//!
//! A source answers [`CredentialsError::CredentialsNotLoaded`] only when it is not configured. One that is configured
//! and fails answers with another error, and a chain stops there: going on would end in a message about the wrong
//! source, or in credentials that nobody meant.

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
mod question;
mod refresh_gate;
mod service;
mod shared_error;
mod sso;
mod sso_token;
mod sts;
mod web_identity;
mod xml;

pub use crate::identity::file_system::FileSystem;
pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::error::CredentialsError;
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use cache::CachingProvider;
pub use chain::{ChainError, DefaultChain};
pub use container::ContainerProvider;
pub use describe::describe;
pub use environment::EnvironmentProvider;
pub use exchange::NoAnswer;
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
