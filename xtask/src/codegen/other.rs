//! Generates a crate of its own from any model.

use super::place::Place;
use super::{Arguments, COMMAND, report};
use crate::say::say;
use crate::{package, workspace};
use anyhow::Result;
use smithy_codegen::{Examples, Generated, Options, Package};
use smithy_model::known::AwsService;
use smithy_model::{Closure, Model};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

pub(super) fn run(arguments: &Arguments, folder: &Path) -> Result<ExitCode> {
    let started = Instant::now();
    let place = Place::of(folder)?;
    let command = command(arguments, &place);
    let model = Model::load_with_companions(&arguments.model)?;
    // The files contain the name, which by default comes from the model.
    let name = match &arguments.name {
        Some(name) => name.clone(),
        None => default_name(&model)?,
    };
    let package = Package {
        folder: place.name(),
        runtime: arguments.runtime.runtime(&place)?,
        is_workspace: place.is_implicit_member_of(&workspace::root())?,
        command,
        name,
    };
    let options = Options {
        user_agent: format!("{}/0.1.0", package.name),
        origin: package.origin(),
        examples: Some(Examples::compiled(&package.name.replace('-', "_")).one_each()),
        html_documentation: is_of_aws(&model)?,
        protocols: Vec::new(),
    };
    let generated = generate(&model, &arguments.operations, &options)?;
    report::warnings(&generated);
    if arguments.check {
        let found = package::compare(folder, &package, &generated)?;
        let inner = folder.join("src/generated");
        return Ok(report::check(
            &generated,
            &found.changes,
            &inner,
            &found.outer,
            &package.command,
        ));
    }
    let written = package::write(folder, &package, &generated)?;
    report::written(&generated, &written.changes, started);
    for path in &written.outer {
        say!("wrote     {}", path.display());
    }
    for path in &written.kept {
        say!("kept      {}: it is not generated", path.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns the command that generates the same crate again.
fn command(arguments: &Arguments, place: &Place) -> String {
    let mut command = format!("{COMMAND} --model");
    for path in &arguments.model {
        // The folder of a model differs between machines; its name does not.
        let name = path.file_name().map(|name| name.to_string_lossy());
        command.push_str(&format!(" {}", name.unwrap_or_default()));
    }
    command.push_str(&format!(" --crate {}", place.name()));
    if let Some(name) = &arguments.name {
        command.push_str(&format!(" --name {name}"));
    }
    if !arguments.operations.is_empty() {
        command.push_str(&format!(" --operations {}", arguments.operations.join(",")));
    }
    command + &arguments.runtime.command_line()
}

/// Generates a client in memory, with all operations if none are named.
fn generate(model: &Model, operations: &[String], options: &Options) -> Result<Generated> {
    let service = &model.service()?.id;
    let closure = match operations {
        [] => Closure::of(model, service)?,
        names => Closure::of_operations(model, service, names)?,
    };
    Ok(smithy_codegen::generate(model, &closure, options)?)
}

/// Returns whether the service belongs to AWS, whose models have documentation in HTML. All models in botocore's format
/// do; the documentation of other Smithy models is in CommonMark.
fn is_of_aws(model: &Model) -> Result<bool> {
    Ok(model.service()?.traits.has("aws.api#service"))
}

fn default_name(model: &Model) -> Result<String> {
    let service = model.service()?;
    let aws = service.traits.get::<AwsService>();
    let sdk_id = aws.map_or_else(|| service.id.name().to_owned(), |aws| aws.sdk_id);
    Ok(Package::default_name(&sdk_id))
}

#[cfg(test)]
mod tests {
    use super::super::runtime::RuntimeFlags;
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn documentation_is_html_where_the_model_is_of_aws() {
        let model = |traits: &str| {
            let text = format!(
                r#"{{"smithy": "2.0", "shapes": {{"a#S": {{"type": "service", "version": "1", "traits": {{{traits}}}}}}}}}"#
            );
            Model::from_sources(&[("model.json", &text)]).unwrap()
        };
        assert!(!is_of_aws(&model("")).unwrap());
        let of_aws = model(r#""aws.api#service": {"sdkId": "S"}"#);
        assert!(is_of_aws(&of_aws).unwrap());
        let of_botocore = r#"{"version": "2.0", "operations": {}, "shapes": {}, "metadata": {
            "apiVersion": "2020-01-01", "endpointPrefix": "s", "protocol": "json", "jsonVersion": "1.1",
            "serviceFullName": "S", "serviceId": "S", "signatureVersion": "v4", "targetPrefix": "S", "uid": "s-2020-01-01"
        }}"#;
        let of_botocore = Model::from_sources(&[("service-2.json", of_botocore)]).unwrap();
        assert!(is_of_aws(&of_botocore).unwrap());
    }

    #[test]
    fn the_command_states_all_that_the_files_depend_on() {
        let folder = Path::new("/w/polly-sdk");
        let arguments = Arguments {
            check: true,
            model: vec![PathBuf::from("/m/service-2.json"), PathBuf::from("b.json")],
            folder: Some(folder.to_owned()),
            name: Some("voices".to_owned()),
            operations: vec!["A".to_owned(), "B".to_owned()],
            runtime: RuntimeFlags {
                runtime_git: Some("https://example.com/r".to_owned()),
                runtime_rev: Some("v1".to_owned()),
                ..RuntimeFlags::default()
            },
        };
        assert_eq!(
            command(&arguments, &Place::of(folder).unwrap()),
            "cargo xtask codegen --model service-2.json b.json --crate polly-sdk --name voices --operations A,B \
             --runtime-git https://example.com/r --runtime-rev v1"
        );
    }
}
