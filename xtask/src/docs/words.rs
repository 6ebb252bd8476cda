//! Checks documentation, messages and Markdown against the style page of CONTRIBUTING.md.

mod literals;
mod patterns;

use super::{Finding, prose};
use anyhow::{Context, Result};
use patterns::Fault;
use std::fs;
use std::path::{Path, PathBuf};

/// Emitted code, whose words are those of the model and of `codegen`, snapshots of it, and the patterns themselves.
const EXEMPT: &[&str] = &[
    "appflow-sdk/src/generated",
    "appflow-local/src/generated",
    "appflow-local/s3/src/generated",
    "appflow-local/tests/common/s3/generated",
    "tests/fixtures",
    "xtask/src/docs/words/patterns.rs",
];

/// The folder of the model's files, whose documentation is ours.
const MODEL: &str = "model/appflow";

/// Reads every Rust and Markdown file of the workspace, and the documentation of the model.
pub(super) fn check(root: &Path) -> Result<Finding> {
    let (mut faults, mut files) = (Vec::new(), Vec::new());
    list(root, &mut files)?;
    let mut checked = 0;
    for file in &files {
        let path = file.strip_prefix(root).unwrap_or(file).to_string_lossy();
        if !is_checked(&path) {
            continue;
        }
        checked += 1;
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let found = match file.extension().and_then(|it| it.to_str()) {
            Some("md") => of_markdown(&text),
            Some("json") => of_model(&text).with_context(|| path.to_string())?,
            _ => of_rust(&text, !is_test(&path)),
        };
        let found = found.into_iter();
        faults.extend(found.map(|(line, fault)| format!("{path}:{line}: {fault}")));
    }
    Ok(Finding {
        figures: format!(
            "words      {} against the style page in {checked} files",
            faults.len(),
        ),
        faults,
    })
}

/// Returns whether the words of a file are ours. Of the JSON files, those of the model have documentation.
fn is_checked(path: &str) -> bool {
    let is_exempt = EXEMPT.iter().any(|room| is_in(path, room));
    !is_exempt && (!path.ends_with(".json") || is_in(path, MODEL))
}

fn is_in(path: &str, room: &str) -> bool {
    path.strip_prefix(room)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns whether the file holds only tests, whose literals may be any text.
fn is_test(path: &str) -> bool {
    path.split('/')
        .any(|folder| matches!(folder, "tests" | "tests.rs"))
}

/// Lists the Rust, Markdown and JSON files below a folder, except what was built and what begins with a dot.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        if name == "target" || name.to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            list(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|it| it == "rs" || it == "md" || it == "json")
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(())
}

/// Returns the faults of documentation comments, of names of functions and, on request, of the string literals before
/// the unit tests.
fn of_rust(text: &str, literals: bool) -> Vec<(usize, Fault)> {
    let mut faults = Vec::new();
    let mut previous = None;
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        let doc = doc_of(line);
        if doc.is_none() {
            fenced = false;
        }
        if let Some(doc) = doc {
            fenced ^= doc.starts_with("```");
            if previous.is_none() {
                faults.extend(patterns::of_summary(doc).map(|fault| (index + 1, fault)));
            }
            if !fenced {
                let found = patterns::of_prose(doc).into_iter();
                faults.extend(found.map(|fault| (index + 1, fault)));
            }
        }
        let function = function_of(line).and_then(patterns::of_function);
        faults.extend(function.map(|fault| (index + 1, fault)));
        previous = doc;
    }
    if literals {
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
        for (line, literal) in literals::of(code) {
            let found = patterns::of_message(&literal).into_iter();
            faults.extend(found.map(|fault| (line, fault)));
        }
    }
    faults
}

/// Returns the name of the function that is defined in this line.
fn function_of(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once("fn ")?;
    let is_definition = before
        .split_whitespace()
        .all(|word| matches!(word, "async" | "const" | "unsafe") || word.starts_with("pub"));
    is_definition.then(|| rest.split(['(', '<']).next())?
}

