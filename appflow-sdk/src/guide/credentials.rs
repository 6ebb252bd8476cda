//! Credentials: the sources, their settings and files, and how to sign in.
//!
//! [`Client::from_env`](crate::Client::from_env) finds credentials as the AWS CLI and AWS SDKs do, without another crate.
//! The same code works on a laptop with IAM Identity Center, in an EKS pod and on an EC2 instance:
//!
//! ```no_run
//! # async fn run() -> Result<(), appflow_sdk::Error> {
//! let client = appflow_sdk::Client::from_env().await?;
//! # let _ = client;
//! # Ok(())
//! # }
//! ```
//!
//! To use a profile by name, for all settings including region and retries:
//!
//! ```no_run
//! # async fn run() -> Result<(), appflow_sdk::Error> {
//! let client = appflow_sdk::Client::from_env().profile_name("dev").await?;
//! # let _ = client;
//! # Ok(())
//! # }
//! ```
//!
//! # The order
//!
//! [`DefaultChain`](crate::credentials::DefaultChain) tries these sources in order. It continues with the next one only if a
//! source is not configured. If a configured source fails, the search ends with an error that states the fault and lists
//! the sources that were tried.
//!
//! 1. The variables `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, unless the program names a profile.
//! 2. The profile that the program names, else `AWS_PROFILE`, else `default`.
//! 3. A web identity in environment variables.
//! 4. The credentials endpoint of a container.
//! 5. EC2 instance metadata.
//!
//! Within a profile, the first of these that is set is used: a role with its source, a web identity, IAM Identity Center,
//! `aws login`, a process, keys. In a profile that `source_profile` names, keys take precedence over a role.
//!
//! # All sources
//!
//! | Source | Provider | Settings | Files |
//! |---|---|---|---|
//! | keys in variables | [`EnvironmentProvider`](crate::credentials::EnvironmentProvider) | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_ACCOUNT_ID` | |
//! | keys in a profile | [`ProfileProvider`](crate::credentials::ProfileProvider) | `aws_access_key_id`, `aws_secret_access_key`, `aws_session_token`, `aws_account_id` | `~/.aws/credentials`, `~/.aws/config` |
//! | a role | [`ProfileProvider`](crate::credentials::ProfileProvider) | `role_arn` with `source_profile` or `credential_source` (`Environment`, `Ec2InstanceMetadata`, `EcsContainer`), `role_session_name`, `external_id`, `duration_seconds`, `mfa_serial` | `~/.aws/config` |
//! | a web identity | [`WebIdentityProvider`](crate::credentials::WebIdentityProvider) | `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN`, `AWS_ROLE_SESSION_NAME`; `web_identity_token_file`, `role_arn`, `role_session_name` | the token's file, read each time |
//! | IAM Identity Center (SSO) | [`SsoProvider`](crate::credentials::SsoProvider) | `sso_session` and its section's `sso_start_url`, `sso_region`; `sso_account_id`, `sso_role_name`; or all of them in the profile, without `sso_session` | `~/.aws/sso/cache/*.json` |
//! | `aws login` | [`LoginProvider`](crate::credentials::LoginProvider) | `login_session`, `AWS_LOGIN_CACHE_DIRECTORY` | `~/.aws/login/cache/*.json` |
//! | a process | [`ProfileProvider`](crate::credentials::ProfileProvider) | `credential_process` | |
//! | a container (ECS, EKS Pod Identity) | [`ContainerProvider`](crate::credentials::ContainerProvider) | `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`, `AWS_CONTAINER_CREDENTIALS_FULL_URI`, `AWS_CONTAINER_AUTHORIZATION_TOKEN`, `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` | the token's file, read each time |
//! | an EC2 instance | [`ImdsProvider`](crate::credentials::ImdsProvider) | `AWS_EC2_METADATA_DISABLED`, `AWS_EC2_METADATA_SERVICE_ENDPOINT`, `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`; `ec2_metadata_service_endpoint`, `ec2_metadata_service_endpoint_mode` | `~/.aws/config` |
//!
//! Set `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` to use other profile files.
//!
//! # Signing in
//!
//! Start a session of IAM Identity Center or of `aws login` with the AWS CLI version 2:
//!
//! ```text
//! aws sso login --profile dev
//! aws login --profile dev
//! ```
//!
//! The client reads the tokens that the AWS CLI stores. If the session allows it, the client refreshes a token five minutes
//! before it expires and writes it back to the file, with all other content preserved and readable only by its owner. A
//! failed refresh is retried after 30 seconds. If the session has expired, the error names the command to run.
//!
//! A profile with `sso_session` also provides bearer tokens to clients of services that support them.
//!
//! # Requests for credentials
//!
//! Roles are assumed with AWS STS in the client's region: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else `region` in the
//! profile, else the region of the EC2 instance. Without a region there is an error, and no call to a default one. Sign-In is
//! called in the region of the session, else in the client's region; IAM Identity Center is called in `sso_region`.
//!
//! These requests use the client's transport, with its CA bundle and proxy. Each has three attempts of ten seconds. These
//! settings change the endpoints: `AWS_ENDPOINT_URL_STS`, `AWS_ENDPOINT_URL_SSO`, `AWS_ENDPOINT_URL_SSO_OIDC`,
//! `AWS_ENDPOINT_URL_SIGNIN`, `AWS_ENDPOINT_URL` (for all services, including AppFlow), `services` sections,
//! `AWS_USE_FIPS_ENDPOINT`, `AWS_USE_DUALSTACK_ENDPOINT`, `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`. Requests to the metadata
//! services of containers and instances do not use a proxy.
//!
//! # MFA
//!
//! A role with `mfa_serial` requires a code from a device. Set a function that asks for it; without one, such a profile is
//! an error that names the property with file and line.
//!
//! ```no_run
//! use std::io::{BufRead, stdin};
//!
//! # async fn run() -> Result<(), appflow_sdk::Error> {
//! let client = appflow_sdk::Client::from_env()
//!     .profile_name("admin")
//!     .mfa(|serial| async move {
//!         eprintln!("code of {serial}:");
//!         let mut code = String::new();
//!         stdin().lock().read_line(&mut code)?;
//!         Ok(code.trim().to_owned())
//!     })
//!     .await?;
//! # let _ = client;
//! # Ok(())
//! # }
//! ```
//!
//! # Inspect a profile
//!
//! [`plan`](crate::credentials::plan::plan) reads profile files and returns how credentials would be resolved, without a
//! request. An invalid profile is an error with file, line and property:
//!
//! ```
//! use appflow_sdk::credentials::plan::{Base, plan};
//! use appflow_sdk::credentials::{Environment, Profiles};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let config = b"[profile dev]\nrole_arn = arn:aws:iam::111122223333:role/dev\ncredential_source = EcsContainer\n";
//! let environment = Environment::from_pairs([("HOME", "/home/x"), ("AWS_PROFILE", "dev")]);
//! let plan = plan(&Profiles::from_bytes(&environment, config, b""))?;
//! assert!(matches!(plan.base, Base::Source(..)));
//! assert_eq!(plan.roles[0].arn, "arn:aws:iam::111122223333:role/dev");
//! # Ok(())
//! # }
//! ```
//!
//! # With the AWS SDKs for Rust
//!
//! All providers implement `ProvideCredentials` of the crate `aws-credential-types`, and the token provider implements
//! `ProvideToken`. You can use them with the AWS SDKs for Rust, without `aws-config`, and use providers written for those
//! SDKs here ([`config::Builder::credentials_provider`](crate::config::Builder::credentials_provider)).
//!
//! ```
//! use appflow_sdk::config::{ProvideCredentials, SdkConfig, SharedCredentialsProvider};
//! use appflow_sdk::credentials::{CachingProvider, DefaultChain, SystemClock};
//! use std::sync::Arc;
//!
//! let provider = CachingProvider::new(DefaultChain::from_process(), Arc::new(SystemClock));
//! let shared = SdkConfig::builder()
//!     .credentials_provider(SharedCredentialsProvider::new(provider))
//!     .build();
//! // let s3 = aws_sdk_s3::Client::new(&shared);
//! # let _ = shared;
//! # fn assert_provider(_: impl ProvideCredentials) {}
//! # assert_provider(DefaultChain::from_process());
//! ```
//!
//! A provider alone fetches credentials on each call. [`CachingProvider`](crate::credentials::CachingProvider), which every
//! client has, caches them and refreshes them four to five minutes before they expire, or after half of their lifetime if that is later.
