//! The partitions: groups of regions that share DNS names.

use crate::aws::endpoint::generated::partitions::PARTITIONS;

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
    pub(super) prefixes: &'static [&'static str],
    /// Names of regions that are of another form.
    pub(super) regions: &'static [&'static str],
}

/// The partition of a region; the commercial one for names that fit none, as AWS's own rules have it.
pub fn partition(region: &str) -> &'static Partition {
    own_partition(region).unwrap_or(&PARTITIONS[0])
}

/// The partition that a region's name fits.
pub(super) fn own_partition(region: &str) -> Option<&'static Partition> {
    let claims = |partition: &&Partition| {
        let mut prefixes = partition.prefixes.iter();
        partition.regions.contains(&region) || prefixes.any(|prefix| is_region(region, prefix))
    };
    PARTITIONS.iter().find(claims)
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
