//! What generating did, or would do, in lines for a person.

use smithy_codegen::{Changes, Generated};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// What differs from what should be there; `outer` are files outside of `folder` that do.
pub(super) fn check(
    generated: &Generated,
    changes: &Changes,
    folder: &Path,
    outer: &[PathBuf],
    command: &str,
) -> ExitCode {
    if changes.is_empty() && outer.is_empty() {
        println!(
            "{} generated files are as the model says",
            generated.files.len()
        );
        return ExitCode::SUCCESS;
    }
    for path in outer {
        println!("stale or missing: {}", path.display());
    }
    for change in changes.iter() {
        let path = folder.join(change.path());
        println!("{}: {}", change.kind(), path.display());
        print!("{}", change.diff());
    }
    println!(
        "\n{} files are not as the model says. Run `{command}`.",
        changes.iter().count() + outer.len()
    );
    ExitCode::FAILURE
}

/// What was written.
pub(super) fn written(generated: &Generated, changes: &Changes, started: Instant) {
    let count = |kinds: &[&str]| {
        changes
            .iter()
            .filter(|change| kinds.contains(&change.kind()))
            .count()
    };
    println!(
        "read      {} operations, {} shapes",
        generated.operations, generated.shapes
    );
    for (operation, reason) in &generated.left_out {
        println!("left out  {operation}: {reason}");
    }
    println!(
        "wrote     {} files ({} lines in all), unchanged {}, removed {}",
        count(&["missing", "stale"]),
        generated.files.lines(),
        changes.unchanged(),
        count(&["orphaned"]),
    );
    println!("took      {:.0?}", started.elapsed());
}
