//! In: the values of an enum. Out: a member name for each, for formats that have no names.

/// Names in the order of the values: upper case, with `_` for what no identifier may hold. camelCase is not split,
/// since no rule splits `OAuth` and `S3` the way their owners do. A value that gives no name, or one that is taken,
/// gets a number.
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
    let name: String = value
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect();
    if !name.contains(|c: char| c != '_') {
        return None;
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(format!("_{name}"));
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_by_table() {
        let table: &[(&[&str], &[&str])] = &[
            (
                &["Map_all", "CustomConnector"],
                &["MAP_ALL", "CUSTOMCONNECTOR"],
            ),
            (&["us-east-1", "a b.c"], &["US_EAST_1", "A_B_C"]),
            (&["1h", "24h"], &["_1H", "_24H"]),
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
