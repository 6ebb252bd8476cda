//! The output: colors, progress, JSON of every command, and errors on one line.

use crate::lab::{Lab, profile, text};
use crate::terminal::Terminal;
use appflow_local::Fault;
use serde_json::Value;
use std::io::Read;
use std::process::Stdio;

const ESCAPE: char = '\u{1b}';
/// The beginnings of the sixteen colors.
const COLOR: &str = "\u{1b}[3";

#[test]
fn colors_are_for_terminals_and_not_for_those_who_want_none() {
    let lab = Lab::new();
    lab.write_flows(1);
    let (status, seen) = Terminal::start(lab.command(&["plan", "flows"])).end();
    assert_eq!(status, Some(0));
    assert!(seen.contains("\u{1b}[32m+ create"), "{seen:?}");
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let mut command = lab.command(&["plan", "flows"]);
        command.env(name, value);
        let (_, seen) = Terminal::start(command).end();
        assert!(!seen.contains(COLOR), "{name}: {seen:?}");
    }
    let output = lab.output(&["plan", "flows"]);
    assert!(!text(&output.stdout).contains(ESCAPE));
    let output = lab.output(&["plan", "nowhere"]);
    assert_eq!(
        text(&output.stderr),
        "error: nowhere: No such file or directory (os error 2)\n"
    );
}

#[test]
fn progress_is_shown_on_a_terminal_only() {
    let lab = Lab::new();
    lab.write_flows(3);
    let slow = || {
        for operation in ["CreateFlow", "DescribeFlow"] {
            let fault = Fault::Delay { milliseconds: 150 };
            lab.local.faults().next_calls(Some(operation), 3, fault);
        }
    };
    let table: [(&[&str], &str); 3] = [
        (
            &["--concurrency", "1", "apply", "flows", "--yes"],
            "applying",
        ),
        (&["--concurrency", "1", "plan", "flows"], "planning"),
        (
            &["--concurrency", "1", "export", "--to", "out"],
            "exporting",
        ),
    ];
    for (arguments, word) in table {
        slow();
        let (status, seen) = Terminal::start(lab.command(arguments)).end();
        assert_eq!(status, Some(0), "{seen}");
        for part in [word, "1/3", "2/3"] {
            assert!(seen.contains(part), "{part}: {seen:?}");
        }
        lab.local.faults().clear();
        let output = lab.output(arguments);
        assert_eq!(text(&output.stderr), "", "{word}");
    }
}

