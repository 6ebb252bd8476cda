//! Measures the generator: the AppFlow client with the command, and the largest model of all services.

use crate::extent::Extent;
use crate::process;
use crate::samples::Samples;
use crate::subject::Subject;
use crate::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;

/// Prints the path of the largest model that botocore has.
const LARGEST: &str = r#"
import botocore, gzip, pathlib
def texts():
    for path in pathlib.Path(botocore.__file__).parent.glob("data/*/*/service-2.json.gz"):
        yield len(gzip.open(path).read()), str(path)
print(max(texts())[1])
"#;

pub(crate) fn measure(
    workspace: &Workspace,
    samples: &mut Samples,
    extent: Extent,
    python: &Path,
) -> Result<()> {
    let (tools, profile) = (workspace.target("tools"), extent.profile());
    let mut cargo = workspace.cargo_into(&tools);
    cargo
        .args(["build", "--quiet", "--locked", "--package", "generate"])
        .args(profile.arguments());
    process::run(&mut cargo)?;
    let generate = tools.join(profile.folder()).join("generate");
    let xtask = workspace.xtask()?;
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
    for _ in 0..extent.rounds {
        let finished = process::run(Command::new(&xtask).args(["codegen", "--check"]))?;
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
        let finished = process::run(Command::new(&generate).arg(model))?;
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
