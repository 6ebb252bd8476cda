//! Checks the credential plans of profiles.

use super::world::Scratch;
use crate::report::Tally;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use smithy_reqwest::credentials::plan::{Base, Plan, plan};
use smithy_reqwest::environment::Environment;
use smithy_reqwest::profile::Profiles;
use std::fmt::Write;

/// Runs the cases. If a case expects an error, ours must be an error too, with any message.
pub(super) fn run(cases: &Value) -> Result<Tally> {
    let mut tally = Tally::new("credentials plans");
    for case in cases.as_array().context("a list of cases")? {
        let (input, expected) = (&case["input"], &case["output"]);
        let mut config = sections("profile", &input["profiles"]);
        config.push_str(&sections("sso-session", &input["sso_sessions"]));
        let scratch = Scratch::new()?;
        let home = scratch.0.display().to_string();
        let selected = input["selected_profile"].as_str().unwrap_or("default");
        let mut pairs = vec![("HOME", home.as_str())];
        if selected != "default" {
            pairs.push(("AWS_PROFILE", selected));
        }
        let profiles =
            Profiles::from_bytes(&Environment::from_pairs(pairs), config.as_bytes(), b"");
        let found = plan(&profiles);
        let is_as_said = match &found {
            Ok(plan) => json!({ "ProfileChain": written(plan) }) == without_nulls(expected),
            Err(_) => expected["Error"].is_string(),
        };
        if is_as_said {
            tally.pass();
        } else {
            let found = found.map(|plan| Value::from(written(&plan)));
            tally.fail(|| format!("{}: expected {expected}\n  found {found:?}", case["docs"]));
        }
    }
    Ok(tally)
}

fn sections(kind: &str, sections: &Value) -> String {
    let mut text = String::new();
    for (name, properties) in sections.as_object().into_iter().flatten() {
        let _ = writeln!(text, "[{kind} {name}]");
        for (name, value) in properties.as_object().into_iter().flatten() {
            let _ = writeln!(text, "{name} = {}", value.as_str().unwrap_or_default());
        }
    }
    text
}

/// Formats a plan as the cases do.
fn written(plan: &Plan) -> Vec<Value> {
    let base = match &plan.base {
        Base::Keys(keys) => json!({ "AccessKey": {
            "access_key_id": keys.access_key_id(),
            "secret_access_key": keys.secret_access_key(),
            "session_token": keys.session_token(),
            "account_id": keys.account_id().map(|id| id.as_str()),
        }}),
        Base::Source(source, _) => json!({ "NamedSource": source.as_str() }),
        Base::WebIdentity(role) => json!({ "WebIdentityToken": {
            "role_arn": role.role_arn,
            "web_identity_token_file": role.token_file,
            "role_session_name": role.session_name,
        }}),
        Base::Sso(role) => json!({ "Sso": {
            "sso_region": role.session.region,
            "sso_start_url": role.session.start_url,
            "sso_session": role.session.name,
            "sso_account_id": role.account_id,
            "sso_role_name": role.role_name,
        }}),
        Base::Login(login) => json!({ "LoginSession": { "login_session_arn": login.session } }),
        Base::Process(process) => json!({ "CredentialProcess": {
            "command": process.command.value(),
            "account_id": process.account_id,
        }}),
        other => json!({ "other": format!("{other:?}") }),
    };
    let roles = plan.roles.iter().map(|role| {
        json!({ "AssumeRole": {
            "role_arn": role.arn,
            "external_id": role.external_id,
            "role_session_name": role.session_name,
        }})
    });
    let all = std::iter::once(base).chain(roles);
    all.map(|step| without_nulls(&step)).collect()
}

/// Compares JSON, where a missing member equals null.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), without_nulls(value)))
            .collect(),
        Value::Array(values) => values.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}
