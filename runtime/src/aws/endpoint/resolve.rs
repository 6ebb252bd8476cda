//! Resolves the standard regional endpoint, by `aws.endpoints#standardRegionalEndpoints`, and its overrides.

use crate::aws::ConfigurationError;
use crate::aws::endpoint::rules::SigningScheme;
use crate::aws::endpoint::{is_host_label, partition};
use crate::http::url::{Url, UrlError, UrlText, redacted};
use http::{HeaderMap, Uri};
use std::fmt;

/// The settings that determine an endpoint.
#[derive(Clone, Copy, Default)]
pub struct EndpointSettings<'a> {
    /// The region.
    pub region: Option<&'a str>,
    /// The URL that overrides the endpoint of the region.
    pub url: Option<&'a str>,
    /// `true` to use a FIPS endpoint.
    pub use_fips: bool,
    /// `true` to use a dual-stack endpoint.
    pub use_dual_stack: bool,
}

/// The endpoint of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The scheme, host and port, and the prefix of every path, without a trailing slash.
    text: String,
    url: Url,
    /// The headers of requests to the endpoint.
    pub(crate) headers: HeaderMap,
    /// The signing overrides of the endpoint.
    pub(crate) signing: Signing,
}

/// The signing settings that an endpoint overrides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Signing {
    /// The signing region, if it differs from the region of the client.
    pub(crate) region: Option<String>,
    /// The signing name, if it differs from that of the service.
    pub(crate) name: Option<String>,
    /// The signing scheme.
    pub(crate) scheme: SigningScheme,
}

impl fmt::Debug for EndpointSettings<'_> {
    /// Writes the endpoint without the secrets that the URL may contain.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EndpointSettings")
            .field("region", &self.region)
            .field("url", &self.url.map(redacted))
            .field("use_fips", &self.use_fips)
            .field("use_dual_stack", &self.use_dual_stack)
            .finish()
    }
}

impl Endpoint {
    /// Creates an endpoint from a setting, or from the result of rules.
    pub(crate) fn custom(text: &str) -> Result<Self, ConfigurationError> {
        let invalid = |reason: &dyn fmt::Display| {
            let shown = redacted(text);
            ConfigurationError::new(format!("invalid endpoint URL {shown:?}: {reason}"))
        };
        let url = Url::parse(text).map_err(|error| invalid(&error))?;
        if url.query().is_some() {
            return Err(invalid(&"a query is not allowed"));
        }
        Ok(Self::new(url))
    }

    fn new(url: Url) -> Self {
        let path = url.path().trim_end_matches('/');
        Self {
            text: [&url.origin(), path].concat(),
            url,
            headers: HeaderMap::new(),
            signing: Signing::default(),
        }
    }

    /// Returns the URL of a target on this endpoint, with `host_prefix` before the host. An IP address has no prefix.
    pub(crate) fn address(&self, host_prefix: &str, target: &str) -> Result<Uri, UrlError> {
        let path = self.url.path().trim_end_matches('/');
        let prefix = match host_prefix {
            prefix if !prefix.is_empty() && self.url.is_ip() => "",
            prefix => prefix,
        };
        let url = match prefix {
            // The host, which all calls share, is not parsed again.
            "" if target.starts_with('/') => self.url.with_target(&[path, target].concat()),
            prefix => {
                let (scheme, authority) = (self.url.scheme(), self.url.authority());
                Url::parse(&[scheme, "://", prefix, authority, path, target].concat())
            }
        };
        url.map(Url::into_uri)
    }

    /// Returns the URL of the endpoint.
    pub fn url(&self) -> &str {
        &self.text
    }
}

/// Resolves the endpoint of a service whose standard endpoints begin with `prefix`.
///
/// # Errors
///
/// Returns an error if the URL is invalid, if it is combined with FIPS or dual-stack endpoints, or if the region is
/// missing or invalid.
pub fn resolve(
    prefix: &str,
    settings: EndpointSettings<'_>,
) -> Result<Endpoint, ConfigurationError> {
    let EndpointSettings {
        region,
        url,
        use_fips,
        use_dual_stack,
    } = settings;
    let invalid = |text: String| Err(ConfigurationError::new(text));
    if let Some(url) = url {
        return match (use_fips, use_dual_stack) {
            (true, _) => invalid(format!(
                "FIPS (use_fips) cannot be combined with the endpoint URL {}: remove one of them",
                redacted(url)
            )),
            (_, true) => invalid(format!(
                "dual-stack (use_dual_stack) cannot be combined with the endpoint URL {}: remove one of them",
                redacted(url)
            )),
            _ => Endpoint::custom(url),
        };
    }
    let Some(region) = region else {
        return invalid(
            "no region is set: set one on the client, in AWS_REGION, or in the profile, or set an endpoint URL".into(),
        );
    };
    if !is_host_label(region) {
        return invalid(format!(
            "invalid region {region:?}: it cannot be part of a host name"
        ));
    }
    let partition = partition(region);
    let fips = if use_fips { "-fips" } else { "" };
    let suffix = if use_dual_stack {
        partition.dual_stack_dns_suffix
    } else {
        partition.dns_suffix
    };
    Endpoint::custom(&format!("https://{prefix}{fips}.{region}.{suffix}"))
}

