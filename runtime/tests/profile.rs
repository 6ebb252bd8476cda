//! The AWS config and credentials files: what they define, where each value stands, and what is said when they are bad.
#![allow(clippy::unwrap_used)]

use smithy_reqwest::environment::Environment;
use smithy_reqwest::profile::Profiles;
use std::path::Path;

const CONFIG: &str = "/home/x/.aws/config";

fn environment() -> Environment {
    Environment::from_pairs([("HOME", "/home/x")])
}

fn parse(config: &str, credentials: &str) -> Profiles {
    Profiles::from_bytes(&environment(), config.as_bytes(), credentials.as_bytes())
}

fn config(text: &str) -> Profiles {
    parse(text, "")
}

/// `profile.property` -> value.
fn value<'a>(profiles: &'a Profiles, path: &str) -> Option<&'a str> {
    let (profile, property) = path.split_once('.').unwrap();
    profiles.profile(profile)?.get(property)
}

#[test]
fn the_grammar_of_the_config_file() {
    // name of the case, file, property, value
    for (case, text, path, expected) in [
        ("plain", "[profile a]\nk = v", "a.k", Some("v")),
        ("no spaces", "[profile a]\nk=v", "a.k", Some("v")),
        ("tabs", "[profile\ta]\nk \t=  \tv \t", "a.k", Some("v")),
        (
            "padded section",
            "[  profile  a  ]\nk = v",
            "a.k",
            Some("v"),
        ),
        (
            "unprefixed default",
            "[default]\nk = v",
            "default.k",
            Some("v"),
        ),
        ("unprefixed other", "[a]\nk = v", "a.k", None),
        ("glued prefix", "[profilea]\nk = v", "a.k", None),
        (
            "CRLF",
            "[profile a]\r\nk = v\r\nl = w\r\n",
            "a.k",
            Some("v"),
        ),
        ("BOM", "\u{feff}[profile a]\nk = v", "a.k", Some("v")),
        ("equals sign", "[profile a]\nk = v=w", "a.k", Some("v=w")),
        (
            "unicode",
            "[profile a]\nk = grüße 🐱",
            "a.k",
            Some("grüße 🐱"),
        ),
        ("empty value is unset", "[profile a]\nk =", "a.k", None),
        (
            "names in any case",
            "[profile a]\nReGion = v",
            "a.REGION",
            Some("v"),
        ),
        ("profiles in their case", "[profile A]\nk = v", "a.k", None),
        (
            "unusual name",
            "[profile a:b/c_1%d@e+f!]\nk = v",
            "a:b/c_1%d@e+f!.k",
            Some("v"),
        ),
        (
            "quoted name",
            "[profile \"a b\"]\nk = v",
            "a b.k",
            Some("v"),
        ),
        (
            "quoted otherwise",
            "[profile 'a b']\nk = v",
            "a b.k",
            Some("v"),
        ),
        (
            "unquoted white space",
            "[profile a b]\nk = v",
            "a b.k",
            None,
        ),
        (
            "comment lines",
            "# c\n; c\n[profile a]\n# c\nk = v",
            "a.k",
            Some("v"),
        ),
        (
            "indented comment line",
            "[profile a]\nk = v\n  # c\nl = w",
            "a.k",
            Some("v"),
        ),
        (
            "comment after section",
            "[profile a]; c\nk = v",
            "a.k",
            Some("v"),
        ),
        (
            "comment after value",
            "[profile a]\nk = v # c ; c",
            "a.k",
            Some("v"),
        ),
        (
            "comment after tab",
            "[profile a]\nk = v\t; c",
            "a.k",
            Some("v"),
        ),
        (
            "sign inside value",
            "[profile a]\nk = v#w;x",
            "a.k",
            Some("v#w;x"),
        ),
        ("value is a comment", "[profile a]\nk = # c", "a.k", None),
        (
            "blank lines",
            "\t \n[profile a]\n \n\nk = v\n \t",
            "a.k",
            Some("v"),
        ),
        (
            "continuation",
            "[profile a]\nk = v\n  w \n\tx",
            "a.k",
            Some("v\nw\nx"),
        ),
        (
            "continuation keeps signs",
            "[profile a]\nk = v\n w # x",
            "a.k",
            Some("v\nw # x"),
        ),
        (
            "continued over blank",
            "[profile a]\nk = v\n\n w",
            "a.k",
            Some("v\nw"),
        ),
        (
            "all indented",
            "[profile a]\n  k = v\n  l = w",
            "a.k",
            Some("v"),
        ),
        (
            "all indented, second",
            "[profile a]\n  k = v\n  l = w",
            "a.l",
            Some("w"),
        ),
        (
            "duplicates merge",
            "[profile a]\nk = v\n[profile a]\nl = w",
            "a.k",
            Some("v"),
        ),
        (
            "last one wins",
            "[profile a]\nK = v\n[profile a]\nk = w",
            "a.k",
            Some("w"),
        ),
        (
            "bare default gives way",
            "[default]\nk = v\n[profile default]\nl = w",
            "default.k",
            None,
        ),
        (
            "in any order",
            "[profile default]\nl = w\n[default]\nl = v",
            "default.l",
            Some("w"),
        ),
        (
            "unknown kinds are ignored",
            "[sso-sesion a]\nk = v\n[profile a]\nl = w",
            "a.k",
            None,
        ),
    ] {
        let profiles = parse(text, "");
        assert_eq!(value(&profiles, path), expected, "{case}");
    }
}

