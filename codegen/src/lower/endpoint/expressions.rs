//! [`Typed`]: an expression with its type and attributes, and the functions of the rules language that the runtime has.

use super::Result;
use crate::ir::{RuleExpr, RuleStep};
use crate::names::Ident;

/// The type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `&str`.
    Text,
    /// `String`.
    OwnedText,
    /// `bool`.
    Boolean,
    /// `usize`.
    Integer,
    /// `&[String]`.
    List,
    /// `Vec<String>`.
    OwnedList,
    /// `&Partition`.
    Partition,
    /// `Url`.
    Url,
    /// `Arn`.
    Arn,
}

impl Kind {
    /// Returns whether both kinds have the same type in the rules language.
    pub(super) fn is_like(self, other: Self) -> bool {
        self.borrowed() == other.borrowed()
    }

    /// Returns the kind of a borrowed value of this kind.
    fn borrowed(self) -> Self {
        match self {
            Self::OwnedText => Self::Text,
            Self::OwnedList => Self::List,
            other => other,
        }
    }

    /// Returns whether the kind is a `String` or a `Vec`.
    pub(super) fn is_owned(self) -> bool {
        self.borrowed() != self
    }
}

/// An expression with its type.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) expr: RuleExpr,
    pub(super) kind: Kind,
}

impl Typed {
    pub(super) fn new(expr: RuleExpr, kind: Kind) -> Self {
        Self { expr, kind }
    }

    /// Lowers `getAttr`.
    pub(super) fn attribute(self, path: &str) -> Result<Self> {
        if self.expr.optional {
            return Err(format!(
                "`{path}` of an optional value: test it with `isSet` first"
            ));
        }
        if let Some((name, index)) = element(path) {
            return self.element(name, index, path);
        }
        let (field, kind) = match (self.kind, path) {
            (Kind::Partition, "name") => ("name", Kind::Text),
            (Kind::Partition, "dnsSuffix") => ("dns_suffix", Kind::Text),
            (Kind::Partition, "dualStackDnsSuffix") => ("dual_stack_dns_suffix", Kind::Text),
            (Kind::Partition, "supportsFIPS") => ("supports_fips", Kind::Boolean),
            (Kind::Partition, "supportsDualStack") => ("supports_dual_stack", Kind::Boolean),
            (Kind::Partition, "implicitGlobalRegion") => ("implicit_global_region", Kind::Text),
            (Kind::Url, "scheme") => ("scheme", Kind::Text),
            (Kind::Url, "authority") => ("authority", Kind::Text),
            (Kind::Url, "path") => ("path", Kind::Text),
            (Kind::Url, "normalizedPath") => ("normalized_path", Kind::OwnedText),
            (Kind::Url, "isIp") => ("is_ip", Kind::Boolean),
            (Kind::Arn, "partition") => ("partition", Kind::Text),
            (Kind::Arn, "service") => ("service", Kind::Text),
            (Kind::Arn, "region") => ("region", Kind::Text),
            (Kind::Arn, "accountId") => ("account_id", Kind::Text),
            _ => return Err(format!("no attribute `{path}`")),
        };
        let mut expr = plain(RuleStep::Field(Box::new(self.expr), Ident::verbatim(field)));
        expr.owned = kind.is_owned();
        Ok(Self::new(expr, kind))
    }

    /// Converts the value to the type that all values of its kind share, so that one of several can be selected.
    fn shared(self) -> Self {
        let method = match (&self.expr.step, self.kind) {
            (_, Kind::OwnedText | Kind::OwnedList) if self.expr.optional => "as_deref",
            (_, Kind::OwnedText) => "as_str",
            (_, Kind::OwnedList) => "as_slice",
            // The variable may be read again.
            (RuleStep::Variable(_), Kind::Url | Kind::Arn) => "clone",
            _ => return self,
        };
        let expr = RuleExpr {
            optional: self.expr.optional,
            ..plain(RuleStep::Method(
                Box::new(self.expr),
                Ident::verbatim(method),
            ))
        };
        Self::new(expr, self.kind.borrowed())
    }

    fn element(self, name: &str, index: isize, path: &str) -> Result<Self> {
        let of = Box::new(self.expr);
        let step = match (self.kind, name) {
            (Kind::Arn, "resourceId") => RuleStep::ArnResource(of, index),
            (Kind::List | Kind::OwnedList, "") => RuleStep::Element(of, index),
            _ => return Err(format!("no attribute `{path}`")),
        };
        let expr = RuleExpr {
            step,
            optional: true,
            owned: false,
        };
        Ok(Self::new(expr, Kind::Text))
    }
}

/// Splits `name[3]` or `name[-1]` into its name and its index.
fn element(path: &str) -> Option<(&str, isize)> {
    let (name, index) = path.strip_suffix(']')?.split_once('[')?;
    Some((name, index.parse().ok()?))
}

/// Returns whether the runtime has the function.
pub(super) fn is_function(name: &str) -> bool {
    matches!(
        name,
        "aws.partition"
            | "aws.parseArn"
            | "parseURL"
            | "uriEncode"
            | "substring"
            | "split"
            | "isValidHostLabel"
            | "aws.isVirtualHostableS3Bucket"
    )
}