/// Checks that a URL is a valid endpoint.
pub(crate) fn check_url(url: &UrlText) -> Result<(), ConfigurationError> {
    Endpoint::custom(url.as_str()).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(region: &str) -> EndpointSettings<'_> {
        EndpointSettings {
            region: Some(region),
            ..Default::default()
        }
    }

    #[test]
    fn endpoints_follow_region_partition_and_variant() {
        let table = [
            (
                settings("us-east-1"),
                "https://thing.us-east-1.amazonaws.com",
            ),
            (
                settings("cn-north-1"),
                "https://thing.cn-north-1.amazonaws.com.cn",
            ),
            (
                EndpointSettings {
                    use_fips: true,
                    ..settings("us-west-2")
                },
                "https://thing-fips.us-west-2.amazonaws.com",
            ),
            (
                EndpointSettings {
                    use_dual_stack: true,
                    ..settings("eu-west-1")
                },
                "https://thing.eu-west-1.api.aws",
            ),
            (
                EndpointSettings {
                    use_fips: true,
                    use_dual_stack: true,
                    ..settings("us-gov-east-1")
                },
                "https://thing-fips.us-gov-east-1.api.aws",
            ),
            (
                EndpointSettings {
                    url: Some("http://localhost:4577/"),
                    ..settings("x")
                },
                "http://localhost:4577",
            ),
            (
                EndpointSettings {
                    url: Some("https://proxy.example/aws/"),
                    ..settings("x")
                },
                "https://proxy.example/aws",
            ),
        ];
        for (settings, url) in table {
            assert_eq!(
                resolve("thing", settings).unwrap().url(),
                url,
                "{settings:?}"
            );
        }
    }

    #[test]
    fn settings_that_make_no_sense_are_rejected_with_the_reason() {
        let with_url = |url| EndpointSettings {
            url: Some(url),
            ..settings("us-east-1")
        };
        let table = [
            (EndpointSettings::default(), "no region is set"),
            (settings("evil.example/"), "invalid region"),
            (settings(""), "invalid region"),
            (settings("-us"), "invalid region"),
            (
                EndpointSettings {
                    use_fips: true,
                    ..with_url("http://x")
                },
                "FIPS",
            ),
            (
                EndpointSettings {
                    use_dual_stack: true,
                    ..with_url("http://x")
                },
                "dual-stack",
            ),
            (with_url("localhost:4577"), "expected http:// or https://"),
            (with_url("ftp://x"), "expected http:// or https://"),
            (with_url("http://x?y=z"), "query"),
            (with_url("http://user:hush@x"), "…@x"),
            (with_url("http://user:hush@x"), "user name"),
            (with_url("http://x/a/../b"), "`..`"),
            (with_url("http://127.1"), "four decimal numbers"),
            (with_url("http://:80"), "missing host"),
            (with_url("http://://x"), "missing host"),
            (with_url("http://x:80y"), "port"),
            (with_url("http://x:99999"), "port"),
            (with_url("not a url"), "invalid endpoint URL \"not a url\""),
        ];
        for (settings, text) in table {
            let error = resolve("thing", settings).unwrap_err().to_string();
            assert!(error.contains(text), "{settings:?}: {error}");
            assert!(!error.contains("hush"), "{error}");
        }
    }

    #[test]
    fn a_password_in_an_endpoint_is_never_shown() {
        let url = Some("https://user:hush@x");
        for (use_fips, use_dual_stack) in [(true, false), (false, true), (false, false)] {
            let settings = EndpointSettings {
                url,
                use_fips,
                use_dual_stack,
                region: None,
            };
            let error = resolve("thing", settings).unwrap_err();
            let printed = format!("{settings:?} {error} {error:?}");
            assert!(
                printed.contains("https://…@x") && !printed.contains("hush"),
                "{printed}"
            );
        }
    }

    #[test]
    fn a_host_prefix_goes_before_the_host_and_the_target_behind_the_path() {
        let endpoint = resolve(
            "thing",
            EndpointSettings {
                url: Some("https://h:1/p"),
                ..Default::default()
            },
        )
        .unwrap();
        assert_eq!(
            endpoint.address("data.", "/a?b=c").unwrap(),
            "https://data.h:1/p/a?b=c"
        );
        for (url, target, expected) in [
            ("https://h:1/p", "/a?b=c", "https://h:1/p/a?b=c"),
            ("https://h:1/p/", "/a|b", "https://h:1/p/a%7Cb"),
            ("https://h:1", "/", "https://h:1/"),
            ("https://h:1/p", "?b", "https://h:1/p?b"),
        ] {
            let endpoint = Endpoint::custom(url).unwrap();
            let address = endpoint.address("", target).unwrap();
            assert_eq!(address, expected, "{url} {target}");
        }
        for url in ["http://127.0.0.1:1", "http://[::1]:1"] {
            let endpoint = Endpoint::custom(url).unwrap();
            let address = endpoint.address("data.", "/a").unwrap();
            assert_eq!(
                address,
                format!("{url}/a").as_str(),
                "an IP address takes no prefix"
            );
        }
    }
}
