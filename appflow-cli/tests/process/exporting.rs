//! `export` into a folder with other files: none of them is lost.

use crate::lab::{Lab, flow};

#[test]
fn a_new_file_never_takes_the_place_of_another_definition() {
    let lab = Lab::new();
    for name in ["first", "other"] {
        lab.write(&format!("{name}.yaml"), &flow(name));
        lab.run(&["apply", &format!("{name}.yaml"), "--yes"], 0);
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
        lab.write(&format!("{name}-file.yaml"), &flow(name));
        lab.run(&["apply", &format!("{name}-file.yaml"), "--yes"], 0);
    }
    lab.run(&["export", "--to", "flows"], 0);
    let mut names: Vec<String> = std::fs::read_dir(lab.path("flows"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().to_lowercase())
        .collect();
    names.sort();
    assert_eq!(names, ["orders-2.yaml", "orders.yaml"]);
    lab.run(&["plan", "flows", "--prune", "--detailed-exitcode"], 0);
}
