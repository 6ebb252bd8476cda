//! [`ProfileError`]: what is wrong with a profile file, with the file and line. No message shows what a line holds,
//! since it may be a secret.

use std::path::PathBuf;

/// The profile files cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// A file exists and cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A line of a section that is needed does not follow the grammar, or is not UTF-8.
    #[error("{}, line {line}: {problem}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What was expected there.
        problem: &'static str,
    },
    /// A profile was selected that no file defines.
    #[error("{}", no_such_profile(name, selected_by, looked_in, known, notes))]
    NoSuchProfile {
        /// The profile.
        name: String,
        /// The variable that selects it, or `the program`.
        selected_by: String,
        /// The files, in words.
        looked_in: String,
        /// The profiles that exist.
        known: Vec<String>,
        /// What was noticed while the files were read.
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
