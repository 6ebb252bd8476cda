//! What generating did, or would do, in lines for a person.

use crate::say::{say, say_part, tell};
use smithy_codegen::{Changes, Generated};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// What of the model has no effect on what was generated, beside operations, which are listed.
pub(super) fn warnings(generated: &Generated) {
    for warning in &generated.warnings {
        tell!("warning: {warning}");
    }
}

/// What differs from what should be there; `outer` are files outside of `folder` that do.
pub(super) fn check(
    generated: &Generated,
    changes: &Changes,
    folder: &Path,
    outer: &[PathBuf],
    command: &str,
) -> ExitCode {
    if changes.is_empty() && outer.is_empty() {
        say!(
            "{} generated files are as the model says",
            generated.files.len()
        );
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
