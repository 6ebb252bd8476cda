//! Parses JSON with numbers as marked text, so that `1`, `1.0` and `1e0` differ.

use serde_json::Value;

/// The prefix of the text of a number; no random text begins with it.
const MARK: &str = "\\u0000number ";

/// Parses JSON and preserves the text of numbers.
pub(crate) fn parse(json: &str) -> Result<Value, serde_json::Error> {
    let mut marked = String::with_capacity(json.len() + 64);
    let (mut in_text, mut escaped, mut in_number) = (false, false, false);
    for character in json.chars() {
        let of_number = !in_text && (character.is_ascii_digit() || "+-.eE".contains(character));
        // `e` also stands in `true` and `false`: a number begins with a digit or a minus.
        let begins = of_number && (character.is_ascii_digit() || character == '-');
        if !in_number && begins {
            in_number = true;
            marked.push('"');
            marked.push_str(MARK);
        } else if in_number && !of_number {
            in_number = false;
            marked.push('"');
        }
        if character == '"' && !escaped {
            in_text = !in_text;
        }
        escaped = in_text && character == '\\' && !escaped;
        marked.push(character);
    }
    if in_number {
        marked.push('"');
    }
    serde_json::from_str(&marked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_text_and_nothing_else_changes() {
        let json = r#"{"a": [1, -2.50e+3, "7", "\"8"], "b\\": true, "c": null, "1e1": false}"#;
        let number = |text: &str| format!("\0number {text}");
        let expected = json!({
            "a": [number("1"), number("-2.50e+3"), "7", "\"8"], "b\\": true, "c": null, "1e1": false
        });
        assert_eq!(parse(json).unwrap(), expected);
        assert_eq!(parse("12").unwrap(), json!(number("12")));
    }
}
