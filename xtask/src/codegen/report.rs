//! Prints the results of generating and checking.

use crate::say::{say, say_part, tell};
use smithy_codegen::{Changes, Generated};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Prints the parts of the model that have no effect on the generated code. Operations that are left out are listed
/// separately.
pub(super) fn warnings(generated: &Generated) {
    for warning in &generated.warnings {
        tell!("warning: {warning}");
    }
}

/// Prints the stale and missing files; `outer` are those outside of `folder`.
pub(super) fn check(
    generated: &Generated,
    changes: &Changes,
    folder: &Path,
    outer: &[PathBuf],
    command: &str,
) -> ExitCode {
    if changes.is_empty() && outer.is_empty() {
        say!("{} generated files are up to date", generated.files.len());
        return ExitCode::SUCCESS;
    }
    for path in outer {
        say!("stale or missing: {}", path.display());
    }
    for change in changes.iter() {
        let path = folder.join(change.path());
        say!("{}: {}", change.kind(), path.display());
        say_part!("{}", change.diff());
    }
    say!(
        "\n{} files are out of date: run `{command}`",
        changes.iter().count() + outer.len()
    );
    ExitCode::FAILURE
}

/// Prints a summary of the files that were written.
pub(super) fn written(generated: &Generated, changes: &Changes, started: Instant) {
    let count = |kinds: &[&str]| {
        changes
            .iter()
            .filter(|change| kinds.contains(&change.kind()))
            .count()
    };
    say!(
        "read      {} operations, {} shapes",
        generated.operations,
        generated.shapes
    );
    for (operation, reason) in &generated.left_out {
        say!("left out  {operation}: {reason}");
    }
    say!(
        "wrote     {} files ({} lines in all), unchanged {}, removed {}",
        count(&["missing", "stale"]),
        generated.files.lines(),
        changes.unchanged(),
        count(&["orphaned"]),
    );
    say!("took      {:.0?}", started.elapsed());
}
