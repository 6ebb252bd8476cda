//! Tests of the AWS config and credentials files: their profiles, the origin of each value, and the errors of malformed
//! files.
#![allow(clippy::unwrap_used)]

#[path = "profile/damage.rs"]
mod damage;
#[path = "profile/files.rs"]
mod files;
#[path = "profile/grammar.rs"]
mod grammar;
#[path = "profile/sections.rs"]
mod sections;
#[path = "profile/selection.rs"]
mod selection;

use smithy_reqwest::environment::Environment;
use smithy_reqwest::profile::Profiles;

const CONFIG: &str = "/home/x/.aws/config";

fn environment() -> Environment {
    Environment::from_pairs([("HOME", "/home/x")])
}

fn parse(config: &str, credentials: &str) -> Profiles {
    Profiles::from_bytes(&environment(), config.as_bytes(), credentials.as_bytes())
}

fn config(text: &str) -> Profiles {
    parse(text, "")
}

/// Returns the value of `profile.property`.
fn value<'a>(profiles: &'a Profiles, path: &str) -> Option<&'a str> {
    let (profile, property) = path.split_once('.').unwrap();
    profiles.profile(profile)?.get(property)
}
