//! [`PlanError`]: why no plan can be made of a profile, with file, line and property.

use crate::identity::credentials::CredentialsError;
use crate::identity::profile::{Origin, Profile, ProfileError, Profiles, Property};

/// The selected profile asks for no credentials, or for what cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The profile files cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// No profile is selected, and there is no default one.
    #[error("no profile `{name}` in {looked_in}{notes}")]
    NoProfile {
        /// The profile.
        name: String,
        /// The files, in words.
        looked_in: String,
        /// What was noticed while the files were read.
        notes: String,
    },
    /// The profile holds nothing that credentials could come from.
    #[error("profile `{name}` in {looked_in} holds no settings for credentials")]
    NoCredentials {
        /// The profile.
        name: String,
        /// The files, in words.
        looked_in: String,
    },
    /// The profile behind `source_profile` holds nothing that credentials could come from.
    #[error("{origin} names profile `{name}`, which holds no settings for credentials")]
    SourceWithoutCredentials {
        /// Where `source_profile` stands.
        origin: Box<Origin>,
        /// The profile that it names.
        name: String,
    },
    /// One of two keys is missing.
    #[error("{present} is set, but `{missing}` is missing or empty")]
    HalfSet {
        /// The key that is set.
        present: Box<Origin>,
        /// The one that is not.
        missing: &'static str,
    },
    /// A role without the credentials to take it with.
    #[error(
        "{} needs `source_profile` or `credential_source` beside it",
        role.as_ref().map_or_else(|| "`role_arn`".to_owned(), ToString::to_string)
    )]
    NoSource {
        /// Where `role_arn` stands.
        role: Option<Box<Origin>>,
    },
    /// A role with two kinds of credentials to take it with.
    #[error("{source_profile} and {credential_source} exclude each other: remove one of them")]
    TwoSources {
        /// Where `source_profile` stands.
        source_profile: Box<Origin>,
        /// Where `credential_source` stands.
        credential_source: Box<Origin>,
    },
    /// A `credential_source` that does not exist.
    #[error("{origin} is {name:?}: it must be Environment, Ec2InstanceMetadata or EcsContainer")]
    UnknownSource {
        /// Where `credential_source` stands.
        origin: Box<Origin>,
        /// What it names.
        name: String,
    },
    /// A `source_profile` that no file defines.
    #[error(
        "{origin} names profile `{name}`, which is not in {looked_in} (profiles defined there: {})",
        known.join(", ")
    )]
    NoSuchSource {
        /// Where `source_profile` stands.
        origin: Box<Origin>,
        /// The profile that it names.
        name: String,
        /// The files, in words.
        looked_in: String,
        /// The profiles that exist.
        known: Vec<String>,
    },
    /// A `source_profile` that leads back.
    #[error("{origin} leads in a circle: {}", path.join(" -> "))]
    Circle {
        /// Where `source_profile` stands.
        origin: Box<Origin>,
        /// The profiles on the way.
        path: Vec<String>,
    },
    /// A `duration_seconds` that is no duration of a role's session.
    #[error("{origin} must be a whole number of seconds from 900 to 43200")]
    Duration {
        /// Where it stands.
        origin: Box<Origin>,
    },
    /// A web identity without the role to take by it.
    #[error("{origin}: `web_identity_token_file` was specified but `role_arn` was missing")]
    WebIdentityWithoutRole {
        /// Where `web_identity_token_file` stands.
        origin: Box<Origin>,
    },
    /// A setting for IAM Identity Center is missing.
    #[error(
        "{asked_by} asks for IAM Identity Center (SSO), but `{missing}` is missing in {}",
        section.as_ref().map_or_else(|| "the profile".to_owned(), |name| format!("[sso-session {name}]"))
    )]
    SsoIncomplete {
        /// What asks for it.
        asked_by: Box<Origin>,
        /// The setting.
        missing: &'static str,
        /// The `sso-session` section that lacks it; `None` for the profile.
        section: Option<String>,
    },
    /// An `sso_session` that no file defines.
    #[error("{origin} names `{name}`, but the config file has no section [sso-session {name}]")]
    NoSuchSession {
        /// Where `sso_session` stands.
        origin: Box<Origin>,
        /// The section that it names.
        name: String,
    },
    /// The profile and its `sso-session` section contradict each other.
    #[error("{profile} differs from {section}: remove the one in the profile")]
    SsoConflict {
        /// Where it stands in the profile.
        profile: Box<Origin>,
        /// Where it stands in the section.
        section: Box<Origin>,
    },
}

impl PlanError {
    /// Whether the profile asks for no credentials at all, so that another source may be asked.
    pub fn is_not_configured(&self) -> bool {
        matches!(self, Self::NoProfile { .. } | Self::NoCredentials { .. })
    }

    pub(super) fn no_profile(profiles: &Profiles) -> Self {
        let notes = profiles.notes().iter();
        Self::NoProfile {
            name: profiles.selected_name().to_owned(),
            looked_in: profiles.looked_in(),
            notes: notes.map(|note| format!("; {note}")).collect(),
        }
    }

    pub(super) fn no_credentials(profiles: &Profiles, profile: &Profile) -> Self {
        Self::NoCredentials {
            name: profile.name().to_owned(),
            looked_in: profiles.looked_in(),
        }
    }

    pub(super) fn source_without_credentials(name: &Property) -> Self {
        Self::SourceWithoutCredentials {
            origin: boxed(name),
            name: name.value().to_owned(),
        }
    }
}

/// Where a property stands; boxed, since errors are returned by value.
pub(super) fn boxed(property: &Property) -> Box<Origin> {
    Box::new(property.origin().clone())
}

impl From<PlanError> for CredentialsError {
    fn from(error: PlanError) -> Self {
        match error.is_not_configured() {
            true => Self::not_loaded(error),
            false => Self::invalid_configuration(error),
        }
    }
}
