//! The patterns that the style page rules out, each with its remedy.

use std::fmt;

/// A pattern that was found in a text.
#[derive(Debug, PartialEq)]
pub(super) struct Fault {
    /// The words that are at fault.
    pub(super) found: String,
    remedy: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.found, self.remedy)
    }
}

/// The first words that make a summary a riddle.
const FIRST_WORDS: &[(&str, &str)] = &[
    (
        "What",
        "begin with a noun, or with a verb such as `Returns`",
    ),
    (
        "Whether",
        "write `Returns whether …`, or `` `true` if …`` for a value",
    ),
    (
        "How",
        "begin with a noun, such as `The number of …`, or with a verb",
    ),
    (
        "Where",
        "begin with a noun, such as `The path of …`, or with a verb",
    ),
    (
        "Who",
        "begin with a noun, such as `The caller of …`, or with a verb",
    ),
    (
        "Which",
        "begin with a noun, such as `The flow to run`, or with a verb",
    ),
    (
        "Why",
        "begin with a noun, such as `The reason of …`, or with a verb",
    ),
];

/// The first words that make the name of a function a riddle, such as of a test.
const FIRST_WORDS_OF_NAMES: &[&str] = &["what", "whatever", "who", "whoever", "nobody"];

/// Phrases that no reference of the field has.
const PHRASES: &[(&str, &str)] = &[
    ("could be had", "write `available`"),
    ("can be had", "write `available`"),
    ("to be had", "write `available`"),
    ("anew", "write `again`"),
    ("nobody", "name what is missing, such as `no response`"),
    (
        "is not there",
        "write `not found`, `missing` or `does not exist`",
    ),
    (
        "are not there",
        "write `not found`, `missing` or `do not exist`",
    ),
    ("is told of", "write `is reported`"),
    ("whoever", "name the user or caller"),
    ("exclude each other", "write `cannot be combined with`"),
    ("was not asked for", "write `unexpected`"),
    ("were not asked for", "write `unexpected`"),
    ("broke off", "write `interrupted` or `incomplete`"),
    ("breaks off", "write `interrupted` or `incomplete`"),
    ("it will not come", "write `reached a failure state`"),
];

/// What may follow `is no`.
const AFTER_NO: &[&str] = &[
    "longer",
    "more",
    "less",
    "other",
    "different",
    "such",
    "better",
    "worse",
];

/// Returns the fault of a summary's first word.
pub(super) fn of_summary(line: &str) -> Option<Fault> {
    let first = line.split([' ', ',', ':']).next()?;
    let (_, remedy) = FIRST_WORDS.iter().find(|(word, _)| *word == first)?;
    Some(Fault {
        found: first.to_owned(),
        remedy,
    })
}

/// Returns the fault of the name of a function.
pub(super) fn of_function(name: &str) -> Option<Fault> {
    let (first, _) = name.split_once('_')?;
    FIRST_WORDS_OF_NAMES.contains(&first).then(|| Fault {
        found: name.to_owned(),
        remedy: "begin with a noun, such as `expired_credentials_are_refreshed`",
    })
}

/// Returns the faults of a line of documentation. Code between backticks is left out.
pub(super) fn of_prose(line: &str) -> Vec<Fault> {
    let prose: Vec<&str> = line.split('`').step_by(2).collect();
    of_words(&prose.join("`"))
}

/// Returns the faults of a message.
pub(super) fn of_message(text: &str) -> Vec<Fault> {
    of_words(text)
}

fn of_words(text: &str) -> Vec<Fault> {
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric() && !"'`-".contains(letter))
        .filter(|word| !word.is_empty())
        .collect();
    let contractions = words.iter().filter(|word| is_contraction(word));
    let mut faults: Vec<Fault> = contractions
        .map(|word| Fault {
            found: (*word).to_owned(),
            remedy: "write both words out",
        })
        .collect();
    faults.extend(words.windows(4).filter_map(|words| match words {
        [before, words @ ..] => negated_noun(Some(before), words),
        [] => None,
    }));
    faults.extend(negated_noun(None, &words[..words.len().min(3)]));
    let spaced = format!(" {} ", words.join(" ").to_lowercase());
    let phrases = PHRASES
        .iter()
        .filter(|(phrase, _)| spaced.contains(&format!(" {phrase} ")));
    faults.extend(phrases.map(|(phrase, remedy)| Fault {
        found: (*phrase).to_owned(),
        remedy,
    }));
    faults
}

/// Finds `is no URL`, which is `is not a URL`; `there is no URL` says something else.
fn negated_noun(before: Option<&&str>, words: &[&str]) -> Option<Fault> {
    let [verb @ ("is" | "are" | "was" | "were"), "no", noun] = words else {
        return None;
    };
    let there = before.is_some_and(|word| word.eq_ignore_ascii_case("there"));
    (!there && !AFTER_NO.contains(noun)).then(|| Fault {
        found: format!("{verb} no {noun}"),
        remedy: "write `is not a …`, or `invalid …` in a message",
    })
}

fn is_contraction(word: &str) -> bool {
    let word = word.to_lowercase();
    let ends = |ending| word.len() > str::len(ending) && word.ends_with(ending);
    ["n't", "'re", "'ll", "'ve", "'m"].into_iter().any(ends)
        || matches!(
            word.as_str(),
            "it's" | "that's" | "there's" | "what's" | "here's" | "let's" | "who's" | "he's"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_begins_with_a_noun_or_a_verb() {
        for (line, expected) in [
            ("What calls share.", Some("What")),
            ("Whether the call failed.", Some("Whether")),
            ("How often it was tried.", Some("How")),
            ("Where, in bytes.", Some("Where")),
            ("Why it failed.", Some("Why")),
            ("Returns whether the call failed.", None),
            ("Whatever it is.", None),
            ("`true` if the call failed.", None),
        ] {
            let found = of_summary(line).map(|fault| fault.found);
            assert_eq!(found.as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn phrases_are_found_as_whole_words() {
        for (text, expected) in [
            (
                "the endpoint is no URL: its port is no number",
                &["is no URL", "is no number"][..],
            ),
            ("it is no URL", &["is no URL"]),
            ("is no URL", &["is no URL"]),
            ("there is no flow, and there are no runs", &[]),
            ("it is no longer active", &[]),
            ("see flows#what-is-no-difference", &[]),
            ("it is not a URL", &[]),
            ("No credentials could be had.", &["could be had"]),
            ("it doesn't, and it's late", &["doesn't", "it's"]),
            ("the flow's name, AWS's sentences", &[]),
            ("it is read anew", &["anew"]),
            ("nobody answers at", &["nobody"]),
            ("the file is not there", &["is not there"]),
        ] {
            let faults = of_message(text);
            let found: Vec<&str> = faults.iter().map(|fault| fault.found.as_str()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn names_of_functions_begin_with_a_noun_or_a_verb() {
        for (name, is_fault) in [
            ("what_is_old_is_fetched", true),
            ("nobody_waits", true),
            ("whole_values_are_read", false),
            ("what", false),
            ("expired_credentials_are_refreshed", false),
        ] {
            assert_eq!(of_function(name).is_some(), is_fault, "{name}");
        }
    }

    #[test]
    fn code_within_prose_is_left_out() {
        assert_eq!(of_prose("reads `it's` and `is no URL`"), []);
        assert_eq!(of_prose("it's `x`").len(), 1);
    }

    #[test]
    fn a_fault_names_its_remedy() {
        let fault = of_message("it is read anew").pop().expect("a fault");
        assert_eq!(fault.to_string(), "`anew`: write `again`");
    }
}
