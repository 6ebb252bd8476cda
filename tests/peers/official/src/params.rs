//! Parameters of a call from JSON; a parameter that is not used is an error.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The members of a structure that are not used yet.
#[derive(Debug)]
pub struct Params(Map<String, Value>);

impl Params {
    /// Returns the members of a JSON object.
    pub fn new(value: &Value) -> Result<Self> {
        let members = value.as_object().context("parameters are an object")?;
        Ok(Self(members.clone()))
    }

    /// Takes a string.
    pub fn text(&mut self, name: &str) -> Result<Option<String>> {
        self.0.remove(name).map(text).transpose()
    }

    /// Takes a number.
    pub fn number(&mut self, name: &str) -> Result<Option<i32>> {
        let Some(value) = self.0.remove(name) else {
            return Ok(None);
        };
        Ok(Some(value.as_i64().context("a number")?.try_into()?))
    }

    /// Takes a boolean.
    pub fn flag(&mut self, name: &str) -> Result<Option<bool>> {
        let Some(value) = self.0.remove(name) else {
            return Ok(None);
        };
        Ok(Some(value.as_bool().context("a boolean")?))
    }

    /// Takes a list of strings.
    pub fn texts(&mut self, name: &str) -> Result<Option<Vec<String>>> {
        match self.0.remove(name) {
            None => Ok(None),
            Some(Value::Array(elements)) => elements
                .into_iter()
                .map(text)
                .collect::<Result<_>>()
                .map(Some),
            Some(other) => bail!("{name}: no list: {other}"),
        }
    }

    /// Takes a map of strings.
    pub fn map(&mut self, name: &str) -> Result<Option<HashMap<String, String>>> {
        match self.0.remove(name) {
            None => Ok(None),
            Some(Value::Object(entries)) => {
                let entries = entries
                    .into_iter()
                    .map(|(key, value)| Ok((key, text(value)?)));
                entries.collect::<Result<_>>().map(Some)
            }
            Some(other) => bail!("{name}: no map: {other}"),
        }
    }

    /// Takes a structure, built from its members.
    pub fn structure<T>(
        &mut self,
        name: &str,
        make: impl FnOnce(&mut Params) -> Result<T>,
    ) -> Result<Option<T>> {
        self.0
            .remove(name)
            .map(|value| whole(name, &value, make))
            .transpose()
    }

    /// Takes a list of structures.
    pub fn structures<T>(
        &mut self,
        name: &str,
        make: impl Fn(&mut Params) -> Result<T>,
    ) -> Result<Option<Vec<T>>> {
        match self.0.remove(name) {
            None => Ok(None),
            Some(Value::Array(elements)) => {
                let elements = elements.iter().map(|element| whole(name, element, &make));
                elements.collect::<Result<_>>().map(Some)
            }
            Some(other) => bail!("{name}: no list: {other}"),
        }
    }

    /// Returns an error if a member is left over, which the call would ignore silently.
    pub fn end(&self) -> Result<()> {
        ensure!(self.0.is_empty(), "not taken: {:?}", self.0);
        Ok(())
    }
}

fn whole<T>(name: &str, value: &Value, make: impl FnOnce(&mut Params) -> Result<T>) -> Result<T> {
    let mut params = Params::new(value).with_context(|| name.to_owned())?;
    let made = make(&mut params).with_context(|| name.to_owned())?;
    params.end().with_context(|| name.to_owned())?;
    Ok(made)
}

fn text(value: Value) -> Result<String> {
    Ok(value.as_str().context("a string")?.to_owned())
}
