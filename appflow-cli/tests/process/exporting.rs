//! `export` into a folder with other files: none of them is lost.

use crate::lab::{Lab, files, flow, profile};

/// Creates what a definition defines, by a file beside the folders of the tests.
fn create(lab: &Lab, file: &str, definition: &str) {
    lab.write(file, definition);
    lab.run(&["apply", file, "--yes"], 0);
}

#[test]
fn a_new_file_never_takes_the_place_of_another_definition() {
    let lab = Lab::new();
    for name in ["first", "other"] {
        create(&lab, "one.yaml", &flow(name));
    }
    // The file with the name of one flow defines the other, and its name differs in case.
    lab.write("flows/Other.yaml", &flow("first"));
    let written = lab.run(&["export", "--to", "flows"], 0);
    assert_eq!(
        written,
        "unchanged  flows/Other.yaml\nnew        flows/other-2.yaml\n"
    );
    // Both have a file now, so that nothing is deleted and the next export changes nothing.
    let plan = ["plan", "flows", "--prune", "--detailed-exitcode"];
    lab.run(&plan, 0);
    let again = lab.run(&["export", "--to", "flows"], 0);
    assert_eq!(
        again,
        "unchanged  flows/Other.yaml\nunchanged  flows/other-2.yaml\n"
    );
}

#[test]
fn flows_whose_names_differ_only_in_case_get_files_that_differ_in_more() {
    let lab = Lab::new();
    for name in ["Orders", "orders"] {
        create(&lab, "one.yaml", &flow(name));
    }
    lab.run(&["export", "--to", "flows"], 0);
    let names = files(&lab.path("flows")).into_iter();
    let mut names: Vec<String> = names.map(|(name, _)| name.to_lowercase()).collect();
    names.sort();
    assert_eq!(names, ["orders-2.yaml", "orders.yaml"]);
    lab.run(&["plan", "flows", "--prune", "--detailed-exitcode"], 0);
}

#[test]
fn a_file_with_a_mistake_is_an_error_and_is_not_replaced() {
    let lab = Lab::new();
    let (crm, one) = (profile("token"), flow("one"));
    create(&lab, "crm.yaml", &crm);
    create(&lab, "one.yaml", &one);
    let table = [
        (
            "profiles/crm.yaml",
            crm.as_str(),
            "connectorType",
            "conectorType",
        ),
        ("one.yaml", one.as_str(), "taskType", "tskType"),
    ];
    for (number, (file, text, right, wrong)) in table.into_iter().enumerate() {
        let folder = format!("flows-{number}");
        let path = format!("{folder}/{file}");
        let broken = text.replace(right, wrong);
        lab.write(&path, &broken);
        let output = lab.output(&["export", "--to", &folder]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.starts_with(&format!("error: {path}:")), "{error}");
        assert!(
            error.contains(&format!("unknown member `{wrong}`")),
            "{error}"
        );
        assert!(error.ends_with("mend or move the file\n"), "{error}");
        assert_eq!(std::fs::read_to_string(lab.path(&path)).unwrap(), broken);
    }
}

#[test]
fn inputs_of_the_aws_cli_do_not_replace_definitions_that_activate_flows() {
    let lab = Lab::new();
    let scheduled = "triggerType: Scheduled
  triggerProperties:
    Scheduled:
      scheduleExpression: rate(1days)
      scheduleStartTime: 2090-01-01T00:00:00Z";
    let definition = flow("daily").replace("triggerType: OnDemand", scheduled);
    lab.write("flows/daily.yaml", &format!("active: true\n{definition}"));
    lab.run(&["apply", "flows", "--yes"], 0);
    let export = ["export", "--to", "flows", "--as", "cli-input"];
    let output = lab.output(&export);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: flows/daily.yaml: inputs of the AWS CLI have no `active`, which this definition has: export to another folder\n"
    );
    lab.run(&["plan", "flows", "--detailed-exitcode"], 0);
    lab.run(&["export", "--to", "inputs", "--as", "cli-input"], 0);
    // Inputs are replaced by inputs.
    lab.run(&["export", "--to", "inputs", "--as", "cli-input"], 0);
}
