//! [`Environment`], the variables of the process, or a fixed map for tests.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A source of environment variables.
///
/// It is cheap to clone. Its `Debug` output names variables and never shows a value, since values may be secrets.
#[derive(Clone, Default)]
pub struct Environment(Source);

#[derive(Clone, Default)]
enum Source {
    #[default]
    Process,
    Fixed(Arc<BTreeMap<String, String>>),
}

impl Environment {
    /// Returns the variables of this process, which each [`get`](Self::get) reads again.
    pub fn process() -> Self {
        Self(Source::Process)
    }

    /// Creates an environment with only these variables: for tests, and for programs that keep their settings
    /// elsewhere.
    pub fn from_pairs<N, V>(pairs: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<String>,
        V: Into<String>,
    {
        let pairs = pairs.into_iter();
        let pairs = pairs.map(|(name, value)| (name.into(), value.into()));
        Self(Source::Fixed(Arc::new(pairs.collect())))
    }

    /// Returns the value of a variable, without surrounding white space: a line break at its end, from a file or a
    /// shell, is never intended. An empty or blank value counts as unset, as in shells and container settings.
    ///
    /// A value that is not Unicode is returned with replacement characters, so that it fails where it is used and is
    /// visible there, instead of counting as unset.
    pub fn get(&self, name: &str) -> Option<String> {
        let value = match &self.0 {
            Source::Process => std::env::var_os(name)?.to_string_lossy().into_owned(),
            Source::Fixed(pairs) => pairs.get(name)?.clone(),
        };
        match value.trim() {
            "" => None,
            trimmed if trimmed.len() == value.len() => Some(value),
            trimmed => Some(trimmed.to_owned()),
        }
    }

    /// Returns whether these are the variables of the process.
    pub(crate) fn is_process(&self) -> bool {
        matches!(self.0, Source::Process)
    }

    /// Returns whether both read the same variables.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Source::Process, Source::Process) => true,
            (Source::Fixed(ours), Source::Fixed(theirs)) => Arc::ptr_eq(ours, theirs),
            _ => false,
        }
    }

    /// Returns whether a variable is `true`, in any case.
    pub fn is_true(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|value| value.trim().eq_ignore_ascii_case("true"))
    }

    /// Returns the home directory of the user: `HOME`, else `USERPROFILE`, else `HOMEDRIVE` and `HOMEPATH` together.
    pub fn home(&self) -> Option<PathBuf> {
        self.get("HOME")
            .or_else(|| self.get("USERPROFILE"))
            .or_else(|| Some(self.get("HOMEDRIVE")? + &self.get("HOMEPATH")?))
            .map(PathBuf::from)
    }

    /// Replaces a leading `~` of a path with the home directory of the user. `~name` is unchanged, and so is `~`
    /// without a home directory.
    pub fn expand_home(&self, path: &str) -> PathBuf {
        let is_separator = |c: char| c == '/' || (cfg!(windows) && c == '\\');
        let rest = path
            .strip_prefix('~')
            .filter(|rest| rest.is_empty() || rest.starts_with(is_separator));
        match (rest, self.home()) {
            (Some(""), Some(home)) => home,
            (Some(rest), Some(home)) => home.join(rest.trim_start_matches(is_separator)),
            _ => Path::new(path).to_owned(),
        }
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Process => f.write_str("Environment(process)"),
            Source::Fixed(pairs) => {
                f.write_str("Environment")?;
                f.debug_set().entries(pairs.keys()).finish()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_or_blank_value_counts_as_unset() {
        let environment = Environment::from_pairs([("A", "a"), ("EMPTY", ""), ("BLANK", " \t")]);
        assert_eq!(environment.get("A").as_deref(), Some("a"));
        let environment =
            Environment::from_pairs([("A", " a b\r\n"), ("EMPTY", ""), ("BLANK", " \t")]);
        assert_eq!(
            environment.get("A").as_deref(),
            Some("a b"),
            "without what is around it"
        );
        for name in ["EMPTY", "BLANK", "ABSENT"] {
            assert_eq!(environment.get(name), None, "{name}");
        }
    }

    #[test]
    fn variables_come_from_the_process_by_default() {
        let environment = Environment::process();
        assert_eq!(environment.get("PATH"), std::env::var("PATH").ok());
        assert_eq!(environment.get("SMITHY_REQWEST_NEVER_SET"), None);
    }

    #[test]
    fn debug_names_variables_and_shows_no_value() {
        let environment = Environment::from_pairs([("AWS_SECRET_ACCESS_KEY", "planted")]);
        let debug = format!("{environment:?}");
        assert!(debug.contains("AWS_SECRET_ACCESS_KEY"), "{debug}");
        assert!(!debug.contains("planted"), "{debug}");
    }

    #[test]
    fn home_is_found_on_every_platform_and_expands_a_leading_tilde() {
        let unix = Environment::from_pairs([("HOME", "/home/x"), ("USERPROFILE", "ignored")]);
        let windows = Environment::from_pairs([("HOMEDRIVE", "C:"), ("HOMEPATH", "/Users/x")]);
        let none = Environment::from_pairs([("HOMEDRIVE", "C:")]);
        for (environment, path, expected) in [
            (&unix, "~", "/home/x"),
            (&unix, "~/.aws/config", "/home/x/.aws/config"),
            (&unix, "~//.aws", "/home/x/.aws"),
            (&unix, "~other/.aws", "~other/.aws"),
            (&unix, "/a/~/b", "/a/~/b"),
            (&windows, "~/.aws", "C:/Users/x/.aws"),
            (&none, "~/.aws", "~/.aws"),
        ] {
            assert_eq!(
                environment.expand_home(path),
                Path::new(expected),
                "{environment:?} {path}"
            );
        }
    }

    #[test]
    fn a_switch_is_read_in_any_case() {
        for (value, expected) in [
            ("true", true),
            ("TRUE", true),
            ("True ", true),
            ("1", false),
            ("false", false),
        ] {
            let environment = Environment::from_pairs([("SWITCH", value)]);
            assert_eq!(environment.is_true("SWITCH"), expected, "{value}");
        }
        assert!(!Environment::from_pairs([("A", "a")]).is_true("SWITCH"));
    }
}
