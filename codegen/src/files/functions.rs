//! Puts a printed function on one line if the line is short enough to be read at a glance.

/// The greatest width of a line that is assembled.
const WIDTH: usize = 110;

/// Puts a function on one line if it does one thing. Attributes and documentation keep their lines.
pub(super) fn compact(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let Some(start) = lines.iter().position(|line| is_signature(line)) else {
        return text.to_owned();
    };
    let (head, function) = lines.split_at(start);
    let Some(open) = function.iter().position(|line| line.ends_with('{')) else {
        return text.to_owned();
    };
    let (signature, rest) = function.split_at(open + 1);
    let indent = indent(signature[0]);
    let signature = joined(signature);
    let mut compacted: Vec<String> = head.iter().map(|line| (*line).to_owned()).collect();
    match one_line(&signature, rest, indent) {
        Some(line) => compacted.push(line),
        None => {
            if signature.len() <= WIDTH {
                compacted.push(signature);
            } else {
                let broken = &function[..=open];
                compacted.extend(broken.iter().map(|line| (*line).to_owned()));
            }
            compacted.extend(rest.iter().map(|line| (*line).to_owned()));
        }
    }
    compacted.push(String::new());
    compacted.join("\n")
}

fn is_signature(line: &str) -> bool {
    let text = line.trim_start();
    [
        "fn ",
        "pub fn ",
        "pub(crate) fn ",
        "pub async fn ",
        "pub const fn ",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Returns a signature without its line breaks.
fn joined(lines: &[&str]) -> String {
    let mut text = lines[0].to_owned();
    for line in &lines[1..] {
        let part = line.trim();
        let closes = part.starts_with([')', '>', ']']);
        if closes && text.ends_with(',') {
            text.pop();
        }
        if !closes && !text.ends_with(['(', '<', '[']) {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

/// Returns the function on one line if its body is one expression, or one statement and `self`.
fn one_line(signature: &str, rest: &[&str], at: usize) -> Option<String> {
    let (body, end) = match rest {
        [body @ .., end] => (body, end),
        [] => return None,
    };
    let is_flat = end.trim() == "}" && body.iter().all(|line| indent(line) == at + 4);
    let body = match body {
        [only] => only.trim().to_owned(),
        [statement, last] if last.trim() == "self" => format!("{} self", statement.trim()),
        _ => return None,
    };
    let line = format!("{signature} {body} }}");
    (is_flat && !body.starts_with("//") && line.len() <= WIDTH).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_of_one_expression_is_one_line_if_it_fits() {
        let table = [
            (
                "    /// Doc.\n    pub fn f(&self) -> u8 {\n        self.f\n    }\n",
                "    /// Doc.\n    pub fn f(&self) -> u8 { self.f }\n",
            ),
            (
                "    #[inline]\n    pub fn set(mut self, input: u8) -> Self {\n        self.f = input;\n        self\n    }\n",
                "    #[inline]\n    pub fn set(mut self, input: u8) -> Self { self.f = input; self }\n",
            ),
            (
                "fn f(\n    a: u8,\n    b: u8,\n) -> Result<\n    u8,\n    u8,\n> {\n    a\n}\n",
                "fn f(a: u8, b: u8) -> Result<u8, u8> { a }\n",
            ),
            // Two statements, a block, and an empty body.
            (
                "fn f() {\n    a();\n    b()\n}\n",
                "fn f() {\n    a();\n    b()\n}\n",
            ),
            (
                "fn f() {\n    match a {\n        b => c,\n    }\n}\n",
                "fn f() {\n    match a {\n        b => c,\n    }\n}\n",
            ),
            ("fn f() {}\n", "fn f() {}\n"),
            ("const A: u8 = 1;\n", "const A: u8 = 1;\n"),
        ];
        for (printed, expected) in table {
            assert_eq!(compact(printed), expected);
        }
        let long = format!("fn f() {{\n    {}\n}}\n", "a".repeat(100));
        assert_eq!(compact(&long), long);
    }
}
