//! Writes a cargo workspace with a generated crate for each fixture.

use crate::fixtures;
use smithy_codegen::{Generated, Package, Runtime};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The beginning of the `lib.rs` of a fixture's crate.
const LINTS: &str = "\
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub, rust_2018_idioms)]
#![forbid(unsafe_code)]
";

/// The fixtures whose server side is compiled too.
const SERVICES: [&str; 6] = [
    "server",
    "defaults",
    "obstacle_course",
    "aws_query",
    "rest_xml",
    "events",
];

/// The hand-written part of a server's crate.
const SERVICE_DOOR: &str = r#"//! The service side of a generated client.
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub, rust_2018_idioms)]
#![forbid(unsafe_code)]

#[rustfmt::skip]
mod generated;

pub use generated::*;
"#;

/// A cargo workspace below the target directory.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    target: PathBuf,
}

impl Scratch {
    /// Writes a crate for every fixture to `folder`, which is below the target directory of the tests.
    ///
    /// Unchanged files are not touched, so that cargo builds only the changes.
    pub fn write(folder: &Path) -> Self {
        let cases = fixtures::cases();
        for case in &cases {
            let krate = folder.join(case);
            let generated = fixtures::generate(case);
            let features = &generated.runtime_features;
            write(&krate.join("Cargo.toml"), &manifest(case, features));
            write(&krate.join("src/lib.rs"), &lib_rs(case, &generated));
            let changes = generated.files.compare(&krate.join("src/generated"));
            changes.unwrap().apply().unwrap();
            let program = fixtures::folder().join(case).join("smoke.rs");
            if let Ok(program) = fs::read_to_string(program) {
                write(&krate.join("tests/smoke.rs"), &program);
                for name in program.lines().filter_map(shared_module) {
                    let shared = fixtures::folder().join(format!("{name}.rs"));
                    let text = fs::read_to_string(shared).unwrap();
                    write(&krate.join(format!("tests/{name}/mod.rs")), &text);
                }
            }
        }
        let services = SERVICES.map(|case| write_service(folder, case));
        let members: Vec<String> = cases.into_iter().chain(services).collect();
        write(&folder.join("Cargo.toml"), &workspace_manifest(&members));
        // The versions that the workspace is locked to, so that nothing is resolved anew.
        let lock = fs::read_to_string(fixtures::workspace().join("Cargo.lock")).unwrap();
        write(&folder.join("Cargo.lock"), &lock);
        // Dependencies that the tests were built with serve here too.
        let target = folder.ancestors().nth(2).unwrap().to_owned();
        Self {
            folder: folder.to_owned(),
            target,
        }
    }

    /// Runs cargo there, without colors. It downloads the optional dependencies that the workspace does not need.
    pub fn cargo(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--color=never", "--target-dir"])
            .arg(&self.target)
            .current_dir(&self.folder)
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .output()
            .unwrap()
    }
}

/// Returns the name of the module that a line of a smoke test declares: a file that several fixtures share.
fn shared_module(line: &str) -> Option<&str> {
    line.strip_prefix("mod ")?.strip_suffix(';')
}

/// Writes the crate of a fixture's server side; returns the name of its folder.
fn write_service(folder: &Path, case: &str) -> String {
    let name = format!("{case}_service");
    let krate = folder.join(&name);
    let client = case.replace('_', "-");
    let manifest = format!(
        "[package]\nname = \"fixture-{client}-service\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nbytes = \"1\"\nhttp = \"1\"\nfixture-{client} = {{ path = \"../{case}\" }}\n\
         smithy-reqwest = {{ workspace = true, features = [\"server\"] }}\n"
    );
    write(&krate.join("Cargo.toml"), &manifest);
    write(&krate.join("src/lib.rs"), SERVICE_DOOR);
    let files = fixtures::generate_server(case).files;
    let changes = files.compare(&krate.join("src/generated")).unwrap();
    changes.apply().unwrap();
    if let Ok(program) = fs::read_to_string(fixtures::folder().join(case).join("serve.rs")) {
        write(&krate.join("tests/serve.rs"), &program);
    }
    name
}

/// Returns the `lib.rs` of a generated crate.
fn lib_rs(case: &str, generated: &Generated) -> String {
    let package = Package {
        name: format!("fixture-{case}"),
        folder: case.to_owned(),
        runtime: Runtime::Path(String::new()),
        is_workspace: false,
        command: "the tests".to_owned(),
    };
    format!("{LINTS}{}", package.lib_rs(generated))
}

fn manifest(case: &str, features: &[&str]) -> String {
    format!(
        "[package]\nname = \"fixture-{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nsmithy-reqwest = {{ workspace = true, default-features = true, features = {features:?} }}\n\n[features]\npresigning = [\"smithy-reqwest/presigning\"]\ntest-util = [\"smithy-reqwest/test-util\"]\n\n[dev-dependencies]\nsmithy-reqwest = {{ workspace = true, default-features = true, features = [\"test-util\"] }}\nhttp.workspace = true\nserde_json.workspace = true\ntokio.workspace = true\n",
        case.replace('_', "-")
    )
}

fn workspace_manifest(members: &[String]) -> String {
    let runtime = fixtures::workspace().join("runtime");
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n\
         [workspace.dependencies]\nsmithy-reqwest = {{ path = {runtime:?} }}\nhttp = \"1\"\nserde_json = \"1\"\n\
         tokio = {{ version = \"1\", features = [\"rt\", \"time\"] }}\n\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n"
    )
}

fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
