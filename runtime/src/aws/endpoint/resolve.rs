//! The standard regional endpoint, by `aws.endpoints#standardRegionalEndpoints`, and its overrides.

use crate::aws::ConfigurationError;
use crate::aws::endpoint::partition;
use crate::http::without_user;
use http::HeaderMap;

/// What an endpoint depends on.
#[derive(Debug, Clone, Copy, Default)]
pub struct EndpointSettings<'a> {
    /// The region.
    pub region: Option<&'a str>,
    /// The address to call instead of the region's.
    pub url: Option<&'a str>,
    /// Whether to call a FIPS endpoint.
    pub use_fips: bool,
    /// Whether to call a dual-stack endpoint.
    pub use_dual_stack: bool,
}

/// Where to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Scheme, host and port, and what goes before every path; no slash at its end.
    url: String,
    /// Where in `url` the host begins.
    host_start: usize,
    /// Headers to send there.
    pub(crate) headers: HeaderMap,
    /// How to sign for it.
    pub(crate) signing: Signing,
}

/// What is different about signatures for an endpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Signing {
    /// The region to sign for, where it is another than the client's.
    pub(crate) region: Option<String>,
    /// The name to sign for, where it is another than the service's.
    pub(crate) name: Option<String>,
    /// Whether only signatures by SigV4A are accepted.
    pub(crate) needs_sigv4a: bool,
}

impl Endpoint {
    /// An endpoint that was set by hand, or that rules gave.
    pub(crate) fn custom(url: &str) -> Result<Self, ConfigurationError> {
        custom(url)
    }

    fn new(url: String, host_start: usize) -> Self {
        Self {
            url,
            host_start,
            headers: HeaderMap::new(),
            signing: Signing::default(),
        }
    }

    /// The address of a target on this endpoint, with `host_prefix` before the host.
    pub(crate) fn address(&self, host_prefix: &str, target: &str) -> String {
        let (scheme, rest) = self.url.split_at(self.host_start);
        [scheme, host_prefix, rest, target].concat()
    }

    /// The address of the endpoint itself.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// Resolves the endpoint of a service whose standard endpoints begin with `prefix`.
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
                "a FIPS endpoint was asked for, and the endpoint {url} too: only one can be"
            )),
            (_, true) => invalid(format!(
                "a dual-stack endpoint was asked for, and the endpoint {url} too: only one can be"
            )),
            _ => custom(url),
        };
    }
    let Some(region) = region else {
        return invalid(
            "no region is set: set one on the client, in AWS_REGION, or in the profile, or set an endpoint URL".into(),
        );
    };
    if !is_host_label(region) {
        return invalid(format!(
            "{region:?} cannot be a region: it does not fit into a host name"
        ));
    }
    let partition = partition(region);
    let fips = if use_fips { "-fips" } else { "" };
    let suffix = if use_dual_stack {
        partition.dual_stack_dns_suffix
    } else {
        partition.dns_suffix
    };
    let url = format!("https://{prefix}{fips}.{region}.{suffix}");
    Ok(Endpoint::new(url, "https://".len()))
}

/// An address that was set by hand.
fn custom(text: &str) -> Result<Endpoint, ConfigurationError> {
    let shown = without_user(text);
    let invalid = |reason: &str| {
        ConfigurationError::new(format!("the endpoint {shown:?} is no URL: {reason}"))
    };
    let uri: http::Uri = text
        .parse()
        .map_err(|error: http::uri::InvalidUri| invalid(&error.to_string()))?;
    let scheme = uri
        .scheme_str()
        .ok_or_else(|| invalid("it must begin with http:// or https://"))?;
    if !matches!(scheme, "http" | "https") {
        return Err(invalid("it must begin with http:// or https://"));
    }
    let authority = uri.authority().ok_or_else(|| invalid("it has no host"))?;
    if authority.as_str().contains('@') {
        return Err(invalid("it must not hold a user name"));
    }
    // The parser lets both through.
    if authority.host().is_empty() {
        return Err(invalid("it has no host"));
    }
    let port = authority.as_str().strip_prefix(authority.host());
    let port = port.unwrap_or_default();
    if !port.is_empty()
        && port
            .strip_prefix(':')
            .is_none_or(|port| port.parse::<u16>().is_err())
    {
        return Err(invalid("its port is no number"));
    }
    if uri.query().is_some() {
        return Err(invalid("it must not have a query"));
    }
    let path = uri.path().trim_end_matches('/');
    let url = format!("{scheme}://{authority}{path}");
    Ok(Endpoint::new(url, scheme.len() + "://".len()))
}

/// Whether an address can be called.
pub(crate) fn check_url(text: &str) -> Result<(), ConfigurationError> {
    custom(text).map(drop)
}

/// Whether a text can be a label of a host name, by RFC 1123.
pub(crate) fn is_host_label(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(is_inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
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
    fn settings_that_make_no_sense_are_refused_with_the_reason() {
        let with_url = |url| EndpointSettings {
            url: Some(url),
            ..settings("us-east-1")
        };
        let table = [
            (EndpointSettings::default(), "no region is set"),
            (settings("evil.example/"), "cannot be a region"),
            (settings(""), "cannot be a region"),
            (settings("-us"), "cannot be a region"),
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
            (
                with_url("localhost:4577"),
                "must begin with http:// or https://",
            ),
            (with_url("ftp://x"), "must begin with http:// or https://"),
            (with_url("http://x?y=z"), "query"),
            (with_url("http://user:pass@x"), "…@x"),
            (with_url("http://user:pass@x"), "user name"),
            (with_url("http://:80"), "no host"),
            (with_url("http://://x"), "no host"),
            (with_url("http://x:80y"), "port"),
            (with_url("http://x:99999"), "port"),
            (with_url("not a url"), "is no URL"),
        ];
        for (settings, text) in table {
            let error = resolve("thing", settings).unwrap_err().to_string();
            assert!(error.contains(text), "{settings:?}: {error}");
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
            endpoint.address("data.", "/a?b=c"),
            "https://data.h:1/p/a?b=c"
        );
    }
}
