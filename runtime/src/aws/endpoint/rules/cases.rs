//! [`check`]: a rule set and the cases of `smithy.rules#endpointTests` in; the cases that it does not hold out.

use crate::aws::endpoint::rules::{ParameterValue, Parameters, Resolution, RuleSet};

/// A case: parameters, and what the rules must make of them.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// What the case is about.
    pub documentation: &'static str,
    /// The parameters that have a value.
    pub parameters: &'static [(&'static str, CaseValue)],
    /// What must come out.
    pub expected: Expected,
}

/// The value of a parameter in a case.
#[derive(Debug, Clone, Copy)]
pub enum CaseValue {
    /// Text.
    Text(&'static str),
    /// A boolean.
    Boolean(bool),
    /// A list of texts.
    List(&'static [&'static str]),
}

/// What must come out of a case.
#[derive(Debug, Clone, Copy)]
pub enum Expected {
    /// An error with this text.
    Error(&'static str),
    /// An endpoint.
    Endpoint {
        /// Its address.
        url: &'static str,
        /// The region to sign for, where the case names one.
        signing_region: Option<&'static str>,
        /// The name to sign for, where the case names one.
        signing_name: Option<&'static str>,
        /// Headers to send.
        headers: &'static [(&'static str, &'static str)],
    },
}

/// The cases that a rule set does not hold, each with what came out instead.
pub fn check(rules: &RuleSet, cases: &[Case]) -> Vec<String> {
    let failures = cases.iter().filter_map(|case| {
        let mut parameters = Parameters::new();
        for (name, value) in case.parameters {
            parameters.set(*name, *value);
        }
        let resolution = rules.ask(parameters);
        let holds = holds(&case.expected, &resolution);
        let (documentation, expected) = (case.documentation, case.expected);
        (!holds).then(|| format!("{documentation}: expected {expected:?}, found {resolution:?}"))
    });
    failures.collect()
}

fn holds(expected: &Expected, resolution: &Resolution) -> bool {
    match (expected, resolution) {
        (Expected::Error(text), Err(error)) => error.to_string() == *text,
        (
            Expected::Endpoint {
                url,
                signing_region,
                signing_name,
                headers,
            },
            Ok(found),
        ) => {
            let is = |expected: &Option<&str>, found: &Option<String>| {
                expected.is_none() || *expected == found.as_deref()
            };
            let has = |(name, value): &(&str, &str)| {
                let mut found = found.headers.iter();
                found.any(|(known, found)| known == name && found == value)
            };
            found.url == *url
                && is(signing_region, &found.signing_region)
                && is(signing_name, &found.signing_name)
                && headers.iter().all(has)
        }
        _ => false,
    }
}

impl From<CaseValue> for ParameterValue {
    fn from(value: CaseValue) -> Self {
        match value {
            CaseValue::Text(text) => text.into(),
            CaseValue::Boolean(value) => value.into(),
            CaseValue::List(list) => list.to_vec().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::endpoint::rules::{BuiltIn, Parameter, endpoint, error};

    static RULES: RuleSet = RuleSet {
        parameters: &[Parameter::new("Region").built_in(BuiltIn::Region)],
        resolve: |parameters| match parameters.text("Region") {
            Some(region) => Ok(endpoint(format!("https://x.{region}"))
                .signing_region("home")
                .header("x-a", "b")),
            None => error("no region"),
        },
    };

    fn case(region: Option<&'static (&'static str, CaseValue)>, expected: Expected) -> Case {
        Case {
            documentation: "a case",
            parameters: region.map_or(&[], std::slice::from_ref),
            expected,
        }
    }

    #[test]
    fn cases_that_do_not_hold_are_named_with_what_came_out() {
        const REGION: &(&str, CaseValue) = &("Region", CaseValue::Text("r"));
        let endpoint = |url, signing_region, headers| Expected::Endpoint {
            url,
            signing_region,
            signing_name: None,
            headers,
        };
        let table = [
            (case(None, Expected::Error("no region")), true),
            (case(None, Expected::Error("another text")), false),
            (case(Some(REGION), Expected::Error("no region")), false),
            (case(None, endpoint("https://x.r", None, &[])), false),
            (case(Some(REGION), endpoint("https://x.r", None, &[])), true),
            (
                case(
                    Some(REGION),
                    endpoint("https://x.r", Some("home"), &[("x-a", "b")]),
                ),
                true,
            ),
            (
                case(Some(REGION), endpoint("https://y.r", None, &[])),
                false,
            ),
            (
                case(Some(REGION), endpoint("https://x.r", Some("away"), &[])),
                false,
            ),
            (
                case(Some(REGION), endpoint("https://x.r", None, &[("x-a", "c")])),
                false,
            ),
        ];
        for (case, holds) in table {
            assert_eq!(check(&RULES, &[case]).is_empty(), holds, "{case:?}");
        }
    }
}