#[test]
fn every_command_writes_json_for_programs() {
    let lab = Lab::new();
    lab.write_flows(2);
    lab.run(&["apply", "flows/copy-00.yaml", "--yes"], 0);
    let table: [(&[&str], &str); 13] = [
        (&["plan", "flows"], "/flows/1/action"),
        (&["apply", "flows", "--yes"], "/outcomes/0/action"),
        (&["export", "--to", "out"], "/1/file"),
        (&["validate", "flows"], ""),
        (&["run", "copy-00"], "/executionId"),
        (&["run", "copy-00", "--wait"], "/status"),
        (&["runs", "copy-00"], "/0/executionId"),
        (&["cancel", "copy-01"], "/invalidExecutions"),
        (&["list"], "/1/flowName"),
        (&["show", "copy-00"], "/flowName"),
        (&["diff", "copy-00", "copy-01"], "/0/path"),
        (&["profiles"], ""),
        (&["schema"], "/$schema"),
    ];
    for (arguments, member) in table {
        let written = lab.run(&[&["--output", "json"], arguments].concat(), 0);
        let value: Value = serde_json::from_str(&written)
            .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {written}"));
        assert!(value.pointer(member).is_some(), "{arguments:?}: {written}");
    }
    lab.write("profiles/crm.yaml", &profile("${file:token}"));
    lab.write("profiles/token", "hush-hush-token");
    lab.run(&["apply", "profiles", "--yes"], 0);
    for arguments in [
        &["entities", "crm"][..],
        &["entities", "crm", "--fields", "Account"],
    ] {
        let written = lab.run(&[&["--output", "json"], arguments].concat(), 0);
        let rows: Vec<Value> = serde_json::from_str(&written).unwrap();
        assert!(!rows.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_secret_is_written_nowhere() {
    let lab = Lab::new();
    lab.write("profiles/crm.yaml", &profile("${file:token}"));
    lab.write("profiles/token", "hush-hush-token");
    let fault = Fault::Error {
        code: "ValidationException".to_owned(),
        status: 400,
        message: "refused".to_owned(),
    };
    let create = Some("CreateConnectorProfile");
    lab.local.faults().next_calls(create, 1, fault);
    let table: [(&[&str], i32); 6] = [
        (&["validate", "profiles"], 0),
        (&["--output", "json", "plan", "profiles"], 0),
        // One refused call, whose error could contain the secret.
        (&["apply", "profiles", "--yes"], 1),
        (&["--output", "json", "apply", "profiles", "--yes"], 0),
        (&["export", "--to", "out"], 0),
        (&["profiles"], 0),
    ];
    for (arguments, status) in table {
        let output = lab.output(arguments);
        assert_eq!(output.status.code(), Some(status), "{output:?}");
        assert!(
            !format!("{output:?}").contains("hush-hush"),
            "{arguments:?}"
        );
    }
    let exported = std::fs::read_to_string(lab.path("out/profiles/crm.yaml")).unwrap();
    assert!(exported.contains("${env:"), "{exported}");
}

#[test]
fn an_error_is_one_line_however_many_its_message_has() {
    let lab = Lab::new();
    lab.write("broken.yaml", "flowName: [\n");
    lab.write("secret", "no line of a secret\n");
    let table: [(&[&str], &str); 5] = [
        (&["list"], "error: ListFlows: no credentials: "),
        (&["--profile", "nobody", "list"], "error: profile `nobody`"),
        (&["plan", "broken.yaml"], "error: broken.yaml:"),
        (
            &["nonsense", "--all"],
            "error: unrecognized subcommand 'nonsense'; see --help",
        ),
        (&["--endpoint-url", "ftp://x", "list"], "error: "),
    ];
    for (arguments, expected) in table {
        let mut command = lab.bare(arguments);
        let output = command.env("AWS_REGION", "us-east-1").output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let error = text(&output.stderr);
        assert!(error.starts_with(expected), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(!error.contains("\\n"), "{error}");
    }
}

/// Runs the command with an output that has no reader, and returns its status.
fn status_without_reader(lab: &Lab, arguments: &[&str]) -> Option<i32> {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = lab.command(arguments);
    command.stdout(writer).stderr(Stdio::null());
    command.status().unwrap().code()
}

#[test]
fn a_closed_output_stops_no_work_and_hides_no_failure() {
    let lab = Lab::new();
    lab.write_flows(2);
    lab.write("broken.yaml", "flowName: [\n");
    let fault = Fault::Error {
        code: "AccessDeniedException".to_owned(),
        status: 403,
        message: "not you".to_owned(),
    };
    lab.local.faults().next_calls(Some("CreateFlow"), 1, fault);
    let steps: [(&[&str], i32); 6] = [
        (&["validate", "broken.yaml"], 1),
        (&["plan", "flows", "--detailed-exitcode"], 2),
        // One call fails, the next apply repeats it.
        (&["--concurrency", "1", "apply", "flows", "--yes"], 1),
        (&["apply", "flows", "--yes"], 0),
        (&["plan", "flows", "--detailed-exitcode"], 0),
        (&["completions", "bash"], 0),
    ];
    for (arguments, status) in steps {
        let found = status_without_reader(&lab, arguments);
        assert_eq!(found, Some(status), "{arguments:?}");
    }
    assert_eq!(lab.run(&["list"], 0).lines().count(), 3);
    let faults = lab.local.faults();
    faults.next_runs(Some("copy-00"), 1, "the bucket is gone");
    let found = status_without_reader(&lab, &["run", "copy-00", "--wait"]);
    assert_eq!(found, Some(1));
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let lab = Lab::new();
    let mut child = lab
        .command(&["schema"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut beginning = [0; 16];
    let mut reader = child.stdout.take().unwrap();
    reader.read_exact(&mut beginning).unwrap();
    drop(reader);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(text(&output.stderr), "");
}
