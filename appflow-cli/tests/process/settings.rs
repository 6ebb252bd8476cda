//! The choice of the account by profile, region and endpoint, as in the AWS CLI.

use crate::lab::{Lab, text};

fn configured() -> Lab {
    let lab = Lab::new();
    lab.write_flows(1);
    let url = lab.local.endpoint_url();
    lab.write(
        ".aws/config",
        &format!(
            "[profile here]\nregion = us-east-1\nendpoint_url = {url}\n\
             aws_access_key_id = test\naws_secret_access_key = test\n\
             [profile elsewhere]\nregion = eu-west-1\nendpoint_url = {url}\n\
             aws_access_key_id = test\naws_secret_access_key = test\n"
        ),
    );
    lab
}

#[test]
fn a_profile_brings_region_endpoint_and_keys() {
    let lab = configured();
    let run = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut command = lab.bare(arguments);
        let output = command.envs(environment.iter().copied()).output().unwrap();
        (
            output.status.code(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };
    let (status, _, error) = run(&["--profile", "here", "apply", "flows", "--yes"], &[]);
    assert_eq!(status, Some(0), "{error}");
    type Case<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)], bool);
    let table: [Case<'_>; 7] = [
        (&["--profile", "here", "list"], &[], true),
        (&["list", "--profile", "here"], &[], true),
        (&["list"], &[("AWS_PROFILE", "here")], true),
        // Flows belong to a region.
        (&["--profile", "elsewhere", "list"], &[], false),
        (
            &["--profile", "elsewhere", "--region", "us-east-1", "list"],
            &[],
            true,
        ),
        // The option takes precedence over the variable, for both profile and region.
        (
            &["--profile", "here", "list"],
            &[("AWS_PROFILE", "elsewhere")],
            true,
        ),
        (
            &["--profile", "here", "--region", "eu-west-1", "list"],
            &[("AWS_REGION", "us-east-1")],
            false,
        ),
    ];
    for (arguments, environment, found) in table {
        let (status, written, error) = run(arguments, environment);
        assert_eq!(status, Some(0), "{arguments:?}: {error}");
        assert_eq!(
            written.contains("copy-00"),
            found,
            "{arguments:?}: {written}"
        );
    }
}

#[test]
fn an_endpoint_is_taken_from_the_option_before_anything_else() {
    let lab = Lab::new();
    lab.write_flows(1);
    let url = lab.local.endpoint_url();
    let mut command = lab.command(&["--endpoint-url", &url, "apply", "flows", "--yes"]);
    command.env("AWS_ENDPOINT_URL_APPFLOW", "http://127.0.0.1:9");
    assert!(command.output().unwrap().status.success());
    assert_eq!(lab.count("CreateFlow"), 1);
}

#[test]
fn the_local_account_conflicts_with_options_of_a_real_one() {
    let lab = configured();
    let table: [&[&str]; 2] = [
        &["--local", "--profile", "here", "list"],
        &["--local", "--endpoint-url", "http://127.0.0.1:9", "list"],
    ];
    for arguments in table {
        let output = lab.bare(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(
            text(&output.stderr),
            "error: --local cannot be used with --profile or --endpoint-url\n"
        );
    }
    assert!(!lab.path(".appflow-local").exists());
}
