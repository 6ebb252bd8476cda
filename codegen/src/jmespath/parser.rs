//! Parses the tokens of a JMESPath expression. The binding powers of operators are those of JMESPath.

use crate::jmespath::lexer::{At, Token};
use crate::jmespath::{Expr, Projection, SyntaxError};

const PIPE: u8 = 1;
const OR: u8 = 2;
const AND: u8 = 3;
const COMPARE: u8 = 5;
const FLATTEN: u8 = 9;
/// The power below which an operator ends a projection.
const PROJECTION_STOP: u8 = 10;
const STAR: u8 = 20;
const FILTER: u8 = 21;
const DOT: u8 = 40;
const NOT: u8 = 45;
const BRACKET: u8 = 55;

/// A parser that reads tokens one after the other.
pub(super) struct Parser<'a> {
    expression: &'a str,
    tokens: Vec<At>,
    position: usize,
}

type Parsed = Result<Expr, SyntaxError>;

impl<'a> Parser<'a> {
    pub(super) fn new(expression: &'a str, tokens: Vec<At>) -> Self {
        Self {
            expression,
            tokens,
            position: 0,
        }
    }

    /// Parses the whole expression.
    pub(super) fn parse(mut self) -> Parsed {
        let expr = self.expression(0)?;
        match self.peek() {
            Token::End => Ok(expr),
            _ => Err(self.error("expected the end of the expression")),
        }
    }

    /// Parses an expression, up to an operator that binds no stronger than `power`.
    fn expression(&mut self, power: u8) -> Parsed {
        let mut left = self.first()?;
        while self.power() > power {
            left = self.next(left)?;
        }
        Ok(left)
    }

    /// Returns the power by which the next token binds to the expression before it.
    fn power(&self) -> u8 {
        match self.peek() {
            Token::Sign('|') => PIPE,
            Token::Or => OR,
            Token::And => AND,
            Token::Compare(_) => COMPARE,
            Token::Flatten => FLATTEN,
            Token::Filter => FILTER,
            Token::Sign('.') => DOT,
            Token::Sign('[') => BRACKET,
            _ => 0,
        }
    }

    /// Parses the start of an expression.
    fn first(&mut self) -> Parsed {
        match self.take() {
            Token::Name(name) if *self.peek() == Token::Sign('(') => self.call(name),
            Token::Name(name) => Ok(Expr::Field(name)),
            Token::Literal(value) => Ok(Expr::Literal(value)),
            Token::Sign('@') => Ok(Expr::Current),
            Token::Sign('!') => Ok(Expr::Not(Box::new(self.expression(NOT)?))),
            Token::Sign('(') => {
                let inner = self.expression(0)?;
                self.expect(')')?;
                Ok(inner)
            }
            Token::Flatten => self.flatten(Expr::Current),
            Token::Filter => self.filter(Expr::Current),
            Token::Sign('[') => self.bracket(None),
            Token::Sign('*') => self.values(),
            Token::Sign('{') => Err(self.error_before("multi-select hashes are not supported")),
            Token::Sign('&') => Err(self.error_before("expression references are not supported")),
            _ => Err(self.error_before("expected an expression")),
        }
    }

    /// Parses the continuation of `left`.
    fn next(&mut self, left: Expr) -> Parsed {
        match self.take() {
            Token::Sign('|') => Ok(then(left, self.expression(PIPE)?)),
            Token::Or => Ok(Expr::Or(Box::new(left), Box::new(self.expression(OR)?))),
            Token::And => Ok(Expr::And(Box::new(left), Box::new(self.expression(AND)?))),
            Token::Compare(comparator) => Ok(Expr::Compare(
                comparator,
                Box::new(left),
                Box::new(self.expression(COMPARE)?),
            )),
            Token::Flatten => self.flatten(left),
            Token::Filter => self.filter(left),
            Token::Sign('.') => Ok(then(left, self.after_dot(DOT)?)),
            Token::Sign('[') => self.bracket(Some(left)),
            _ => Err(self.error_before("expected an operator")),
        }
    }

    /// Parses the expression after a dot.
    fn after_dot(&mut self, power: u8) -> Parsed {
        match self.peek() {
            Token::Name(_) => self.expression(power),
            Token::Sign('[') => {
                self.take();
                self.several()
            }
            Token::Sign('*') => {
                self.take();
                self.values()
            }
            Token::Sign('{') => Err(self.error("multi-select hashes are not supported")),
            _ => Err(self.error("expected a name after the dot")),
        }
    }

