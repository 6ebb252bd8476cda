//! Reads the IAM Identity Center role of a profile, and its session.

use super::error::boxed;
use super::{PlanError, set};
use crate::identity::profile::{Origin, Profile, Profiles, Property};

const SESSION: &str = "sso_session";
const START_URL: &str = "sso_start_url";
const REGION: &str = "sso_region";
const ACCOUNT: &str = "sso_account_id";
const ROLE: &str = "sso_role_name";

/// A role of IAM Identity Center.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SsoRole {
    /// The session that a person signs in to.
    pub session: SsoSession,
    /// `sso_account_id`.
    pub account_id: String,
    /// `sso_role_name`.
    pub role_name: String,
    /// The origin of the role setting.
    pub origin: Origin,
}

/// A session that `aws sso login` signs in to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SsoSession {
    /// The name of the `sso-session` section; `None` for the older settings in the profile itself, whose sessions
    /// cannot be refreshed.
    pub name: Option<String>,
    /// `sso_start_url`.
    pub start_url: String,
    /// `sso_region`.
    pub region: String,
    /// The profile that names the session.
    pub profile: String,
}

/// Returns the session that the selected profile names in `sso_session`, whether it names a role or not.
///
/// # Errors
///
/// Returns an error if the section does not exist or lacks a setting.
pub fn sso_session(profiles: &Profiles) -> Result<Option<SsoSession>, PlanError> {
    let Some(profile) = profiles.selected()? else {
        return Ok(None);
    };
    match set(profile, SESSION) {
        Some(name) => session_of_section(profiles, profile, name).map(Some),
        None => Ok(None),
    }
}

/// Returns the role that a profile requests.
pub(super) fn role(profiles: &Profiles, profile: &Profile) -> Result<Option<SsoRole>, PlanError> {
    let asks = [ACCOUNT, ROLE, START_URL].into_iter();
    let asks = asks.filter_map(|name| set(profile, name)).next();
    let session = set(profile, SESSION);
    let has_role = set(profile, ACCOUNT).or(set(profile, ROLE)).is_some();
    let Some(asks) = asks else {
        return Ok(None);
    };
    // A session without a role is for services that accept bearer tokens.
    if session.is_some() && !has_role {
        return Ok(None);
    }
    let session = match session {
        Some(name) => session_of_section(profiles, profile, name)?,
        None => SsoSession {
            name: None,
            start_url: required(profile, START_URL, asks)?,
            region: required(profile, REGION, asks)?,
            profile: profile.name().to_owned(),
        },
    };
    Ok(Some(SsoRole {
        session,
        account_id: required(profile, ACCOUNT, asks)?,
        role_name: required(profile, ROLE, asks)?,
        origin: asks.origin().clone(),
    }))
}

fn required(
    section: &Profile,
    name: &'static str,
    asked_by: &Property,
) -> Result<String, PlanError> {
    let property = set(section, name).ok_or_else(|| PlanError::SsoIncomplete {
        asked_by: boxed(asked_by),
        missing: name,
        section: None,
    })?;
    Ok(property.value().to_owned())
}

fn session_of_section(
    profiles: &Profiles,
    profile: &Profile,
    name: &Property,
) -> Result<SsoSession, PlanError> {
    let Some(section) = profiles.sso_session(name.value()) else {
        return Err(PlanError::NoSuchSession {
            origin: boxed(name),
            name: name.value().to_owned(),
        });
    };
    section.intact()?;
    let shared = |property: &'static str| {
        let own = set(profile, property);
        let Some(value) = set(section, property) else {
            return Err(PlanError::SsoIncomplete {
                asked_by: boxed(name),
                missing: property,
                section: Some(section.name().to_owned()),
            });
        };
        match own {
            // Profiles for older tools repeat the settings of the section.
            Some(own) if own.value() != value.value() => Err(PlanError::SsoConflict {
                profile: boxed(own),
                section: boxed(value),
            }),
            _ => Ok(value.value().to_owned()),
        }
    };
    Ok(SsoSession {
        name: Some(name.value().to_owned()),
        start_url: shared(START_URL)?,
        region: shared(REGION)?,
        profile: profile.name().to_owned(),
    })
}
