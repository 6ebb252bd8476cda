//! [`Parameters`]: the named values for which the rules of a call are evaluated.

use crate::aws::endpoint::{Partition, partition};
use std::borrow::Cow;

/// The values of parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters {
    values: Vec<(Cow<'static, str>, ParameterValue)>,
    /// A region, and the facts that are assumed for its partition.
    assumed: Option<(String, Partition)>,
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterValue {
    /// Text.
    Text(String),
    /// A boolean.
    Boolean(bool),
    /// A list of texts.
    List(Vec<String>),
}

impl Parameters {
    /// Creates a list without values.
    pub const fn new() -> Self {
        Self {
            values: Vec::new(),
            assumed: None,
        }
    }

    /// Sets the facts that are assumed for the partition of a region, instead of the known ones.
    #[cfg(feature = "test-util")]
    pub(super) fn assume(&mut self, region: &str, partition: Partition) {
        self.assumed = Some((region.to_owned(), partition));
    }

    /// Returns the partition of a region. It always exists, although the rules language permits that it does not.
    pub fn partition(&self, region: &str) -> Option<&Partition> {
        let assumed = self.assumed.as_ref().filter(|(of, _)| of == region);
        Some(assumed.map_or_else(|| partition(region), |(_, partition)| partition))
    }

    /// Returns whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Sets a value, and replaces the previous one.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<ParameterValue>) {
        let (name, value) = (name.into(), value.into());
        match self.values.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => self.values.push((name, value)),
        }
    }

    /// Sets a value if it is present.
    pub fn set_some(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        value: Option<impl Into<ParameterValue>>,
    ) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// Sets all values of other parameters.
    pub(crate) fn extend(&mut self, others: &Self) {
        for (name, value) in &others.values {
            self.set(name.clone(), value.clone());
        }
    }

    /// Returns a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            ParameterValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a boolean.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            ParameterValue::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns a list of texts.
    pub fn list(&self, name: &str) -> Option<&[String]> {
        match self.get(name)? {
            ParameterValue::List(list) => Some(list),
            _ => None,
        }
    }

    /// Returns a value of any type.
    pub fn get(&self, name: &str) -> Option<&ParameterValue> {
        let mut values = self.values.iter();
        values
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }
}

impl From<&str> for ParameterValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for ParameterValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for ParameterValue {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<Vec<&str>> for ParameterValue {
    fn from(list: Vec<&str>) -> Self {
        Self::List(list.into_iter().map(str::to_owned).collect())
    }
}

impl From<Vec<String>> for ParameterValue {
    fn from(list: Vec<String>) -> Self {
        Self::List(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_name_and_type_and_the_last_one_set_counts() {
        let mut parameters = Parameters::new();
        parameters.set("Region", "us-east-1");
        parameters.set("Region", "eu-west-1");
        parameters.set("UseFIPS", true);
        parameters.set("Arns", vec!["a", "b"]);
        parameters.set_some("Region", None::<&str>);
        assert_eq!(parameters.text("Region"), Some("eu-west-1"));
        assert_eq!(parameters.boolean("UseFIPS"), Some(true));
        assert_eq!(parameters.list("Arns"), Some(&["a".into(), "b".into()][..]));
        assert_eq!(parameters.text("UseFIPS"), None);
        assert_eq!(parameters.get("Other"), None);
    }
}