    /// Parses the content of a bracket: an index, `*`, or several expressions.
    fn bracket(&mut self, left: Option<Expr>) -> Parsed {
        let next = self.tokens.get(self.position + 1).map(|(_, token)| token);
        match (self.peek().clone(), left) {
            (Token::Number(index), left) => {
                self.take();
                if *self.peek() == Token::Sign(':') {
                    return Err(self.error("slices are not supported"));
                }
                self.expect(']')?;
                Ok(match left {
                    Some(left) => then(left, Expr::Index(index)),
                    None => Expr::Index(index),
                })
            }
            (Token::Sign(':'), _) => Err(self.error("slices are not supported")),
            (Token::Sign('*'), left) if next == Some(&Token::Sign(']')) => {
                self.take();
                self.take();
                let each = self.projected(STAR)?;
                Ok(project(left.unwrap_or(Expr::Current), false, None, each))
            }
            (_, None) => self.several(),
            (_, Some(_)) => Err(self.error("expected an index or `*`")),
        }
    }

    /// Parses a multi-select list after its opening bracket.
    fn several(&mut self) -> Parsed {
        let mut expressions = vec![self.expression(0)?];
        while *self.peek() == Token::Sign(',') {
            self.take();
            expressions.push(self.expression(0)?);
        }
        self.expect(']')?;
        Ok(Expr::Several(expressions))
    }

    /// Parses the expression that is applied to each value of an object.
    fn values(&mut self) -> Parsed {
        let each = self.projected(STAR)?;
        Ok(project(Expr::Values, false, None, each))
    }

    fn flatten(&mut self, left: Expr) -> Parsed {
        let each = self.projected(FLATTEN)?;
        Ok(project(left, true, None, each))
    }

    fn filter(&mut self, left: Expr) -> Parsed {
        let condition = self.expression(0)?;
        self.expect(']')?;
        let each = if *self.peek() == Token::Flatten {
            Expr::Current
        } else {
            self.projected(FILTER)?
        };
        Ok(project(left, false, Some(condition), each))
    }

    /// Parses the expression that is applied to each element of a projection.
    fn projected(&mut self, power: u8) -> Parsed {
        match self.peek() {
            _ if self.power() < PROJECTION_STOP => Ok(Expr::Current),
            Token::Sign('[') | Token::Filter => self.expression(power),
            Token::Sign('.') => {
                self.take();
                self.after_dot(power)
            }
            _ => Err(self.error("not allowed after a projection")),
        }
    }

    fn call(&mut self, name: String) -> Parsed {
        self.take();
        let mut arguments = Vec::new();
        if *self.peek() != Token::Sign(')') {
            arguments.push(self.expression(0)?);
            while *self.peek() == Token::Sign(',') {
                self.take();
                arguments.push(self.expression(0)?);
            }
        }
        self.expect(')')?;
        Ok(Expr::Call(name, arguments))
    }

    fn peek(&self) -> &Token {
        self.tokens
            .get(self.position)
            .map_or(&Token::End, |(_, token)| token)
    }

    fn take(&mut self) -> Token {
        let token = self.peek().clone();
        self.position += 1;
        token
    }

    fn expect(&mut self, sign: char) -> Result<(), SyntaxError> {
        if *self.peek() == Token::Sign(sign) {
            self.take();
            return Ok(());
        }
        Err(self.error(format!("expected `{sign}`")))
    }

    fn error(&self, reason: impl Into<String>) -> SyntaxError {
        self.error_at(self.position, reason.into())
    }

    fn error_before(&self, reason: impl Into<String>) -> SyntaxError {
        self.error_at(self.position - 1, reason.into())
    }

    fn error_at(&self, position: usize, reason: String) -> SyntaxError {
        let byte = self
            .tokens
            .get(position)
            .map_or(self.expression.len(), |(at, _)| *at);
        SyntaxError {
            expression: self.expression.to_owned(),
            at: self.expression[..byte].chars().count() + 1,
            reason,
        }
    }
}

fn then(left: Expr, right: Expr) -> Expr {
    Expr::Then(Box::new(left), Box::new(right))
}

