//! The suite "migration": the programs of `tests/migration` in; whether they compile against aws-sdk-appflow and against
//! ours out. The official crates are built in a workspace and a target folder of their own.

use crate::report::Tally;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// Compiles the programs against both.
pub(crate) fn run(work: &Path) -> Result<Vec<Tally>> {
    let target = work.parent().context("the folder has a parent")?;
    Ok(vec![
        compile("official", &target.join("official"))?,
        compile("ours", target)?,
    ])
}

fn compile(side: &str, target: &Path) -> Result<Tally> {
    let mut tally = Tally::new(format!("migration {side}"));
    let folder = crate::root().join("tests/migration");
    let checked = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--quiet", "--color=never", "--manifest-path"])
        .arg(folder.join(side).join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target)
        .output()?;
    let errors = String::from_utf8_lossy(&checked.stderr);
    let mut blamed = false;
    for entry in fs::read_dir(folder.join("programs"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        // The compiler says of each error in which file it is; a warning is none.
        if !checked.status.success() && errors.contains(&name) {
            blamed = true;
            tally.fail(|| format!("{name}:\n{errors}"));
        } else {
            tally.pass();
        }
    }
    if !checked.status.success() && !blamed {
        tally.fail(|| format!("outside of the programs:\n{errors}"));
    }
    Ok(tally)
}