#[test]
fn the_credentials_file_beats_the_config_file_property_by_property() {
    let profiles = parse(
        "[profile a]\nk = config\nl = config\n[default]\nk = config",
        "[a]\nk = credentials\n[default]\nm = credentials\n[profile b]\nk = ignored\n[a b]\nk = spaced",
    );
    for (path, expected) in [
        ("a.k", Some("credentials")),
        ("a.l", Some("config")),
        ("default.k", Some("config")),
        ("default.m", Some("credentials")),
        ("b.k", None),
        ("a b.k", Some("spaced")),
    ] {
        assert_eq!(value(&profiles, path), expected, "{path}");
    }
    let names: Vec<_> = profiles.names().collect();
    assert_eq!(names, ["a", "a b", "default"]);
}

/// What is said of a profile that is needed.
fn damage(config: &[u8], credentials: &[u8], profile: &str) -> Option<String> {
    let profiles = Profiles::from_bytes(&environment(), config, credentials).select(profile);
    profiles.selected().err().map(|error| error.to_string())
}

#[test]
fn a_malformed_line_of_a_needed_profile_is_an_error_that_names_file_and_line_and_shows_nothing_of_it()
 {
    for (text, line, problem) in [
        ("[profile a", 1, "a section has to end with `]`"),
        ("[profile a # c", 1, "a section has to end with `]`"),
        (
            "[profile a]\nplanted",
            2,
            "neither a [section] nor `name = value`",
        ),
        (
            "[profile a]\nplanted : v",
            2,
            "neither a [section] nor `name = value`",
        ),
        (
            "[profile a]\n -planted",
            2,
            "neither a [section] nor `name = value`",
        ),
        ("[profile a]\n\n= planted", 3, "a property without a name"),
        (
            "[profile a]\nk =\n planted",
            3,
            "neither a [section] nor `name = value`",
        ),
        (
            "[profile a]\nk =\n = planted",
            3,
            "a property without a name",
        ),
        (
            "[profile a] planted",
            1,
            "something other than a comment follows the `]` of a section",
        ),
        // The first of several.
        (
            "[profile a]\n= planted\nplanted",
            2,
            "a property without a name",
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
            "{CONFIG}, line 1, is ignored: a property stands before the first [section]"
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
        format!("{CONFIG}, line 4: neither a [section] nor `name = value`")
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
    // UTF-16, as a Windows editor writes it.
    let profiles = Profiles::from_bytes(&environment(), b"\xff\xfe[\0d\0]\0", b"");
    assert_eq!(
        profiles.notes(),
        [format!("{CONFIG}, line 1, is ignored: not UTF-8")]
    );
}

#[test]
fn a_value_knows_where_it_stands() {
    let profiles = parse(
        "# c\n[profile dev]\n\nregion = eu-west-1\nservices = s\n[services s]\nappflow =\n  endpoint_url = u\n",
        "[dev]\naws_access_key_id = AK",
    );
    let dev = profiles.profile("dev").unwrap();
    for (property, expected) in [
        (
            "region",
            "`region` in profile `dev` of /home/x/.aws/config, line 4",
        ),
        (
            "aws_access_key_id",
            "`aws_access_key_id` in profile `dev` of /home/x/.aws/credentials, line 2",
        ),
    ] {
        assert_eq!(
            dev.property(property).unwrap().origin().to_string(),
            expected
        );
    }
    let endpoint = profiles
        .service_property(dev, "appflow", "endpoint_url")
        .unwrap()
        .unwrap();
    let origin = endpoint.origin();
    assert_eq!(
        origin.to_string(),
        "`appflow.endpoint_url` in services `s` of /home/x/.aws/config, line 8"
    );
    assert_eq!(
        (
            origin.property(),
            origin.section(),
            origin.path(),
            origin.line()
        ),
        ("appflow.endpoint_url", "services `s`", Path::new(CONFIG), 8)
    );
}

#[test]
fn a_service_setting_is_found_through_the_services_section_of_the_profile() {
    let profiles = config(
        "[profile a]\nservices = s\nappflow =\n  endpoint_url = not here\n[profile b]\nservices = none\n[profile c]\n\
         [services s]\ns3 =\n  endpoint_url = u1\nAppFlow = \n # c\n  Endpoint_URL = u2 # c\n\n  other = u3\nflat = u4\n",
    );
    for (profile, service, name, expected) in [
        ("a", "appflow", "endpoint_url", Some("u2")),
        ("a", "appflow", "other", Some("u3")),
        ("a", "s3", "endpoint_url", Some("u1")),
        ("a", "flat", "endpoint_url", None),
        ("a", "appflow", "absent", None),
        ("b", "appflow", "endpoint_url", None),
        ("c", "appflow", "endpoint_url", None),
    ] {
        let profile = profiles.profile(profile).unwrap();
        let found = profiles.service_property(profile, service, name);
        assert_eq!(
            found.unwrap().map(|property| property.value()),
            expected,
            "{profile:?} {service} {name}"
        );
    }
}

#[test]
fn an_sso_session_is_no_profile() {
    let profiles = config("[sso-session a]\nsso_region = r\n");
    assert!(profiles.profile("a").is_none());
    assert_eq!(
        profiles.sso_session("a").unwrap().get("sso_region"),
        Some("r")
    );
}

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
         in the config file a profile is written [profile name]"
    );
    let error = config("").select("dev").selected().unwrap_err().to_string();
    assert!(error.contains("`dev`, selected by the program,"), "{error}");
    assert!(error.contains("(no profile is defined there)"), "{error}");
}

