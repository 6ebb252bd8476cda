//! Interprets the sections of both files as profiles, sso-sessions and services, and merges them.

use crate::identity::profile::by_name::ByName;
use crate::identity::profile::parse::{Problem, RawSection, parse};
use crate::identity::profile::{DEFAULT, Origin, Property, Section};
use std::path::Path;
use std::sync::Arc;

/// All sections by their names.
#[derive(Debug, Clone, Default)]
pub(super) struct Sections {
    pub(super) profiles: ByName<Section>,
    pub(super) sso_sessions: ByName<Section>,
    pub(super) services: ByName<Section>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Profile,
    /// `[default]` in the config file, which `[profile default]` overrides.
    BareDefault,
    SsoSession,
    Services,
}

impl Sections {
    /// Adds the config file.
    pub(super) fn add_config(&mut self, path: &Arc<Path>, bytes: &[u8], notes: &mut Vec<String>) {
        let mut known = Vec::new();
        let file = parse(bytes);
        notes.extend(unread_lines(&file.damage, path));
        for raw in file.sections {
            match config_header(raw.header) {
                Ok(Some((kind, name))) => known.push((kind, name, raw)),
                Ok(None) => {}
                Err(why) => notes.push(ignored(&raw, path, why)),
            }
        }
        let has_prefixed_default = known
            .iter()
            .any(|(kind, name, _)| *kind == Kind::Profile && *name == DEFAULT);
        for (kind, name, raw) in known {
            if kind == Kind::BareDefault && has_prefixed_default {
                notes.push(ignored(&raw, path, "[profile default] takes precedence"));
            } else {
                self.merge(kind, name, path, raw);
            }
        }
    }

    /// Adds the credentials file, whose properties override those of the config file.
    pub(super) fn add_credentials(
        &mut self,
        path: &Arc<Path>,
        bytes: &[u8],
        notes: &mut Vec<String>,
    ) {
        let file = parse(bytes);
        notes.extend(unread_lines(&file.damage, path));
        for raw in file.sections {
            match credentials_header(raw.header) {
                Ok(name) => self.merge(Kind::Profile, name, path, raw),
                Err(why) => notes.push(ignored(&raw, path, why)),
            }
        }
    }

    fn merge(&mut self, kind: Kind, name: &str, path: &Arc<Path>, raw: RawSection<'_>) {
        let (sections, label) = match kind {
            Kind::Profile | Kind::BareDefault => (&mut self.profiles, "profile"),
            Kind::SsoSession => (&mut self.sso_sessions, "sso-session"),
            Kind::Services => (&mut self.services, "services"),
        };
        let mut section = sections.take(name).unwrap_or_else(|| Section::new(name));
        let label = Arc::from(format!("{label} `{name}`"));
        if let Some((line, problem)) = raw.damage {
            section.damage(path, line, problem);
        }
        for raw in raw.properties {
            let origin = Origin {
                property: raw.name.clone(),
                section: Arc::clone(&label),
                path: path.clone(),
                line: raw.line,
            };
            section.set(raw.name, property(raw.value, origin, raw.nested));
        }
        sections.set(name.to_owned(), section);
    }
}

fn property(value: String, origin: Origin, nested: Vec<(String, String, usize)>) -> Property {
    let mut properties = ByName::default();
    for (name, value, line) in nested {
        let origin = origin.nested(&name, line);
        properties.set(name, property(value, origin, Vec::new()));
    }
    Property {
        nested: properties,
        value,
        origin,
    }
}

fn unread_lines(damage: &[(usize, Problem)], path: &Path) -> impl Iterator<Item = String> {
    let path = path.display();
    damage
        .iter()
        .map(move |(line, problem)| format!("{path}, line {line}, is ignored: {problem}"))
}

fn ignored(raw: &RawSection<'_>, path: &Path, why: &str) -> String {
    format!(
        "[{}] in {}, line {}, is ignored: {why}",
        raw.header,
        path.display(),
        raw.line
    )
}

/// Returns the kind and name of a section of the config file; `None` for one that is not for SDKs.
fn config_header(header: &str) -> Result<Option<(Kind, &str)>, &'static str> {
    let Some((prefix, name)) = header.split_once([' ', '\t']) else {
        return match header {
            DEFAULT => Ok(Some((Kind::BareDefault, DEFAULT))),
            // These sections contain settings of the AWS CLI.
            "plugins" | "preview" => Ok(None),
            _ => Err("expected [profile name] in the config file"),
        };
    };
    let kind = match prefix {
        "profile" => Kind::Profile,
        "sso-session" => Kind::SsoSession,
        "services" => Kind::Services,
        _ => return Err("unknown type of section"),
    };
    let name = name.trim();
    match unquoted(name) {
        Some(name) => Ok(Some((kind, name))),
        None if name.contains(char::is_whitespace) => Err("a name with white space must be quoted"),
        None => Ok(Some((kind, name))),
    }
}

/// Returns the name of a profile in the credentials file.
fn credentials_header(header: &str) -> Result<&str, &'static str> {
    match header.split_once([' ', '\t']) {
        Some(("profile", _)) => Err("expected [name] in the credentials file"),
        Some(("sso-session" | "services", _)) => Err("allowed only in the config file"),
        _ if header.is_empty() => Err("missing name"),
        _ => Ok(unquoted(header).unwrap_or(header)),
    }
}

fn unquoted(name: &str) -> Option<&str> {
    let in_quotes = |quote| name.strip_prefix(quote)?.strip_suffix(quote);
    in_quotes('"').or_else(|| in_quotes('\''))
}
