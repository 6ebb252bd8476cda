//! In: a name nobody knows, and the known ones. Out: those the writer may have meant.

/// At most three known names, nearest first.
pub(crate) fn near(name: &str, known: &[&str]) -> Vec<String> {
    let lower = name.to_lowercase();
    let limit = (name.len() / 3).max(1);
    let mut ranked: Vec<(usize, &str)> = known
        .iter()
        .map(|known| (distance(&lower, &known.to_lowercase()), *known))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    ranked.sort();
    ranked
        .iter()
        .take(3)
        .map(|(_, name)| (*name).to_owned())
        .collect()
}

/// Levenshtein's distance, row by row.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_typos_and_wrong_case() {
        let known = ["CreateFlow", "DeleteFlow", "ListFlows", "StartFlow"];
        assert_eq!(near("createFlow", &known), ["CreateFlow"]);
        assert_eq!(near("ListFlow", &known), ["ListFlows"]);
        assert!(near("Unrelated", &known).is_empty());
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
