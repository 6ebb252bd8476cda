//! Reads the profiles of the AWS config and credentials files. Each value has its file and line.

mod by_name;
mod error;
mod files;
mod origin;
mod parse;
mod section;
mod sections;

pub use error::ProfileError;
pub use origin::Origin;
pub use section::{Property, Section};

use crate::identity::environment::Environment;
use crate::identity::file_system::FileSystem;
use files::Files;
use sections::Sections;
use std::path::Path;

/// A profile: its name and its properties.
pub type Profile = Section;

/// The profile that is used if none is selected.
const DEFAULT: &str = "default";
/// The variables that select a profile, in order of precedence.
const SELECTING_VARIABLES: [&str; 2] = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"];

/// The contents of the AWS config and credentials files.
///
/// The files are those named by `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, or `~/.aws/config` and
/// `~/.aws/credentials`. A file that does not exist counts as empty. The grammar is that of the [AWS SDKs and Tools
/// reference guide][guide]. Like the AWS CLI, the parser also accepts property lines that are all indented, indented
/// comment lines, and profile names in quotes or with unusual characters.
///
/// [guide]: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
#[derive(Debug, Clone)]
pub struct Profiles {
    sections: Sections,
    selected: Selected,
    files: Files,
    notes: Vec<String>,
}

#[derive(Debug, Clone)]
struct Selected {
    name: String,
    /// The variable that selects it, or the program; `None` if it is only the default.
    by: Option<String>,
}

impl Profiles {
    /// Reads the files that the environment names, and the profile that it selects.
    ///
    /// # Errors
    ///
    /// Returns [`ProfileError::Read`] if a file exists and cannot be read.
    pub fn load(environment: &Environment) -> Result<Self, ProfileError> {
        Self::load_from(environment, &FileSystem::real())
    }

    /// Reads the files that the environment names from another file system, and the profile that it selects.
    ///
    /// # Errors
    ///
    /// Returns [`ProfileError::Read`] if a file exists and cannot be read.
    pub fn load_from(environment: &Environment, system: &FileSystem) -> Result<Self, ProfileError> {
        let mut notes = Vec::new();
        let files = Files::locate(environment);
        let config = files.config.read(system, &mut notes)?;
        let credentials = files.credentials.read(system, &mut notes)?;
        Ok(Self::assemble(
            environment,
            files,
            &config,
            &credentials,
            notes,
        ))
    }

    /// Reads these bytes as the contents of the files that the environment names.
    pub fn from_bytes(environment: &Environment, config: &[u8], credentials: &[u8]) -> Self {
        let files = Files::locate(environment);
        Self::assemble(environment, files, config, credentials, Vec::new())
    }

    fn assemble(
        environment: &Environment,
        files: Files,
        config: &[u8],
        credentials: &[u8],
        mut notes: Vec<String>,
    ) -> Self {
        let mut sections = Sections::default();
        sections.add_config(&files.config.path(), config, &mut notes);
        sections.add_credentials(&files.credentials.path(), credentials, &mut notes);
        Self {
            sections,
            selected: Selected::by_environment(environment),
            files,
            notes,
        }
    }

    /// Selects a profile in code, regardless of the environment.
    pub fn select(mut self, name: impl Into<String>) -> Self {
        self.selected = Selected {
            name: name.into(),
            by: Some("the program".to_owned()),
        };
        self
    }

    /// Returns the name of the selected profile: `AWS_PROFILE`, else `AWS_DEFAULT_PROFILE`, else `default`.
    pub fn selected_name(&self) -> &str {
        &self.selected.name
    }

    /// Returns whether the profile was selected, instead of being the default.
    pub fn is_explicitly_selected(&self) -> bool {
        self.selected.by.is_some()
    }

    /// Returns the selected profile. Without a selection, a missing `default` profile is `None`. Malformed lines in
    /// other sections are ignored.
    ///
    /// # Errors
    ///
    /// Returns an error if a profile was selected that no file defines, or if the profile has a line that cannot be
    /// read.
    pub fn selected(&self) -> Result<Option<&Profile>, ProfileError> {
        let name = self.selected_name();
        match (self.profile(name), &self.selected.by) {
            (None, Some(by)) => Err(ProfileError::NoSuchProfile {
                name: name.to_owned(),
                selected_by: by.clone(),
                looked_in: self.looked_in(),
                known: self.names().map(str::to_owned).collect(),
                notes: self.notes.clone(),
            }),
            (profile, _) => profile.map(Section::intact).transpose(),
        }
    }

    /// Returns the profile of this name.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.sections.profiles.get(name)
    }

    /// Returns the names of all profiles, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sections.profiles.names()
    }

    /// Returns the `sso-session` section of this name.
    pub fn sso_session(&self, name: &str) -> Option<&Section> {
        self.sections.sso_sessions.get(name)
    }

    /// Returns a setting for one service: the property nested under the key of the service, in the `services` section
    /// that the profile names. The key is the ID of the service in lower case, with `_` for each character that is not
    /// a letter or digit.
    ///
    /// # Errors
    ///
    /// Returns [`ProfileError::Malformed`] if the section has a line that cannot be read.
    pub fn service_property(
        &self,
        profile: &Profile,
        service: &str,
        name: &str,
    ) -> Result<Option<&Property>, ProfileError> {
        let services = profile
            .get("services")
            .and_then(|name| self.sections.services.get(name));
        let Some(services) = services else {
            return Ok(None);
        };
        let property = services.intact()?.property(service);
        Ok(property.and_then(|property| property.nested(name)))
    }

    /// Returns the path of the config file, whether it exists or not; `None` without a home directory.
    pub fn config_file(&self) -> Option<&Path> {
        self.files.config.located()
    }

    /// Returns the path of the credentials file, whether it exists or not; `None` without a home directory.
    pub fn credentials_file(&self) -> Option<&Path> {
        self.files.credentials.located()
    }

    /// Returns notes that are not errors, such as a section that was ignored or a named file that does not exist. Each
    /// is one line, and helps to find out why a profile is missing.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Returns both files as text, for messages.
    pub(crate) fn looked_in(&self) -> String {
        format!("{} or {}", self.files.config, self.files.credentials)
    }
}

impl Selected {
    fn by_environment(environment: &Environment) -> Self {
        let chosen = SELECTING_VARIABLES
            .iter()
            .find_map(|variable| Some((environment.get(variable)?, (*variable).to_owned())));
        match chosen {
            Some((name, by)) => Self { name, by: Some(by) },
            None => Self {
                name: DEFAULT.to_owned(),
                by: None,
            },
        }
    }
}
