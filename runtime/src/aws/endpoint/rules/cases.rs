//! [`check`]: tests a rule set against the cases of `smithy.rules#endpointTests`, and returns the cases that fail.
//!
//! Cases depend on the facts about AWS's partitions at the time of the model: their DNS names, and whether they have
//! FIPS and dual-stack endpoints. Facts change, which is not a fault of the rules. Cases that fail are therefore
//! evaluated again with other facts: see [`facts`](super::facts).

use crate::aws::endpoint::Partition;
use crate::aws::endpoint::rules::{ParameterValue, Parameters, Resolution, RuleSet, facts};

/// A test case: parameters, and the expected result of the rules.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The description of the case.
    pub documentation: &'static str,
    /// The parameters with a value.
    pub parameters: &'static [(&'static str, CaseValue)],
    /// The expected result.
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

/// The expected result of a case.
#[derive(Debug, Clone, Copy)]
pub enum Expected {
    /// An error with this text.
    Error(&'static str),
    /// An endpoint.
    Endpoint {
        /// The URL.
        url: &'static str,
        /// The signing region, if the case has one.
        signing_region: Option<&'static str>,
        /// The signing name, if the case has one.
        signing_name: Option<&'static str>,
        /// The headers of requests.
        headers: &'static [(&'static str, &'static str)],
    },
}

/// Returns the cases that fail, each with the result of the rules. A case that passes with other facts of its
/// partition, as all cases of the partition then do, is not included: the output of the test lists it.
pub fn check(rules: &RuleSet, cases: &[Case]) -> Vec<String> {
    let failed = |case: &&Case| !case.holds(rules, None);
    let failed: Vec<&Case> = cases.iter().filter(failed).collect();
    let explained = facts::explain(rules, cases, &failed);
    for note in &explained.notes {
        println!("{note}");
    }
    let failures = failed
        .into_iter()
        .filter(|case| !explained.covers(rules, case));
    let failures = failures.map(|case| {
        let (documentation, expected) = (case.documentation, case.expected);
        let found = case.ask(rules, None);
        format!("{documentation}: expected {expected:?}, found {found:?}")
    });
    failures.collect()
}

impl Case {
    /// Evaluates the rules for the case, with assumed facts of the partition of a region instead of the known ones.
    fn ask(&self, rules: &RuleSet, assumed: Option<(&str, Partition)>) -> Resolution {
        let mut parameters = Parameters::new();
        for (name, value) in self.parameters {
            parameters.set(*name, *value);
        }
        if let Some((region, partition)) = assumed {
            parameters.assume(region, partition);
        }
        rules.ask(parameters)
    }

    /// Returns whether the result of the rules is the expected one.
    pub(super) fn holds(&self, rules: &RuleSet, assumed: Option<(&str, Partition)>) -> bool {
        holds(&self.expected, &self.ask(rules, assumed))
    }
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

    static HOSTS: RuleSet = RuleSet {
        parameters: &[
            Parameter::new("Region").built_in(BuiltIn::Region),
            Parameter::new("UseDualStack").built_in(BuiltIn::UseDualStack),
        ],
        resolve: |parameters| {
            let region = parameters.text("Region").unwrap_or_default();
            let Some(partition) = parameters.partition(region) else {
                return error("no partition");
            };
            let (dns, dual) = (partition.dns_suffix, partition.dual_stack_dns_suffix);
            match parameters.boolean("UseDualStack") {
                Some(true) if partition.supports_dual_stack => {
                    Ok(endpoint(format!("https://x.{region}.{dual}")))
                }
                Some(true) => error("no dual stack"),
                _ => Ok(endpoint(format!("https://x.{region}.{dns}"))),
            }
        },
    };

    /// Creates a case of a region, with or without dual stack.
    const fn host(
        parameters: &'static [(&'static str, CaseValue)],
        expected: Result<&'static str, &'static str>,
    ) -> Case {
        Case {
            documentation: "a host",
            parameters,
            expected: match expected {
                Ok(url) => Expected::Endpoint {
                    url,
                    signing_region: None,
                    signing_name: None,
                    headers: &[],
                },
                Err(text) => Expected::Error(text),
            },
        }
    }

    const ISO: [&[(&str, CaseValue)]; 2] = [
        &[("Region", CaseValue::Text("us-iso-east-1"))],
        &[
            ("Region", CaseValue::Text("us-iso-east-1")),
            ("UseDualStack", CaseValue::Boolean(true)),
        ],
    ];
    const NEW: [&[(&str, CaseValue)]; 2] = [
        &[("Region", CaseValue::Text("mars-north-1"))],
        &[
            ("Region", CaseValue::Text("mars-north-1")),
            ("UseDualStack", CaseValue::Boolean(true)),
        ],
    ];

    #[test]
    fn cases_that_all_hold_with_other_facts_of_their_partition_are_no_failures() {
        let iso = "https://x.us-iso-east-1.c2s.ic.gov";
        let table: [(&str, &[Case], usize); 6] = [
            (
                "the partition had no dual stack once",
                &[host(ISO[0], Ok(iso)), host(ISO[1], Err("no dual stack"))],
                0,
            ),
            (
                "it had other names",
                &[
                    host(ISO[0], Ok("https://x.us-iso-east-1.old.gov")),
                    host(ISO[1], Ok("https://x.us-iso-east-1.dual.old.gov")),
                ],
                0,
            ),
            (
                "a partition that is not known yet",
                &[
                    host(NEW[0], Ok("https://x.mars-north-1.amazonaws.mars")),
                    host(NEW[1], Err("no dual stack")),
                ],
                0,
            ),
            (
                "no facts make both of these hold",
                &[
                    host(ISO[1], Ok("https://x.us-iso-east-1.api.aws.ic.gov")),
                    host(ISO[1], Err("no dual stack")),
                ],
                1,
            ),
            (
                "the rules make no such host of any facts",
                &[host(ISO[0], Ok("https://y.us-iso-east-1.c2s.ic.gov"))],
                1,
            ),
            (
                "another partition's facts explain nothing",
                &[
                    host(ISO[0], Ok("https://y.us-iso-east-1.c2s.ic.gov")),
                    host(NEW[0], Ok("https://x.mars-north-1.amazonaws.mars")),
                ],
                1,
            ),
        ];
        for (about, cases, failures) in table {
            let found = check(&HOSTS, cases);
            assert_eq!(found.len(), failures, "{about}: {found:?}");
        }
    }

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
