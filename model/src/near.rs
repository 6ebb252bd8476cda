//! Suggests known names for an unknown one.

use strsim::levenshtein;

/// Returns at most three known names that resemble `name`, nearest first.
pub(crate) fn near(name: &str, known: &[&str]) -> Vec<String> {
    let lower = name.to_lowercase();
    let limit = (name.len() / 3).max(1);
    let mut ranked: Vec<(usize, &str)> = known
        .iter()
        .map(|known| (levenshtein(&lower, &known.to_lowercase()), *known))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    ranked.sort();
    ranked
        .iter()
        .take(3)
        .map(|(_, name)| (*name).to_owned())
        .collect()
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
    }
}
