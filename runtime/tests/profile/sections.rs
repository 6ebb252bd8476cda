//! Tests of the sections besides profiles, and of the origins of values.

use crate::{CONFIG, config, parse};
use std::path::Path;

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
