//! Resolves endpoints with the rule set of a service.

use crate::aws::ConfigurationError;
use crate::aws::endpoint::resolve::Signing;
use crate::aws::endpoint::rules::{BuiltIn, Parameters, Resolved, RuleSet};
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
    endpoint.signing = Signing {
        region: resolved.signing_region,
        name: resolved.signing_name,
        scheme: resolved.scheme,
    };
    Ok(endpoint)
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
}
