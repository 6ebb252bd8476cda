//! [`parse_arn`]: the function `aws.parseArn`, which returns the parts of an ARN.

use super::functions::place;

/// The parts of an ARN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The partition.
    pub partition: &'a str,
    /// The service.
    pub service: &'a str,
    /// The region, which may be empty.
    pub region: &'a str,
    /// The account, which may be empty.
    pub account_id: &'a str,
    /// The resource, split at colons and slashes.
    pub resource_id: Vec<&'a str>,
}

/// Parses an ARN. Returns `None` if the text is not an ARN.
pub fn parse_arn(text: &str) -> Option<Arn<'_>> {
    let mut parts = text.splitn(6, ':');
    if parts.next()? != "arn" {
        return None;
    }
    let (partition, service) = (parts.next()?, parts.next()?);
    let (region, account_id, resource) = (parts.next()?, parts.next()?, parts.next()?);
    if [partition, service, resource].contains(&"") {
        return None;
    }
    Some(Arn {
        partition,
        service,
        region,
        account_id,
        resource_id: resource.split([':', '/']).collect(),
    })
}

impl<'a> Arn<'a> {
    /// Returns a part of the resource. A negative index counts from the end.
    pub fn resource(&self, index: isize) -> Option<&'a str> {
        self.resource_id
            .get(place(index, self.resource_id.len())?)
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_is_parsed_and_invalid_ones_are_rejected() {
        let arn = parse_arn("arn:aws:dynamodb:us-east-1:123:table/Music/index:x").unwrap();
        assert_eq!((arn.partition, arn.service), ("aws", "dynamodb"));
        assert_eq!((arn.region, arn.account_id), ("us-east-1", "123"));
        assert_eq!(arn.resource_id, ["table", "Music", "index", "x"]);
        assert_eq!(parse_arn("arn:aws:s3:::bucket").unwrap().region, "");
        for text in [
            "",
            "Music",
            "arn:aws:s3",
            "arn:aws:s3:::",
            "arn::s3:::b",
            "arn:aws::::b",
            "x:aws:s3:::b",
        ] {
            assert_eq!(parse_arn(text), None, "{text}");
        }
    }
}
