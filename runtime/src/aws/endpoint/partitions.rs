//! The partitions of AWS: groups of regions that share DNS names.

use crate::aws::endpoint::generated::partitions::PARTITIONS;

/// A partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partition {
    /// The name, such as `aws-cn`.
    pub name: &'static str,
    /// The suffix of host names.
    pub dns_suffix: &'static str,
    /// The suffix of the names of dual-stack hosts.
    pub dual_stack_dns_suffix: &'static str,
    /// `true` if there are FIPS endpoints.
    pub supports_fips: bool,
    /// `true` if there are dual-stack endpoints.
    pub supports_dual_stack: bool,
    /// The region of services that have only one endpoint.
    pub implicit_global_region: &'static str,
    /// The prefixes of the names of the regions.
    pub(super) prefixes: &'static [&'static str],
    /// The names of regions that do not match a prefix.
    pub(super) regions: &'static [&'static str],
}

/// Returns the partition of a region. A name that matches no partition belongs to the commercial one, as in AWS's own
/// rules.
pub fn partition(region: &str) -> &'static Partition {
    own_partition(region).unwrap_or(&PARTITIONS[0])
}

/// Returns the partition that the name of a region matches.
pub(super) fn own_partition(region: &str) -> Option<&'static Partition> {
    let claims = |partition: &&Partition| {
        let mut prefixes = partition.prefixes.iter();
        partition.regions.contains(&region) || prefixes.any(|prefix| is_region(region, prefix))
    };
    PARTITIONS.iter().find(claims)
}

/// Returns whether a name consists of `prefix`, a word, and a number.
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
