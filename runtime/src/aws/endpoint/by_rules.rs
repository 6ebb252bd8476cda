//! Resolves endpoints with the rule set of a service.

use crate::aws::ConfigurationError;
use crate::aws::endpoint::resolve::Signing;
use crate::aws::endpoint::rules::{BuiltIn, Parameters, Resolved, RuleSet, SigningScheme};
use crate::aws::endpoint::{Endpoint, EndpointSettings, is_host_label};
use http::header::{HeaderMap, HeaderName, HeaderValue};

/// Evaluates the rules. `client` contains the parameters that were set on the client by name, and `call` those of this
/// call, which take precedence.
pub(crate) fn resolve_by_rules(
    rules: &RuleSet,
    settings: EndpointSettings<'_>,
    client: &Parameters,
    call: &Parameters,
) -> Result<Endpoint, ConfigurationError> {
    if let Some(region) = settings.region.filter(|region| !is_host_label(region)) {
        let text = format!("invalid region {region:?}: it cannot be part of a host name");
        return Err(ConfigurationError::new(text));
    }
    // Errors of rules may contain the URL: one that is invalid, or contains a password, is rejected before the rules
    // see it.
    if let Some(url) = settings.url {
        Endpoint::custom(url)?;
    }
    let mut parameters = Parameters::new();
    for parameter in rules.parameters {
        let name = parameter.name;
        match parameter.built_in {
            Some(BuiltIn::Region) => parameters.set_some(name, settings.region),
            Some(BuiltIn::Endpoint) => parameters.set_some(name, settings.url),
            Some(BuiltIn::UseFips) => parameters.set(name, settings.use_fips),
            Some(BuiltIn::UseDualStack) => parameters.set(name, settings.use_dual_stack),
            None => {}
        }
    }
    parameters.extend(client);
    parameters.extend(call);
    match rules.ask(parameters) {
        Ok(resolved) => endpoint(resolved),
        Err(error) if settings.region.is_none() && settings.url.is_none() => {
            Err(ConfigurationError::new(format!(
                "no region is set: set one on the client, in AWS_REGION, or in the profile, or set an endpoint URL; endpoint rules: {error}"
            )))
        }
        Err(error) => Err(ConfigurationError::new(format!("endpoint rules: {error}"))),
    }
}

fn endpoint(resolved: Resolved) -> Result<Endpoint, ConfigurationError> {
    let mut headers = HeaderMap::new();
    for (name, value) in resolved.headers {
        let header = HeaderName::try_from(name)
            .ok()
            .zip(HeaderValue::try_from(value).ok());
        let (name, value) = header.ok_or_else(|| {
            ConfigurationError::new(format!("invalid header {name} of the endpoint"))
        })?;
        headers.append(name, value);
    }
    let mut endpoint = Endpoint::custom(&resolved.url)?;
    endpoint.headers = headers;
    let sigv4 = (resolved.signing_region, resolved.signing_name);
    endpoint.signing = signing(resolved.scheme, sigv4, cfg!(feature = "sigv4a"));
    Ok(endpoint)
}

