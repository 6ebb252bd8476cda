//! `apply`: confirmation, interrupts, and kills at any point.

use crate::lab::{Lab, files, until};
use crate::terminal::Terminal;
use appflow_local::Fault;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SLOW: Fault = Fault::Delay { milliseconds: 300 };

#[test]
fn a_plan_is_applied_only_after_a_yes() {
    let table = [
        ("y\n", 0, 1),
        ("YES\n", 0, 1),
        ("n\n", 1, 0),
        ("\n", 1, 0),
        ("yess\n", 1, 0),
        // The end of the input.
        ("\u{4}", 1, 0),
    ];
    for (answer, status, created) in table {
        let lab = Lab::new();
        lab.write_flows(1);
        let mut terminal = Terminal::start(lab.command(&["apply", "flows"]));
        terminal.expect("Apply this plan? [y/N] ");
        assert_eq!(lab.count("CreateFlow"), 0);
        terminal.enter(answer);
        let (ended, seen) = terminal.end();
        assert_eq!(ended, Some(status), "{answer:?}: {seen}");
        assert_eq!(lab.count("CreateFlow"), created, "{answer:?}: {seen}");
        assert_eq!(
            seen.contains("no changes were made"),
            created == 0,
            "{seen}"
        );
    }
}

#[test]
fn confirmation_needs_changes_and_a_terminal() {
    let lab = Lab::new();
    lab.write_flows(1);
    let output = lab.output(&["apply", "flows"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: cannot ask for confirmation: standard input is not a terminal: pass --yes\n"
    );
    assert_eq!(lab.count("CreateFlow"), 0);
    lab.run(&["apply", "flows", "--yes"], 0);
    let (status, seen) = Terminal::start(lab.command(&["apply", "flows"])).end();
    assert_eq!(status, Some(0), "{seen}");
    assert!(!seen.contains("[y/N]"), "{seen}");
}

#[test]
fn confirmation_shows_the_plan_even_if_the_output_is_json() {
    let lab = Lab::new();
    lab.write_flows(1);
    let mut terminal = Terminal::start(lab.command(&["--output", "json", "apply", "flows"]));
    terminal.expect("[y/N] ");
    assert!(terminal.seen().contains("copy-00"), "{}", terminal.seen());
    terminal.enter("n\n");
    assert_eq!(terminal.end().0, Some(1));
}

#[test]
fn an_interrupt_completes_calls_in_progress_and_the_next_apply_continues() {
    let lab = Lab::new();
    lab.write_flows(4);
    lab.local.faults().next_calls(Some("CreateFlow"), 2, SLOW);
    let arguments = ["--concurrency", "1", "apply", "flows", "--yes"];
    let terminal = Terminal::start(lab.command(&arguments));
    terminal.expect("applying");
    terminal.interrupt();
    terminal.expect("stopping after the changes in progress");
    let (status, seen) = terminal.end();
    assert_eq!(status, Some(1), "{seen}");
    let created = lab.count("CreateFlow");
    assert!((1..4).contains(&created), "{created} of 4: {seen}");
    assert!(
        seen.contains("create copy-03: not started: stopped"),
        "{seen}"
    );

    lab.local.faults().clear();
    let again = lab.run(&["apply", "flows", "--yes"], 0);
    assert!(
        again.contains(&format!("{} done, 0 failed", 4 - created)),
        "{again}"
    );
    lab.run(&["plan", "flows", "--detailed-exitcode"], 0);
}

#[test]
fn a_second_interrupt_ends_at_once() {
    let lab = Lab::new();
    lab.write_flows(2);
    let never = Fault::Delay {
        milliseconds: 60_000,
    };
    lab.local.faults().next_calls(Some("CreateFlow"), 2, never);
    let terminal = Terminal::start(lab.command(&["apply", "flows", "--yes"]));
    terminal.expect("applying");
    let begun = Instant::now();
    terminal.interrupt();
    terminal.expect("stopping");
    terminal.interrupt();
    assert_eq!(terminal.end().0, Some(1));
    assert!(begun.elapsed() < Duration::from_secs(20));
}

/// Kills the command once a condition holds.
fn killed_when(mut command: Command, what: &str, holds: impl Fn() -> bool) {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    until(what, holds);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_killed_command_converges_when_it_is_run_again() {
    let whole = Lab::new();
    whole.write_flows(8);
    whole.run(&["apply", "flows", "--yes"], 0);
    whole.run(&["export", "--to", "exported"], 0);
    let expected = files(&whole.path("exported"));
    // Before the first change, between any two flows, and after the last.
    for calls in 0..=8 {
        let lab = Lab::new();
        lab.write_flows(8);
        let faults = [Fault::Throttle, Fault::Reset, Fault::HalfBody];
        for fault in faults {
            lab.local.faults().next_calls(Some("CreateFlow"), 1, fault);
        }
        let slow = Fault::Delay { milliseconds: 20 };
        lab.local.faults().next_calls(Some("CreateFlow"), 8, slow);
        let apply = ["--concurrency", "2", "apply", "flows", "--yes"];
        killed_when(lab.command(&apply), "the calls", || {
            lab.count("CreateFlow") >= calls
        });
        lab.local.faults().clear();
        lab.run(&["apply", "flows", "--yes"], 0);
        lab.run(&["plan", "flows", "--detailed-exitcode"], 0);
        lab.run(&["export", "--to", "exported"], 0);
        assert_eq!(files(&lab.path("exported")), expected, "{calls} calls");
    }
}

/// Kills the account together with the command, so that its state has to be complete, too.
#[test]
fn a_local_account_that_is_killed_with_the_command_converges() {
    for milliseconds in [30, 80, 120, 160, 220, 300] {
        let lab = Lab::new();
        lab.write_flows(12);
        let begun = Instant::now();
        let apply = ["--local", "--concurrency", "1", "apply", "flows", "--yes"];
        killed_when(lab.bare(&apply), "the time", || {
            begun.elapsed() >= Duration::from_millis(milliseconds)
        });
        for (arguments, expected) in [
            (["--local", "apply", "flows", "--yes"], "12"),
            (
                ["--local", "plan", "flows", "--detailed-exitcode"],
                "12 as defined",
            ),
        ] {
            let output = lab.bare(&arguments).output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{milliseconds}: {output:?}");
            let written = String::from_utf8_lossy(&output.stdout);
            assert!(
                arguments[1] == "apply" || written.contains(expected),
                "{written}"
            );
        }
    }
}
