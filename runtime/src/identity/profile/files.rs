//! Locates and reads the two profile files.

use crate::identity::environment::Environment;
use crate::identity::file_system::FileSystem;
use crate::identity::profile::ProfileError;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The locations of both files.
#[derive(Debug, Clone)]
pub(super) struct Files {
    pub(super) config: ProfileFile,
    pub(super) credentials: ProfileFile,
}

/// The location of one file.
#[derive(Debug, Clone)]
pub(super) struct ProfileFile {
    /// The variable that can name the file.
    variable: &'static str,
    /// `true` if the variable names the file.
    is_named: bool,
    /// The path; `None` if the variable does not name the file and there is no home directory.
    path: Option<PathBuf>,
    /// The default path, for messages without a path.
    default_path: &'static str,
}

impl Files {
    pub(super) fn locate(environment: &Environment) -> Self {
        let locate =
            |variable, default_path| ProfileFile::locate(environment, variable, default_path);
        Self {
            config: locate("AWS_CONFIG_FILE", "~/.aws/config"),
            credentials: locate("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
        }
    }
}

impl ProfileFile {
    fn locate(
        environment: &Environment,
        variable: &'static str,
        default_path: &'static str,
    ) -> Self {
        let named = environment.get(variable);
        let path = match &named {
            Some(path) => Some(environment.expand_home(path)),
            None => environment
                .home()
                .map(|_| environment.expand_home(default_path)),
        };
        Self {
            variable,
            is_named: named.is_some(),
            path,
            default_path,
        }
    }

    pub(super) fn located(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Returns the path for messages.
    pub(super) fn path(&self) -> Arc<Path> {
        Arc::from(self.located().unwrap_or(Path::new(self.default_path)))
    }

    /// Returns the contents, or nothing if the file does not exist. Irregularities are added to the notes.
    pub(super) fn read(
        &self,
        system: &FileSystem,
        notes: &mut Vec<String>,
    ) -> Result<Vec<u8>, ProfileError> {
        let Some(path) = &self.path else {
            notes.push(format!(
                "{}: no home directory (HOME is not set)",
                self.default_path
            ));
            return Ok(Vec::new());
        };
        let source = match system.read(path) {
            Ok(bytes) => return Ok(bytes),
            Err(error) => error,
        };
        match source.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => {
                if self.is_named {
                    let path = path.display();
                    notes.push(format!("{}: {path}: file not found", self.variable));
                }
                Ok(Vec::new())
            }
            // Container tools create a directory in place of a file to mount that does not exist.
            ErrorKind::IsADirectory => {
                notes.push(format!("{} is a directory", path.display()));
                Ok(Vec::new())
            }
            // A file at the default location was not requested: a service that runs as another user than the owner of
            // HOME must still reach the credentials of its container or instance.
            _ if !self.is_named => {
                notes.push(format!("failed to read {}: {source}", path.display()));
                Ok(Vec::new())
            }
            _ => Err(ProfileError::Read {
                path: path.clone(),
                source,
            }),
        }
    }
}

impl fmt::Display for ProfileFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.path().display().fmt(f)
    }
}
