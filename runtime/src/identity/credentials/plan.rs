//! [`plan`], which determines from the profile files how a profile gets its credentials: first credentials, then roles.
//! Nothing is sent, read or run, so that a fault in a profile is found before any request.
//!
//! The rules are those of the AWS SDKs and Tools Reference Guide, "Assume role credential provider", "IAM Identity
//! Center credential provider", "Process credential provider" and "Login credentials provider".

mod base;
mod error;
mod sso;

pub use base::{Base, LoginSession, NamedSource, Process, WebIdentityRole};
pub use error::PlanError;
use error::boxed;
pub use sso::{SsoRole, SsoSession, sso_session};

use crate::identity::profile::{Origin, Profile, Profiles, Property};
use crate::identity::settings::first_line;

const ROLE_ARN: &str = "role_arn";
const SOURCE_PROFILE: &str = "source_profile";
const CREDENTIAL_SOURCE: &str = "credential_source";
const WEB_IDENTITY_TOKEN_FILE: &str = "web_identity_token_file";
const ROLE_SESSION_NAME: &str = "role_session_name";

/// The steps by which the selected profile gets its credentials.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Plan {
    /// The source of the first credentials.
    pub base: Base,
    /// The roles to assume with them, one after the other; the last is the role of the profile.
    pub roles: Vec<Role>,
}

/// A role to assume with the previous credentials.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Role {
    /// `role_arn`.
    pub arn: String,
    /// `role_session_name`.
    pub session_name: Option<String>,
    /// `external_id`.
    pub external_id: Option<String>,
    /// `duration_seconds`.
    pub duration_seconds: Option<u32>,
    /// `mfa_serial`.
    pub mfa_serial: Option<Property>,
    /// The origin of `role_arn`.
    pub origin: Origin,
}

/// Plans how the selected profile gets its credentials.
///
/// # Errors
///
/// Returns an error if the profile requests no credentials ([`PlanError::is_not_configured`]), or if its settings are
/// invalid. The error names the file, the line and the property.
pub fn plan(profiles: &Profiles) -> Result<Plan, PlanError> {
    let selected = profiles.selected()?;
    let mut profile = selected.ok_or_else(|| PlanError::no_profile(profiles))?;
    let mut visited = vec![profile.name()];
    let mut named_by = None;
    let mut roles = Vec::new();
    let base = loop {
        // In a profile named by `source_profile`, keys take precedence over a role: a profile can hold the keys for its
        // own role.
        let keys = match named_by {
            Some(_) => base::keys(profile)?,
            None => None,
        };
        if keys.is_some() {
            break keys;
        }
        let Some(role) = role(profile)? else {
            break base::base(profiles, profile)?;
        };
        roles.push(role);
        match source(profile)? {
            Source::Named(source) => break Some(source),
            Source::Profile(name) if name.value() == profile.name() => {
                named_by = Some(name);
                break match base::keys(profile)? {
                    Some(keys) => Some(keys),
                    None => base::base(profiles, profile)?,
                };
            }
            Source::Profile(name) => {
                profile = next(profiles, name, &visited)?;
                visited.push(profile.name());
                named_by = Some(name);
            }
        }
    };
    roles.reverse();
    match (base, named_by) {
        (Some(base), _) => Ok(Plan { base, roles }),
        (None, Some(name)) => Err(PlanError::source_without_credentials(name)),
        (None, None) => Err(PlanError::no_credentials(profiles, profile)),
    }
}

/// Returns a property that is present and not empty.
fn set<'a>(profile: &'a Profile, name: &str) -> Option<&'a Property> {
    let property = profile.property(name)?;
    (!property.value().is_empty()).then_some(property)
}

fn text(profile: &Profile, name: &str) -> Option<String> {
    profile.get(name).map(str::to_owned)
}

/// Returns the role that a profile assumes with other credentials.
fn role(profile: &Profile) -> Result<Option<Role>, PlanError> {
    // With a web identity, the role is the source of the first credentials.
    let with_web_identity = set(profile, WEB_IDENTITY_TOKEN_FILE).is_some();
    let Some(arn) = set(profile, ROLE_ARN).filter(|_| !with_web_identity) else {
        return Ok(None);
    };
    Ok(Some(Role {
        arn: arn.value().to_owned(),
        session_name: text(profile, ROLE_SESSION_NAME),
        external_id: text(profile, "external_id"),
        duration_seconds: duration(profile)?,
        mfa_serial: set(profile, "mfa_serial").cloned(),
        origin: arn.origin().clone(),
    }))
}

fn duration(profile: &Profile) -> Result<Option<u32>, PlanError> {
    let Some(property) = set(profile, "duration_seconds") else {
        return Ok(None);
    };
    let seconds = property.value().parse().ok();
    let seconds = seconds.filter(|seconds| (900..=43_200).contains(seconds));
    seconds.map(Some).ok_or_else(|| PlanError::Duration {
        origin: boxed(property),
    })
}

/// The source of the credentials for the role of a profile.
enum Source<'a> {
    Named(Base),
    Profile(&'a Property),
}

fn source(profile: &Profile) -> Result<Source<'_>, PlanError> {
    match (
        set(profile, SOURCE_PROFILE),
        set(profile, CREDENTIAL_SOURCE),
    ) {
        (Some(profile), Some(source)) => Err(PlanError::TwoSources {
            source_profile: boxed(profile),
            credential_source: boxed(source),
        }),
        (Some(name), None) => Ok(Source::Profile(name)),
        (None, Some(source)) => NamedSource::read(source).map(Source::Named),
        (None, None) => Err(PlanError::NoSource {
            role: set(profile, ROLE_ARN).map(boxed),
        }),
    }
}

/// Returns the profile that a `source_profile` names.
fn next<'a>(
    profiles: &'a Profiles,
    name: &Property,
    visited: &[&str],
) -> Result<&'a Profile, PlanError> {
    let Some(profile) = profiles.profile(name.value()) else {
        return Err(PlanError::NoSuchSource {
            origin: boxed(name),
            name: first_line(name.value()).0.to_owned(),
            looked_in: profiles.looked_in(),
            known: profiles.names().map(str::to_owned).collect(),
        });
    };
    profile.intact()?;
    if visited.contains(&profile.name()) {
        let mut path: Vec<_> = visited.iter().map(|name| (*name).to_owned()).collect();
        path.push(profile.name().to_owned());
        return Err(PlanError::Circle {
            origin: boxed(name),
            path,
        });
    }
    Ok(profile)
}
