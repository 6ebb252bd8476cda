//! `run --wait`: progress, the message of the run, and an interrupt.

use crate::lab::Lab;
use crate::terminal::Terminal;
use appflow_local::Settings;
use std::time::Duration;

fn lab(run_duration: Duration) -> Lab {
    let lab = Lab::with(Settings {
        run_duration,
        ..Settings::default()
    });
    lab.write_flows(1);
    lab.run(&["apply", "flows", "--yes"], 0);
    lab
}

#[test]
fn a_run_is_printed_with_its_records_or_its_message_and_status() {
    let lab = lab(Duration::from_millis(50));
    let done = lab.run(&["run", "copy-00", "--wait"], 0);
    assert!(done.ends_with(": Successful, 100 records\n"), "{done}");
    lab.local
        .faults()
        .next_runs(Some("copy-00"), 1, "the bucket is gone");
    let failed = lab.run(&["run", "copy-00", "--wait"], 1);
    assert!(failed.contains(": Error"), "{failed}");
    assert!(failed.ends_with(": the bucket is gone\n"), "{failed}");
    let runs = lab.run(&["runs", "copy-00"], 0);
    assert!(runs.contains("Successful") && runs.contains("the bucket is gone"));
}

#[test]
fn the_command_fails_after_the_timeout_and_the_run_continues() {
    let lab = lab(Duration::from_secs(600));
    let output = lab.output(&["run", "copy-00", "--wait", "--timeout", "1"]);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        error.contains("timed out after 1s: the run continues"),
        "{error}"
    );
}

#[test]
fn progress_is_shown_on_a_terminal_and_an_interrupt_ends_the_waiting_but_not_the_run() {
    let lab = lab(Duration::from_secs(600));
    let terminal = Terminal::start(lab.command(&["run", "copy-00", "--wait"]));
    terminal.expect("InProgress");
    terminal.interrupt();
    let (status, seen) = terminal.end();
    assert_eq!(status, Some(1), "{seen}");
    assert!(
        seen.contains("continues in the background: cancel it with `appflow cancel copy-00 "),
        "{seen}"
    );
    assert!(lab.run(&["runs", "copy-00"], 0).contains("InProgress"));
    lab.run(&["cancel", "copy-00"], 0);
}
