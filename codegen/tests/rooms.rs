//! Tests of the module structure, by the `crate::` paths of the modules: stages only use earlier stages, and no modules
//! form a cycle.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use regex_lite::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules, with the modules that they must not use.
const FORBIDDEN: [(&str, &[&str]); 4] = [
    ("names", &["ir", "lower", "emit", "protocol", "files"]),
    ("ir", &["lower", "emit", "protocol", "files"]),
    ("lower", &["emit", "files"]),
    ("emit", &["lower", "protocol", "options"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Returns the code of the modules by their paths, such as `lower/query`, without `lib.rs` and tests.
fn modules() -> BTreeMap<String, String> {
    let mut folders = vec![source()];
    let mut modules = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.with_extension("");
            let name = name.strip_prefix(source()).unwrap().to_str().unwrap();
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let lines = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            modules.insert(
                name.replace('\\', "/"),
                lines.collect::<Vec<_>>().join("\n"),
            );
        }
    }
    modules.remove("lib");
    modules
}

/// Returns the modules that each module uses.
fn uses(modules: &BTreeMap<String, String>) -> BTreeMap<&str, BTreeSet<&str>> {
    let path = Regex::new(r"\bcrate::((?:\w+::)*)(\w+|\{[^;]*?\})").unwrap();
    let word = Regex::new(r"\w+").unwrap();
    let mut uses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, code) in modules {
        let used = uses.entry(name).or_default();
        for found in path.captures_iter(code) {
            let prefix = found[1].replace("::", "/");
            for item in word.find_iter(&found[2]) {
                let named = format!("{prefix}{}", item.as_str());
                let mut parts: Vec<&str> = named.split('/').collect();
                while !parts.is_empty() && !modules.contains_key(&parts.join("/")) {
                    parts.pop();
                }
                let module = modules.get_key_value(&parts.join("/"));
                used.extend(module.map(|(module, _)| module.as_str()));
            }
        }
        used.remove(name.as_str());
    }
    uses
}

#[test]
fn stages_use_only_what_precedes_them() {
    let modules = modules();
    assert!(modules.len() > 100, "{}", modules.len());
    let mut wrong = Vec::new();
    for (name, used) in uses(&modules) {
        let room = |module: &str| module.split('/').next().unwrap().to_owned();
        let rules = FORBIDDEN.iter().filter(|(of, _)| room(name) == *of);
        let forbidden: Vec<&str> = rules
            .flat_map(|(_, forbidden)| *forbidden)
            .copied()
            .collect();
        let broken = used
            .into_iter()
            .filter(|used| forbidden.contains(&room(used).as_str()));
        wrong.extend(broken.map(|used| format!("{name} uses {used}")));
        if room(name) == "emit" && modules[name].contains("smithy_model") {
            wrong.push(format!("{name} reads the model"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_modules_form_a_cycle() {
    let modules = modules();
    let mut left = uses(&modules);
    assert!(
        left["emit/waiter"].contains("emit/query"),
        "{:?}",
        left["emit/waiter"]
    );
    // A module that uses no remaining module is not in a cycle.
    loop {
        let names: BTreeSet<&str> = left.keys().copied().collect();
        let before = left.len();
        left.retain(|_, used| used.iter().any(|used| names.contains(used)));
        if left.len() == before {
            break;
        }
    }
    let in_cycles: Vec<_> = left.iter().collect();
    assert!(in_cycles.is_empty(), "{in_cycles:?}");
}
