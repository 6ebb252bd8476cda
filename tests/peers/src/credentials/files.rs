//! Checks the locations of container credentials and profile files.

use super::world::{Exchange, Recorded, Scratch, block_on, config, told};
use crate::report::Tally;
use anyhow::{Context, Result};
use serde_json::Value;
use smithy_reqwest::credentials::{ContainerProvider, ProvideCredentials};
use smithy_reqwest::environment::Environment;
use smithy_reqwest::profile::Profiles;
use std::path::Path;
use std::sync::PoisonError;
use std::time::SystemTime;

/// Their error messages, and ours where they differ.
const SAID_OTHERWISE: [(&str, &str); 1] = [(
    "No environment variables were set to configure ECS provider",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are not set",
)];

/// Checks the URLs of container credentials.
pub(super) fn ecs(cases: &Value) -> Result<Tally> {
    let mut tally = Tally::new("credentials ecs");
    for case in cases["tests"].as_array().context("a list of cases")? {
        let expected = &case["result"];
        let uri = expected["Ok"].as_str().unwrap_or_default();
        let keys = r#"{"AccessKeyId": "AK", "SecretAccessKey": "SK", "Token": "ST", "Expiration": "2030-01-01T00:00:00Z"}"#;
        let transport = Recorded::new(expected["Ok"].is_string().then(|| Exchange {
            method: "GET".to_owned(),
            uri: uri.to_owned(),
            status: 200,
            body: keys.to_owned(),
        }));
        let files = Scratch::new()?;
        let config = config(&case["env"], &files, &transport, SystemTime::UNIX_EPOCH);
        let found = block_on(ContainerProvider::new(config).provide_credentials())?;
        let sent = transport
            .sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let is_as_said = match &found {
            Ok(_) => sent.len() == 1 && sent[0].0 == uri,
            Err(error) => expected["ErrorContains"].as_str().is_some_and(|text| {
                let other = SAID_OTHERWISE.iter().find(|(theirs, _)| *theirs == text);
                told(error).contains(other.map_or(text, |(_, ours)| ours))
            }),
        };
        if is_as_said && transport.difference().is_none() {
            tally.pass();
        } else {
            tally.fail(|| format!("{case}: {found:?}, {sent:?}"));
        }
    }
    Ok(tally)
}

/// Checks the paths of profile files, and the selected profile.
pub(super) fn locations(cases: &Value) -> Result<Tally> {
    let mut tally = Tally::new("credentials file locations");
    for case in cases["tests"].as_array().context("a list of cases")? {
        let pairs = case["environment"].as_object().into_iter().flatten();
        let pairs = pairs.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default()));
        let profiles = Profiles::from_bytes(&Environment::from_pairs(pairs), b"", b"");
        let is_windows = case["platform"] == "windows";
        // The separator is that of the machine, which need not be the case's.
        let path = |path: Option<&Path>| {
            let text = path.unwrap_or(Path::new("")).display().to_string();
            if is_windows {
                text.replace('/', "\\")
            } else {
                text
            }
        };
        let (config, credentials) = (
            path(profiles.config_file()),
            path(profiles.credentials_file()),
        );
        let profile = profiles.selected_name();
        let is_profile = case["profile"].is_null() || case["profile"] == profile;
        let is_place = case["configLocation"] == config.as_str()
            && case["credentialsLocation"] == credentials.as_str();
        if is_profile && is_place {
            tally.pass();
        } else {
            tally.fail(|| format!("{case}: {config}, {credentials}, {profile}"));
        }
    }
    Ok(tally)
}
