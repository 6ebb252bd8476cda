//! [`Inline`]: the text of one paragraph and the marks that are open in it.

use crate::markdown;

/// Something that marks a part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// `**strong**`.
    Strong,
    /// `*emphasis*`.
    Emphasis,
    /// A code span.
    Code,
    /// A link to an address, which may be none.
    Link(String),
    /// What is not shown.
    Dropped,
}

impl Mark {
    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// The text of a paragraph so far.
#[derive(Debug, Default)]
pub(super) struct Inline {
    text: String,
    /// What is open, and where in the text it began.
    open: Vec<(Mark, usize)>,
}

impl Inline {
    /// Adds text; white space counts once.
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

    /// Begins a mark. In code, nothing else can begin.
    pub(super) fn open(&mut self, mark: Mark) {
        if !self.is_open(&Mark::Code) && !self.is_open(&mark) {
            self.open.push((mark, self.text.len()));
        }
    }

    /// Ends a mark; marks that began within it and did not end are forgotten.
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
        // A space stands on both sides of a mark that is empty.
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

    /// The paragraph, and nothing left. Code that never ended is code; other marks that did not end are forgotten.
    pub(super) fn take(&mut self) -> String {
        self.close(&Mark::Code);
        self.open.clear();
        std::mem::take(&mut self.text).trim().to_owned()
    }

    /// Whether there is nothing but space.
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A mark around text; the space at the text's ends stays outside, where Markdown wants it.
fn around(text: &str, mark: impl Fn(&str) -> String) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return text.to_owned();
    }
    let start = text.len() - text.trim_start().len();
    let end = start + inner.len();
    format!("{}{}{}", &text[..start], mark(inner), &text[end..])
}

/// A code span whose fence the text does not have.
fn code_span(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// The longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    let runs = text.split(|letter| letter != '`').map(str::len);
    runs.max().unwrap_or_default()
}

/// A link, where the address leads somewhere from anywhere; otherwise its text.
fn link(text: &str, href: &str) -> String {
    let leads = (href.starts_with("https://") || href.starts_with("http://"))
        && !href.contains(['<', '>', '\n', '\\']);
    match (leads, text.trim().is_empty()) {
        (true, true) => format!("<{href}>"),
        (true, false) => around(text, |text| format!("[{text}](<{href}>)")),
        (false, _) => text.to_owned(),
    }
}
