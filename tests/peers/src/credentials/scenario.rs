//! Runs the default chain in scenarios: folders with `env.json`, `fs`, `http-traffic.json` and `test-case.json`.

use super::world::{Exchange, Recorded, Scratch, block_on, config, http_date, told, written};
use crate::read_json;
use crate::report::Tally;
use anyhow::{Context, Result};
use serde_json::Value;
use smithy_reqwest::credentials::{DefaultChain, ProvideCredentials};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Runs all scenarios below a folder, one suite for each folder of them.
pub(super) fn run(folder: &Path) -> Result<Vec<Tally>> {
    let mut tallies = BTreeMap::new();
    add(folder, &mut tallies)?;
    Ok(tallies.into_values().collect())
}

fn add(folder: &Path, tallies: &mut BTreeMap<String, Tally>) -> Result<()> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    for path in folders {
        if !path.join("test-case.json").is_file() {
            add(&path, tallies)?;
            continue;
        }
        let suite = folder.file_name().unwrap_or_default().to_string_lossy();
        let suite = format!("credentials {suite}");
        let tally = tallies
            .entry(suite.clone())
            .or_insert_with(|| Tally::new(suite));
        match judged(&path).with_context(|| path.display().to_string())? {
            None => tally.pass(),
            Some(difference) => tally.fail(|| format!("{}:\n  {difference}", path.display())),
        }
    }
    Ok(())
}

/// Returns the deviations from a scenario.
fn judged(folder: &Path) -> Result<Option<String>> {
    let case = read_json(&folder.join("test-case.json"))?;
    let traffic = read_json(&folder.join("http-traffic.json"))?;
    let files = Scratch::new()?;
    if folder.join("fs").is_dir() {
        files.copy(&folder.join("fs"))?;
    }
    let (exchanges, now) = recorded(&traffic);
    let transport = Recorded::new(exchanges);
    let variables = read_json(&folder.join("env.json"))?;
    let chain = DefaultChain::new(config(&variables, &files, &transport, now));
    let expected = &case["result"];
    let difference = match block_on(chain.provide_credentials())? {
        Ok(found) => {
            let found = written(&found);
            (found != expected["Ok"]).then(|| format!("expected {expected}\n  found {found}"))
        }
        Err(error) => {
            let told = told(&error);
            let text = expected["ErrorContains"].as_str();
            let is_told = text.is_some_and(|text| told.contains(text));
            (!is_told).then(|| format!("expected {expected}\n  error {told}"))
        }
    };
    // What is sent beyond the recording ends in an error, which these may expect.
    let fails = expected["ErrorContains"].is_string();
    Ok(difference.or_else(|| transport.difference().filter(|_| !fails)))
}

/// Reads the exchanges of a recording, and its time.
fn recorded(traffic: &Value) -> (Vec<Exchange>, SystemTime) {
    let mut now = None;
    let mut exchanges: Vec<(u64, Exchange)> = Vec::new();
    for event in traffic["events"].as_array().into_iter().flatten() {
        let connection = event["connection_id"].as_u64().unwrap_or_default();
        let action = &event["action"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        if let Some(request) = action["Request"]["request"].as_object() {
            let exchange = Exchange {
                method: text(&request["method"]),
                uri: text(&request["uri"]),
                status: 0,
                body: String::new(),
            };
            exchanges.push((connection, exchange));
            continue;
        }
        let of_connection = exchanges.iter_mut().rev().find(|(id, _)| *id == connection);
        let Some((_, exchange)) = of_connection else {
            continue;
        };
        let response = &action["Response"]["response"]["Ok"];
        if let Some(status) = response["status"].as_u64() {
            exchange.status = status as u16;
            let headers = response["headers"].as_object().into_iter().flatten();
            let mut dates = headers.filter(|(name, _)| name.eq_ignore_ascii_case("date"));
            let date = dates
                .next()
                .and_then(|(_, date)| http_date(date[0].as_str()?));
            now = now.or(date);
        } else if action["Data"]["direction"] == "Response" {
            exchange
                .body
                .push_str(&text(&action["Data"]["data"]["Utf8"]));
        }
    }
    let exchanges = exchanges.into_iter().map(|(_, exchange)| exchange);
    (exchanges.collect(), now.unwrap_or(SystemTime::UNIX_EPOCH))
}
