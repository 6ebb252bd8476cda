//! Determines the source of the first credentials of a profile.

use super::error::boxed;
use super::sso::{self, SsoRole};
use super::{
    CREDENTIAL_SOURCE, PlanError, ROLE_ARN, ROLE_SESSION_NAME, WEB_IDENTITY_TOKEN_FILE, set, text,
};
use crate::identity::credentials::Credentials;
use crate::identity::profile::{Origin, Profile, Profiles, Property};
use crate::identity::settings::first_line;
use std::path::PathBuf;

const KEY_ID: &str = "aws_access_key_id";
const SECRET: &str = "aws_secret_access_key";
const ACCOUNT: &str = "aws_account_id";

/// The source of the first credentials.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Base {
    /// Keys in the profile.
    Keys(Credentials),
    /// A source that `credential_source` names, and the origin of that property.
    Source(NamedSource, Origin),
    /// A role for a web identity.
    WebIdentity(WebIdentityRole),
    /// A role of IAM Identity Center.
    Sso(SsoRole),
    /// A session of `aws login`.
    Login(LoginSession),
    /// A command that prints credentials.
    Process(Process),
}

/// The sources that `credential_source` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedSource {
    /// The variables `AWS_ACCESS_KEY_ID` and so on.
    Environment,
    /// The role of the EC2 instance.
    Ec2InstanceMetadata,
    /// The credentials endpoint of the container.
    EcsContainer,
}

/// A role to assume with a web identity.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WebIdentityRole {
    /// `role_arn`.
    pub role_arn: String,
    /// `web_identity_token_file`.
    pub token_file: PathBuf,
    /// `role_session_name`.
    pub session_name: Option<String>,
    /// The place of the role setting, as text.
    pub origin: String,
}

/// A session of `aws login`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LoginSession {
    /// `login_session`.
    pub session: String,
    /// The name of the profile.
    pub profile: String,
    /// The origin of `login_session`.
    pub origin: Origin,
}

/// A command that prints credentials. `Debug` does not show it, since it may hold a secret.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Process {
    /// `credential_process`.
    pub command: Property,
    /// `aws_account_id`: the account of the credentials unless the command returns another.
    pub account_id: Option<String>,
}

impl NamedSource {
    /// Returns the name that profiles use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Environment => "Environment",
            Self::Ec2InstanceMetadata => "Ec2InstanceMetadata",
            Self::EcsContainer => "EcsContainer",
        }
    }

    pub(super) fn read(property: &Property) -> Result<Base, PlanError> {
        const ALL: [NamedSource; 3] = [
            NamedSource::Environment,
            NamedSource::Ec2InstanceMetadata,
            NamedSource::EcsContainer,
        ];
        let is_named =
            |source: &NamedSource| property.value().eq_ignore_ascii_case(source.as_str());
        match ALL.into_iter().find(is_named) {
            Some(source) => Ok(Base::Source(source, property.origin().clone())),
            None => Err(PlanError::UnknownSource {
                origin: boxed(property),
                name: first_line(property.value()).0.to_owned(),
            }),
        }
    }
}

/// Returns the source of a profile without a role, in the order of precedence of the AWS SDKs.
pub(super) fn base(profiles: &Profiles, profile: &Profile) -> Result<Option<Base>, PlanError> {
    if let Some(source) = set(profile, CREDENTIAL_SOURCE) {
        return NamedSource::read(source).map(Some);
    }
    if let Some(role) = web_identity(profile)? {
        return Ok(Some(Base::WebIdentity(role)));
    }
    if let Some(role) = sso::role(profiles, profile)? {
        return Ok(Some(Base::Sso(role)));
    }
    if let Some(session) = set(profile, "login_session") {
        return Ok(Some(Base::Login(LoginSession {
            session: session.value().to_owned(),
            profile: profile.name().to_owned(),
            origin: session.origin().clone(),
        })));
    }
    if let Some(command) = set(profile, "credential_process") {
        return Ok(Some(Base::Process(Process {
            command: command.clone(),
            account_id: text(profile, ACCOUNT),
        })));
    }
    keys(profile)
}

fn web_identity(profile: &Profile) -> Result<Option<WebIdentityRole>, PlanError> {
    let Some(file) = set(profile, WEB_IDENTITY_TOKEN_FILE) else {
        return Ok(None);
    };
    let Some(role) = set(profile, ROLE_ARN) else {
        return Err(PlanError::WebIdentityWithoutRole {
            origin: boxed(file),
        });
    };
    Ok(Some(WebIdentityRole {
        role_arn: role.value().to_owned(),
        token_file: file.value().into(),
        session_name: text(profile, ROLE_SESSION_NAME),
        origin: file.origin().to_string(),
    }))
}

/// Returns the keys in a profile.
pub(super) fn keys(profile: &Profile) -> Result<Option<Base>, PlanError> {
    let half_set = |present: &Property, missing| {
        Err(PlanError::HalfSet {
            present: boxed(present),
            missing,
        })
    };
    match (set(profile, KEY_ID), set(profile, SECRET)) {
        (Some(id), Some(secret)) => {
            let mut builder = Credentials::builder()
                .access_key_id(id.value())
                .secret_access_key(secret.value())
                .provider_name("profile");
            builder.set_session_token(text(profile, "aws_session_token"));
            builder.set_account_id(text(profile, ACCOUNT).map(Into::into));
            Ok(Some(Base::Keys(builder.build())))
        }
        (Some(id), None) => half_set(id, SECRET),
        (None, Some(secret)) => half_set(secret, KEY_ID),
        (None, None) => Ok(None),
    }
}
