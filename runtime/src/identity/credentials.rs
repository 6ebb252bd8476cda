//! The environment, files and metadata services of this machine in, AWS credentials out.
//!
//! Every source here is a [`ProvideCredentials`], the trait of `aws-credential-types`: a source from elsewhere, such as
//! those of `aws-config`, fits wherever one of these does. [`DefaultChain`] asks the sources in the usual order,
//! [`CachingProvider`] keeps what any of them answers.
//!
//! A source answers [`CredentialsError::CredentialsNotLoaded`] only when it is not configured. One that is configured
//! and fails answers with another error, and a chain stops there: going on would end in a message about the wrong
//! source, or in credentials that nobody meant.

mod cache;
mod captured;
mod chain;
mod container;
mod describe;
mod environment;
mod imds;
mod imds_client;
mod json;
mod metadata;
mod process;
mod process_group;
mod profile;
mod shared_error;
mod unsupported;
mod web_identity;

pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::error::CredentialsError;
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use cache::CachingProvider;
pub use chain::{ChainError, DefaultChain, DefaultChainBuilder};
pub use container::ContainerProvider;
pub use describe::describe;
pub use environment::EnvironmentProvider;
pub use imds::ImdsProvider;
pub use imds_client::{ImdsClient, ImdsError};
pub use metadata::{MetadataError, metadata_transport};
pub use profile::ProfileProvider;

use aws_credential_types::provider::Result;
