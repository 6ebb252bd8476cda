//! The services that return credentials and tokens, and their endpoints.

use crate::aws::ConfigurationError;
use crate::aws::endpoint::{self, Endpoint, EndpointSettings, partition};
use crate::identity::credentials::service_request::ServiceError;
use crate::identity::settings::{ServiceKeys, SettingsSource};
use http::header::USER_AGENT;

/// A service that returns credentials or tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    Sts,
    Sso,
    SsoOidc,
    Signin,
}

/// The endpoint of a service, and the region to sign for.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) endpoint: Endpoint,
    pub(super) region: String,
}

impl Service {
    /// Returns the name of the service in settings, the `sdkId` of `aws.api#service`.
    fn sdk_id(self) -> &'static str {
        match self {
            Self::Sts => "STS",
            Self::Sso => "SSO",
            Self::SsoOidc => "SSO OIDC",
            Self::Signin => "Signin",
        }
    }

    fn endpoint_prefix(self) -> &'static str {
        match self {
            Self::Sts => "sts",
            Self::Sso => "portal.sso",
            Self::SsoOidc => "oidc",
            Self::Signin => "signin",
        }
    }

    /// Returns the name and version of its API in user agents.
    fn api(self) -> &'static str {
        match self {
            Self::Sts => "sts#2011-06-15",
            Self::Sso => "sso#2019-06-10",
            Self::SsoOidc => "sso-oidc#2019-06-10",
            Self::Signin => "signin#2023-01-01",
        }
    }

    /// Returns its endpoint, from the same settings as for any service.
    pub(super) fn place(
        self,
        region: &str,
        settings: SettingsSource<'_>,
    ) -> Result<Place, ConfigurationError> {
        let url = settings.endpoint_url(&ServiceKeys::of(self.sdk_id()))?;
        let (use_fips, use_dual_stack) = (settings.use_fips()?, settings.use_dual_stack()?);
        let mut place = Place {
            endpoint: endpoint::resolve(
                self.endpoint_prefix(),
                EndpointSettings {
                    region: Some(region),
                    url: url.as_ref().map(|url| url.value.as_str()),
                    use_fips,
                    use_dual_stack,
                },
            )?,
            region: region.to_owned(),
        };
        if url.is_none() {
            self.adapt(&mut place, use_fips, use_dual_stack)?;
        }
        Ok(place)
    }

    /// Applies the differences of its endpoint rules from the standard ones.
    fn adapt(
        self,
        place: &mut Place,
        use_fips: bool,
        use_dual_stack: bool,
    ) -> Result<(), ConfigurationError> {
        let region = place.region.clone();
        let partition = partition(&region).name;
        let is_government = partition == "aws-us-gov";
        let url = match self {
            Self::Sts if region == "aws-global" && !use_fips && !use_dual_stack => {
                place.region = "us-east-1".to_owned();
                "https://sts.amazonaws.com".to_owned()
            }
            Self::Signin => match sign_in_url(partition, &region, use_fips, use_dual_stack) {
                Some(url) => url,
                None => return Ok(()),
            },
            // These endpoints are FIPS endpoints already.
            _ if is_government && use_fips && !use_dual_stack => {
                format!("https://{}.{region}.amazonaws.com", self.endpoint_prefix())
            }
            _ => return Ok(()),
        };
        place.endpoint = Endpoint::custom(&url)?;
        Ok(())
    }

    /// Starts a request to this path.
    pub(super) fn request(
        self,
        operation: &'static str,
        method: http::Method,
        place: &Place,
        path: &str,
    ) -> Result<http::request::Parts, ServiceError> {
        let version = env!("CARGO_PKG_VERSION");
        let agent = format!(
            "smithy-reqwest/{version} os/{} lang/rust api/{}",
            std::env::consts::OS,
            self.api()
        );
        let unsendable = |error: &dyn std::fmt::Display| ServiceError::Unsendable {
            operation,
            why: error.to_string(),
        };
        let uri = place.endpoint.address("", path);
        let request = http::Request::builder()
            .method(method)
            .uri(uri.map_err(|error| unsendable(&error))?)
            .header(USER_AGENT, agent)
            .body(())
            .map_err(|error| unsendable(&error))?;
        Ok(request.into_parts().0)
    }
}

/// Returns the URL of Sign-In, which has names of its own in most partitions.
fn sign_in_url(
    partition: &str,
    region: &str,
    use_fips: bool,
    use_dual_stack: bool,
) -> Option<String> {
    if use_dual_stack {
        return None;
    }
    if use_fips {
        return match (partition, region) {
            ("aws-us-gov", "us-gov-west-1") => {
                Some("https://signin-fips.amazonaws-us-gov.com".to_owned())
            }
            ("aws-us-gov", _) => Some(format!("https://{region}.signin-fips.amazonaws-us-gov.com")),
            _ => None,
        };
    }
    let suffix = match partition {
        "aws" => "aws.amazon.com",
        "aws-cn" => "amazonaws.cn",
        "aws-us-gov" => "amazonaws-us-gov.com",
        "aws-iso" => "c2shome.ic.gov",
        "aws-iso-b" => "sc2shome.sgov.gov",
        "aws-iso-e" => "csphome.adc-e.uk",
        "aws-iso-f" => "csphome.hci.ic.gov",
        "aws-eusc" => "amazonaws-eusc.eu",
        _ => return None,
    };
    Some(format!("https://{region}.signin.{suffix}"))
}
