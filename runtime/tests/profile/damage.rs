//! Tests of malformed lines: which are errors, which are notes, and that no message shows a value.

use crate::{CONFIG, config, environment, parse};
use smithy_reqwest::profile::Profiles;

/// Returns the error of a required profile.
fn damage(config: &[u8], credentials: &[u8], profile: &str) -> Option<String> {
    let profiles = Profiles::from_bytes(&environment(), config, credentials).select(profile);
    profiles.selected().err().map(|error| error.to_string())
}

#[test]
fn a_malformed_line_of_a_needed_profile_is_an_error_that_names_file_and_line_and_shows_nothing_of_it()
 {
    for (text, line, problem) in [
        ("[profile a", 1, "missing `]` of a section"),
        ("[profile a # c", 1, "missing `]` of a section"),
        (
            "[profile a]\nplanted",
            2,
            "expected [section] or `name = value`",
        ),
        (
            "[profile a]\nplanted : v",
            2,
            "expected [section] or `name = value`",
        ),
        (
            "[profile a]\n -planted",
            2,
            "expected [section] or `name = value`",
        ),
        ("[profile a]\n\n= planted", 3, "property without a name"),
        (
            "[profile a]\nk =\n planted",
            3,
            "expected [section] or `name = value`",
        ),
        ("[profile a]\nk =\n = planted", 3, "property without a name"),
        (
            "[profile a] planted",
            1,
            "unexpected text after the `]` of a section",
        ),
        // The first of several faults is reported.
        (
            "[profile a]\n= planted\nplanted",
            2,
            "property without a name",
        ),
    ] {
        assert_eq!(
            damage(text.as_bytes(), b"", "a"),
            Some(format!("{CONFIG}, line {line}: {problem}")),
            "{text:?}"
        );
        let debug = format!("{:?}", config(text).select("a").selected());
        assert!(!debug.contains("planted"), "{debug}");
    }
    let error = damage(b"", b"[a]\nnonsense", "a").unwrap();
    assert!(
        error.starts_with("/home/x/.aws/credentials, line 2: "),
        "{error}"
    );
}

#[test]
fn damage_outside_of_the_needed_profile_is_of_no_matter() {
    for (case, text) in [
        (
            "another profile",
            "[profile b]\nnonsense\n[profile a]\nk = v",
        ),
        ("after it", "[profile a]\nk = v\n[profile b]\n= x"),
        ("another header", "[profile a]\nk = v\n[profile b\nk = w"),
        ("before all sections", "nonsense = 1\n[profile a]\nk = v"),
        ("another kind", "[services s]\nnonsense\n[profile a]\nk = v"),
    ] {
        let profiles = config(text).select("a");
        let profile = profiles.selected().unwrap().unwrap();
        assert_eq!(profile.get("k"), Some("v"), "{case}");
    }
    let profiles = config("nonsense = 1\n[profile a]\nk = v");
    assert_eq!(
        profiles.notes(),
        [format!(
            "{CONFIG}, line 1, is ignored: property before the first [section]"
        )]
    );
    let error = profiles.select("b").selected().unwrap_err().to_string();
    assert!(error.contains("line 1, is ignored"), "{error}");
}

#[test]
fn a_damaged_services_section_is_an_error_where_an_endpoint_is_looked_for() {
    let profiles = config("[profile a]\nservices = s\n[services s]\nnonsense\n");
    let profile = profiles.profile("a").unwrap();
    let error = profiles.service_property(profile, "appflow", "endpoint_url");
    assert_eq!(
        error.unwrap_err().to_string(),
        format!("{CONFIG}, line 4: expected [section] or `name = value`")
    );
}

#[test]
fn a_line_that_is_not_utf8_is_damage_of_its_section() {
    let text = b"[default]\nk = v\nl = \xff\n";
    let expected = format!("{CONFIG}, line 3: not UTF-8");
    assert_eq!(damage(text, b"", "default"), Some(expected));
    for (case, text) in [
        (
            "another profile",
            b"[profile b]\nl = \xff\n[default]\nk = v".as_slice(),
        ),
        ("a comment", b"[default]\n# \xff\nk = v"),
        ("another header", b"[default]\nk = v\n[profile \xff]\nk = w"),
    ] {
        let profiles = Profiles::from_bytes(&environment(), text, b"");
        let profile = profiles.selected().unwrap().unwrap();
        assert_eq!(profile.get("k"), Some("v"), "{case}");
    }
    // This is UTF-16, as a Windows editor writes it.
    let profiles = Profiles::from_bytes(&environment(), b"\xff\xfe[\0d\0]\0", b"");
    assert_eq!(
        profiles.notes(),
        [format!("{CONFIG}, line 1, is ignored: not UTF-8")]
    );
}

#[test]
fn no_debug_output_shows_a_value() {
    let profiles = parse(
        "[services s]\na =\n  k = planted",
        "[default]\naws_secret_access_key = planted\nk =\n  n = planted",
    );
    let debug = format!("{profiles:?}");
    assert!(debug.contains("aws_secret_access_key"), "{debug}");
    assert!(!debug.contains("planted"), "{debug}");
}
