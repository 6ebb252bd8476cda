//! What generating costs: the AppFlow client by the command itself, and the largest model of the same protocol.

use crate::process;
use crate::samples::Samples;
use crate::subject::Subject;
use crate::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;

/// Prints the path of the largest restJson1 model that botocore has.
const LARGEST: &str = r#"
import botocore, gzip, json, pathlib
def texts():
    for path in pathlib.Path(botocore.__file__).parent.glob("data/*/*/service-2.json.gz"):
        text = gzip.open(path).read()
        if json.loads(text)["metadata"]["protocol"] == "rest-json":
            yield len(text), str(path)
print(max(texts())[1])
"#;

pub(crate) fn measure(
    workspace: &Workspace,
    samples: &mut Samples,
    rounds: usize,
    python: &Path,
) -> Result<()> {
    let tools = workspace.target("tools");
    let mut cargo = workspace.cargo_into(&tools);
    process::run(cargo.args([
        "build",
        "--quiet",
        "--locked",
        "--release",
        "--package",
        "generate",
    ]))?;
    let mut cargo = workspace.cargo_into(&workspace.target("xtask"));
    cargo.current_dir(&workspace.root);
    process::run(cargo.args(["build", "--quiet", "--release", "--package", "xtask"]))?;
    let model = process::run(Command::new(python).args(["-c", LARGEST]))?.output;
    let model = Path::new(model.trim());
    let service = model
        .ancestors()
        .nth(2)
        .and_then(Path::file_name)
        .context("a service")?;
    eprintln!(
        "generator: AppFlow, and {} as the largest model",
        service.display()
    );
    for _ in 0..rounds {
        let mut command = Command::new(workspace.target("xtask").join("release/xtask"));
        let finished = process::run(command.args(["codegen", "--check"]))?;
        samples.add(
            "codegen.appflow",
            Subject::Ours,
            finished.wall.as_secs_f64(),
        );
        samples.add(
            "codegen.appflow.memory",
            Subject::Ours,
            finished.peak as f64,
        );
        let mut command = Command::new(tools.join("release/generate"));
        let finished = process::run(command.arg(model))?;
        ensure!(
            finished.values().contains_key("lines"),
            "nothing was generated"
        );
        samples.add(
            "codegen.largest",
            Subject::Ours,
            finished.wall.as_secs_f64(),
        );
        samples.add(
            "codegen.largest.memory",
            Subject::Ours,
            finished.peak as f64,
        );
        for (name, value) in finished.values() {
            samples.add(&format!("codegen.largest.{name}"), Subject::Ours, value);
        }
    }
    Ok(())
}
