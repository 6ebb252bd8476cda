//! The program's output: who reads it, and what it says of a model whose parts have no effect.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A service whose trait has a member too much, and one of whose waiters is beyond the generator.
const MODEL: &str = r#"{"smithy": "2.0", "shapes": {
    "a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Get"}], "traits": {
        "aws.protocols#restJson1": {}, "aws.api#service": {"sdkId": "S", "serviceName": "S"}}},
    "a#Map": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "smithy.api#String"}},
    "a#Out": {"type": "structure", "members": {"map": {"target": "a#Map"}}},
    "a#Get": {"type": "operation", "output": {"target": "a#Out"}, "traits": {
        "smithy.api#http": {"method": "GET", "uri": "/get"},
        "smithy.waiters#waitable": {"Ready": {"acceptors": [{"state": "success", "matcher": {
            "output": {"path": "map[0:1]", "expected": "x", "comparator": "allStringEquals"}}}]}}}}}}"#;

const WARNINGS: &str = "\
warning: a#S: aws.api#service has no member `serviceName`: ignored
warning: a#Get: waiter Ready is left out: `map[0:1]`, at character 6: slices are not supported
";

/// A folder with the model, and where its crate is to be.
fn place() -> (TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model.json");
    fs::write(&model, MODEL).unwrap();
    let krate = folder.path().join("s-sdk");
    (folder, model, krate)
}

fn codegen(model: &Path, krate: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["codegen", "--model"]).arg(model);
    command.arg("--crate").arg(krate).args(more);
    command
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn settings_without_effect_are_reported_by_write_and_check() {
    let (_folder, model, krate) = place();
    for (more, found) in [(&[][..], "wrote "), (&["--check"], "up to date")] {
        let output = codegen(&model, &krate, more).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(told(&output), WARNINGS, "{more:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(found), "{more:?}: {text}");
    }
}

#[test]
fn a_reader_that_has_gone_changes_neither_what_is_done_nor_the_status() {
    let (_folder, model, krate) = place();
    let run = |more: &[&str]| {
        let mut command = codegen(&model, &krate, more);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        child.wait_with_output().unwrap()
    };
    let stale = run(&["--check"]);
    assert_eq!(stale.status.code(), Some(1), "{stale:?}");
    assert_eq!(told(&stale), WARNINGS);
    let written = run(&[]);
    assert_eq!(written.status.code(), Some(0), "{written:?}");
    assert_eq!(told(&written), WARNINGS);
    assert!(krate.join("src/generated/operation/get.rs").is_file());
    let fresh = run(&["--check"]);
    assert_eq!(fresh.status.code(), Some(0), "{fresh:?}");
}
