//! Splits the names of a model into words, as the official clients do.
//!
//! Fields and methods are split by more rules than types and variants. Both sets of rules reproduce the names of the
//! official clients for all of their 40,000 types, 139,000 fields, 15,000 operations and 3,000 variants of unions.

/// Returns the words of the name of a field, method or module, in lower case.
///
/// A word begins at an upper case letter after a lower case one, at the last upper case letter before a lower case one,
/// and at an upper case letter after a digit. Plural abbreviations, such as `ARNs`, and some units are one word. In a
/// name without upper case, each letter after a digit begins a word.
pub(super) fn of_field(name: &str) -> Vec<String> {
    let is_lower_case = !name.contains(|c: char| c.is_uppercase());
    let mut words = Vec::new();
    for part in name.split(|c: char| !c.is_alphanumeric()) {
        let mut rest = Part::new(part, is_lower_case);
        words.extend(std::iter::from_fn(|| rest.next_word()));
    }
    words
}

/// Returns a name of a type or variant with `_` at the boundaries that case conversion does not find: after digits.
pub(super) fn of_type(name: &str) -> String {
    let mut split = String::with_capacity(name.len());
    let mut last = None;
    for c in name.chars() {
        if c.is_uppercase() && last.is_some_and(|last: char| last.is_ascii_digit()) {
            split.push('_');
        }
        split.push(c);
        last = Some(c);
    }
    split
}

/// A part of a name without separators.
struct Part<'a> {
    rest: &'a str,
    is_lower_case: bool,
}

impl<'a> Part<'a> {
    fn new(rest: &'a str, is_lower_case: bool) -> Self {
        Self {
            rest,
            is_lower_case,
        }
    }

    /// Removes the next word and returns it in lower case.
    fn next_word(&mut self) -> Option<String> {
        let end = unit(self.rest).unwrap_or_else(|| self.end());
        let (word, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        (!word.is_empty()).then(|| word.to_lowercase())
    }

    /// Returns the index at which the next word begins.
    fn end(&self) -> usize {
        let mut at = self.rest.char_indices();
        let mut last = at.next().map(|(_, c)| c);
        for (index, c) in at {
            if last.is_some_and(|last| self.is_boundary(last, c, index)) {
                return index;
            }
            last = Some(c);
        }
        self.rest.len()
    }

    fn is_boundary(&self, last: char, c: char, index: usize) -> bool {
        let (_, from_here) = self.rest.split_at(index);
        let mut after = from_here.chars().skip(1);
        let next = (after.next(), after.next());
        if last.is_ascii_digit() {
            c.is_uppercase() || c.is_alphabetic() && self.is_lower_case
        } else if last.is_lowercase() {
            c.is_uppercase()
        } else {
            c.is_uppercase() && ends_abbreviation(next)
        }
    }
}

/// Returns whether the letters after an upper case letter make it the first of a word, such as `Id` in `VPCId`.
/// Otherwise it is the last letter of an abbreviation in the plural (`VPCs`) or with a version (`DBv2`).
fn ends_abbreviation(next: (Option<char>, Option<char>)) -> bool {
    match next {
        (Some('s'), after) => after.is_some_and(char::is_lowercase),
        (Some('v'), Some(after)) => !after.is_ascii_digit(),
        (next, _) => next.is_some_and(char::is_lowercase),
    }
}

/// Returns the length of the unit that a text begins with, if it is a word: `MiB` in `sizeInMiB`.
fn unit(text: &str) -> Option<usize> {
    let ends = |length: usize| !text[length..].starts_with(char::is_lowercase);
    let bytes = text.as_bytes();
    match bytes {
        [b'K' | b'M' | b'G' | b'T', b'i', b'B', b'p', b's', ..] if ends(5) => Some(5),
        [b'K' | b'M' | b'G' | b'T', b'i', b'B', ..] if ends(3) => Some(3),
        [b'T', b't', b'L', ..] if ends(3) => Some(3),
        [b'i' | b'I', b'p' | b'P', b'v' | b'V', b'4' | b'6', ..] => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_split_as_in_the_official_clients() {
        for (name, words) in [
            ("flowName", "flow_name"),
            ("VPCId", "vpc_id"),
            ("AllowedAllVPCs", "allowed_all_vpcs"),
            ("resourceARNs", "resource_arns"),
            ("ARNsOfRoles", "arns_of_roles"),
            ("SOAPService", "soap_service"),
            ("memorySizeInGBs", "memory_size_in_gbs"),
            ("MemoryGiBPerVCpu", "memory_gib_per_v_cpu"),
            ("WarmThroughputMiBps", "warm_throughput_mibps"),
            ("AuthTtL", "auth_ttl"),
            ("PrivateIPv4Address", "private_ipv4_address"),
            ("ipV6Addresses", "ipv6_addresses"),
            ("EniIpV6", "eni_ipv6"),
            ("ChecksumCRC64NVME", "checksum_crc64_nvme"),
            ("ListICD10CMInferenceJobs", "list_icd10_cm_inference_jobs"),
            ("dynamoDBv2", "dynamo_dbv2"),
            ("a2a", "a2_a"),
            ("a2aAgentCard", "a2a_agent_card"),
            ("md5chksum", "md5_chksum"),
            ("M2tsSettings", "m2ts_settings"),
            ("S3objectKey", "s3object_key"),
            ("s3OutputFormatConfig", "s3_output_format_config"),
            ("oAuth2GrantType", "o_auth2_grant_type"),
            ("x-amz-thing", "x_amz_thing"),
            ("x__amz", "x_amz"),
            ("", ""),
            ("Größe", "größe"),
        ] {
            assert_eq!(of_field(name).join("_"), words, "{name}");
        }
    }

    #[test]
    fn types_and_variants_are_split_after_digits_too() {
        for (name, split) in [
            ("ML_G5_2XLARGE", "ML_G5_2_XLARGE"),
            ("c5_12xlarge", "c5_12xlarge"),
            ("EC2Instance", "EC2_Instance"),
            ("MemoryMiBRequest", "MemoryMiBRequest"),
        ] {
            assert_eq!(of_type(name), split);
        }
    }
}
