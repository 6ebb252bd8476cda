//! Tests of conditions and the values that they assign.

use super::{EXHAUSTED, assigned, call, code, compact, endpoint, of};
use serde_json::{Value, json};

#[test]
fn a_condition_holds_for_the_values_that_smithy_names() {
    let region = of("Region");
    let optional = of("Name");
    let (fips, flag, other) = (of("UseFIPS"), of("Flag"), of("Other"));
    let is_set = |of: &Value| call("isSet", json!([of]));
    let not = |of: Value| call("not", json!([of]));
    let booleans = |left: &Value, right: Value| call("booleanEquals", json!([left, right]));
    let texts = |left: Value, right: Value| call("stringEquals", json!([left, right]));
    let table = [
        (is_set(&optional), "name.is_some()"),
        (not(is_set(&optional)), "name.is_none()"),
        (not(not(is_set(&optional))), "!name.is_none()"),
        (
            is_set(&call("parseURL", json!([region]))),
            "rules::parse_url(region).is_some()",
        ),
        (booleans(&fips, json!(true)), "use_fips"),
        (booleans(&fips, json!(false)), "!use_fips"),
        (not(booleans(&fips, json!(true))), "!use_fips"),
        (booleans(&json!(true), fips.clone()), "true == use_fips"),
        (booleans(&flag, json!(true)), "flag == Some(true)"),
        (booleans(&flag, json!(false)), "flag == Some(false)"),
        (booleans(&flag, other.clone()), "flag == other"),
        (not(booleans(&flag, other.clone())), "flag != other"),
        (texts(region.clone(), json!("x")), r#"region == "x""#),
        (texts(optional.clone(), json!("x")), r#"name == Some("x")"#),
        (not(texts(region.clone(), json!("x"))), r#"region != "x""#),
        (
            not(not(texts(region.clone(), json!("x")))),
            r#"region == "x""#,
        ),
        (texts(json!("{Region}"), json!("x")), r#"region == "x""#),
        (
            texts(json!("a{Region}"), optional.clone()),
            r#"Some(format!("a{region}").as_str()) == name"#,
        ),
        (
            call("parseURL", json!([region])),
            "rules::parse_url(region).is_some()",
        ),
        (
            call("aws.partition", json!([region])),
            "parameters.partition(region).is_some()",
        ),
        (
            call("isValidHostLabel", json!([region, false])),
            "rules::is_valid_host_label(region, false)",
        ),
        (
            not(call("isValidHostLabel", json!([region, true]))),
            "!rules::is_valid_host_label(region, true)",
        ),
        (
            call("aws.isVirtualHostableS3Bucket", json!([region, fips])),
            "rules::is_virtual_hostable_s3_bucket(region, use_fips)",
        ),
        (
            call("coalesce", json!([flag, false])),
            "flag.unwrap_or(false)",
        ),
        (
            call("coalesce", json!([flag, other])),
            "flag.or(other) == Some(true)",
        ),
        (call("coalesce", json!([fips, flag])), "use_fips"),
        (
            call("coalesce", json!([flag, fips, other])),
            "flag.unwrap_or(use_fips)",
        ),
        (
            call("ite", json!([fips, true, false])),
            "rules::ite(use_fips, true, false)",
        ),
        (
            call("ite", json!([fips, flag, true])),
            "rules::ite(use_fips, flag, Some(true)) == Some(true)",
        ),
        (
            call("ite", json!([fips, flag, other])),
            "rules::ite(use_fips, flag, other) == Some(true)",
        ),
    ];
    for (condition, expected) in table {
        let rule = endpoint(json!([condition]), "https://x");
        let expected =
            format!(r#"if {expected} {{ return Ok(rules::endpoint("https://x")); }} {EXHAUSTED}"#);
        assert_eq!(code(json!([rule])), compact(&expected), "{condition}");
    }
}

#[test]
fn a_condition_that_always_holds_is_left_out_and_a_rule_that_never_holds_too() {
    let (region, fips) = (of("Region"), of("UseFIPS"));
    let is_set = |of: Value| call("isSet", json!([of]));
    let not = |of: Value| call("not", json!([of]));
    let parts = call("split", json!([region, "-", 0]));
    let table = [
        (is_set(region.clone()), true),
        (not(is_set(region.clone())), false),
        (is_set(parts.clone()), true),
        (is_set(is_set(of("Name"))), true),
        (not(not(is_set(region.clone()))), true),
        (call("booleanEquals", json!([true, true])), true),
        (call("booleanEquals", json!([false, false])), true),
        (call("booleanEquals", json!([true, false])), false),
        (call("booleanEquals", json!([is_set(fips), true])), true),
        (call("booleanEquals", json!([is_set(region), false])), false),
        (assigned("parts", "split", parts["argv"].clone()), true),
    ];
    for (condition, holds) in table {
        let last = endpoint(json!([]), "https://last");
        let rules = json!([endpoint(json!([condition]), "https://x"), last, last]);
        let url = if holds { "https://x" } else { "https://last" };
        let expected = format!(r#"return Ok(rules::endpoint("{url}"));"#);
        assert_eq!(code(rules), compact(&expected), "{condition}");
    }
}

#[test]
fn a_value_that_is_assigned_is_a_variable_where_it_is_read() {
    let (region, name, fips) = (of("Region"), of("Name"), of("UseFIPS"));
    let label = |of: &Value| json!([of, false]);
    let name_is_set = || call("isSet", json!([name]));
    let table = [
        (
            json!([name_is_set()]),
            "{Name}",
            "let Some(name) = name",
            "name",
        ),
        (
            json!([assigned("url", "parseURL", json!([region]))]),
            "{url#path}",
            "let Some(url) = rules::parse_url(region)",
            "url.path",
        ),
        (
            json!([assigned("url", "parseURL", json!([region]))]),
            "x",
            "rules::parse_url(region).is_some()",
            r#""x""#,
        ),
        // A condition that is false does not hold, even if its value is assigned.
        (
            json!([assigned("ok", "isValidHostLabel", label(&region))]),
            "x",
            "let Some(ok) = Some(rules::is_valid_host_label(region, false)) && ok",
            r#""x""#,
        ),
        (
            json!([assigned("ok", "coalesce", json!([of("Flag"), of("Other")]))]),
            "x",
            "let Some(ok) = flag.or(other) && ok",
            r#""x""#,
        ),
        // A function of an absent value has no value.
        (
            json!([call("isValidHostLabel", label(&name))]),
            "{Name}",
            "let Some(name) = name && rules::is_valid_host_label(name, false)",
            "name",
        ),
        (
            json!([assigned("n", "uriEncode", json!([name]))]),
            "{n}",
            "let Some(name) = name && let Some(n) = rules::uri_encode(name)",
            "n.clone()",
        ),
        (
            json!([call("isSet", json!([call("aws.partition", json!([name]))]))]),
            "x",
            "name.and_then(|value| parameters.partition(value)).is_some()",
            r#""x""#,
        ),
        (
            json!([call(
                "isValidHostLabel",
                json!([call("substring", json!([region, 0, 2, true])), false])
            )]),
            "x",
            "rules::substring(region, 0, 2, true).is_some_and(|value| rules::is_valid_host_label(value, false))",
            r#""x""#,
        ),
        // Names that the code needs itself are not those of variables.
        (
            json!([
                call("isSet", json!([of("Value")])),
                assigned("rules", "substring", json!([region, 1, 3, of("Value")])),
                assigned("parameters", "uriEncode", json!([of("rules")]))
            ]),
            "{parameters}{rules}",
            "let Some(value_) = value_ && let Some(rules_) = rules::substring(region, 1, 3, value_)
             && let Some(parameters_) = rules::uri_encode(rules_)",
            r#"format!("{parameters_}{rules_}")"#,
        ),
        // The most recent variable of a name counts.
        (
            json!([
                assigned("n", "uriEncode", json!([region])),
                assigned("n", "uriEncode", json!([of("n")]))
            ]),
            "{n}",
            "let Some(n) = rules::uri_encode(region) && let Some(n_) = rules::uri_encode(&n)",
            "n_.clone()",
        ),
        // Elements and parts, from the start and from the end.
        (
            json!([assigned("n", "getAttr", json!([of("Names"), "[1]"]))]),
            "{n}",
            "let Some(n) = rules::element(names, 1)",
            "n",
        ),
        (
            json!([
                call("isSet", json!([of("List")])),
                assigned("n", "getAttr", json!([of("List"), "[-2]"]))
            ]),
            "{n}",
            "let Some(list) = list && let Some(n) = rules::element(list, -2)",
            "n",
        ),
        (
            json!([
                assigned("p", "split", json!([region, "-", 2])),
                assigned("n", "getAttr", json!([of("p"), "[0]"]))
            ]),
            "{n}",
            r#"let Some(p) = Some(rules::split(region, "-", 2)) && let Some(n) = rules::element(&p, 0)"#,
            "n",
        ),
        (
            json!([
                assigned("arn", "aws.parseArn", json!([region])),
                assigned("n", "getAttr", json!([of("arn"), "resourceId[-1]"]))
            ]),
            "{n}",
            "let Some(arn) = rules::parse_arn(region) && let Some(n) = arn.resource(-1)",
            "n",
        ),
        // Values to choose from are borrowed, and remain for later rules.
        (
            json!([assigned("n", "coalesce", json!([name, of("Alias"), "x"]))]),
            "{n}",
            r#"let Some(n) = Some(name.or(alias).unwrap_or("x"))"#,
            "n",
        ),
        (
            json!([assigned(
                "n",
                "coalesce",
                json!([call("uriEncode", json!([region])), "a{Region}"])
            )]),
            "{n}",
            r#"let Some(n) = Some(rules::uri_encode(region).as_deref().unwrap_or(format!("a{region}").as_str()))"#,
            "n",
        ),
        (
            json!([assigned("n", "ite", json!([fips, name, of("Alias")]))]),
            "{n}",
            "let Some(n) = rules::ite(use_fips, name, alias)",
            "n",
        ),
        (
            json!([assigned("n", "ite", json!([fips, "x", of("Alias")]))]),
            "{n}",
            r#"let Some(n) = rules::ite(use_fips, Some("x"), alias)"#,
            "n",
        ),
        (
            json!([
                assigned("url", "parseURL", json!([region])),
                assigned("n", "ite", json!([fips, "{url#normalizedPath}", "/"]))
            ]),
            "{n}",
            r#"let Some(url) = rules::parse_url(region) && let Some(n) = Some(rules::ite(use_fips, url.normalized_path.as_str(), "/"))"#,
            "n",
        ),
        (
            json!([
                assigned("url", "parseURL", json!([region])),
                assigned("n", "getAttr", json!([of("url"), "normalizedPath"]))
            ]),
            "{n}",
            "let Some(url) = rules::parse_url(region) && let Some(n) = Some(url.normalized_path.clone())",
            "n.clone()",
        ),
        (
            json!([
                assigned("url", "parseURL", json!([region])),
                assigned("n", "ite", json!([fips, of("url"), of("url")]))
            ]),
            "{n#path}",
            "let Some(url) = rules::parse_url(region) && let Some(n) = Some(rules::ite(use_fips, url.clone(), url.clone()))",
            "n.path",
        ),
        (
            json!([
                assigned("n", "coalesce", json!([of("List"), of("Names")])),
                assigned("m", "getAttr", json!([of("n"), "[0]"]))
            ]),
            "{m}",
            "let Some(n) = Some(list.unwrap_or(names)) && let Some(m) = rules::element(n, 0)",
            "m",
        ),
    ];
    for (conditions, url, expected, outcome) in table {
        let rule = endpoint(conditions, url);
        let expected =
            format!("if {expected} {{ return Ok(rules::endpoint({outcome})); }} {EXHAUSTED}");
        assert_eq!(code(json!([rule])), compact(&expected), "{rule}");
    }
}

#[test]
fn an_attribute_is_a_field_of_the_value() {
    let table = [
        ("aws.partition", "name", "name"),
        ("aws.partition", "dnsSuffix", "dns_suffix"),
        (
            "aws.partition",
            "dualStackDnsSuffix",
            "dual_stack_dns_suffix",
        ),
        (
            "aws.partition",
            "implicitGlobalRegion",
            "implicit_global_region",
        ),
        ("parseURL", "scheme", "scheme"),
        ("parseURL", "authority", "authority"),
        ("parseURL", "path", "path"),
        ("parseURL", "normalizedPath", "normalized_path"),
        ("aws.parseArn", "partition", "partition"),
        ("aws.parseArn", "service", "service"),
        ("aws.parseArn", "region", "region"),
        ("aws.parseArn", "accountId", "account_id"),
    ];
    for (function, attribute, field) in table {
        let condition = assigned("v", function, json!([of("Region")]));
        let url = format!("https://{{v#{attribute}}}");
        let code = code(json!([endpoint(json!([condition]), &url)]));
        let expected = format!(r#"rules::endpoint(format!("https://{{}}",v.{field}))"#);
        assert!(code.contains(&expected), "{function} {attribute}: {code}");
    }
    for (function, attribute, field) in [
        ("aws.partition", "supportsFIPS", "supports_fips"),
        ("aws.partition", "supportsDualStack", "supports_dual_stack"),
        ("parseURL", "isIp", "is_ip"),
    ] {
        let value = assigned("v", function, json!([of("Region")]));
        let is_true = call(
            "booleanEquals",
            json!([call("getAttr", json!([of("v"), attribute])), true]),
        );
        let code = code(json!([endpoint(json!([value, is_true]), "https://x")]));
        assert!(
            code.contains(&format!("&&v.{field}{{")),
            "{function} {attribute}: {code}"
        );
    }
}
