//! [`PlanError`], the error of a profile without a valid plan. It names the file, the line and the property.

use crate::identity::credentials::CredentialsError;
use crate::identity::profile::{Origin, Profile, ProfileError, Profiles, Property};

/// The error of a profile that requests no credentials, or whose settings are invalid.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The profile files cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// No profile is selected, and there is no default one.
    #[error("no profile `{name}` in {looked_in}{notes}")]
    NoProfile {
        /// The name of the profile.
        name: String,
        /// The files, as text.
        looked_in: String,
        /// The notes of the reader of the files.
        notes: String,
    },
    /// The profile has no source of credentials.
    #[error("profile `{name}` in {looked_in} has no settings for credentials")]
    NoCredentials {
        /// The name of the profile.
        name: String,
        /// The files, as text.
        looked_in: String,
    },
    /// The profile named by `source_profile` has no source of credentials.
    #[error("{origin}: profile `{name}` has no settings for credentials")]
    SourceWithoutCredentials {
        /// The origin of `source_profile`.
        origin: Box<Origin>,
        /// The profile that it names.
        name: String,
    },
    /// One of two keys is missing.
    #[error("{present} is set, but `{missing}` is missing or empty")]
    HalfSet {
        /// The key that is set.
        present: Box<Origin>,
        /// The key that is missing.
        missing: &'static str,
    },
    /// A role has no source of credentials.
    #[error(
        "{} requires `source_profile` or `credential_source`",
        role.as_ref().map_or_else(|| "`role_arn`".to_owned(), ToString::to_string)
    )]
    NoSource {
        /// The origin of `role_arn`.
        role: Option<Box<Origin>>,
    },
    /// A role has two sources of credentials.
    #[error("{source_profile} cannot be combined with {credential_source}: remove one of them")]
    TwoSources {
        /// The origin of `source_profile`.
        source_profile: Box<Origin>,
        /// The origin of `credential_source`.
        credential_source: Box<Origin>,
    },
    /// A `credential_source` does not exist.
    #[error(
        "{origin}: invalid value {name:?}: expected Environment, Ec2InstanceMetadata or EcsContainer"
    )]
    UnknownSource {
        /// The origin of `credential_source`.
        origin: Box<Origin>,
        /// The value of the property.
        name: String,
    },
    /// A `source_profile` names a profile that no file defines.
    #[error(
        "{origin}: no profile `{name}` in {looked_in} (profiles defined there: {})",
        known.join(", ")
    )]
    NoSuchSource {
        /// The origin of `source_profile`.
        origin: Box<Origin>,
        /// The profile that it names.
        name: String,
        /// The files, as text.
        looked_in: String,
        /// The profiles that exist.
        known: Vec<String>,
    },
    /// A `source_profile` leads to a cycle.
    #[error("{origin}: cycle: {}", path.join(" -> "))]
    Circle {
        /// The origin of `source_profile`.
        origin: Box<Origin>,
        /// The profiles on the path.
        path: Vec<String>,
    },
    /// A `duration_seconds` is not a valid session duration of a role.
    #[error("{origin}: expected a whole number of seconds from 900 to 43200")]
    Duration {
        /// The origin of the property.
        origin: Box<Origin>,
    },
    /// A web identity has no role to assume.
    #[error("{origin}: `web_identity_token_file` was specified but `role_arn` was missing")]
    WebIdentityWithoutRole {
        /// The origin of `web_identity_token_file`.
        origin: Box<Origin>,
    },
    /// A setting for IAM Identity Center is missing.
    #[error(
        "{asked_by} requires IAM Identity Center (SSO), but `{missing}` is missing in {}",
        section.as_ref().map_or_else(|| "the profile".to_owned(), |name| format!("[sso-session {name}]"))
    )]
    SsoIncomplete {
        /// The origin of the property that requires it.
        asked_by: Box<Origin>,
        /// The missing setting.
        missing: &'static str,
        /// The `sso-session` section that lacks it; `None` for the profile.
        section: Option<String>,
    },
    /// An `sso_session` names a section that no file defines.
    #[error("{origin}: no section [sso-session {name}] in the config file")]
    NoSuchSession {
        /// The origin of `sso_session`.
        origin: Box<Origin>,
        /// The section that it names.
        name: String,
    },
    /// The profile and its `sso-session` section contradict each other.
    #[error("{profile} differs from {section}: remove the one in the profile")]
    SsoConflict {
        /// The origin in the profile.
        profile: Box<Origin>,
        /// The origin in the section.
        section: Box<Origin>,
    },
}

impl PlanError {
    /// Returns whether the profile requests no credentials at all, so that another source may be tried.
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

/// Returns the origin of a property. It is boxed, since errors are returned by value.
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
