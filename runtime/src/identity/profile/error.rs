//! [`ProfileError`], the error of a profile file, with the file and line. No message shows the contents of a line,
//! which may be a secret.

use std::path::PathBuf;

/// The error of profile files that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// A file exists and cannot be read.
    #[error("failed to read {}: {source}", path.display())]
    Read {
        /// The path of the file.
        path: PathBuf,
        /// The error of the operating system.
        source: std::io::Error,
    },
    /// A line of a required section does not follow the grammar, or is not UTF-8.
    #[error("{}, line {line}: {problem}", path.display())]
    Malformed {
        /// The path of the file.
        path: PathBuf,
        /// The number of the line, starting at 1.
        line: usize,
        /// The expected contents of the line.
        problem: &'static str,
    },
    /// The selected profile is not defined in any file.
    #[error("{}", no_such_profile(name, selected_by, looked_in, known, notes))]
    NoSuchProfile {
        /// The name of the profile.
        name: String,
        /// The variable that selects it, or `the program`.
        selected_by: String,
        /// The files, as text.
        looked_in: String,
        /// The profiles that exist.
        known: Vec<String>,
        /// The notes of the reader of the files.
        notes: Vec<String>,
    },
}

fn no_such_profile(
    name: &str,
    by: &str,
    looked_in: &str,
    known: &[String],
    notes: &[String],
) -> String {
    let known = match known {
        [] => "no profile is defined there".to_owned(),
        known => format!("profiles defined there: {}", known.join(", ")),
    };
    let mut text = format!("profile `{name}`, selected by {by}, is not in {looked_in} ({known})");
    for note in notes {
        text.push_str("; ");
        text.push_str(note);
    }
    text
}
