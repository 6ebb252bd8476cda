//! Fuzzes the parser of config and credentials files.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smithy_reqwest::environment::Environment;
use smithy_reqwest::profile::Profiles;

fuzz_target!(|files: (&[u8], &[u8])| {
    let environment = Environment::from_pairs([("HOME", "/home/x")]);
    let profiles = Profiles::from_bytes(&environment, files.0, files.1);
    for name in profiles.names() {
        let profile = profiles.profile(name);
        assert!(profile.is_some(), "{name:?} is listed and not there");
        if let Some(profile) = profile {
            let _ = profiles.service_property(profile, "appflow", "endpoint_url");
        }
    }
    let _ = profiles.selected().map_err(|error| error.to_string());
    let _ = (profiles.notes(), format!("{profiles:?}"));
});
