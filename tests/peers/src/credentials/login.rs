//! Checks the credentials, requests and files of `aws login` sessions.

use super::world::{Exchange, Recorded, Scratch, block_on, config, told};
use crate::report::Tally;
use anyhow::{Context, Result};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Value, json};
use smithy_reqwest::credentials::{DefaultChain, ProvideCredentials};
use std::fs;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, SystemTime};

/// 2025-11-19T00:00:00Z, the reference time of the cases.
const NOW: Duration = Duration::from_secs(1_763_510_400);

/// Runs the cases.
pub(super) fn run(cases: &Value) -> Result<Tally> {
    let mut tally = Tally::new("credentials login");
    for case in cases.as_array().context("a list of cases")? {
        match judged(case)? {
            None => tally.pass(),
            Some(difference) => tally.fail(|| format!("{}: {difference}", case["documentation"])),
        }
    }
    Ok(tally)
}

fn judged(case: &Value) -> Result<Option<String>> {
    let files = Scratch::new()?;
    files.write(
        "home/.aws/config",
        case["configContents"].as_str().unwrap_or_default(),
    )?;
    for (name, token) in case["cacheContents"].as_object().into_iter().flatten() {
        files.write(&format!("home/.aws/login/cache/{name}"), &token.to_string())?;
    }
    let calls = case["mockApiCalls"].as_array().cloned().unwrap_or_default();
    let transport = Recorded::new(calls.iter().map(|call| Exchange {
        method: "POST".to_owned(),
        uri: "https://us-east-1.signin.aws.amazon.com/v1/token".to_owned(),
        status: call["responseCode"].as_u64().unwrap_or(200) as u16,
        body: call["response"]["tokenOutput"].to_string(),
    }));
    let variables = json!({ "HOME": "/home", "AWS_PROFILE": "signin", "AWS_REGION": "us-east-1" });
    let now = SystemTime::UNIX_EPOCH + NOW;
    let chain = DefaultChain::new(config(&variables, &files, &transport, now));
    let found = match block_on(chain.provide_credentials())? {
        Ok(found) => {
            let expiry = DateTime::from(found.expiry().context("an expiry")?);
            json!({
                "result": "credentials",
                "accessKeyId": found.access_key_id(),
                "secretAccessKey": found.secret_access_key(),
                "sessionToken": found.session_token(),
                "accountId": found.account_id().map(|id| id.as_str()),
                "expiresAt": expiry.fmt(Format::DateTime)?,
            })
        }
        Err(error) => json!({ "result": "error", "told": told(&error) }),
    };
    for outcome in case["outcomes"].as_array().into_iter().flatten() {
        let is_as_said = match outcome["result"].as_str() {
            Some("error") => found["result"] == "error",
            Some("cacheContents") => kept(outcome, &files)?,
            _ => *outcome == found,
        };
        if !is_as_said {
            return Ok(Some(format!("expected {outcome}\n  found {found}")));
        }
    }
    Ok(transport.difference().or_else(|| asked(&calls, &transport)))
}

/// Compares the files with those of the case.
fn kept(outcome: &Value, files: &Scratch) -> Result<bool> {
    for (name, expected) in outcome.as_object().into_iter().flatten() {
        if name == "result" {
            continue;
        }
        let file = fs::read(files.0.join("home/.aws/login/cache").join(name))?;
        if serde_json::from_slice::<Value>(&file)? != *expected {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Returns the requests that differ from the expected calls.
fn asked(calls: &[Value], transport: &Arc<Recorded>) -> Option<String> {
    let sent = transport
        .sent
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let mut pairs = calls.iter().zip(sent.iter());
    let is_other = |(call, (_, body)): &(&Value, &(String, String))| {
        serde_json::from_str::<Value>(body).ok() != Some(call["request"]["tokenInput"].clone())
    };
    let (call, _) = pairs.find(is_other)?;
    // Without what was sent, which holds a token.
    Some(format!("another request than {}", call["request"]))
}
