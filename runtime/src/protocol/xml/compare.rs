//! Compares documents by their contents: the order of attributes and members, and spaces between elements, are ignored.

use super::events::{Event, Events};

/// Returns `true` if both texts are documents with the same contents.
pub(crate) fn same(one: &str, other: &str) -> bool {
    match (parse(one), parse(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// An element: its name and attributes, its text if it has no child elements, and its child elements.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    elements: Vec<Element>,
}

fn parse(text: &str) -> Option<Element> {
    let mut events = Events::of(text);
    let mut open: Vec<Element> = Vec::new();
    loop {
        match events.next().ok()? {
            Event::Start(tag) => open.push(Element {
                name: tag.qualified_name().to_owned(),
                attributes: tag.attributes()?,
                text: String::new(),
                elements: Vec::new(),
            }),
            Event::Text(text) => open.last_mut()?.text.push_str(&text),
            Event::End => {
                let mut element = open.pop()?;
                if !element.elements.is_empty() {
                    element.text.clear();
                }
                sort(&mut element.elements);
                match open.last_mut() {
                    Some(outer) => outer.elements.push(element),
                    None => {
                        events.finish().ok()?;
                        return Some(element);
                    }
                }
            }
            Event::Whole => return None,
        }
    }
}

/// Sorts elements by name. Elements of the same name are a list, whose order is kept.
fn sort(elements: &mut [Element]) {
    elements.sort_by(|a, b| a.name.cmp(&b.name));
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn documents_are_compared_by_what_they_say() {
        let table = [
            (
                "<a><b>1</b><c/></a>",
                "<a>\n <c></c>\n <b>1</b>\n</a>",
                true,
            ),
            ("<a x='1' y='2'/>", "<a y=\"2\" x=\"1\"/>", true),
            ("<a><b>1</b><b>2</b></a>", "<a><b>2</b><b>1</b></a>", false),
            ("<a> </a>", "<a></a>", false),
            ("<a>&#xA;</a>", "<a>\n</a>", true),
            ("<a x='1'/>", "<a x='2'/>", false),
            ("<x:a/>", "<a/>", false),
            ("<a>", "<a>", false),
        ];
        for (one, other, expected) in table {
            assert_eq!(same(one, other), expected, "{one} {other}");
        }
    }
}
