//! Tests that the generated crates of fixtures build without warnings, and that their smoke tests pass.
#![allow(clippy::panic, reason = "a test that cannot go on should stop")]

use std::path::Path;
use workspace_tests::scratch::Scratch;

#[test]
fn every_fixture_compiles_without_warnings_and_passes_its_smoke_test() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    let scratch = Scratch::write(&folder);
    let output = scratch.cargo(&["test", "--workspace", "--quiet"]);
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
