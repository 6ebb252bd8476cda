//! Tests of the grammar of the files.

use crate::{environment, parse, value};
use smithy_reqwest::profile::Profiles;

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
