//! [`Patterns`]: matches texts against patterns, each of which is compiled once and cached.

#[cfg(feature = "server")]
pub(crate) mod whole;
pub(crate) mod wide;

use fancy_regex::{Regex, RegexBuilder};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// The maximum number of backtracking steps of a search, which take about a tenth of a second.
const BACKTRACK_LIMIT: usize = 1_000_000;

/// A compiled pattern, or `None` if it cannot be compiled.
type Compiled = Option<Arc<Regex>>;

/// A cache of the patterns of one dialect. The number of patterns is limited, because they are part of the program.
pub(crate) struct Patterns {
    /// The function that translates a pattern to the syntax of `fancy_regex`. It returns `None` if that is not
    /// possible.
    translate: fn(&str) -> Option<String>,
    compiled: OnceLock<RwLock<HashMap<&'static str, Compiled>>>,
}

impl Patterns {
    pub(crate) const fn read_by(translate: fn(&str) -> Option<String>) -> Self {
        Self {
            translate,
            compiled: OnceLock::new(),
        }
    }

    /// Returns whether a text matches. It also returns `true` if the pattern cannot be compiled or the search takes too
    /// long, because an input that the service might accept must not be rejected.
    pub(crate) fn matches(&self, pattern: &'static str, text: &str) -> bool {
        match self.compiled(pattern) {
            Some(regex) => regex.is_match(text).unwrap_or(true),
            None => true,
        }
    }

    pub(crate) fn compiled(&self, pattern: &'static str) -> Compiled {
        let cache = self.compiled.get_or_init(RwLock::default);
        let known = cache.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(pattern) {
            return known.clone();
        }
        drop(known);
        let translated = (self.translate)(pattern);
        let regex = translated.and_then(|text| {
            let mut builder = RegexBuilder::new(&text);
            builder.backtrack_limit(BACKTRACK_LIMIT).build().ok()
        });
        let compiled = regex.map(Arc::new);
        let mut cache = cache.write().unwrap_or_else(PoisonError::into_inner);
        cache.insert(pattern, compiled.clone());
        compiled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static PATTERNS: Patterns = Patterns::read_by(|pattern| Some(pattern.to_owned()));

    #[test]
    fn a_pattern_that_cannot_be_read_refuses_nothing() {
        static UNREADABLE: Patterns = Patterns::read_by(|_| None);
        assert!(UNREADABLE.matches("[0-9]", "a"));
        for pattern in ["(", "[z-a]", r"\p{Nonsense}", "*"] {
            assert!(PATTERNS.compiled(pattern).is_none(), "{pattern}");
            assert!(PATTERNS.matches(pattern, "anything"), "{pattern}");
        }
        assert!(!PATTERNS.matches("[0-9]", "a"));
    }

    #[test]
    fn a_search_that_takes_too_long_refuses_nothing() {
        let text = format!("{}!", "a".repeat(60));
        // The look-ahead prevents a match without backtracking.
        assert!(PATTERNS.matches(r"^(?=a)(a|aa|a?)+\1$", &text));
    }

    #[test]
    fn a_pattern_is_compiled_once() {
        let first = PATTERNS.compiled("only-here[0-9]").unwrap();
        let again = PATTERNS.compiled("only-here[0-9]").unwrap();
        assert!(Arc::ptr_eq(&first, &again));
    }
}