/// Lowers a call of a function of the runtime. Returns an error if the arguments do not match.
pub(super) fn call(function: &str, arguments: &[Typed]) -> Result<Typed> {
    use Kind::{Arn, Boolean, Integer, OwnedList, OwnedText, Partition, Text, Url};
    let (name, takes, gives): (_, &[Kind], _) = match function {
        "aws.partition" => ("partition", &[Text], Partition),
        "aws.parseArn" => ("parse_arn", &[Text], Arn),
        "parseURL" => ("parse_url", &[Text], Url),
        "uriEncode" => ("uri_encode", &[Text], OwnedText),
        "substring" => ("substring", &[Text, Integer, Integer, Boolean], Text),
        "split" => ("split", &[Text, Text, Integer], OwnedList),
        "isValidHostLabel" => ("is_valid_host_label", &[Text, Boolean], Boolean),
        "aws.isVirtualHostableS3Bucket" => {
            ("is_virtual_hostable_s3_bucket", &[Text, Boolean], Boolean)
        }
        _ => {
            return Err("a rule: unknown function, or invalid types of arguments".into());
        }
    };
    let fits = |(argument, kind): (&Typed, &Kind)| argument.kind.is_like(*kind);
    if takes.len() != arguments.len() || !arguments.iter().zip(takes).all(fits) {
        return Err("a rule: invalid types of arguments".into());
    }
    // A function of an absent value returns no value, and some rules leave the test for presence to the function.
    // `split` always returns a value, so its argument must be present.
    let asked = arguments.iter().skip(usize::from(gives != OwnedList));
    if asked.into_iter().any(|argument| argument.expr.optional) {
        return Err("a rule: optional argument: test it with `isSet` first".into());
    }
    let arguments: Vec<_> = arguments
        .iter()
        .map(|argument| argument.expr.clone())
        .collect();
    let step = match (gives, arguments.as_slice()) {
        (Partition, [region]) => RuleStep::Partition(Box::new(region.clone())),
        _ => RuleStep::Call(Ident::verbatim(name), arguments),
    };
    let expr = RuleExpr {
        step,
        optional: !matches!(gives, Boolean | OwnedList),
        owned: gives.is_owned(),
    };
    Ok(Typed::new(expr, gives))
}

/// Lowers `coalesce`: the first of several values that is present.
pub(super) fn first_of(arguments: &[Typed]) -> Result<Typed> {
    let (mut arguments, kind) = alike(arguments)?;
    if arguments.len() < 2 {
        return Err("a rule: no values to choose from".into());
    }
    // Values after one that is always present are never selected.
    if let Some(last) = arguments.iter().position(|argument| !argument.optional) {
        arguments.truncate(last + 1);
    }
    if let [only] = arguments.as_slice() {
        return Ok(Typed::new(only.clone(), kind));
    }
    let expr = RuleExpr {
        optional: arguments.iter().all(|argument| argument.optional),
        ..plain(RuleStep::FirstOf(arguments))
    };
    Ok(Typed::new(expr, kind))
}

/// Lowers `ite`: one of two values, by a condition.
pub(super) fn choice(condition: &Typed, values: &[Typed]) -> Result<Typed> {
    if condition.kind != Kind::Boolean || condition.expr.optional {
        return Err("a rule: the condition must be a boolean that is not optional".into());
    }
    let (values, kind) = alike(values)?;
    let optional = values.iter().any(|value| value.optional);
    let values = values.into_iter().map(|value| {
        if optional && !value.optional {
            plain(RuleStep::Some(Box::new(value)))
        } else {
            value
        }
    });
    let arguments = [condition.expr.clone()].into_iter().chain(values);
    let expr = RuleExpr {
        optional,
        ..plain(RuleStep::Call(Ident::verbatim("ite"), arguments.collect()))
    };
    Ok(Typed::new(expr, kind))
}

/// Returns values that all have the same type, with their kind.
fn alike(values: &[Typed]) -> Result<(Vec<RuleExpr>, Kind)> {
    let shared: Vec<Typed> = values.iter().cloned().map(Typed::shared).collect();
    match shared.first().map(|first| first.kind) {
        Some(kind) if shared.iter().all(|value| value.kind == kind) => {
            Ok((shared.into_iter().map(|value| value.expr).collect(), kind))
        }
        _ => Err("a rule: the values to choose from have different types".into()),
    }
}

/// Returns an expression that always has a value.
pub(super) fn plain(step: RuleStep) -> RuleExpr {
    RuleExpr {
        step,
        optional: false,
        owned: false,
    }
}

pub(super) fn boolean(value: bool) -> RuleExpr {
    plain(RuleStep::Boolean(value))
}

pub(super) fn negated(of: RuleExpr) -> RuleExpr {
    plain(match of.step {
        RuleStep::Equal(left, right) => RuleStep::NotEqual(left, right),
        RuleStep::NotEqual(left, right) => RuleStep::Equal(left, right),
        _ => RuleStep::Not(Box::new(of)),
    })
}

pub(super) fn is_some(of: RuleExpr) -> RuleExpr {
    if of.optional {
        plain(RuleStep::IsSome(Box::new(of)))
    } else {
        boolean(true)
    }
}

pub(super) fn is_none(of: RuleExpr) -> RuleExpr {
    plain(RuleStep::IsNone(Box::new(of)))
}
