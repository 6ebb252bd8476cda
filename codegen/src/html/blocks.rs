//! [`Blocks`]: assembles the lines of a Markdown text from paragraphs, lists and code blocks.

use super::inline::{Inline, Mark, longest_run};
use crate::markdown;

/// The Markdown that is complete so far.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    lines: Vec<String>,
    inline: Inline,
    lists: Vec<List>,
    /// `- ` or `1. `, before the first paragraph of an item.
    marker: Option<String>,
    /// `**Note:** `, before the first paragraph of a note.
    note: Option<String>,
    /// The text of a preformatted block.
    preformatted: Option<String>,
    /// `true` if the row already has a cell.
    in_row: bool,
}

#[derive(Debug)]
struct List {
    ordered: bool,
    items: usize,
    /// The width of the marker of the list's items.
    width: usize,
}

impl Blocks {
    pub(super) fn text(&mut self, text: &str) {
        match &mut self.preformatted {
            Some(block) => block.push_str(text),
            None => self.inline.text(text),
        }
    }

    pub(super) fn open(&mut self, mark: Mark) {
        if self.preformatted.is_none() {
            self.inline.open(mark);
        }
    }

    pub(super) fn close(&mut self, mark: &Mark) {
        if self.preformatted.is_none() {
            self.inline.close(mark);
        }
    }

    /// Writes the current paragraph.
    pub(super) fn end_paragraph(&mut self) {
        if self.inline.is_empty() {
            // Taking the paragraph closes its open marks, even if it is empty.
            self.inline.take();
            return;
        }
        let text = self.inline.take();
        let note = self.note.take().unwrap_or_default();
        let text = markdown::paragraph(&text);
        self.write(&[format!("{note}{text}")]);
    }

    pub(super) fn start_list(&mut self, ordered: bool) {
        self.end_paragraph();
        self.lists.push(List {
            ordered,
            items: 0,
            width: 0,
        });
    }

    pub(super) fn end_list(&mut self) {
        self.end_paragraph();
        self.lists.pop();
        self.marker = None;
    }

    pub(super) fn start_item(&mut self) {
        self.end_paragraph();
        self.in_row = false;
        let marker = match self.lists.last_mut() {
            Some(list) => {
                list.items += 1;
                let marker = if list.ordered {
                    format!("{}. ", list.items)
                } else {
                    "- ".to_owned()
                };
                list.width = marker.len();
                marker
            }
            None => {
                // Items outside of a list, and rows of tables.
                self.lists.push(List {
                    ordered: false,
                    items: 1,
                    width: 2,
                });
                "- ".to_owned()
            }
        };
        self.marker = Some(marker);
    }

    pub(super) fn start_cell(&mut self) {
        if self.in_row && !self.inline.is_empty() {
            self.inline.text(", ");
        }
        self.in_row = true;
    }

    pub(super) fn start_note(&mut self, name: &str) {
        self.end_paragraph();
        let mut letters = name.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        let label: String = first.into_iter().chain(letters).collect();
        self.note = Some(format!("**{label}:** "));
    }

    pub(super) fn end_note(&mut self) {
        self.end_paragraph();
        self.note = None;
    }

    pub(super) fn start_preformatted(&mut self) {
        self.end_paragraph();
        self.preformatted = Some(String::new());
    }

    pub(super) fn end_preformatted(&mut self) {
        let Some(text) = self.preformatted.take() else {
            return;
        };
        let text = text.trim_matches('\n');
        let fence = "`".repeat(3.max(longest_run(text) + 1));
        let lines = [format!("{fence}text")];
        let lines = lines.into_iter().chain(text.lines().map(str::to_owned));
        let lines: Vec<String> = lines.chain([fence.clone()]).collect();
        self.write(&lines);
    }

    /// Writes a block, after the marker of its item or indented like the other blocks of the item.
    fn write(&mut self, block: &[String]) {
        let marker = self.marker.take();
        let follows_item =
            self.lines.last().is_some_and(|line| !line.is_empty()) && marker.is_some();
        let starts_list = self.lists.iter().all(|list| list.items <= 1);
        if !self.lines.is_empty() && !(follows_item && !(starts_list && self.lists.len() == 1)) {
            self.lines.push(String::new());
        }
        let outer = self.lists.len() - usize::from(marker.is_some() && !self.lists.is_empty());
        let indent: usize = self.lists[..outer].iter().map(|list| list.width).sum();
        let width = marker.as_ref().map_or(0, String::len);
        for (index, line) in block.iter().enumerate() {
            let line = match &marker {
                Some(marker) if index == 0 => format!("{}{marker}{line}", " ".repeat(indent)),
                _ => format!("{}{line}", " ".repeat(indent + width)),
            };
            self.lines.push(line.trim_end().to_owned());
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.end_preformatted();
        self.end_paragraph();
        self.lines.join("\n")
    }
}
