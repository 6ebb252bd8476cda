//! Fuzzes endpoint resolution: any region and URL give a valid endpoint or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smithy_reqwest::endpoint::{EndpointSettings, partition, resolve};

fuzz_target!(|settings: (Option<&str>, Option<&str>, bool, bool)| {
    let (region, url, use_fips, use_dual_stack) = settings;
    if let Some(region) = region {
        let _ = partition(region);
    }
    let resolved = resolve(
        "appflow",
        EndpointSettings {
            region,
            url,
            use_fips,
            use_dual_stack,
        },
    );
    match resolved {
        Ok(endpoint) => {
            let uri: http::Uri = endpoint.url().parse().expect("an endpoint is a URL");
            assert!(matches!(uri.scheme_str(), Some("http" | "https")));
            assert!(uri.host().is_some_and(|host| !host.is_empty()), "{uri}");
            // A region must not lead to another host than one of AWS's.
            if url.is_none() {
                let region = region.expect("without a region there is no endpoint");
                assert!(uri.host().is_some_and(|host| host.contains(region)), "{uri}");
                assert!(uri.host().is_some_and(|host| host.starts_with("appflow")), "{uri}");
                assert_eq!(uri.path(), "/");
            }
        }
        Err(error) => {
            let _ = error.to_string();
        }
    }
});
