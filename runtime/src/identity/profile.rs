//! The AWS config and credentials files in, the profiles they define out; every value knows its file and line.

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

/// The profile that is used when none is selected.
const DEFAULT: &str = "default";
/// The variables that select a profile; the first that is set counts.
const SELECTING_VARIABLES: [&str; 2] = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"];

/// What the AWS config and credentials files say.
///
/// The files are those named by `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, or `~/.aws/config` and
/// `~/.aws/credentials`. A file that does not exist counts as empty. The grammar is the one of the [AWS SDKs and Tools
/// reference guide][guide]; where the AWS CLI accepts more, so does this (property lines that are all indented, comment
/// lines that are indented, profile names in quotes or with unusual characters).
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
    /// Who selected it; `None` when it is only the default.
    by: Option<String>,
}

impl Profiles {
    /// Reads the files that the environment names, and the profile it selects.
    pub fn load(environment: &Environment) -> Result<Self, ProfileError> {
        Self::load_from(environment, &FileSystem::real())
    }

    /// The same, with files that lie elsewhere.
    pub fn load_from(environment: &Environment, system: &FileSystem) -> Result<Self, ProfileError> {
        let mut notes = Vec::new();
        let files = Files::locate(environment);
        let config = files.config.read(system, &mut notes)?;
        let credentials = files.credentials.read(system, &mut notes)?;
        Self::assemble(environment, files, &config, &credentials, notes)
    }

    /// Reads these bytes as if they were the contents of the files that the environment names.
    pub fn from_bytes(
        environment: &Environment,
        config: &[u8],
        credentials: &[u8],
    ) -> Result<Self, ProfileError> {
        let files = Files::locate(environment);
        Self::assemble(environment, files, config, credentials, Vec::new())
    }

    fn assemble(
        environment: &Environment,
        files: Files,
        config: &[u8],
        credentials: &[u8],
        mut notes: Vec<String>,
    ) -> Result<Self, ProfileError> {
        let mut sections = Sections::default();
        sections.add_config(&files.config.path(), config, &mut notes)?;
        sections.add_credentials(&files.credentials.path(), credentials, &mut notes)?;
        Ok(Self {
            sections,
            selected: Selected::by_environment(environment),
            files,
            notes,
        })
    }

    /// Selects a profile in code, whatever the environment says.
    pub fn select(mut self, name: impl Into<String>) -> Self {
        self.selected = Selected {
            name: name.into(),
            by: Some("the program".to_owned()),
        };
        self
    }

    /// The name of the selected profile: `AWS_PROFILE`, else `AWS_DEFAULT_PROFILE`, else `default`.
    pub fn selected_name(&self) -> &str {
        &self.selected.name
    }

    /// Whether somebody selected the profile, rather than it being the default.
    pub fn is_explicitly_selected(&self) -> bool {
        self.selected.by.is_some()
    }

    /// The selected profile. One that somebody selected and no file defines is an error; without a selection, a
    /// missing `default` profile is `None`.
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
            (profile, _) => Ok(profile),
        }
    }

    /// The profile of that name.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.sections.profiles.get(name)
    }

    /// The names of all profiles, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sections.profiles.names()
    }

    /// The `sso-session` section of that name.
    pub fn sso_session(&self, name: &str) -> Option<&Section> {
        self.sections.sso_sessions.get(name)
    }

    /// A setting for one service: from the `services` section that the profile names, the property nested under the
    /// service's key. The key is the service's id in lower case with `_` for what is no letter or digit.
    pub fn service_property(
        &self,
        profile: &Profile,
        service: &str,
        name: &str,
    ) -> Option<&Property> {
        let services = self.sections.services.get(profile.get("services")?)?;
        services.property(service)?.nested(name)
    }

    /// The config file, whether it exists or not; `None` without a home directory.
    pub fn config_file(&self) -> Option<&Path> {
        self.files.config.located()
    }

    /// The credentials file, whether it exists or not; `None` without a home directory.
    pub fn credentials_file(&self) -> Option<&Path> {
        self.files.credentials.located()
    }

    /// What was noticed on the way and is no error, such as a section that was ignored or a named file that does not
    /// exist: one line each, for whoever wonders why a profile is not found.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Both files in words, for messages.
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
