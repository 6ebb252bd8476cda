//! Writes a workspace that tests the programs of `tests/services/moto`: a crate for each client, with the operations that the
//! programs call, and a crate of the programs.

use super::compile;
use super::find::Found;
use super::generate::{self, Selection};
use anyhow::{Context, Result, ensure};
use smithy_codegen::names::Ident;
use smithy_model::known::Waitable;
use smithy_model::{Closure, Model, ShapeId};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The folder of the programs: one file for each service, and `main.rs`.
const PROGRAMS: &str = "tests/services/moto";

/// The name of the crate of the programs.
const CRATE: &str = "stories";

/// Writes the workspace to `out`. Returns the names of the services and the numbers of their operations.
pub(super) fn write(
    root: &Path,
    services: &[Found],
    out: &Path,
) -> Result<BTreeMap<String, usize>> {
    let programs = programs(&root.join(PROGRAMS))?;
    let mut counts = BTreeMap::new();
    for name in programs.keys() {
        let found = services.iter().find(|service| service.name == *name);
        let found =
            found.with_context(|| format!("{PROGRAMS}/{name}.rs: no service has this name"))?;
        let prefix = format!("{name}::");
        let users = programs.values().filter(|text| text.contains(&prefix));
        let text: String = users.map(String::as_str).collect();
        let select = |model: &Model, closure: &Closure| called(model, closure, &text);
        let generated = generate::generate(&found.path, Selection::By(&select))
            .with_context(|| name.to_owned())?;
        ensure!(
            generated.left_out.is_empty(),
            "{name}: operations are left out: {:?}",
            generated.left_out
        );
        generate::write(&out.join(name), name, &root.join("runtime"), &generated)?;
        counts.insert(name.clone(), generated.operations);
    }
    let clients: Vec<&str> = programs.keys().map(String::as_str).collect();
    let package = out.join(CRATE);
    fs::create_dir_all(&package)?;
    fs::write(package.join("Cargo.toml"), manifest(root, &clients))?;
    let members = clients.into_iter().chain([CRATE]);
    compile::write_workspace(out, root, members)?;
    Ok(counts)
}

/// Returns the text of each program by the name of its service.
fn programs(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut programs = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path.file_stem().map(|name| name.to_string_lossy());
        let name = name.unwrap_or_default().into_owned();
        if name != "main" {
            programs.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(programs)
}

/// Returns the operations whose methods a text calls, or whose waiters.
fn called(model: &Model, closure: &Closure, text: &str) -> Vec<String> {
    let calls = |method: String| text.contains(&format!(".{method}("));
    let is_called = |id: &&ShapeId| {
        let waiters = model.shape(id).and_then(|shape| shape.traits.get());
        let waiters = waiters.and_then(|Waitable(waiters)| waiters.as_object().cloned());
        let mut waiters = waiters.iter().flat_map(|waiters| waiters.keys());
        calls(Ident::snake(id.name()).text().to_owned())
            || waiters
                .any(|name| calls(Ident::snake(name).prefixed("wait_until_").text().to_owned()))
    };
    let ids = closure.operations.iter().filter(is_called);
    ids.map(|id| id.name().to_owned()).collect()
}

/// Returns the manifest of the crate of the programs, which depends on all clients by path.
fn manifest(root: &Path, clients: &[&str]) -> String {
    let clients: String = clients
        .iter()
        .map(|name| format!("{name} = {{ path = \"../{name}\" }}\n"))
        .collect();
    format!(
        "[package]\nname = {CRATE:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [[test]]\nname = {CRATE:?}\npath = {:?}\n\n\
         [dev-dependencies]\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n{clients}",
        root.join(PROGRAMS).join("main.rs")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_selected_by_their_methods_and_waiters() {
        let operation = |name: &str, traits: &str| {
            format!(r#""a#{name}": {{"type": "operation", "traits": {{{traits}}}}}"#)
        };
        let waitable = r#""smithy.waiters#waitable": {"ThingReady": {"acceptors": []}}"#;
        let text = format!(
            r#"{{"smithy": "2.0", "shapes": {{
                "a#S": {{"type": "service", "version": "1", "operations":
                    [{{"target": "a#GetThing"}}, {{"target": "a#HeadThing"}}, {{"target": "a#GetThings"}}]}},
                {}, {}, {}}}}}"#,
            operation("GetThing", ""),
            operation("HeadThing", waitable),
            operation("GetThings", "")
        );
        let model = Model::from_sources(&[("model.json", &text)]).unwrap();
        let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
        let called = |text: &str| called(&model, &closure, text);
        assert_eq!(called("client.get_thing().send()"), ["GetThing"]);
        assert_eq!(called("client.wait_until_thing_ready()"), ["HeadThing"]);
        assert!(called("get_things(client)").is_empty());
    }

    #[test]
    fn each_program_is_of_a_service_that_exists() {
        let root = crate::workspace::root();
        let out = tempfile::tempdir().unwrap();
        let error = write(&root, &[], out.path()).unwrap_err().to_string();
        assert!(error.ends_with(".rs: no service has this name"), "{error}");
    }
}
