//! Finds the known name that is most similar to a misspelled one.

/// Returns the candidate that is most similar to `name`, if it differs only in case, or in no more than a third of its
/// characters.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // This is longer than any name in a model; the time of a comparison is the product of the lengths.
    if name.len() > 128 {
        return None;
    }
    let name = name.to_lowercase();
    let limit = name.chars().count().div_ceil(3).min(5);
    candidates
        .map(|candidate| (distance(&name, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns the edit distance of two texts: the number of insertions, deletions, substitutions, and swaps of neighbors.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let substituted = at(&last, j) + usize::from(a != b);
            let mut least = substituted.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped =
                i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if swapped {
                least = least.min(at(&before, j - 1) + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

fn at(row: &[usize], index: usize) -> usize {
    row.get(index).copied().unwrap_or(usize::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_found_and_a_distant_one_is_not() {
        let names = [
            "description",
            "flowName",
            "kmsArn",
            "tags",
            "tasks",
            "triggerConfig",
        ];
        let table = [
            ("descripton", Some("description")),
            ("kmsARN", Some("kmsArn")),
            ("flowname", Some("flowName")),
            ("tgas", Some("tags")),
            ("task", Some("tasks")),
            ("trigger", None),
            ("flowArn", Some("flowName")),
            ("x", None),
            ("", None),
            ("schemaVersion", None),
        ];
        for (given, expected) in table {
            assert_eq!(nearest(given, names.into_iter()), expected, "{given}");
        }
        assert_eq!(nearest(&"tags".repeat(1000), names.into_iter()), None);
    }
}