fn project(source: Expr, flatten: bool, filter: Option<Expr>, each: Expr) -> Expr {
    Expr::Project(Box::new(Projection {
        source,
        flatten,
        filter,
        each,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jmespath::parse;

    /// Returns the tree as text with all brackets.
    fn text(expr: &Expr) -> String {
        match expr {
            Expr::Current => "@".to_owned(),
            Expr::Field(name) => name.clone(),
            Expr::Literal(value) => format!("`{value}`"),
            Expr::Then(left, right) => format!("({} . {})", text(left), text(right)),
            Expr::Index(index) => format!("[{index}]"),
            Expr::Values => "*".to_owned(),
            Expr::Several(list) => {
                format!("[{}]", list.iter().map(text).collect::<Vec<_>>().join(", "))
            }
            Expr::Project(projection) => format!(
                "({}[{}{}] each {})",
                text(&projection.source),
                if projection.flatten { "" } else { "*" },
                projection
                    .filter
                    .as_ref()
                    .map_or(String::new(), |filter| format!("?{}", text(filter))),
                text(&projection.each)
            ),
            Expr::Compare(comparator, left, right) => {
                format!("({} {comparator:?} {})", text(left), text(right))
            }
            Expr::And(left, right) => format!("({} && {})", text(left), text(right)),
            Expr::Or(left, right) => format!("({} || {})", text(left), text(right)),
            Expr::Not(operand) => format!("!{}", text(operand)),
            Expr::Call(name, arguments) => {
                format!(
                    "{name}({})",
                    arguments.iter().map(text).collect::<Vec<_>>().join(", ")
                )
            }
        }
    }

    #[test]
    fn operators_bind_as_jmespath_says() {
        let table = [
            ("a", "a"),
            ("a.b.c", "((a . b) . c)"),
            ("a[0].b[-1]", "((a . [0]) . (b . [-1]))"),
            ("a[].b", "(a[] each b)"),
            ("a[].b[].c", "((a[] each b)[] each c)"),
            ("a[*].b.c", "(a[*] each (b . c))"),
            ("a[*].b[0]", "(a[*] each (b . [0]))"),
            ("[].a", "(@[] each a)"),
            ("a.*.b.c", "(a . (*[*] each (b . c)))"),
            ("*.b", "(*[*] each b)"),
            ("a.*.b[]", "((a . (*[*] each b))[] each @)"),
            ("length(a.*)", "length((a . (*[*] each @)))"),
            ("a[?b == 'x'].c", "(a[*?(b Equal `\"x\"`)] each c)"),
            ("a[?b].c[]", "((a[*?b] each c)[] each @)"),
            (
                "length(a[?!(b && c)]) == `0`",
                "(length((a[*?!(b && c)] each @)) Equal `0`)",
            ),
            ("a && b || c && !d", "((a && b) || (c && !d))"),
            (
                "a[].b | length(@) > `2`",
                "((a[] each b) . (length(@) Greater `2`))",
            ),
            ("contains(a[].b, 'x')", "contains((a[] each b), `\"x\"`)"),
            ("a[*].[b.c, d][]", "((a[*] each [(b . c), d])[] each @)"),
            ("[a, b]", "[a, b]"),
            ("\"a-b\".c", "(a-b . c)"),
            ("a != `true`", "(a NotEqual `true`)"),
            ("a <= b", "(a LessOrEqual b)"),
            ("'it\\'s'", "`\"it's\"`"),
        ];
        for (expression, tree) in table {
            assert_eq!(text(&parse(expression).unwrap()), tree, "{expression}");
        }
    }

    #[test]
    fn invalid_and_unsupported_expressions_are_errors_with_a_position() {
        let table = [
            ("", 1, "expected an expression"),
            ("a.", 3, "after the dot"),
            ("a b", 3, "expected the end"),
            ("a[0", 4, "expected `]`"),
            ("a[0:2]", 4, "slices"),
            ("{a: b}", 1, "hashes"),
            ("sort_by(a, &b)", 12, "references"),
            ("a == 'x", 6, "closing '"),
            ("a # b", 3, "no meaning"),
            ("f(a", 4, "expected `)`"),
        ];
        for (expression, at, reason) in table {
            let error = parse(expression).unwrap_err();
            assert_eq!(error.at, at, "{expression}: {error}");
            assert!(error.reason.contains(reason), "{expression}: {error}");
        }
    }
}
