//! [`Path`]: the position of a fault in a value, such as `tasks[2].taskType`.

use std::fmt;

/// A step from a value to a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    Member(&'static str),
    Index(usize),
    Key(String),
    /// A key that must not be shown.
    SecretKey,
}

/// The steps of a path, the innermost first: they are added while an error is returned outward, and cost nothing
/// without an error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Path(Vec<Step>);

impl Path {
    pub(crate) fn outward(&mut self, step: Step) {
        self.0.push(step);
    }

    /// Removes the keys so far: the map is a secret, and its keys may be secrets too.
    pub(crate) fn hide_keys(&mut self) {
        for step in &mut self.0 {
            if matches!(step, Step::Key(_)) {
                *step = Step::SecretKey;
            }
        }
    }

    pub(crate) fn of(step: Step) -> Self {
        Self(vec![step])
    }

    /// Returns the steps, the outermost first.
    #[cfg(any(feature = "server", feature = "test-util"))]
    pub(crate) fn steps(&self) -> impl Iterator<Item = &Step> {
        self.0.iter().rev()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().rev().enumerate() {
            match step {
                Step::Member(name) if position == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) => write!(f, "[{key:?}]")?,
                Step::SecretKey => f.write_str("[…]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_reported_from_the_outside_in_and_hidden_keys_are_not() {
        let mut path = Path::default();
        assert!(path.is_empty());
        path.outward(Step::Key("inner".to_owned()));
        path.outward(Step::Member("secrets"));
        path.hide_keys();
        path.outward(Step::Key("outer".to_owned()));
        path.outward(Step::Index(2));
        path.outward(Step::Member("tasks"));
        assert!(!path.is_empty());
        assert_eq!(path.to_string(), r#"tasks[2]["outer"].secrets[…]"#);
        assert_eq!(Path::of(Step::Index(0)).to_string(), "[0]");
    }
}
