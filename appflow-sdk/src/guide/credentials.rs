//! Credentials: where they come from, which settings and files say so, and how to sign in.
//!
//! [`Client::from_env`](crate::Client::from_env) finds credentials as the AWS CLI and AWS's SDKs do, without another crate.
//! A program that runs on a laptop with IAM Identity Center, in a pod of EKS or on an EC2 instance needs no code for it:
//!
//! ```no_run
//! # async fn run() -> Result<(), appflow_sdk::Error> {
//! let client = appflow_sdk::Client::from_env().await?;
//! # let _ = client;
//! # Ok(())
//! # }
//! ```
//!
//! A profile by name, for all settings, region and retries included:
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
//! [`DefaultChain`](crate::credentials::DefaultChain) asks these sources, and goes on to the next only when one is not
//! configured. One that is configured and fails ends the search: its error says what is wrong and lists what was asked.
//!
//! 1. Variables `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`. Not asked when the program names a
//!    profile.
//! 2. The profile that the program names, else `AWS_PROFILE`, else `default`.
//! 3. A web identity in variables.
//! 4. The credentials endpoint of a container.
//! 5. EC2 instance metadata.
//!
//! In a profile, the first of these that is set counts: a role with its source, a web identity, IAM Identity Center,
//! `aws login`, a process, keys. In a profile that another names in `source_profile`, keys go before a role.
//!
//! # Every source
//!
//! | Source | Provider | Settings | Files |
//! |---|---|---|---|
//! | keys in variables | [`EnvironmentProvider`](crate::credentials::EnvironmentProvider) | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_ACCOUNT_ID` | |
//! | keys in a profile | [`ProfileProvider`](crate::credentials::ProfileProvider) | `aws_access_key_id`, `aws_secret_access_key`, `aws_session_token`, `aws_account_id` | `~/.aws/credentials`, `~/.aws/config` |
//! | a role | [`ProfileProvider`](crate::credentials::ProfileProvider) | `role_arn` with `source_profile` or `credential_source` (`Environment`, `Ec2InstanceMetadata`, `EcsContainer`), `role_session_name`, `external_id`, `duration_seconds`, `mfa_serial` | `~/.aws/config` |
//! | a web identity | [`WebIdentityProvider`](crate::credentials::WebIdentityProvider) | `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN`, `AWS_ROLE_SESSION_NAME`; `web_identity_token_file`, `role_arn`, `role_session_name` | the token's file, read anew each time |
//! | IAM Identity Center (SSO) | [`SsoProvider`](crate::credentials::SsoProvider) | `sso_session` and its section's `sso_start_url`, `sso_region`; `sso_account_id`, `sso_role_name`; or all of them in the profile, without `sso_session` | `~/.aws/sso/cache/*.json` |
//! | `aws login` | [`LoginProvider`](crate::credentials::LoginProvider) | `login_session`, `AWS_LOGIN_CACHE_DIRECTORY` | `~/.aws/login/cache/*.json` |
//! | a process | [`ProfileProvider`](crate::credentials::ProfileProvider) | `credential_process` | |
//! | a container (ECS, EKS Pod Identity) | [`ContainerProvider`](crate::credentials::ContainerProvider) | `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`, `AWS_CONTAINER_CREDENTIALS_FULL_URI`, `AWS_CONTAINER_AUTHORIZATION_TOKEN`, `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` | the token's file, read anew each time |
//! | an EC2 instance | [`ImdsProvider`](crate::credentials::ImdsProvider) | `AWS_EC2_METADATA_DISABLED`, `AWS_EC2_METADATA_SERVICE_ENDPOINT`, `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`; `ec2_metadata_service_endpoint`, `ec2_metadata_service_endpoint_mode` | `~/.aws/config` |
//!
//! `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` name other profile files.
//!
//! # Signing in
//!
//! Sessions of IAM Identity Center and of `aws login` are begun by a person, with the AWS CLI version 2:
//!
//! ```text
//! aws sso login --profile dev
//! aws login --profile dev
//! ```
//!
//! This client reads the tokens that the AWS CLI keeps. It refreshes them five minutes before they expire, where the session
//! allows that, and writes them back with what else is in the file, readable by its owner alone. A refresh that fails is
//! tried again after 30 seconds. A session that is over is an error that names the command to run.
//!
//! A profile with `sso_session` also gives bearer tokens to clients of services that take them.
//!
//! # The services that are asked
//!
//! Roles are taken at AWS STS, in the client's region: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else `region` in the
//! profile, else the region of the EC2 instance. Without any there is an error, and no call to another region. Sign-In is
//! asked in the region of the session, else in that one; IAM Identity Center in `sso_region`.
//!
//! Requests to them go by the client's own transport, with its CA bundle and proxy. Each has three attempts of ten seconds.
//! The usual settings lead them elsewhere: `AWS_ENDPOINT_URL_STS`, `AWS_ENDPOINT_URL_SSO`, `AWS_ENDPOINT_URL_SSO_OIDC`,
//! `AWS_ENDPOINT_URL_SIGNIN`, `AWS_ENDPOINT_URL` (for all services, AppFlow among them), `services` sections,
//! `AWS_USE_FIPS_ENDPOINT`, `AWS_USE_DUALSTACK_ENDPOINT`, `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`. Metadata services of
//! containers and instances are asked without a proxy.
//!
//! # MFA
//!
//! A role with `mfa_serial` wants a code of a device. A program that can ask a person for it says how; without that, such a
//! profile is an error that names the property, its file and line.
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
//! # What a profile asks for
//!
//! [`plan`](crate::credentials::plan::plan) reads profile files and tells how credentials would be found, without asking
//! anybody. A fault is an error with file, line and property:
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
//! # With AWS's own SDKs
//!
//! All providers implement `ProvideCredentials` of the crate `aws-credential-types`, and the token provider implements
//! `ProvideToken`. They serve programs on AWS's SDKs for Rust too, which then need no `aws-config`; and any provider that
//! was written for those serves here ([`config::Builder::credentials_provider`](crate::config::Builder::credentials_provider)).
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
//! A provider alone asks anew each time; [`CachingProvider`](crate::credentials::CachingProvider), which every client has,
//! keeps what it gave and refreshes it five minutes before it expires.
