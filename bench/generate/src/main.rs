//! Generates a client in memory from a model (botocore's or a Smithy JSON AST), and prints the numbers of files and lines.

use anyhow::{Context, Result};
use smithy_model::{Closure, Model};
use std::path::PathBuf;

/// The allocator of xtask, whose command this measures.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    let path = PathBuf::from(std::env::args().nth(1).context("which model?")?);
    let import = smithy_model::import(&path)?;
    let file = std::env::temp_dir().join(format!("bench-{}.json", std::process::id()));
    std::fs::write(&file, &import.text)?;
    let model = Model::load(&[file.clone()]);
    std::fs::remove_file(&file)?;
    let model = model?;
    let closure = Closure::of(&model, &model.service()?.id)?;
    let options = smithy_codegen::Options {
        user_agent: "bench".to_owned(),
        origin: "a measurement".to_owned(),
        ..smithy_codegen::Options::default()
    };
    let generated = smithy_codegen::generate(&model, &closure, &options)?;
    println!("operations {}", generated.operations);
    println!("files {}", generated.files.len());
    println!("lines {}", generated.files.lines());
    Ok(())
}
