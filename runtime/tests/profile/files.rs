//! Tests of the paths of the files, and of files that are missing or cannot be read.

use crate::value;
use smithy_reqwest::environment::Environment;
use smithy_reqwest::profile::Profiles;

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
        [format!("AWS_CONFIG_FILE: {missing}: file not found")]
    );

    // HOME=/dev/null is common in containers.
    let pairs = [("HOME", "/dev/null")];
    assert!(Profiles::load(&Environment::from_pairs(pairs)).is_ok());

    let homeless = Profiles::load(&Environment::from_pairs([("A", "a")])).unwrap();
    assert_eq!(homeless.config_file(), None);
    assert!(
        homeless.notes()[0].contains("no home directory"),
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
