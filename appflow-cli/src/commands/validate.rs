//! `appflow validate`: checks definitions offline, and prints errors and warnings with their positions.

use crate::Done;
use crate::arguments::{Global, Output, Validate};
use crate::files::{self, Definition};
use crate::output;
use anyhow::Result;
use appflow_sdk::flows::check;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Serialize)]
struct Row {
    file: PathBuf,
    line: Option<usize>,
    column: Option<usize>,
    severity: String,
    path: String,
    message: String,
}

pub(crate) fn run(global: &Global, arguments: &Validate) -> Result<Done> {
    let mut rows = Vec::new();
    let (mut lines, mut count) = (Vec::new(), 0);
    for path in &arguments.paths {
        for file in files::find(path)? {
            count += 1;
            for (row, line) in one(&file) {
                rows.push(row);
                lines.push(line);
            }
        }
    }
    let errors = rows.iter().filter(|row| row.severity == "error").count();
    let warnings = rows.len() - errors;
    lines.push(format!(
        "{count} checked: {errors} errors, {warnings} warnings."
    ));
    if global.output == Output::Json {
        output::json(&rows)?;
    } else {
        lines.iter().try_for_each(|line| output::line(line))?;
    }
    Ok(if errors == 0 {
        Done::Complete
    } else {
        Done::Failed
    })
}

fn one(file: &std::path::Path) -> Vec<(Row, String)> {
    let source = match files::read(file) {
        Ok(source) => source,
        Err(invalid) => {
            let line = format!("{}: {}: {}", invalid.location(), "error", invalid.message);
            let row = Row {
                file: file.to_owned(),
                line: invalid.place.map(|place| place.line),
                column: invalid.place.map(|place| place.column),
                severity: "error".to_owned(),
                path: String::new(),
                message: invalid.message,
            };
            return vec![(row, line)];
        }
    };
    let findings = match &source.definition {
        Definition::Flow(flow) => check(flow),
        Definition::Profile(profile) => profile.check(),
    };
    let findings = findings.into_iter().map(|finding| {
        let place = source.document.place_of(&finding.path);
        let location = files::location(file, Some(place));
        let line = format!("{location}: {}", output::finding(&finding));
        let row = Row {
            file: file.to_owned(),
            line: Some(place.line),
            column: Some(place.column),
            severity: finding.severity.to_string(),
            path: finding.path,
            message: finding.message,
        };
        (row, line)
    });
    findings.collect()
}
