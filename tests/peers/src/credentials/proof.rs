//! Checks that PyJWT accepts the DPoP proof of a refresh of `aws login`.

use super::against_botocore::login_case;
use crate::Plan;
use crate::process::Process;
use crate::report::Tally;
use anyhow::Result;
use serde_json::json;
use std::path::Path;

/// Runs the suite.
pub(super) fn run(plan: &Plan) -> Result<Tally> {
    let mut tally = Tally::new("credentials proof");
    let (url, proof) = login_case()?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("proof_peer.py");
    let mut python = Process::start(&plan.work.join("venv/bin/python"), &[&script])?;
    // A proof that was changed must be refused, or the other library has not looked.
    let mut changed = proof.clone();
    let last = if changed.ends_with('A') { 'B' } else { 'A' };
    changed.replace_range(changed.len() - 20..changed.len() - 19, &last.to_string());
    for (proof, is_valid) in [(proof, true), (changed, false)] {
        let answer = python.ask(&json!({ "proof": proof, "url": url }))?;
        if answer["valid"] == is_valid {
            tally.pass();
        } else {
            tally.fail(|| format!("expected {is_valid}: {answer}"));
        }
    }
    Ok(tally)
}
