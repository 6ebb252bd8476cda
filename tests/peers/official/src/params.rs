//! The parameters of a call as JSON in; each of them once, by its name, out, and a complaint where one is left over.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The members of a structure that have not been taken yet.
#[derive(Debug)]
pub struct Params(Map<String, Value>);

impl Params {
    /// The members of a JSON object.
    pub fn new(value: &Value) -> Result<Self> {
        let members = value.as_object().context("parameters are an object")?;
        Ok(Self(members.clone()))
    }

    /// A string.
    pub fn text(&mut self, name: &str) -> Result<Option<String>> {
        self.0.remove(name).map(text).transpose()
    }

    /// A number.
    pub fn number(&mut self, name: &str) -> Result<Option<i32>> {
        let Some(value) = self.0.remove(name) else {
            return Ok(None);
        };
        Ok(Some(value.as_i64().context("a number")?.try_into()?))
    }

    /// A boolean.
    pub fn flag(&mut self, name: &str) -> Result<Option<bool>> {
        let Some(value) = self.0.remove(name) else {
            return Ok(None);
        };
        Ok(Some(value.as_bool().context("a boolean")?))
    }

    /// A list of strings.
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

    /// A map of strings.
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

    /// A structure, made of its own members.
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

    /// A list of structures.
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

    /// What the story sets and the call does not take would be lost without a word.
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
