//! Tests of plans: all forms of profiles, and all faults, before anything is sent.

use crate::support::Home;
use smithy_reqwest::credentials::plan::{Base, NamedSource, plan, sso_session};
use smithy_reqwest::profile::Profiles;

const KEYS: &str = "aws_access_key_id = AK\naws_secret_access_key = SK\n";
const SESSION: &str = "[sso-session s]\nsso_start_url = https://u\nsso_region = eu-west-1\n";

fn profiles(config: &str, selected: &str) -> (Home, Profiles) {
    let home = Home::new(config, "");
    let profiles = Profiles::load(&home.environment(&[("AWS_PROFILE", selected)])).unwrap();
    (home, profiles)
}

/// Returns a plan in one line: its base, then each role.
fn told(config: &str, selected: &str) -> String {
    let (_home, profiles) = profiles(config, selected);
    let plan = plan(&profiles).unwrap_or_else(|error| panic!("{config}: {error}"));
    let mut told = match plan.base {
        Base::Keys(keys) => format!("keys {}", keys.access_key_id()),
        Base::Source(source, _) => source.as_str().to_owned(),
        Base::WebIdentity(role) => format!(
            "web identity {} {} {:?}",
            role.role_arn,
            role.token_file.display(),
            role.session_name
        ),
        Base::Sso(role) => format!(
            "sso {:?} {} {} {} {}",
            role.session.name,
            role.session.start_url,
            role.session.region,
            role.account_id,
            role.role_name
        ),
        Base::Login(login) => format!("login {} of {}", login.session, login.profile),
        Base::Process(process) => format!("process {}", process.command.value()),
        _ => "other".to_owned(),
    };
    for role in plan.roles {
        told.push_str(" > ");
        told.push_str(&role.arn);
        for (name, value) in [
            ("session", role.session_name),
            ("external", role.external_id),
            (
                "seconds",
                role.duration_seconds.map(|seconds| seconds.to_string()),
            ),
            (
                "mfa",
                role.mfa_serial.map(|serial| serial.value().to_owned()),
            ),
        ] {
            if let Some(value) = value {
                told.push_str(&format!(" {name}={value}"));
            }
        }
    }
    told
}

#[test]
fn every_way_to_write_it_has_its_plan() {
    let sso = "sso_account_id = 1\nsso_role_name = r\n";
    let older = "sso_start_url = https://u\nsso_region = eu-west-1\n";
    for (config, expected) in [
        (format!("[profile a]\n{KEYS}"), "keys AK"),
        (
            format!("[profile a]\nrole_arn = A\nsource_profile = b\n[profile b]\n{KEYS}"),
            "keys AK > A",
        ),
        // Keys take precedence over a role in the profile that another names, but not in the selected one.
        (
            format!(
                "[profile a]\n{KEYS}role_arn = A\nsource_profile = b\n\
                 [profile b]\nrole_arn = B\nsource_profile = a\n{KEYS}"
            ),
            "keys AK > A",
        ),
        (
            format!(
                "[profile a]\nrole_arn = A\nsource_profile = b\nrole_session_name = n\nexternal_id = e\n\
                 duration_seconds = 900\nmfa_serial = m\n\
                 [profile b]\nrole_arn = B\nsource_profile = c\n[profile c]\n{KEYS}"
            ),
            "keys AK > B > A session=n external=e seconds=900 mfa=m",
        ),
        (
            format!("[profile a]\nrole_arn = A\nsource_profile = a\n{KEYS}"),
            "keys AK > A",
        ),
        (
            "[profile a]\nrole_arn = A\nsource_profile = a\ncredential_process = p\n".to_owned(),
            "process p > A",
        ),
        (
            "[profile a]\nrole_arn = A\ncredential_source = Environment\n".to_owned(),
            "Environment > A",
        ),
        (
            "[profile a]\nrole_arn = A\ncredential_source = ecscontainer\n".to_owned(),
            "EcsContainer > A",
        ),
        (
            "[profile a]\nrole_arn = A\nsource_profile = b\n\
             [profile b]\nrole_arn = B\ncredential_source = Ec2InstanceMetadata\n"
                .to_owned(),
            "Ec2InstanceMetadata > B > A",
        ),
        (
            "[profile a]\nrole_arn = A\nsource_profile = b\n[profile b]\ncredential_source = EcsContainer\n"
                .to_owned(),
            "EcsContainer > A",
        ),
        (
            "[profile a]\nrole_arn = A\nweb_identity_token_file = /t\nrole_session_name = n\n".to_owned(),
            "web identity A /t Some(\"n\")",
        ),
        // With a web identity, the role needs no source, and ignores one.
        (
            "[profile a]\nrole_arn = A\nsource_profile = b\n\
             [profile b]\nrole_arn = B\nsource_profile = gone\nweb_identity_token_file = /t\n"
                .to_owned(),
            "web identity B /t None > A",
        ),
        (
            format!("[profile a]\nsso_session = s\n{sso}{SESSION}"),
            "sso Some(\"s\") https://u eu-west-1 1 r",
        ),
        // For older tools, the profile may repeat the settings of the section.
        (
            format!("[profile a]\nsso_session = s\n{sso}{older}{SESSION}"),
            "sso Some(\"s\") https://u eu-west-1 1 r",
        ),
        (
            format!("[profile a]\n{older}{sso}{KEYS}"),
            "sso None https://u eu-west-1 1 r",
        ),
        (
            format!("[profile a]\nrole_arn = A\nsource_profile = b\n[profile b]\n{older}{sso}"),
            "sso None https://u eu-west-1 1 r > A",
        ),
        // A session without a role is for bearer tokens.
        (
            format!("[profile a]\nsso_session = s\n{KEYS}{SESSION}"),
            "keys AK",
        ),
        (
            "[profile a]\nlogin_session = arn\ncredential_process = p\n".to_owned(),
            "login arn of a",
        ),
        (
            "[profile a]\nrole_arn = A\nsource_profile = b\n[profile b]\nlogin_session = arn\n".to_owned(),
            "login arn of b > A",
        ),
        (
            format!("[profile a]\ncredential_process = p\n{KEYS}"),
            "process p",
        ),
        // An empty value counts as not set.
        (
            format!("[profile a]\nrole_arn =\nsso_account_id =\nlogin_session =\n{KEYS}"),
            "keys AK",
        ),
    ] {
        assert_eq!(told(&config, "a"), expected, "{config}");
    }
}

