//! Tests of the selection of a profile.

use crate::config;
use smithy_reqwest::environment::Environment;
use smithy_reqwest::profile::Profiles;

#[test]
fn the_environment_selects_the_profile() {
    for (pairs, expected, explicit) in [
        (vec![], "default", false),
        (vec![("AWS_PROFILE", "")], "default", false),
        (
            vec![("AWS_PROFILE", "a"), ("AWS_DEFAULT_PROFILE", "b")],
            "a",
            true,
        ),
        (vec![("AWS_DEFAULT_PROFILE", "b")], "b", true),
        (vec![("AWS_PROFILE", "default")], "default", true),
    ] {
        let environment = Environment::from_pairs(pairs);
        let profiles = Profiles::from_bytes(&environment, b"", b"");
        assert_eq!(profiles.selected_name(), expected, "{environment:?}");
        assert_eq!(
            profiles.is_explicitly_selected(),
            explicit,
            "{environment:?}"
        );
    }
    let profiles = config("[profile code]\nk = v").select("code");
    assert_eq!(profiles.selected().unwrap().unwrap().get("k"), Some("v"));
}

#[test]
fn a_selected_profile_that_does_not_exist_is_an_error_and_a_missing_default_is_none() {
    assert!(config("[profile a]").selected().unwrap().is_none());

    let pairs = [("HOME", "/home/x"), ("AWS_PROFILE", "dev")];
    let environment = Environment::from_pairs(pairs);
    let profiles = Profiles::from_bytes(&environment, b"[dev]\n[profile prod]", b"");
    assert_eq!(
        profiles.selected().unwrap_err().to_string(),
        "profile `dev`, selected by AWS_PROFILE, is not in /home/x/.aws/config or /home/x/.aws/credentials \
         (profiles defined there: prod); [dev] in /home/x/.aws/config, line 1, is ignored: \
         expected [profile name] in the config file"
    );
    let error = config("").select("dev").selected().unwrap_err().to_string();
    assert!(error.contains("`dev`, selected by the program,"), "{error}");
    assert!(error.contains("(no profile is defined there)"), "{error}");
}
