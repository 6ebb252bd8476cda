//! The suites "credentials …": comparisons with scenarios of aws-config, if their folder is given, and with botocore, moto and
//! PyJWT for roles, IAM Identity Center, web identities and `aws login`.

mod against_botocore;
mod files;
mod login;
mod plans;
mod proof;
mod scenario;
mod services;
mod world;

use crate::report::Tally;
use crate::{Plan, read_json};
use anyhow::Result;
use std::path::PathBuf;

/// The variable with the folder of the scenarios.
const SCENARIOS: &str = "CREDENTIALS_SCENARIOS";

/// Runs the suites.
pub(crate) fn run(plan: &Plan) -> Result<Vec<Tally>> {
    let mut tallies = against_botocore::run(plan)?;
    tallies.push(proof::run(plan)?);
    let folder = plan.scenarios.clone();
    let Some(folder) = folder.or_else(|| std::env::var_os(SCENARIOS).map(PathBuf::from)) else {
        println!(
            "skipped  credentials scenarios: neither --scenarios nor {SCENARIOS} names a folder"
        );
        return Ok(tallies);
    };
    tallies.extend(scenario::run(&folder)?);
    type Cases = fn(&serde_json::Value) -> Result<Tally>;
    let cases: [(&str, Cases); 4] = [
        ("login-provider-test-cases.json", login::run),
        ("ecs-tests.json", files::ecs),
        ("file-location-tests.json", files::locations),
        ("assume-role-tests.json", plans::run),
    ];
    for (name, run) in cases {
        let path = folder.join(name);
        match path.is_file() {
            true => tallies.push(run(&read_json(&path)?)?),
            false => println!("skipped  credentials {name}: not in the folder"),
        }
    }
    Ok(tallies)
}