#[test]
fn files_are_found_under_home_or_where_the_variables_say() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().to_str().unwrap();
    std::fs::create_dir(home.path().join(".aws")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(home.path().join(name), text).unwrap();
    write(".aws/config", "[default]\nk = default config");
    write(".aws/credentials", "[default]\nl = default credentials");
    write("config", "[default]\nk = named config");
    write("credentials", "[default]\nl = named credentials");
    let both = |k, l| (Some(k), Some(l));
    for (pairs, expected) in [
        (vec![], both("default config", "default credentials")),
        (
            vec![("AWS_CONFIG_FILE", "~/config")],
            both("named config", "default credentials"),
        ),
        (
            vec![("AWS_SHARED_CREDENTIALS_FILE", "~/credentials")],
            both("default config", "named credentials"),
        ),
        (
            vec![
                ("AWS_CONFIG_FILE", "~/config"),
                ("AWS_SHARED_CREDENTIALS_FILE", ""),
            ],
            both("named config", "default credentials"),
        ),
    ] {
        let environment = Environment::from_pairs([("HOME", root)].into_iter().chain(pairs));
        let profiles = Profiles::load(&environment).unwrap();
        let found = (value(&profiles, "default.k"), value(&profiles, "default.l"));
        assert_eq!(found, expected, "{environment:?}");
        assert_eq!(profiles.notes(), [""; 0], "{environment:?}");
    }
}

