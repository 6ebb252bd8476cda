//! [`Scan`]: finds the members of a JSON object in a body that may be invalid.
//!
//! A JSON parser stops at the first fault. The code and the message of an error response are needed in any case, so
//! this scanner only searches for the ends of members: numbers may exceed all types, text may be in any encoding, and
//! the rest of the body may be missing.

/// The members that were found in a body.
#[derive(Debug, Default)]
pub(super) struct Scan<'a> {
    members: Vec<(String, &'a [u8])>,
    /// `true` if the object is complete.
    pub(super) is_whole: bool,
}

impl<'a> Scan<'a> {
    /// Scans a body. A body that is not an object has no members.
    pub(super) fn of(body: &'a [u8]) -> Self {
        let mut scan = Self::default();
        let mut rest = Rest(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body));
        if !rest.takes(b'{') {
            return scan;
        }
        loop {
            if rest.takes(b'}') {
                scan.is_whole = true;
                return scan;
            }
            let Some((key, value)) = rest.member() else {
                return scan;
            };
            scan.members.push((text(key), value));
            rest.takes(b',');
        }
    }

    /// Returns the members in their order, each with its name and its unparsed value.
    pub(super) fn members(&self) -> impl Iterator<Item = (&str, &'a [u8])> {
        self.members.iter().map(|(name, value)| (&**name, *value))
    }

    /// Returns the text of a member, or `None` if it is not text or is empty. The last member of a name is used.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let value = self.value(name)?.strip_prefix(b"\"")?;
        Some(text(value.strip_suffix(b"\"")?)).filter(|text| !text.is_empty())
    }

    /// Returns the text of a member, which may also be a number or a boolean.
    pub(super) fn scalar(&self, name: &str) -> Option<String> {
        match self.value(name)? {
            [b'-' | b'0'..=b'9' | b't' | b'f', ..] => self.value(name).map(text),
            _ => self.text(name),
        }
    }

    fn value(&self, name: &str) -> Option<&'a [u8]> {
        let mut members = self.members.iter().rev();
        let (_, value) = members.find(|(member, _)| member == name)?;
        Some(value)
    }
}

