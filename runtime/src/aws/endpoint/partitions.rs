//! The partitions: groups of regions that share DNS names.

/// A partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partition {
    /// Its name, such as `aws-cn`.
    pub name: &'static str,
    /// What host names end with.
    pub dns_suffix: &'static str,
    /// What the names of dual-stack hosts end with.
    pub dual_stack_dns_suffix: &'static str,
    /// Whether there are FIPS endpoints.
    pub supports_fips: bool,
    /// Whether there are dual-stack endpoints.
    pub supports_dual_stack: bool,
    /// The region where services are that have only one endpoint.
    pub implicit_global_region: &'static str,
    /// What the names of its regions begin with.
    prefixes: &'static [&'static str],
}

/// All partitions have FIPS and dual-stack endpoints as of 2026-10.
const fn partition_of(
    name: &'static str,
    dns_suffix: &'static str,
    dual_stack_dns_suffix: &'static str,
    implicit_global_region: &'static str,
    prefixes: &'static [&'static str],
) -> Partition {
    Partition {
        name,
        dns_suffix,
        dual_stack_dns_suffix,
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region,
        prefixes,
    }
}

/// The commercial partition, where regions go that no other partition claims.
const AWS: Partition = partition_of(
    "aws",
    "amazonaws.com",
    "api.aws",
    "us-east-1",
    &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
);

/// The others. Facts from AWS's partitions list of 2026-10.
const OTHERS: &[Partition] = &[
    partition_of(
        "aws-cn",
        "amazonaws.com.cn",
        "api.amazonwebservices.com.cn",
        "cn-northwest-1",
        &["cn"],
    ),
    partition_of(
        "aws-eusc",
        "amazonaws.eu",
        "api.amazonwebservices.eu",
        "eusc-de-east-1",
        &["eusc-de"],
    ),
    partition_of(
        "aws-iso",
        "c2s.ic.gov",
        "api.aws.ic.gov",
        "us-iso-east-1",
        &["us-iso"],
    ),
    partition_of(
        "aws-iso-b",
        "sc2s.sgov.gov",
        "api.aws.scloud",
        "us-isob-east-1",
        &["us-isob"],
    ),
    partition_of(
        "aws-iso-e",
        "cloud.adc-e.uk",
        "api.cloud-aws.adc-e.uk",
        "eu-isoe-west-1",
        &["eu-isoe"],
    ),
    partition_of(
        "aws-iso-f",
        "csp.hci.ic.gov",
        "api.aws.hci.ic.gov",
        "us-isof-south-1",
        &["us-isof"],
    ),
    partition_of(
        "aws-us-gov",
        "amazonaws.com",
        "api.aws",
        "us-gov-west-1",
        &["us-gov"],
    ),
];

/// The partition of a region; the commercial one for names that fit none, as AWS's own rules have it.
pub fn partition(region: &str) -> &'static Partition {
    let global = region.strip_suffix("-global");
    OTHERS
        .iter()
        .find(|partition| {
            global == Some(partition.name)
                || partition
                    .prefixes
                    .iter()
                    .any(|prefix| is_region(region, prefix))
        })
        .unwrap_or(&AWS)
}

/// Whether a name is `prefix`, a word, and a number.
fn is_region(region: &str, prefix: &str) -> bool {
    let Some((word, number)) = region
        .strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('-'))
        .and_then(|rest| rest.rsplit_once('-'))
    else {
        return false;
    };
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !word.is_empty()
        && word.bytes().all(is_word)
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_belong_to_their_partition() {
        let table = [
            ("us-east-1", "aws"),
            ("il-central-1", "aws"),
            ("us-gov-west-1", "aws-us-gov"),
            ("cn-north-1", "aws-cn"),
            ("us-iso-east-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"),
            ("eu-isoe-west-1", "aws-iso-e"),
            ("us-isof-south-1", "aws-iso-f"),
            ("eusc-de-east-1", "aws-eusc"),
            ("aws-cn-global", "aws-cn"),
            ("aws-global", "aws"),
            ("mars-north-1", "aws"),
            ("cn-north", "aws"),
        ];
        for (region, name) in table {
            assert_eq!(partition(region).name, name, "{region}");
        }
    }
}
