//! [`Inline`]: the text of a paragraph and its open marks.

use crate::markdown;

/// A mark on a part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// `**strong**`.
    Strong,
    /// `*emphasis*`.
    Emphasis,
    /// A code span.
    Code,
    /// A link to an address, which may be empty.
    Link(String),
    /// Hidden text.
    Dropped,
}

impl Mark {
    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// The text of the current paragraph.
#[derive(Debug, Default)]
pub(super) struct Inline {
    text: String,
    /// The open marks, and the positions in the text at which they begin.
    open: Vec<(Mark, usize)>,
}

impl Inline {
    /// Adds text. Consecutive white space counts as one space.
    pub(super) fn text(&mut self, text: &str) {
        if self.is_open(&Mark::Dropped) {
            return;
        }
        let mut spaced = String::with_capacity(text.len());
        for letter in text.chars() {
            let letter = if letter.is_whitespace() { ' ' } else { letter };
            let before = spaced.chars().next_back().or(self.text.chars().next_back());
            if letter != ' ' || before.is_some_and(|before| before != ' ') {
                spaced.push(letter);
            }
        }
        if self.is_open(&Mark::Code) {
            self.text.push_str(&spaced);
        } else {
            let in_link = self.is_open(&Mark::Link(String::new()));
            self.text.push_str(&markdown::text(&spaced, in_link));
        }
    }

    /// Begins a mark. No mark can begin within code.
    pub(super) fn open(&mut self, mark: Mark) {
        if !self.is_open(&Mark::Code) && !self.is_open(&mark) {
            self.open.push((mark, self.text.len()));
        }
    }

    /// Ends a mark. Unclosed marks within it are discarded.
    pub(super) fn close(&mut self, mark: &Mark) {
        let Some(index) = self.open.iter().rposition(|(open, _)| open.is_like(mark)) else {
            return;
        };
        let Some((mark, start)) = self.open.drain(index..).next() else {
            return;
        };
        let inner = self.text.split_off(start.min(self.text.len()));
        let marked = match &mark {
            Mark::Strong => around(&inner, |text| format!("**{text}**")),
            Mark::Emphasis => around(&inner, |text| format!("*{text}*")),
            Mark::Code => around(&inner, code_span),
            Mark::Link(href) => link(&inner, href),
            Mark::Dropped => String::new(),
        };
        // An empty mark would leave two consecutive spaces.
        let marked = if self.text.ends_with(' ') || self.text.is_empty() {
            marked.trim_start()
        } else {
            marked.as_str()
        };
        self.text.push_str(marked);
    }

    fn is_open(&self, mark: &Mark) -> bool {
        self.open.iter().any(|(open, _)| open.is_like(mark))
    }

    /// Returns the paragraph and clears it. Unclosed code remains code, and other unclosed marks are discarded.
    pub(super) fn take(&mut self) -> String {
        self.close(&Mark::Code);
        self.open.clear();
        std::mem::take(&mut self.text).trim().to_owned()
    }

    /// Returns whether the paragraph has nothing but white space.
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Puts a mark around text. White space at the ends stays outside of the mark, as Markdown requires.
fn around(text: &str, mark: impl Fn(&str) -> String) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return text.to_owned();
    }
    let start = text.len() - text.trim_start().len();
    let end = start + inner.len();
    format!("{}{}{}", &text[..start], mark(inner), &text[end..])
}

/// Returns a code span with a fence that the text does not contain.
fn code_span(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// Returns the length of the longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    let runs = text.split(|letter| letter != '`').map(str::len);
    runs.max().unwrap_or_default()
}

/// Returns a link if the address is an HTTP URL, and the text otherwise.
fn link(text: &str, href: &str) -> String {
    let leads = (href.starts_with("https://") || href.starts_with("http://"))
        && !href.contains(['<', '>', '\n', '\\']);
    match (leads, text.trim().is_empty()) {
        (true, true) => format!("<{href}>"),
        (true, false) => around(text, |text| format!("[{text}](<{href}>)")),
        (false, _) => text.to_owned(),
    }
}