#[test]
fn every_fault_is_reported_with_its_file_line_and_property() {
    for (config, line, expected) in [
        (
            "aws_access_key_id = AK",
            2,
            "`aws_access_key_id` in profile `a` of PATH, line 2 is set, but `aws_secret_access_key` is missing or empty",
        ),
        (
            "role_arn = A",
            2,
            "`role_arn` in profile `a` of PATH, line 2 requires `source_profile` or `credential_source`",
        ),
        (
            "role_arn = A\naws_access_key_id = AK\naws_secret_access_key = SK",
            2,
            "`role_arn` in profile `a` of PATH, line 2 requires `source_profile`",
        ),
        (
            "role_arn = A\nsource_profile = b\ncredential_source = Environment",
            4,
            "`source_profile` in profile `a` of PATH, line 3 cannot be combined with `credential_source` in profile `a` of PATH, line 4: remove one of them",
        ),
        (
            "role_arn = A\ncredential_source = Floozle",
            3,
            "`credential_source` in profile `a` of PATH, line 3: invalid value \"Floozle\": expected Environment, Ec2InstanceMetadata or EcsContainer",
        ),
        (
            "role_arn = A\nsource_profile = gone",
            3,
            "`source_profile` in profile `a` of PATH, line 3: no profile `gone` in PATH or",
        ),
        (
            "role_arn = A\nsource_profile = b\n[profile b]\nregion = r",
            3,
            "`source_profile` in profile `a` of PATH, line 3: profile `b` has no settings for credentials",
        ),
        (
            "role_arn = A\nsource_profile = a",
            3,
            "`source_profile` in profile `a` of PATH, line 3: profile `a` has no settings for credentials",
        ),
        (
            "role_arn = A\nsource_profile = b\n[profile b]\naws_secret_access_key = planted",
            5,
            "`aws_secret_access_key` in profile `b` of PATH, line 5 is set, but `aws_access_key_id` is missing or empty",
        ),
        (
            "role_arn = A\nsource_profile = b\n[profile b]\nrole_arn = B\nsource_profile = c\n[profile c]\nrole_arn = C\nsource_profile = b",
            9,
            "`source_profile` in profile `c` of PATH, line 9: cycle: a -> b -> c -> b",
        ),
        (
            "role_arn = A\nsource_profile = b\nduration_seconds = hour\n[profile b]\n",
            4,
            "`duration_seconds` in profile `a` of PATH, line 4: expected a whole number of seconds from 900 to 43200",
        ),
        (
            "role_arn = A\nsource_profile = b\nduration_seconds = 60\n[profile b]\n",
            4,
            "from 900 to 43200",
        ),
        (
            "web_identity_token_file = /t",
            2,
            "`web_identity_token_file` in profile `a` of PATH, line 2: `web_identity_token_file` was specified but `role_arn` was missing",
        ),
        (
            "sso_account_id = 1\nsso_role_name = r\nsso_session = s",
            4,
            "`sso_session` in profile `a` of PATH, line 4: no section [sso-session s] in the config file",
        ),
        (
            "sso_account_id = 1\nsso_role_name = r\nsso_session = s\n[sso-session s]\nsso_region = r",
            4,
            "`sso_session` in profile `a` of PATH, line 4 requires IAM Identity Center (SSO), but `sso_start_url` is missing in [sso-session s]",
        ),
        (
            "sso_account_id = 1\nsso_role_name = r\nsso_session = s\nsso_region = other\n[sso-session s]\nsso_region = r\nsso_start_url = u",
            5,
            "`sso_region` in profile `a` of PATH, line 5 differs from `sso_region` in sso-session `s` of PATH, line 7: remove the one in the profile",
        ),
        (
            "sso_account_id = 1\nsso_region = r\nsso_start_url = u",
            2,
            "`sso_account_id` in profile `a` of PATH, line 2 requires IAM Identity Center (SSO), but `sso_role_name` is missing in the profile",
        ),
        (
            "sso_start_url = u\nsso_region = r",
            2,
            "but `sso_account_id` is missing in the profile",
        ),
        (
            "sso_role_name = r\nsso_start_url = u\nsso_account_id = 1",
            4,
            "but `sso_region` is missing in the profile",
        ),
    ] {
        let (home, profiles) = profiles(&format!("[profile a]\n{config}\n"), "a");
        let error = plan(&profiles).unwrap_err();
        assert!(!error.is_not_configured(), "{config}");
        let path = format!("{}/.aws/config", home.path());
        let text = error.to_string().replace(&path, "PATH");
        assert!(text.contains(expected), "{config}:\n{text}");
        assert!(text.contains(&format!("line {line}")), "{config}:\n{text}");
        assert!(!text.contains("planted"), "{text}");
    }
}

