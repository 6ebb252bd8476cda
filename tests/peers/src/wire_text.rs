//! Writes JSON as unusual servers may write it: with white space, members in any order, and unnecessary escapes.

use fastrand::Rng;
use serde_json::Value;
use std::fmt::Write;

/// Writes JSON in a random style.
pub(crate) fn write(value: &Value, rng: &mut Rng) -> String {
    let mut text = String::new();
    write_value(value, rng, &mut text);
    text
}

fn write_value(value: &Value, rng: &mut Rng, text: &mut String) {
    space(rng, text);
    match value {
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            rng.shuffle(&mut entries);
            text.push('{');
            for (index, (name, value)) in entries.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                space(rng, text);
                write_string(name, rng, text);
                space(rng, text);
                text.push(':');
                write_value(value, rng, text);
            }
            space(rng, text);
            text.push('}');
        }
        Value::Array(elements) => {
            text.push('[');
            for (index, value) in elements.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_value(value, rng, text);
            }
            space(rng, text);
            text.push(']');
        }
        Value::String(string) => write_string(string, rng, text),
        other => text.push_str(&other.to_string()),
    }
    space(rng, text);
}

fn space(rng: &mut Rng, text: &mut String) {
    if rng.u8(..8) == 0 {
        text.push_str([" ", "\n", "\t", "\r\n", "   "][rng.usize(..5)]);
    }
}

fn write_string(string: &str, rng: &mut Rng, text: &mut String) {
    text.push('"');
    for character in string.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            '/' if rng.bool() => text.push_str("\\/"),
            '\n' if rng.bool() => text.push_str("\\n"),
            '\u{8}' if rng.bool() => text.push_str("\\b"),
            // Beyond 16 bits these are two escapes, as JSON has it.
            _ if character < ' ' || rng.u8(..6) == 0 => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = if rng.bool() {
                        write!(text, "\\u{unit:04x}")
                    } else {
                        write!(text, "\\u{unit:04X}")
                    };
                }
            }
            _ => text.push(character),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn both_styles_read_the_same_value() {
        let value = json!({"a\n\"\\/🦀\u{1}": [1, -2.5, null, true, {}, []], "b": {"c": "é\u{8}"}});
        let mut styles = std::collections::BTreeSet::new();
        for seed in 0..50 {
            let text = write(&value, &mut Rng::with_seed(seed));
            assert_eq!(
                serde_json::from_str::<Value>(&text).unwrap(),
                value,
                "{text}"
            );
            styles.insert(text);
        }
        assert!(styles.len() > 40);
    }
}
