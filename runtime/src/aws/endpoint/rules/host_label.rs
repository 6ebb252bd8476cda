//! `isValidHostLabel` and `aws.isVirtualHostableS3Bucket`: a text in, whether it can stand in a host name out.

use crate::aws::endpoint::is_host_label;

/// Whether a text can be a label of a host name, or several with dots between them.
pub fn is_valid_host_label(text: &str, allow_sub_domains: bool) -> bool {
    if allow_sub_domains {
        text.split('.').all(is_host_label)
    } else {
        is_host_label(text)
    }
}

/// Whether the name of a bucket can stand in a host name: at least three lower-case characters, and no address of IPv4.
pub fn is_virtual_hostable_s3_bucket(text: &str, allow_sub_domains: bool) -> bool {
    let is_address = text.parse::<std::net::Ipv4Addr>().is_ok();
    let is_upper = text.bytes().any(|byte| byte.is_ascii_uppercase());
    text.len() >= 3 && !is_address && !is_upper && is_valid_host_label(text, allow_sub_domains)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_letters_digits_and_inner_hyphens() {
        let table = [
            // text, alone, with subdomains
            ("a", true, true),
            ("us-east-1", true, true),
            ("a.b", false, true),
            ("a..b", false, false),
            ("", false, false),
            ("-a", false, false),
            ("a-", false, false),
            ("a_b", false, false),
            ("x/", false, false),
        ];
        for (text, alone, with) in table {
            assert_eq!(is_valid_host_label(text, false), alone, "{text}");
            assert_eq!(is_valid_host_label(text, true), with, "{text}");
        }
        assert!(is_valid_host_label(&"a".repeat(63), false));
        assert!(!is_valid_host_label(&"a".repeat(64), false));
    }

    #[test]
    fn buckets_in_host_names_are_lower_case_and_long_enough() {
        let table = [
            ("bucket", true, true),
            ("my.bucket", false, true),
            ("Bucket", false, false),
            ("bu", false, false),
            ("192.168.100.100", false, false),
        ];
        for (text, alone, with) in table {
            assert_eq!(is_virtual_hostable_s3_bucket(text, false), alone, "{text}");
            assert_eq!(is_virtual_hostable_s3_bucket(text, true), with, "{text}");
        }
    }
}
