//! Selects the services whose crates are compiled.

use super::find::Found;
use anyhow::Result;
use std::collections::BTreeSet;

/// Thirty services that together use all features of the generator, one on each line with the reason for its choice.
const SAMPLE: &str = include_str!("sample.txt");

/// Returns the names of the services to compile.
pub(super) fn chosen(asked: &[String], services: &[Found]) -> Result<BTreeSet<String>> {
    let known = |name: &str| services.iter().any(|service| service.name == name);
    let mut chosen = BTreeSet::new();
    for name in asked {
        match name.as_str() {
            "all" => chosen.extend(services.iter().map(|service| service.name.clone())),
            "sample" => {
                let unknown: Vec<&str> = sample().filter(|name| !known(name)).collect();
                anyhow::ensure!(
                    unknown.is_empty(),
                    "{}: in the sample, but not found, or without a supported protocol",
                    unknown.join(", ")
                );
                chosen.extend(sample().map(str::to_owned));
            }
            name if known(name) => drop(chosen.insert(name.to_owned())),
            name => anyhow::bail!("{name}: service not found, or its protocols are not supported"),
        }
    }
    Ok(chosen)
}

/// Returns the names in the sample, without the reasons.
fn sample() -> impl Iterator<Item = &'static str> {
    SAMPLE
        .lines()
        .filter_map(|line| line.split_whitespace().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn services(names: &[&str]) -> Vec<Found> {
        let found = |name: &&str| Found {
            name: (*name).to_owned(),
            path: PathBuf::new(),
        };
        names.iter().map(found).collect()
    }

    #[test]
    fn the_sample_has_thirty_names_and_none_twice() {
        let names: BTreeSet<_> = sample().collect();
        assert_eq!((sample().count(), names.len()), (30, 30));
    }

    #[test]
    fn the_sample_is_chosen_whole() {
        let names: Vec<_> = sample().collect();
        let chosen = |names: &[&str]| chosen(&["sample".to_owned()], &services(names));
        assert_eq!(chosen(&names).unwrap().len(), 30);
        let without_sqs = chosen(&names[..29]).unwrap_err().to_string();
        assert!(without_sqs.starts_with("sqs: "), "{without_sqs}");
    }

    #[test]
    fn services_are_chosen_by_name_and_an_unknown_name_is_an_error() {
        let known = services(&["alpha", "beta"]);
        let chosen = |asked: &[&str]| {
            let asked: Vec<_> = asked.iter().map(|name| (*name).to_owned()).collect();
            chosen(&asked, &known).map(|names| names.into_iter().collect::<Vec<_>>())
        };
        assert_eq!(chosen(&["beta"]).unwrap(), ["beta"]);
        assert_eq!(chosen(&["all"]).unwrap(), ["alpha", "beta"]);
        assert!(chosen(&[]).unwrap().is_empty());
        assert!(
            chosen(&["gamma"])
                .unwrap_err()
                .to_string()
                .contains("gamma")
        );
    }
}
