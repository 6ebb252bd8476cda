//! Fixture models in, what is generated of them out.

use smithy_codegen::{CodegenError, Examples, Generated, Options, ServerOptions};
use smithy_model::{Closure, Model};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the workspace.
pub fn workspace() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap()
}

/// The folder of the fixtures.
pub fn folder() -> PathBuf {
    workspace().join("tests/fixtures")
}

/// The names of all fixtures that can be generated, sorted.
pub fn cases() -> Vec<String> {
    let entries = fs::read_dir(folder()).unwrap();
    let mut cases: Vec<String> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("model.json").is_file())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    cases.sort();
    cases
}

/// Generates the client of one fixture.
pub fn generate(case: &str) -> Generated {
    let text = fs::read_to_string(folder().join(case).join("model.json")).unwrap();
    generate_with(&options(&format!("fixture_{case}")), "model.json", &text)
        .unwrap_or_else(|error| panic!("{case}: {error}"))
}

/// Generates the client of one fixture as if it were documented in HTML.
pub fn generate_of_html(case: &str) -> Generated {
    let text = fs::read_to_string(folder().join(case).join("model.json")).unwrap();
    let model = Model::from_sources(&[("model.json", &text)]).unwrap();
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    let options = Options {
        html_documentation: true,
        ..options(&format!("fixture_{case}"))
    };
    smithy_codegen::generate(&model, &closure, &options)
        .unwrap_or_else(|error| panic!("{case}: {error}"))
}

/// Generates the service side of one fixture, for a trait called `Service`.
pub fn generate_server(case: &str) -> Generated {
    let text = fs::read_to_string(folder().join(case).join("model.json")).unwrap();
    let model = Model::from_sources(&[("model.json", &text)]).unwrap();
    let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
    let krate = format!("fixture_{case}");
    let server = ServerOptions {
        client_crate: krate.clone(),
        service_trait: "Service".to_owned(),
    };
    smithy_codegen::generate_server(&model, &closure, &options(&krate), &server)
        .unwrap_or_else(|error| panic!("{case}: {error}"))
}

/// Generates the client of a model; errors call it `file`.
pub fn generate_text(file: &str, text: &str) -> Result<Generated, CodegenError> {
    generate_with(&options("fixture"), file, text)
}

fn generate_with(options: &Options, file: &str, text: &str) -> Result<Generated, CodegenError> {
    let model = Model::from_sources(&[(file, text)])?;
    let closure = Closure::of(&model, &model.service()?.id)?;
    smithy_codegen::generate(&model, &closure, options)
}

fn options(krate: &str) -> Options {
    Options {
        user_agent: "fixture/1.0".to_owned(),
        origin: "the tests".to_owned(),
        examples: Some(Examples::compiled(krate)),
        html_documentation: false,
        protocols: Vec::new(),
    }
}
