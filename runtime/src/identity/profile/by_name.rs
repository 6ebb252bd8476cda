//! [`ByName`], values by their names. Profile files have few of each, so that a sorted vector is sufficient. A tree
//! would add its code for each type of value to every program.

/// Values sorted by their names.
#[derive(Debug, Clone)]
pub(super) struct ByName<T>(Vec<(String, T)>);

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByName<T> {
    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(known, _)| known.as_str().cmp(name))
    }

    pub(super) fn get(&self, name: &str) -> Option<&T> {
        let index = self.find(name).ok()?;
        self.0.get(index).map(|(_, value)| value)
    }

    /// Adds a value, or replaces the one of the same name.
    pub(super) fn set(&mut self, name: String, value: T) {
        match self.find(&name) {
            Ok(index) => {
                if let Some(known) = self.0.get_mut(index) {
                    known.1 = value;
                }
            }
            Err(index) => self.0.insert(index, (name, value)),
        }
    }

    /// Removes a value.
    pub(super) fn take(&mut self, name: &str) -> Option<T> {
        let index = self.find(name).ok()?;
        Some(self.0.remove(index).1)
    }

    /// Returns the names, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}
