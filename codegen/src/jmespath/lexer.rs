//! The tokens of a JMESPath expression, each with the position of its first character.

use crate::jmespath::{Comparator, SyntaxError};
use serde_json::Value;
use std::iter::Peekable;
use std::str::CharIndices;

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Name(String),
    Literal(Value),
    Number(i64),
    Compare(Comparator),
    /// `[]`
    Flatten,
    /// `[?`
    Filter,
    /// `&&`
    And,
    /// `||`
    Or,
    /// Any other character that has a meaning, such as `.` or `(`.
    Sign(char),
    End,
}

/// A token and its position.
pub(super) type At = (usize, Token);

/// Splits an expression into tokens, followed by a [`Token::End`].
pub(super) fn tokens(expression: &str) -> Result<Vec<At>, SyntaxError> {
    let mut lexer = Lexer {
        expression,
        chars: expression.char_indices().peekable(),
    };
    let mut tokens = Vec::new();
    while let Some((at, first)) = lexer.chars.next() {
        if !first.is_whitespace() {
            tokens.push((at, lexer.token(at, first)?));
        }
    }
    tokens.push((expression.len(), Token::End));
    Ok(tokens)
}

struct Lexer<'a> {
    expression: &'a str,
    chars: Peekable<CharIndices<'a>>,
}

impl Lexer<'_> {
    fn token(&mut self, at: usize, first: char) -> Result<Token, SyntaxError> {
        use Comparator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        Ok(match first {
            'a'..='z' | 'A'..='Z' | '_' => {
                Token::Name(self.word(at, |c| c.is_ascii_alphanumeric() || c == '_'))
            }
            '0'..='9' | '-' => {
                let digits = self.word(at, |c| c.is_ascii_digit());
                Token::Number(
                    digits
                        .parse()
                        .map_err(|_| self.error(at, "invalid number"))?,
                )
            }
            '"' => Token::Name(self.quoted_name(at)?),
            '\'' => Token::Literal(Value::String(self.quoted(at, '\'')?)),
            '`' => Token::Literal(self.literal(at)?),
            '=' if self.follows('=') => Token::Compare(Equal),
            '!' if self.follows('=') => Token::Compare(NotEqual),
            '<' if self.follows('=') => Token::Compare(LessOrEqual),
            '>' if self.follows('=') => Token::Compare(GreaterOrEqual),
            '<' => Token::Compare(Less),
            '>' => Token::Compare(Greater),
            '&' if self.follows('&') => Token::And,
            '|' if self.follows('|') => Token::Or,
            '[' if self.follows('?') => Token::Filter,
            '[' if self.follows(']') => Token::Flatten,
            '.' | '*' | '@' | '[' | ']' | '(' | ')' | '{' | '}' | ',' | ':' | '!' | '|' | '&' => {
                Token::Sign(first)
            }
            _ => return Err(self.error(at, format!("`{first}` has no meaning here"))),
        })
    }

    fn follows(&mut self, next: char) -> bool {
        self.chars.next_if(|(_, c)| *c == next).is_some()
    }

    fn word(&mut self, at: usize, belongs: impl Fn(char) -> bool) -> String {
        let mut end = at + 1;
        while let Some((next, c)) = self.chars.next_if(|(_, c)| belongs(*c)) {
            end = next + c.len_utf8();
        }
        self.expression[at..end].to_owned()
    }

    /// Reads the text up to the closing quote. Only the quote itself can be escaped.
    fn quoted(&mut self, at: usize, quote: char) -> Result<String, SyntaxError> {
        let mut text = String::new();
        while let Some((_, c)) = self.chars.next() {
            match c {
                c if c == quote => return Ok(text),
                '\\' if self.follows(quote) => text.push(quote),
                '\\' => {
                    text.push('\\');
                    text.extend(self.chars.next().map(|(_, c)| c));
                }
                c => text.push(c),
            }
        }
        Err(self.error(at, format!("the closing {quote} is missing")))
    }

    /// Reads a name in quotation marks, which has the escapes of JSON.
    fn quoted_name(&mut self, at: usize) -> Result<String, SyntaxError> {
        let text = self.quoted(at, '"')?.replace('"', "\\\"");
        serde_json::from_str(&format!("\"{text}\""))
            .map_err(|error| self.error(at, error.to_string()))
    }

    /// Reads JSON between backquotes. Text that is not valid JSON is a string, as older models write it.
    fn literal(&mut self, at: usize) -> Result<Value, SyntaxError> {
        let text = self.quoted(at, '`')?;
        Ok(serde_json::from_str(text.trim()).unwrap_or(Value::String(text)))
    }

    fn error(&self, at: usize, reason: impl Into<String>) -> SyntaxError {
        SyntaxError {
            expression: self.expression.to_owned(),
            at: self.expression[..at].chars().count() + 1,
            reason: reason.into(),
        }
    }
}