/// Returns the text of a documentation comment.
fn doc_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let doc = line
        .strip_prefix("///")
        .or_else(|| line.strip_prefix("//!"))?;
    Some(doc.strip_prefix(' ').unwrap_or(doc))
}

/// Returns the faults of Markdown outside of its code blocks.
fn of_markdown(text: &str) -> Vec<(usize, Fault)> {
    let mut faults = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        fenced ^= line.trim_start().starts_with("```");
        if !fenced && !line.starts_with("    ") {
            let found = patterns::of_prose(line).into_iter();
            faults.extend(found.map(|fault| (index + 1, fault)));
        }
    }
    faults
}

/// Returns the faults of the documentation in a model file.
fn of_model(text: &str) -> Result<Vec<(usize, Fault)>> {
    let mut documentation = Vec::new();
    prose::of_model(&serde_json::from_str(text)?, &mut documentation);
    let mut faults = Vec::new();
    for documentation in documentation {
        let summary = documentation.lines().next().unwrap_or_default();
        let mut found = patterns::of_prose(&documentation);
        found.extend(patterns::of_summary(summary));
        if found.is_empty() {
            continue;
        }
        let quoted = serde_json::to_string(&documentation)?;
        let line = text.lines().position(|line| line.contains(&quoted));
        let line = line.map_or(0, |line| line + 1);
        faults.extend(found.into_iter().map(|fault| (line, fault)));
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_follows_the_style_page() {
        let finding = check(&crate::workspace::root()).expect("the files are readable");
        assert!(
            finding.faults.is_empty(),
            "{}\n{}",
            finding.figures,
            finding.faults.join("\n")
        );
    }

    fn lines(faults: Vec<(usize, Fault)>) -> Vec<(usize, String)> {
        let text = |(line, fault): (usize, Fault)| (line, fault.found);
        faults.into_iter().map(text).collect()
    }

    #[test]
    fn only_the_first_line_of_a_comment_is_a_summary() {
        let text = "/// What it does.\n/// What it does not.\nfn a() {}\n/// Returns 1.\n///\n/// How it does.\nfn b() {}\n";
        assert_eq!(lines(of_rust(text, true)), [(1, "What".to_owned())]);
    }

    #[test]
    fn messages_are_read_up_to_the_unit_tests() {
        let text = "fn a() { fail(\"it is no URL\") }\n#[cfg(test)]\nmod tests { const A: &str = \"it is no URL\"; }\n";
        assert_eq!(lines(of_rust(text, true)), [(1, "is no URL".to_owned())]);
        assert_eq!(lines(of_rust(text, false)), []);
    }

    #[test]
    fn names_of_functions_are_read_where_they_are_defined() {
        let text = "async fn what_waits() {}\npub(super) fn who_waits<T>() {}\nlet text = \"fn what_is_it()\";\n";
        let found = [(1, "what_waits".to_owned()), (2, "who_waits".to_owned())];
        assert_eq!(lines(of_rust(text, true)), found);
    }

    #[test]
    fn documentation_of_models_has_the_line_of_its_member() {
        let text = "{\n\"a\": {\"smithy.api#documentation\": \"Which \\\"flow\\\" to run.\"},\n\"name\": \"Which\"\n}";
        let faults = of_model(text).expect("the model is JSON");
        assert_eq!(lines(faults), [(2, "Which".to_owned())]);
        assert!(of_model("{").is_err());
    }

    #[test]
    fn examples_are_not_prose() {
        let rust = "/// Returns 1.\n///\n/// ```\n/// // It's code.\n/// ```\n/// It's prose.\n";
        assert_eq!(lines(of_rust(rust, true)), [(6, "It's".to_owned())]);
        let markdown = "It's prose, `it's` code.\n```\nit's code\n```\n    it's code\n";
        assert_eq!(lines(of_markdown(markdown)), [(1, "It's".to_owned())]);
    }
}
