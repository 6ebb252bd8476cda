//! Finds sentences of our documentation that also occur in AWS's.

use super::prose::{html_words, of_model, of_rust, sentences};
use super::{Finding, botocore};
use anyhow::{Context, Result};
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The minimum number of words: shorter sentences can be equal by chance.
const LEAST_WORDS: usize = 6;

/// Compares every sentence of ours with six words or more with botocore's documentation of AppFlow.
pub(super) fn compare(root: &Path, target: &Path) -> Result<Finding> {
    let theirs: Vec<String> = botocore::documentation(target)?
        .iter()
        .map(|html| html_words(html))
        .collect();
    let ours = our_sentences(root)?;
    let index = Index::of(&theirs);
    let shared: Vec<String> = ours
        .iter()
        .filter(|(sentence, _)| index.contains(sentence))
        .map(|(sentence, path)| format!("{}: {sentence}", path.display()))
        .collect();
    Ok(Finding {
        figures: format!(
            "sentences  {} of {} with {LEAST_WORDS} words or more also occur in botocore {} ({:.1} %)",
            shared.len(),
            ours.len(),
            botocore::version(),
            100.0 * shared.len() as f64 / ours.len().max(1) as f64,
        ),
        faults: shared,
    })
}

/// Returns each sentence once, with a file that contains it.
fn our_sentences(root: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    let mut files = Vec::new();
    for folder in [
        "appflow-sdk",
        "appflow-local",
        "runtime",
        "codegen",
        "model",
    ] {
        list(&root.join(folder), &mut files)?;
    }
    for entry in fs::read_dir(root)? {
        files.push(entry?.path());
    }
    for path in files {
        for text in texts(&path)? {
            for sentence in sentences(&text) {
                if sentence.split(' ').count() >= LEAST_WORDS {
                    let place = path.strip_prefix(root).unwrap_or(&path);
                    found.entry(sentence).or_insert_with(|| place.to_owned());
                }
            }
        }
    }
    Ok(found)
}

/// Lists the files below a folder.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Returns the documentation in a file.
fn texts(path: &Path) -> Result<Vec<String>> {
    let read = || fs::read_to_string(path).with_context(|| path.display().to_string());
    Ok(
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => vec![of_rust(&read()?)],
            Some("md") => vec![read()?],
            Some("json") => {
                let mut texts = Vec::new();
                of_model(
                    &serde_json::from_str(&read()?).with_context(|| path.display().to_string())?,
                    &mut texts,
                );
                texts
            }
            _ => Vec::new(),
        },
    )
}

/// An index of texts by sequences of words.
struct Index<'a> {
    /// Every sequence of the minimum number of words, which excludes most sentences quickly.
    runs: HashSet<Vec<&'a str>>,
    texts: Vec<String>,
}

impl<'a> Index<'a> {
    fn of(texts: &'a [String]) -> Self {
        let mut runs = HashSet::new();
        for text in texts {
            let words: Vec<&str> = text.split(' ').collect();
            runs.extend(words.windows(LEAST_WORDS).map(<[&str]>::to_vec));
        }
        Self {
            runs,
            texts: texts.iter().map(|text| format!(" {text} ")).collect(),
        }
    }

    fn contains(&self, sentence: &str) -> bool {
        let start: Vec<&str> = sentence.split(' ').take(LEAST_WORDS).collect();
        let whole = format!(" {sentence} ");
        self.runs.contains(&start) && self.texts.iter().any(|text| text.contains(&whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_wherever_it_stands_and_only_as_a_whole() {
        let theirs = vec!["before the name of the flow is unique in it after".to_owned()];
        let index = Index::of(&theirs);
        assert!(index.contains("the name of the flow is unique"));
        assert!(!index.contains("the name of the flow is uniqu"));
        assert!(!index.contains("the name of a flow is unique"));
    }
}
