//! Finds facts of a partition with which rules pass all its cases, for cases that fail with the known facts.
//!
//! A case fails because of a fault of the rules, or because the facts about the partition of its region were different
//! when it was written. The latter is assumed if one set of facts makes all cases of that partition pass. A fault of
//! the rules rarely looks like that: with a wrong suffix or an inverted condition, other cases of the same partition
//! fail instead.

use crate::aws::endpoint::rules::{BuiltIn, Case, CaseValue, Expected, RuleSet};
use crate::aws::endpoint::{Partition, own_partition, partition};
use std::collections::BTreeSet;

/// The name of a partition that does not exist.
const UNKNOWN: &str = "unknown";

/// The failures that other facts explain.
#[derive(Debug, Default)]
pub(super) struct Explained {
    groups: BTreeSet<&'static str>,
    /// The notes, one line for each partition.
    pub(super) notes: Vec<String>,
}

impl Explained {
    /// Returns whether a failed case is explained.
    pub(super) fn covers(&self, rules: &RuleSet, case: &Case) -> bool {
        region(rules, case).is_some_and(|region| self.groups.contains(group(region)))
    }
}

/// Searches for other facts of each partition whose cases fail.
pub(super) fn explain(rules: &RuleSet, cases: &[Case], failed: &[&Case]) -> Explained {
    let mut explained = Explained::default();
    let group_of = |case: &Case| region(rules, case).map(group);
    let groups: BTreeSet<_> = failed.iter().filter_map(|case| group_of(case)).collect();
    for name in groups {
        let of_group = cases.iter().filter(|case| group_of(case) == Some(name));
        let of_group: Vec<&Case> = of_group.collect();
        let mut variants = variants(rules, &of_group).into_iter();
        let Some(facts) = variants.find(|facts| all_hold(rules, &of_group, *facts)) else {
            continue;
        };
        let failed = failed.iter().filter(|case| group_of(case) == Some(name));
        let count = failed.count();
        let differences = differences(&of_group, rules, facts);
        explained.notes.push(format!(
            "{count} cases of the partition of {name} assume other facts, and pass with {differences}"
        ));
        explained.groups.insert(name);
    }
    explained
}

/// Describes the differences between facts and those that are known today.
fn differences(cases: &[&Case], rules: &RuleSet, facts: Partition) -> String {
    let mut regions = cases.iter().filter_map(|case| region(rules, case));
    let known = partition(regions.next().unwrap_or_default());
    let text =
        |name, was: &str, is: &str| (was != is).then(|| format!("{name} {was:?}, now {is:?}"));
    let flag = |name, was: bool, is: bool| (was != is).then(|| format!("{name} {was}, now {is}"));
    let all = [
        text("name", facts.name, known.name),
        flag("supports_fips", facts.supports_fips, known.supports_fips),
        flag(
            "supports_dual_stack",
            facts.supports_dual_stack,
            known.supports_dual_stack,
        ),
        text("dns_suffix", facts.dns_suffix, known.dns_suffix),
        text(
            "dual_stack_dns_suffix",
            facts.dual_stack_dns_suffix,
            known.dual_stack_dns_suffix,
        ),
        text(
            "implicit_global_region",
            facts.implicit_global_region,
            known.implicit_global_region,
        ),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Returns the region of a case.
fn region(rules: &RuleSet, case: &Case) -> Option<&'static str> {
    let mut known = rules.parameters.iter();
    let name = known.find(|parameter| parameter.built_in == Some(BuiltIn::Region))?;
    let mut given = case.parameters.iter();
    match given.find(|(given, _)| *given == name.name)?.1 {
        CaseValue::Text(region) => Some(region),
        _ => None,
    }
}

/// Returns the group of a region: its partition, or the region itself if it matches no partition and may belong to an
/// unknown one.
fn group(region: &'static str) -> &'static str {
    own_partition(region).map_or(region, |partition| partition.name)
}

fn all_hold(rules: &RuleSet, cases: &[&Case], facts: Partition) -> bool {
    cases.iter().all(|case| {
        region(rules, case).is_some_and(|region| case.holds(rules, Some((region, facts))))
    })
}

/// Returns the possible facts of the partition of these cases: every combination of the values that the cases suggest.
fn variants(rules: &RuleSet, cases: &[&Case]) -> Vec<Partition> {
    let regions: BTreeSet<&str> = cases
        .iter()
        .filter_map(|case| region(rules, case))
        .collect();
    let Some(first) = regions.first() else {
        return Vec::new();
    };
    let known = *partition(first);
    let names = match own_partition(first) {
        Some(_) => vec![known.name],
        None => vec![known.name, UNKNOWN],
    };
    let suffixes = suffixes(cases, &regions);
    let dns = own_first(known.dns_suffix, &suffixes);
    let dual_stack = own_first(known.dual_stack_dns_suffix, &suffixes);
    let global = own_first(known.implicit_global_region, &signing_regions(cases));
    let (fips, dual) = (known.supports_fips, known.supports_dual_stack);
    // The variants with the fewest differences come first.
    let mut all = vec![known];
    all = varied(&all, &[dual, !dual], |facts, flag| {
        facts.supports_dual_stack = flag
    });
    all = varied(&all, &[fips, !fips], |facts, flag| {
        facts.supports_fips = flag
    });
    all = varied(&all, &names, |facts, name| facts.name = name);
    all = varied(&all, &global, |facts, region| {
        facts.implicit_global_region = region
    });
    all = varied(&all, &dual_stack, |facts, suffix| {
        facts.dual_stack_dns_suffix = suffix
    });
    varied(&all, &dns, |facts, suffix| facts.dns_suffix = suffix)
}

/// Returns each of these facts with each of the values.
fn varied<T: Copy>(all: &[Partition], values: &[T], set: fn(&mut Partition, T)) -> Vec<Partition> {
    let with = |value: T| {
        all.iter().copied().map(move |mut facts| {
            set(&mut facts, value);
            facts
        })
    };
    values.iter().copied().flat_map(with).collect()
}

/// Returns the known value, followed by the alternatives.
fn own_first(own: &'static str, others: &BTreeSet<&'static str>) -> Vec<&'static str> {
    let others = others.iter().copied().filter(|other| *other != own);
    [own].into_iter().chain(others).collect()
}

/// Returns the suffixes of the expected hosts that do not contain the region.
fn suffixes(cases: &[&Case], regions: &BTreeSet<&str>) -> BTreeSet<&'static str> {
    let hosts = cases.iter().filter_map(|case| match case.expected {
        Expected::Endpoint { url, .. } => url.split('/').nth(2),
        Expected::Error(_) => None,
    });
    let tails = hosts.flat_map(|host: &'static str| {
        let dots = host.match_indices('.');
        dots.filter_map(move |(dot, _)| host.get(dot + 1..))
    });
    let is_of_region = |tail: &str| tail.split('.').any(|label| regions.contains(label));
    tails.filter(|tail| !is_of_region(tail)).collect()
}

/// Returns the expected signing regions.
fn signing_regions(cases: &[&Case]) -> BTreeSet<&'static str> {
    let regions = cases.iter().filter_map(|case| match case.expected {
        Expected::Endpoint { signing_region, .. } => signing_region,
        Expected::Error(_) => None,
    });
    regions.collect()
}