/// The rest of the body, which has not been scanned yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    /// Consumes this byte if it is the next one that is not whitespace, and returns whether it did.
    fn takes(&mut self, byte: u8) -> bool {
        self.0 = self.0.trim_ascii_start();
        match self.0.split_first() {
            Some((first, rest)) if *first == byte => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    /// Reads a whole member: the text between the quotes of its name, and its value.
    fn member(&mut self) -> Option<(&'a [u8], &'a [u8])> {
        self.0 = self.0.trim_ascii_start();
        let (key, rest) = self.0.split_at_checked(string_end(self.0)?)?;
        self.0 = rest;
        let has_value = self.takes(b':');
        self.0 = self.0.trim_ascii_start();
        let (value, rest) = self
            .0
            .split_at_checked(value_end(self.0).filter(|_| has_value)?)?;
        self.0 = rest;
        Some((key.get(1..key.len() - 1)?, value))
    }
}

/// Returns the end of a value that begins here, or `None` if it has none.
fn value_end(json: &[u8]) -> Option<usize> {
    match json.first()? {
        b'"' => string_end(json),
        b'{' | b'[' => nested_end(json),
        _ => json
            .iter()
            .position(|byte| b",}]".contains(byte) || byte.is_ascii_whitespace())
            .filter(|end| *end > 0),
    }
}

fn string_end(json: &[u8]) -> Option<usize> {
    let mut bytes = json.iter().enumerate();
    bytes.next().filter(|(_, byte)| **byte == b'"')?;
    while let Some((index, byte)) = bytes.next() {
        match byte {
            b'"' => return Some(index + 1),
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
    None
}

fn nested_end(json: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    loop {
        let rest = json.get(at..)?;
        at += match rest.first()? {
            b'"' => string_end(rest)?,
            _ => 1,
        };
        match rest.first()? {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

/// Returns the text between quotes. Invalid text becomes a replacement character.
fn text(inner: &[u8]) -> String {
    let lossy = String::from_utf8_lossy(inner);
    let mut rest = &*lossy;
    let mut text = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let mut characters = after.chars();
        match characters.next() {
            Some('u') => {
                let (character, after) = unicode(characters.as_str());
                text.push(character);
                rest = after;
                continue;
            }
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some(character) => text.push(character),
            None => {}
        }
        rest = characters.as_str();
    }
    text.push_str(rest);
    text
}

/// Returns the character of these digits, with its second surrogate if it has one, and the rest.
fn unicode(digits: &str) -> (char, &str) {
    let unit = |text: &str| u16::from_str_radix(text.get(..4)?, 16).ok();
    let Some(first) = unit(digits) else {
        return (char::REPLACEMENT_CHARACTER, digits);
    };
    let after = digits.get(4..).unwrap_or_default();
    let second = after.strip_prefix("\\u").and_then(unit);
    let pair = char::decode_utf16([Some(first), second].into_iter().flatten()).next();
    match pair {
        Some(Ok(character)) if character.len_utf16() == 2 => {
            (character, after.get(6..).unwrap_or_default())
        }
        Some(Ok(character)) => (character, after),
        _ => (char::REPLACEMENT_CHARACTER, after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_beside_any_others() {
        let table: [(&[u8], &str, bool); 16] = [
            (br#"{"a":1e999,"code":"X"}"#, "X", true),
            (br#"{"a":NaN , "code" : "X" }"#, "X", true),
            (b"{\"a\":\"\xff\",\"code\":\"X\"}", "X", true),
            (b"{\"a\":\"one\ntwo\",\"code\":\"X\"}", "X", true),
            (br#"{"a":"\ud800","code":"X"}"#, "X", true),
            (br#"{"a":[{"code":"Y"},"]}"],"code":"X"}"#, "X", true),
            (br#"{"a":"\\","b":"\"","code":"X"}"#, "X", true),
            (br#"{"code":"X","a":"cut of"#, "X", false),
            (br#"{"code":"X","a":[1,"#, "X", false),
            (br#"{"code":"X",}"#, "X", true),
            (br#"{"code":"Y","code":"X"}"#, "X", true),
            (b"\xef\xbb\xbf {\"code\":\"X\"}\n", "X", true),
            (br#"{"code":"cut of"#, "", false),
            (br#"{"code":["X"]}"#, "", true),
            (br#"["code","X"]"#, "", false),
            (br#"{"code":}"#, "", false),
        ];
        for (body, code, is_whole) in table {
            let scan = Scan::of(body);
            let found = (scan.text("code").unwrap_or_default(), scan.is_whole);
            assert_eq!(
                found,
                (code.to_owned(), is_whole),
                "{}",
                String::from_utf8_lossy(body)
            );
        }
        let deep = format!(
            r#"{{"a":{}{},"code":"X"}}"#,
            "[".repeat(10_000),
            "]".repeat(10_000)
        );
        assert_eq!(Scan::of(deep.as_bytes()).text("code").as_deref(), Some("X"));
    }

    #[test]
    fn text_is_read_as_in_json() {
        let table = [
            r#""plain""#,
            r#""a\"b\\c\/d\b\f\n\r\t""#,
            r#""\u00e9 \ud83d\ude00 \u0041é""#,
        ];
        for json in table {
            let body = format!(r#"{{"m":{json}}}"#);
            let expected: String = serde_json::from_str(json).unwrap();
            assert_eq!(Scan::of(body.as_bytes()).text("m"), Some(expected));
        }
        let odd = [
            (r#""\ud800x""#, "\u{fffd}x"),
            (r#""\ud800\u0041""#, "\u{fffd}A"),
            (r#""\udc00""#, "\u{fffd}"),
            (r#""\uzz""#, "\u{fffd}zz"),
            ("12.50", "12.50"),
            ("true", "true"),
        ];
        for (json, expected) in odd {
            let body = format!(r#"{{"m":{json}}}"#);
            let found = Scan::of(body.as_bytes()).scalar("m");
            assert_eq!(found.as_deref(), Some(expected), "{json}");
        }
        for json in ["null", "{}", "[]", r#""""#] {
            let body = format!(r#"{{"m":{json}}}"#);
            assert_eq!(Scan::of(body.as_bytes()).scalar("m"), None, "{json}");
        }
    }
}
