//! Tests that the modules of `runtime/src` depend only on lower layers, by their `crate::` paths, and that no modules
//! form a cycle.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The layers, from the lowest. A layer may only use itself and the previous ones.
const ROOMS: [&str; 7] = [
    "http", "value", "aws", "protocol", "identity", "client", "service",
];

/// The dependencies between modules of two levels, such as `value::shape`, and the files that contain them.
type Arrows = BTreeMap<(String, String), String>;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Returns the files of the crate as paths below `src`, without `lib.rs`, which re-exports items of all layers.
fn files() -> Vec<PathBuf> {
    let mut folders = vec![source()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => files.push(path.strip_prefix(source()).unwrap().to_owned()),
            }
        }
    }
    files.retain(|file| file != Path::new("lib.rs"));
    files.sort();
    files
}

/// Returns the path of a module, such as `["value", "shape", "slot"]` for `value/shape/slot.rs`.
fn module(file: &Path) -> Vec<String> {
    let file = file.with_extension("");
    file.iter()
        .map(|part| part.to_str().unwrap().to_owned())
        .collect()
}

/// Returns the code of a file, without comment lines.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(source().join(file)).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the paths that begin with `crate::`, with each item of a group as a path of its own. Macros that other
/// crates expand name public items with `$crate`; calls of macros, `crate::name!`, belong to no layer.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c == '$' || c == '_' || c.is_alphanumeric()) {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let end = rest.find(|c: char| !(c == ':' || c == '_' || c.is_alphanumeric()));
        let (path, after) = rest.split_at(end.unwrap_or(rest.len()));
        match after.chars().next() {
            Some('!') => {}
            Some('{') => found.extend(items(after).into_iter().map(|item| format!("{path}{item}"))),
            _ => found.push(path.to_owned()),
        }
    }
    found
}

/// Returns the items of the group at the start of the text; of nested groups, their beginning.
fn items(text: &str) -> Vec<String> {
    let (mut depth, mut item, mut items) = (0, String::new(), Vec::new());
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            c if depth == 1 && c != ',' => item.push(c),
            _ => {}
        }
        if depth == 0 || (depth == 1 && c == ',') {
            items.push(std::mem::take(&mut item).trim().to_owned());
        }
        if depth == 0 {
            break;
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

/// Returns the re-exports of each layer: (layer, item) to the module that defines it.
fn re_exports() -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    for room in ROOMS {
        let code = code(&Path::new(room).with_extension("rs"));
        for statement in code.split(';') {
            let Some((vis, path)) = statement.rsplit_once("use ") else {
                continue;
            };
            let Some((module, rest)) = path.split_once("::") else {
                continue;
            };
            if vis.trim_end().ends_with("pub") || vis.trim_end().ends_with("pub(crate)") {
                for item in rest.split(|c: char| !(c == '_' || c.is_alphanumeric())) {
                    let key = (room.to_owned(), item.to_owned());
                    found.insert(key, format!("{room}::{module}"));
                }
            }
        }
    }
    found
}

/// Returns all dependencies between modules, and the faults: paths that begin with no layer.
fn arrows() -> (Arrows, Vec<String>) {
    let (mut arrows, mut faults) = (Arrows::new(), Vec::new());
    let re_exports = re_exports();
    for file in files() {
        let from = module(&file);
        for path in paths(&code(&file)) {
            let parts: Vec<&str> = path.split("::").collect();
            let place = format!("{}: crate::{path}", file.display());
            let Some(room) = ROOMS.iter().find(|room| **room == parts[0]) else {
                faults.push(format!("{place} names no room"));
                continue;
            };
            let item = parts.get(1).copied().unwrap_or_default();
            let is_module = source().join(room).join(item).with_extension("rs").exists();
            let to = match re_exports.get(&((*room).to_owned(), item.to_owned())) {
                _ if is_module => format!("{room}::{item}"),
                Some(module) => module.clone(),
                None => (*room).to_owned(),
            };
            let from = from[..from.len().min(2)].join("::");
            arrows.insert((from, to), place);
        }
    }
    (arrows, faults)
}

fn floor(module: &str) -> usize {
    let room = module.split("::").next();
    ROOMS
        .iter()
        .position(|name| Some(*name) == room)
        .unwrap_or_else(|| panic!("{module} is in no room"))
}

/// Returns the modules that a module depends on, directly or not.
fn reached<'a>(from: &'a str, arrows: &'a Arrows) -> BTreeSet<&'a str> {
    let (mut found, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(module) = open.pop() {
        for (_, to) in arrows
            .keys()
            .filter(|(from, to)| from == module && from != to)
        {
            if found.insert(to.as_str()) {
                open.push(to);
            }
        }
    }
    found
}

#[test]
fn every_file_is_in_a_room() {
    let stray: Vec<PathBuf> = files()
        .into_iter()
        .filter(|file| !ROOMS.contains(&module(file)[0].as_str()))
        .collect();
    assert_eq!(stray, Vec::<PathBuf>::new());
}

#[test]
fn every_path_names_a_room_and_none_runs_up() {
    let (arrows, mut faults) = arrows();
    assert!(arrows.len() > 100, "only {} arrows were read", arrows.len());
    let up = arrows
        .iter()
        .filter(|((from, to), _)| floor(to) > floor(from));
    faults.extend(up.map(|((from, to), place)| format!("{from} → {to} runs up: {place}")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_modules_form_a_circle() {
    let (arrows, _) = arrows();
    let circles: Vec<String> = arrows
        .iter()
        .filter(|((from, to), _)| from != to && reached(to, &arrows).contains(from.as_str()))
        .map(|((from, to), place)| format!("{from} → {to}, which leads back: {place}"))
        .collect();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn paths_are_read_out_of_groups_and_expressions() {
    let code = "use crate::http::{Body, time::{Clock, SystemClock}};\n\
                let x = crate::value::codec::to_json(&y);\n\
                $crate::shape::Shape; crate::structure!(Named { name });";
    assert_eq!(
        paths(code),
        ["http::Body", "http::time::", "value::codec::to_json"]
    );
}
