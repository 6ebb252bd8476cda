//! Any bytes in, as config and credentials files: profiles or an error out.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smithy_reqwest::environment::Environment;
use smithy_reqwest::profile::Profiles;

fuzz_target!(|files: (&[u8], &[u8])| {
    let environment = Environment::from_pairs([("HOME", "/home/x")]);
    match Profiles::from_bytes(&environment, files.0, files.1) {
        Ok(profiles) => {
            for name in profiles.names() {
                let profile = profiles.profile(name);
                assert!(profile.is_some(), "{name:?} is listed and not there");
                if let Some(profile) = profile {
                    let _ = profiles.service_property(profile, "appflow", "endpoint_url");
                }
            }
            let _ = (profiles.notes(), format!("{profiles:?}"));
        }
        Err(error) => {
            let _ = error.to_string();
        }
    }
});
