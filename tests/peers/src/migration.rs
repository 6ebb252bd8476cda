//! The suite "migration": compiles the programs of `tests/migration` against aws-sdk-appflow and against our SDK.

use crate::report::Tally;
use crate::{official, process};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the suite.
pub(crate) fn run(work: &Path) -> Result<Vec<Tally>> {
    let target = work.parent().context("the folder has a parent")?;
    Ok(vec![
        judged("migration official", &official::build(target)?)?,
        judged("migration ours", &ours(target)?)?,
    ])
}

fn ours(target: &Path) -> Result<Output> {
    // Built and not only checked: what the suites are made of is built already, and serves here too.
    Command::new(process::cargo())
        .current_dir(crate::root())
        .args(["build", "--quiet", "--color=never", "--package"])
        .args(["migration-ours", "--target-dir"])
        .arg(target)
        .output()
        .context("cargo build")
}

/// Counts a program as passed if the compiler reports no error in its file.
fn judged(suite: &str, built: &Output) -> Result<Tally> {
    let mut tally = Tally::new(suite);
    let errors = String::from_utf8_lossy(&built.stderr);
    let mut blamed = false;
    for entry in fs::read_dir(crate::root().join("tests/migration/programs"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name == "mod.rs" {
            continue;
        }
        // A warning is none, and a quiet compiler says nothing else.
        if !built.status.success() && errors.contains(&name) {
            blamed = true;
            tally.fail(|| format!("{name}:\n{errors}"));
        } else {
            tally.pass();
        }
    }
    if !built.status.success() && !blamed {
        tally.fail(|| format!("outside of the programs:\n{errors}"));
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Returns the words of the code of a side, without comments.
    fn words(side: &str) -> BTreeSet<String> {
        let folder = crate::root().join("tests/migration").join(side).join("src");
        let mut words = BTreeSet::new();
        for file in ["errors.rs", "settings.rs"] {
            let code = fs::read_to_string(folder.join(file)).unwrap();
            let lines = code.lines().filter(|line| !line.trim().starts_with("//"));
            for line in lines {
                let of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
                let found = line.split(|letter| !of_name(letter));
                words.extend(found.filter(|word| word.len() > 1).map(str::to_owned));
            }
        }
        words
    }

    #[test]
    fn the_page_names_what_the_code_of_the_two_sides_does_not_share() {
        let page = fs::read_to_string(crate::root().join("docs/migration.md")).unwrap();
        let (official, ours) = (words("official"), words("ours"));
        // How the two files are written, and error types of which the page shows one.
        let aside = [
            "region",
            "cloned",
            "DeleteFlowError",
            "DescribeConnectorEntityError",
            "delete_flow",
            "describe_connector_entity",
            "describe_flow",
            "stop_flow",
        ];
        let unnamed: Vec<&String> = official
            .symmetric_difference(&ours)
            .filter(|word| !aside.contains(&word.as_str()) && !page.contains(word.as_str()))
            .collect();
        assert!(
            unnamed.is_empty(),
            "docs/migration.md has no word of {unnamed:?}"
        );
    }
}
