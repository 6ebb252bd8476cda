//! Exit statuses: 0 on success, 2 for changes with `--detailed-exitcode`, otherwise 1.

use crate::lab::{Lab, flow};
use appflow_local::Fault;

#[test]
fn each_command_ends_with_the_status_that_scripts_go_by() {
    let lab = Lab::new();
    lab.write("flows/one.yaml", &flow("one"));
    lab.write("other.yaml", &flow("one").replace("Map_all", "Map_al"));
    lab.write(
        "moved/one.yaml",
        &flow("one").replace("acme-data-lake", "acme-lake"),
    );
    lab.write(
        "noted/one.yaml",
        &format!("description: noted\n{}", flow("one")),
    );
    let steps: [(&str, i32); 33] = [
        ("--help", 0),
        ("--version", 0),
        ("", 1),
        ("plan", 1),
        ("plan nowhere", 1),
        ("validate flows", 0),
        ("validate other.yaml", 1),
        ("validate nowhere", 1),
        ("plan flows", 0),
        ("plan flows --detailed-exitcode", 2),
        ("plan other.yaml --detailed-exitcode", 1),
        ("apply flows", 1),
        ("apply other.yaml --yes", 1),
        ("apply flows --yes", 0),
        ("apply flows --yes", 0),
        ("plan flows --detailed-exitcode", 0),
        ("plan noted --detailed-exitcode", 2),
        ("plan moved --detailed-exitcode", 1),
        ("plan moved --detailed-exitcode --replace", 2),
        ("diff one flows/one.yaml --detailed-exitcode", 0),
        ("diff one noted/one.yaml --detailed-exitcode", 2),
        ("diff one noted/one.yaml", 0),
        ("diff one nothing", 1),
        ("export --to out", 0),
        ("export one nothing --to out", 1),
        ("show one", 0),
        ("show nothing", 1),
        ("run nothing", 1),
        ("runs one", 0),
        ("cancel one 00000000-0000-0000-0000-000000000000", 1),
        ("entities nobody", 1),
        ("schema profile", 0),
        ("completions nonsense", 1),
    ];
    for (line, status) in steps {
        let arguments: Vec<&str> = line.split_whitespace().collect();
        lab.run(&arguments, status);
    }
}

#[test]
fn one_failure_among_many_is_a_failure_and_the_rest_is_done() {
    let lab = Lab::new();
    lab.write_flows(3);
    let fault = Fault::Error {
        code: "AccessDeniedException".to_owned(),
        status: 403,
        message: "not you".to_owned(),
    };
    lab.local.faults().next_calls(Some("CreateFlow"), 1, fault);
    let output = lab.output(&["--concurrency", "1", "apply", "flows", "--yes"]);
    assert_eq!(output.status.code(), Some(1));
    let (written, error) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(written.contains("Applied: 2 done, 1 failed."), "{written}");
    assert!(
        error
            .starts_with("error: create copy-00: CreateFlow: AccessDeniedException (403): not you"),
        "{error}"
    );
    assert_eq!(error.lines().count(), 1, "{error}");
}

#[test]
fn throttles_are_waited_for() {
    let lab = Lab::new();
    lab.write_flows(6);
    lab.local.faults().next_calls(None, 12, Fault::Throttle);
    lab.run(&["apply", "flows", "--yes"], 0);
    assert_eq!(lab.local.faults().pending(), Default::default());
    lab.run(&["plan", "flows", "--detailed-exitcode"], 0);
}

#[test]
fn pruning_deletes_nothing_for_want_of_files_or_for_the_case_of_an_extension() {
    let lab = Lab::new();
    for (name, extension) in [("one", "YAML"), ("two", "Yml"), ("three", "yml")] {
        lab.write(&format!("flows/{name}.{extension}"), &flow(name));
    }
    let show = ["--output", "json", "show", "one"];
    lab.run(&["apply", "flows", "--yes"], 0);
    let json = lab.run(&show, 0).replace("\"one\"", "\"four\"");
    lab.write("flows/four.JSON", &json);
    lab.run(&["apply", "flows", "--yes"], 0);
    assert_eq!(lab.run(&["list"], 0).lines().count(), 5);
    lab.run(&["plan", "flows", "--prune", "--detailed-exitcode"], 0);

    lab.write("empty/README.md", "no flow");
    let output = lab.output(&["apply", "empty", "--prune", "--yes"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: empty: no definition of a flow: --prune would delete all flows of the account: check the path, or omit --prune\n"
    );
    assert_eq!(lab.count("DeleteFlow"), 0);
    // Without it, there is nothing to do.
    lab.run(&["apply", "empty", "--yes"], 0);
}
