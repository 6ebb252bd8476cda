//! [`ProfileProvider`]: a profile of the AWS config and credentials files in, its credentials out.

use crate::http::time::SharedClock;
use crate::identity::credentials::json::{self, Dialect};
use crate::identity::credentials::unsupported::Unsupported;
use crate::identity::credentials::{
    Credentials, CredentialsError, ProvideCredentials, Result, process,
};
use crate::identity::environment::Environment;
use crate::identity::profile::{Profile, Profiles, Property};
use aws_credential_types::provider::future;
use std::time::Duration;

/// Long enough for a person who types a code, and shorter than an attempt may take by default: what hangs is then named,
/// instead of an attempt that took too long.
const PROCESS_TIMEOUT: Duration = Duration::from_secs(45);
const PROCESS_ANSWER: Dialect = Dialect {
    provider_name: "credential_process",
    token_field: "SessionToken",
    is_versioned: true,
};
const ACCOUNT: &str = "aws_account_id";
/// Properties that ask for what this crate does not do, in the order in which SDKs look at them.
const UNSUPPORTED: [(&str, &str); 5] = [
    ("web_identity_token_file", "a role by web identity"),
    ("role_arn", "a role"),
    ("sso_session", "IAM Identity Center (SSO)"),
    ("sso_start_url", "IAM Identity Center (SSO)"),
    ("login_session", "`aws login`"),
];

/// Credentials from the selected profile: from its `credential_process`, or the keys it holds.
///
/// A profile that asks for a role, for IAM Identity Center or for `aws login` is an error that says how to let the AWS
/// CLI do it. These come before the rest, as they do in the AWS SDKs: a profile must not mean another identity here.
///
/// The files are read, and the process is run, anew at every call. A process that takes too long is stopped, and where
/// this program has no terminal all that it has started with it. At a terminal, where it may have to ask for a code, what
/// it has started is not.
#[derive(Debug, Clone)]
pub struct ProfileProvider {
    environment: Environment,
    clock: SharedClock,
    name: Option<String>,
    process_timeout: Duration,
}

impl ProfileProvider {
    /// The profile that the environment selects. The clock measures how long a `credential_process` takes.
    pub fn new(environment: Environment, clock: SharedClock) -> Self {
        Self {
            environment,
            clock,
            name: None,
            process_timeout: PROCESS_TIMEOUT,
        }
    }

    /// This profile, whatever the environment selects.
    pub fn profile_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// How long a `credential_process` may take: 45 seconds unless said otherwise.
    pub fn process_timeout(mut self, limit: Duration) -> Self {
        self.process_timeout = limit;
        self
    }

    async fn load(&self) -> Result {
        // Two small files, read when credentials are due: not worth a thread.
        let profiles = Profiles::load(&self.environment);
        let mut profiles = profiles.map_err(CredentialsError::invalid_configuration)?;
        if let Some(name) = &self.name {
            profiles = profiles.select(name);
        }
        let profile = profiles.selected();
        let profile = profile.map_err(CredentialsError::invalid_configuration)?;
        let profile = profile.ok_or_else(|| missing(&profiles))?;
        if let Some(unsupported) = unsupported(profile) {
            return Err(CredentialsError::invalid_configuration(unsupported));
        }
        match set(profile, "credential_process") {
            Some(command) => self.run(command, profile.get(ACCOUNT)).await,
            None => keys(profile, &profiles),
        }
    }

    async fn run(&self, command: &Property, account: Option<&str>) -> Result {
        let origin = command.origin();
        let failed = |why: &dyn std::fmt::Display| {
            CredentialsError::provider_error(format!("{origin}: {why}"))
        };
        let output = process::run(command.value(), &self.clock, self.process_timeout).await;
        let output = output.map_err(|error| failed(&error))?;
        json::read(&output, PROCESS_ANSWER, account).map_err(|error| failed(&error))
    }
}

/// A property that is there and not empty.
fn set<'a>(profile: &'a Profile, name: &str) -> Option<&'a Property> {
    let property = profile.property(name)?;
    (!property.value().is_empty()).then_some(property)
}

fn unsupported(profile: &Profile) -> Option<Unsupported> {
    let (property, what) = UNSUPPORTED
        .iter()
        .find_map(|(name, what)| Some((set(profile, name)?, what)))?;
    Some(Unsupported {
        feature: format!("{} asks for {what}", property.origin()),
        profile: Some(profile.name().to_owned()),
    })
}

fn keys(profile: &Profile, profiles: &Profiles) -> Result {
    const ID: &str = "aws_access_key_id";
    const SECRET: &str = "aws_secret_access_key";
    let half_set = |present: &Property, missing: &str| {
        let present = present.origin();
        CredentialsError::invalid_configuration(format!(
            "{present} is set, but `{missing}` is missing or empty"
        ))
    };
    match (set(profile, ID), set(profile, SECRET)) {
        (Some(id), Some(secret)) => {
            let mut builder = Credentials::builder()
                .access_key_id(id.value())
                .secret_access_key(secret.value())
                .provider_name("profile");
            builder.set_session_token(profile.get("aws_session_token").map(str::to_owned));
            builder.set_account_id(profile.get(ACCOUNT).map(Into::into));
            Ok(builder.build())
        }
        (Some(id), None) => Err(half_set(id, SECRET)),
        (None, Some(secret)) => Err(half_set(secret, ID)),
        (None, None) => Err(CredentialsError::not_loaded(format!(
            "profile `{}` in {} holds neither keys nor a `credential_process`",
            profile.name(),
            profiles.looked_in()
        ))),
    }
}

fn missing(profiles: &Profiles) -> CredentialsError {
    let name = profiles.selected_name();
    let mut text = format!("no profile `{name}` in {}", profiles.looked_in());
    for note in profiles.notes() {
        text.push_str("; ");
        text.push_str(note);
    }
    CredentialsError::not_loaded(text)
}

impl ProvideCredentials for ProfileProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.load())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::TimeoutSettings;

    #[test]
    fn a_process_that_hangs_is_named_before_the_attempt_is_given_up() {
        let attempt = TimeoutSettings::default().attempt;
        assert!(Some(PROCESS_TIMEOUT + Duration::from_secs(10)) <= attempt);
    }
}