/// Returns the signing settings of the first scheme that the build supports, with the region and the name for SigV4.
fn signing(
    scheme: SigningScheme,
    (region, sigv4_name): (Option<String>, Option<String>),
    supports_sigv4a: bool,
) -> Signing {
    let (region, name, scheme) = match scheme {
        SigningScheme::SigV4AOrSigV4 { regions, name } if supports_sigv4a => {
            (None, name, SigningScheme::SigV4A { regions })
        }
        SigningScheme::SigV4AOrSigV4 { .. } => (region, sigv4_name, SigningScheme::SigV4),
        scheme => (region, sigv4_name, scheme),
    };
    Signing {
        region,
        name,
        scheme,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::endpoint::rules::{self, DefaultValue, Parameter};

    static RULES: RuleSet = RuleSet {
        parameters: &[
            Parameter::new("Region").built_in(BuiltIn::Region),
            Parameter::new("UseFIPS").built_in(BuiltIn::UseFips),
            Parameter::new("Endpoint").built_in(BuiltIn::Endpoint),
            Parameter::new("Kind").default(DefaultValue::Text("plain")),
        ],
        resolve: |parameters| {
            let kind = parameters.text("Kind").unwrap_or_default();
            match (parameters.text("Endpoint"), parameters.text("Region")) {
                (Some(url), _) => Ok(rules::endpoint(url)),
                (None, Some(_)) if parameters.boolean("UseFIPS") == Some(true) => {
                    rules::error("no FIPS")
                }
                (None, Some(region)) => {
                    Ok(rules::endpoint(format!("https://{kind}.{region}.example"))
                        .signing_region("home")
                        .header("x-kind", kind))
                }
                (None, None) => rules::error("Missing Region"),
            }
        },
    };

    fn resolve(
        settings: EndpointSettings<'_>,
        client: &[&'static str],
        call: &[&'static str],
    ) -> Result<Endpoint, String> {
        let parameters = |values: &[&'static str]| {
            let mut parameters = Parameters::new();
            values.iter().for_each(|kind| parameters.set("Kind", *kind));
            parameters
        };
        resolve_by_rules(&RULES, settings, &parameters(client), &parameters(call))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_call_counts_more_than_the_client_and_the_client_more_than_the_default() {
        let region = EndpointSettings {
            region: Some("eu"),
            ..Default::default()
        };
        assert_eq!(
            resolve(region, &[], &[]).unwrap().url(),
            "https://plain.eu.example"
        );
        assert_eq!(
            resolve(region, &["client"], &[]).unwrap().url(),
            "https://client.eu.example"
        );
        let endpoint = resolve(region, &["client"], &["call"]).unwrap();
        assert_eq!(endpoint.url(), "https://call.eu.example");
        assert_eq!(endpoint.signing.region.as_deref(), Some("home"));
        assert_eq!(endpoint.headers["x-kind"], "call");
    }

    #[test]
    fn errors_of_endpoint_rules_are_configuration_errors() {
        let none = EndpointSettings::default();
        let eu = EndpointSettings {
            region: Some("eu"),
            ..none
        };
        let table = [
            (none, "no region is set"),
            (none, "Missing Region"),
            (
                EndpointSettings {
                    use_fips: true,
                    ..eu
                },
                "endpoint rules: no FIPS",
            ),
            (
                EndpointSettings {
                    region: Some("evil.example/"),
                    ..none
                },
                "invalid region",
            ),
            (
                EndpointSettings {
                    url: Some("ftp://x"),
                    ..eu
                },
                "invalid endpoint URL",
            ),
        ];
        for (settings, text) in table {
            let error = resolve(settings, &[], &[]).unwrap_err();
            assert!(error.contains(text), "{settings:?}: {error}");
        }
    }

    #[test]
    fn an_endpoint_is_signed_by_the_first_scheme_that_the_build_supports() {
        let endpoint = || {
            let endpoint = rules::endpoint("https://x.example");
            endpoint.signing_region("home").signing_name("four")
        };
        let sigv4 = (Some("home"), Some("four"), SigningScheme::SigV4);
        let sigv4a = |name| {
            let regions = "*".to_owned();
            (None, name, SigningScheme::SigV4A { regions })
        };
        let only = rules::endpoint("https://x.example")
            .signing_name("a")
            .sigv4a("*");
        let named = endpoint().sigv4a_first("*", Some("a".to_owned()));
        let unsupported = SigningScheme::Unsupported("m");
        // The endpoint, and its signatures in builds with and without SigV4A.
        let table = [
            (endpoint(), sigv4.clone(), sigv4.clone()),
            (only, sigv4a(Some("a")), sigv4a(Some("a"))),
            (named, sigv4a(Some("a")), sigv4.clone()),
            (endpoint().sigv4a_first("*", None), sigv4a(None), sigv4),
            (
                rules::endpoint("https://x.example").unsupported_scheme("m"),
                (None, None, unsupported.clone()),
                (None, None, unsupported),
            ),
        ];
        for (resolved, with, without) in table {
            let of_build = match cfg!(feature = "sigv4a") {
                true => &with,
                false => &without,
            };
            let own = super::endpoint(resolved.clone()).unwrap().signing;
            let sigv4 = (resolved.signing_region, resolved.signing_name);
            let chosen = |supports| signing(resolved.scheme.clone(), sigv4.clone(), supports);
            for (found, expected) in [
                (chosen(true), &with),
                (chosen(false), &without),
                (own, of_build),
            ] {
                let found = (found.region.as_deref(), found.name.as_deref(), found.scheme);
                assert_eq!(&found, expected);
            }
        }
    }
}