#[test]
fn a_missing_file_is_empty_and_one_that_was_named_leaves_a_note() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().to_str().unwrap();
    let missing = home.path().join("missing").to_str().unwrap().to_owned();

    let silent = Profiles::load(&Environment::from_pairs([("HOME", root)])).unwrap();
    assert_eq!((silent.names().count(), silent.notes()), (0, [].as_slice()));
    assert_eq!(
        silent.config_file(),
        Some(home.path().join(".aws/config").as_path())
    );

    let pairs = [("HOME", root), ("AWS_CONFIG_FILE", &missing)];
    let noted = Profiles::load(&Environment::from_pairs(pairs)).unwrap();
    assert_eq!(
        noted.notes(),
        [format!(
            "AWS_CONFIG_FILE names {missing}, which does not exist"
        )]
    );

    // HOME=/dev/null is common in containers.
    let pairs = [("HOME", "/dev/null")];
    assert!(Profiles::load(&Environment::from_pairs(pairs)).is_ok());

    let homeless = Profiles::load(&Environment::from_pairs([("A", "a")])).unwrap();
    assert_eq!(homeless.config_file(), None);
    assert!(
        homeless.notes()[0].contains("there is no home directory"),
        "{:?}",
        homeless.notes()
    );
}

#[test]
fn a_directory_in_the_place_of_a_file_is_passed_over_with_a_note() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().to_str().unwrap();
    std::fs::create_dir_all(home.path().join(".aws/credentials")).unwrap();
    std::fs::write(home.path().join(".aws/config"), "[default]\nk = v").unwrap();
    for pairs in [
        vec![("HOME", root)],
        vec![
            ("HOME", root),
            ("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
        ],
    ] {
        let profiles = Profiles::load(&Environment::from_pairs(pairs)).unwrap();
        assert_eq!(value(&profiles, "default.k"), Some("v"));
        let expected = format!("{root}/.aws/credentials is a directory");
        assert_eq!(profiles.notes(), [expected]);
    }
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

#[test]
fn no_bytes_crash_the_parser() {
    const PIECES: [&[u8]; 16] = [
        b"[",
        b"]",
        b"profile ",
        b"default",
        b"=",
        b"\n",
        b"\r",
        b" ",
        b"\t",
        b"#",
        b";",
        b"\"",
        b"\xff",
        b"\xc3\xa4",
        b"k = v",
        b"\0",
    ];
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..20_000 {
        let length = random.usize(0..24);
        let mut file = || -> Vec<u8> {
            let pieces = (0..length).map(|_| PIECES[random.usize(0..PIECES.len())]);
            pieces.flatten().copied().collect()
        };
        let (config, credentials) = (file(), file());
        let profiles = Profiles::from_bytes(&environment(), &config, &credentials);
        for name in profiles.names() {
            let profile = profiles.profile(name).unwrap();
            profile
                .names()
                .for_each(|property| assert!(profile.property(property).is_some()));
        }
        let _ = profiles.selected().map_err(|error| error.to_string());
    }
}