#[test]
fn a_profile_that_asks_for_nothing_is_not_configured() {
    for config in [
        "[profile a]\nregion = r\n",
        "[profile a]\nsso_session = s\n",
    ] {
        let (_home, profiles) = profiles(config, "a");
        let error = plan(&profiles).unwrap_err();
        assert!(error.is_not_configured(), "{config}: {error}");
        assert!(
            error
                .to_string()
                .ends_with("has no settings for credentials"),
            "{error}"
        );
    }
    let home = Home::new("", "");
    let profiles = Profiles::load(&home.environment(&[])).unwrap();
    assert!(plan(&profiles).unwrap_err().is_not_configured());
}

#[test]
fn the_session_for_bearer_tokens_needs_no_role() {
    let (_home, with_session) = profiles(&format!("[profile a]\nsso_session = s\n{SESSION}"), "a");
    let session = sso_session(&with_session).unwrap().unwrap();
    assert_eq!(session.name.as_deref(), Some("s"));
    assert_eq!(
        (session.start_url.as_str(), session.region.as_str()),
        ("https://u", "eu-west-1")
    );
    let (_home, without) = profiles("[profile a]\nregion = r\n", "a");
    assert!(sso_session(&without).unwrap().is_none());
    let (_home, broken) = profiles("[profile a]\nsso_session = gone\n", "a");
    let error = sso_session(&broken).unwrap_err().to_string();
    assert!(error.contains("no section [sso-session gone]"), "{error}");
}

#[test]
fn a_plan_shows_no_secret() {
    let config = "[profile a]\nrole_arn = A\nsource_profile = b\nexternal_id = e\n\
                  [profile b]\naws_access_key_id = AK\naws_secret_access_key = planted\naws_session_token = planted\n\
                  [profile c]\ncredential_process = echo planted\n";
    for selected in ["a", "b", "c"] {
        let (_home, profiles) = profiles(config, selected);
        let told = format!("{:?}", plan(&profiles).unwrap());
        assert!(!told.contains("planted"), "{told}");
    }
    assert_eq!(NamedSource::EcsContainer.as_str(), "EcsContainer");
}

#[test]
fn no_message_shows_an_indented_line_after_a_source() {
    for property in ["credential_source = x", "source_profile = x"] {
        let config =
            format!("[profile a]\nrole_arn = A\n{property}\n  aws_secret_access_key = planted\n");
        let (_home, profiles) = profiles(&config, "a");
        let error = plan(&profiles).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("planted"), "{shown}");
    }
}
