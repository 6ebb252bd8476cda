//! Tests of the rules that are selected: endpoints, errors, trees, and the parameters and test cases of rule sets.

use super::{assigned, call, code, compact, endpoint, of, text_of, tree};
use serde_json::{Value, json};

#[test]
fn a_rule_whose_conditions_hold_ends_the_evaluation() {
    let is_set = |name: &str| json!([call("isSet", json!([of(name)]))]);
    let table = [
        // The rules within a rule are exhausted, and those after it do not apply.
        (
            json!([
                tree(
                    is_set("Name"),
                    json!([endpoint(is_set("Alias"), "https://a")])
                ),
                endpoint(json!([]), "https://b")
            ]),
            r#"if name.is_some() { if alias.is_some() { return Ok(rules::endpoint("https://a")); }
               return rules::error("no endpoint rule fits the parameters"); }
               return Ok(rules::endpoint("https://b"));"#,
        ),
        (
            json!([
                tree(json!([]), json!([endpoint(is_set("Alias"), "https://a")])),
                endpoint(json!([]), "https://b")
            ]),
            r#"if alias.is_some() { return Ok(rules::endpoint("https://a")); }
               return rules::error("no endpoint rule fits the parameters");"#,
        ),
        (
            json!([tree(
                is_set("Name"),
                json!([
                {"conditions": [], "error": "{Name} is {{bad}}", "type": "error"},
                endpoint(json!([]), "https://a")])
            )]),
            r#"if let Some(name) = name { return rules::error(format!("{name} is {{bad}}")); }
               return rules::error("no endpoint rule fits the parameters");"#,
        ),
        // A variable of one rule is not one of the next.
        (
            json!([
                endpoint(
                    json!([assigned("v", "uriEncode", json!([of("Region")]))]),
                    "https://{v}"
                ),
                endpoint(
                    json!([assigned("v", "aws.parseArn", json!([of("Region")]))]),
                    "https://{v#service}"
                )
            ]),
            r#"if let Some(v) = rules::uri_encode(region) { return Ok(rules::endpoint(format!("https://{v}"))); }
               if let Some(v) = rules::parse_arn(region) { return Ok(rules::endpoint(format!("https://{}", v.service))); }
               return rules::error("no endpoint rule fits the parameters");"#,
        ),
    ];
    for (rules, expected) in table {
        assert_eq!(code(rules.clone()), compact(expected), "{rules}");
    }
}

#[test]
fn a_template_has_the_values_of_its_variables_and_single_braces() {
    let conditions = json!([call("isSet", json!([of("Name")]))]);
    for (template, expected) in [
        ("x", r#""x""#),
        ("{{x}}", r#""{x}""#),
        ("{Region}", "region"),
        ("{Region}{Region}", r#"format!("{region}{region}")"#),
        ("a{Region}", r#"format!("a{region}")"#),
        ("{Region}b", r#"format!("{region}b")"#),
        ("{{{Region}}}", r#"format!("{{{region}}}")"#),
        ("a{{b}}c{Name}d", r#"format!("a{{b}}c{name}d")"#),
    ] {
        let rule = json!({"conditions": conditions, "error": template, "type": "error"});
        let code = code(json!([rule]));
        let expected = compact(&format!("return rules::error({expected});"));
        assert!(code.contains(&expected), "{template}: {code}");
    }
}

/// Asserts that an endpoint with these properties and headers has these calls after its URL.
fn assert_endpoint(properties: &Value, headers: &Value, expected: &str) {
    let endpoint = json!({"url": "https://x", "properties": properties, "headers": headers});
    let rule = json!({"conditions": [], "endpoint": endpoint, "type": "endpoint"});
    let expected = format!(r#"return Ok(rules::endpoint("https://x"){expected});"#);
    assert_eq!(code(json!([rule])), compact(&expected), "{rule}");
}

#[test]
fn an_endpoint_has_headers() {
    let headers = json!({"X-One": ["a", {"ref": "Region"}], "X-Two": ["b{Region}"]});
    let expected =
        r#".header("x-one", "a").header("x-one", region).header("x-two", format!("b{region}"))"#;
    assert_endpoint(&json!({}), &headers, expected);
}

/// Returns the scheme SigV4, with its properties.
fn sigv4() -> Value {
    json!({"name": "sigv4", "signingName": "s", "signingRegion": "{Region}"})
}

#[test]
fn an_endpoint_has_the_first_scheme_that_is_supported() {
    let sigv4 = sigv4();
    let table = [
        (
            json!([sigv4]),
            r#".signing_name("s").signing_region(region)"#,
        ),
        (
            json!([{"name": "sigv4a", "signingName": "a", "signingRegionSet": ["b", "{Region}"]}, sigv4]),
            r#".signing_name("s").signing_region(region).sigv4a_first(format!("b,{region}"), Some(String::from("a")))"#,
        ),
        (
            json!([{"name": "m"}, {"name": "sigv4a", "signingName": "{Region}"}, {"name": "n"}, {"name": "sigv4"}]),
            r#".sigv4a_first("*", Some(String::from(region)))"#,
        ),
        (
            json!([{"name": "sigv4a"}, sigv4]),
            r#".signing_name("s").signing_region(region).sigv4a_first("*", None)"#,
        ),
        (
            json!([sigv4, {"name": "sigv4a", "signingName": "a"}]),
            r#".signing_name("s").signing_region(region)"#,
        ),
        (
            json!([{"name": "m"}, sigv4]),
            r#".signing_name("s").signing_region(region)"#,
        ),
        (
            json!([{"name": "sigv4a", "signingName": "a", "signingRegionSet": ["{Region}", "b"]}]),
            r#".signing_name("a").sigv4a(format!("{region},b"))"#,
        ),
        (json!([{"name": "sigv4a"}]), r#".sigv4a("*")"#),
        (
            json!([{"name": "m"}, {"name": "n"}]),
            r#".unsupported_scheme("m or n")"#,
        ),
        (json!([{"name": "m"}, {"name": "none"}]), ""),
        (json!([]), ""),
    ];
    for (schemes, expected) in table {
        assert_endpoint(&json!({"authSchemes": schemes}), &json!({}), expected);
    }
    assert_endpoint(&json!({"other": [{"name": "m"}]}), &json!({}), "");
}

#[test]
fn a_scheme_that_does_not_count_may_be_invalid() {
    let invalid =
        json!({"name": "sigv4a", "signingName": "{Missing}", "signingRegionSet": ["{Missing}"]});
    let expected = r#".signing_name("s").signing_region(region)"#;
    let schemes = json!({"authSchemes": [sigv4(), invalid]});
    assert_endpoint(&schemes, &json!({}), expected);
    let endpoint = json!({"url": "https://x", "properties": {"authSchemes": [invalid, sigv4()]}});
    let rule = json!({"conditions": [], "endpoint": endpoint, "type": "endpoint"});
    let code = code(json!([rule]));
    assert!(code.contains("Missing") && !code.contains("Ok("), "{code}");
}

#[test]
fn a_variable_is_only_there_for_a_parameter_that_is_read() {
    let text = text_of(
        "endpoint.rs",
        json!([endpoint(json!([]), "https://x")]),
        json!([]),
    );
    for expected in [
        r#"Parameter::new("Region").built_in(BuiltIn::Region).required()"#,
        r#"Parameter::new("UseFIPS").built_in(BuiltIn::UseFips).default(DefaultValue::Boolean(false)).required()"#,
        r#"Parameter::new("Name"),Parameter"#,
        r#"Parameter::new("UseDualStack").built_in(BuiltIn::UseDualStack),"#,
        r#"Parameter::new("Endpoint").built_in(BuiltIn::Endpoint),"#,
        r#"Parameter::new("Account")],"#,
        r#"Parameter::new("Names").default(DefaultValue::List(&["a","b"])).required()"#,
        "fnresolve(_:&Parameters)->Resolution{return",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let partition = |argv: Value| endpoint(json!([call("aws.partition", argv)]), "https://x");
    for (rule, variables) in [
        (
            endpoint(json!([]), "{Region}"),
            r#"letregion=parameters.text("Region").unwrap_or_default();return"#,
        ),
        (
            endpoint(json!([call("isSet", json!([of("Flag")]))]), "https://x"),
            r#"letflag=parameters.boolean("Flag");if"#,
        ),
        (
            endpoint(
                json!([assigned("n", "getAttr", json!([of("Names"), "[0]"]))]),
                "{n}",
            ),
            r#"letnames=parameters.list("Names").unwrap_or_default();if"#,
        ),
        (partition(json!(["r"])), r#"ifparameters.partition("r")"#),
    ] {
        let text = text_of("endpoint.rs", json!([rule]), json!([]));
        let expected = format!("fnresolve(parameters:&Parameters)->Resolution{{{variables}");
        assert!(text.contains(&expected), "{expected}: {text}");
    }
}

#[test]
fn a_test_case_has_its_parameters_and_what_it_expects() {
    let schemes = json!([{"name": "sigv4a", "signingName": "a"}, {"name": "sigv4", "signingName": "s", "signingRegion": "r"}]);
    let endpoint_of = |more: Value| {
        let mut endpoint = json!({"url": "https://x"});
        endpoint
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({"endpoint": endpoint})
    };
    let cases = json!([
        {"documentation": "one", "params": {"Region": "r", "Flag": true, "List": ["a"]}, "expect": endpoint_of(json!({}))},
        {"params": {}, "expect": {"error": "no"}},
        {"expect": endpoint_of(json!({"properties": {"authSchemes": schemes}, "headers": {"X-A": ["b", "c"]}}))},
        {"expect": endpoint_of(json!({"properties": {"authSchemes": [{"name": "sigv4a", "signingName": "a"}]}}))},
    ]);
    let text = text_of(
        "endpoint_tests.rs",
        json!([endpoint(json!([]), "https://x")]),
        cases,
    );
    let none = r#"expected: Expected::Endpoint { url: "https://x", signing_region: None, signing_name: None, headers: &[], }, }"#;
    for expected in [
        format!(r#"Case {{ documentation: "one", parameters: &[("Region", CaseValue::Text("r")), ("Flag", CaseValue::Boolean(true)),
            ("List", CaseValue::List(&["a"])),], {none}"#),
        r#"Case { documentation: "case 2", parameters: &[], expected: Expected::Error("no"), }"#.to_owned(),
        r#"Case { documentation: "case 3", parameters: &[], expected: Expected::Endpoint { url: "https://x", signing_region: Some("r"),
            signing_name: Some("s"), headers: &[("x-a", "b"), ("x-a", "c")], }, }"#.to_owned(),
        format!(r#"Case {{ documentation: "case 4", parameters: &[], {none}"#),
    ] {
        assert!(text.contains(&compact(&expected)), "{}: {text}", compact(&expected));
    }
}

#[test]
fn rules_with_invalid_values_are_an_error_that_names_them() {
    let url = || assigned("url", "parseURL", json!([of("Region")]));
    let attribute = |of: Value, path: &str| call("getAttr", json!([of, path]));
    let table = [
        (
            json!([url(), attribute(of("url"), "dnsSuffix")]),
            "no attribute `dnsSuffix`",
        ),
        (
            json!([url(), attribute(of("url"), "resourceId[0]")]),
            "no attribute `resourceId[0]`",
        ),
        (
            json!([attribute(of("Names"), "resourceId[0]")]),
            "no attribute `resourceId[0]`",
        ),
        (json!([attribute(of("Names"), "[x]")]), "no attribute `[x]`"),
        (
            json!([attribute(of("Region"), "[0]")]),
            "no attribute `[0]`",
        ),
        (
            json!([attribute(call("parseURL", json!([of("Region")])), "path")]),
            "`path` of an optional value",
        ),
        (
            json!([call("not", json!([of("Flag")]))]),
            "`not` of a value that is not a boolean, or is optional",
        ),
        (
            json!([call("not", json!([of("Region")]))]),
            "`not` of a value that is not a boolean, or is optional",
        ),
        (
            json!([call("booleanEquals", json!([of("Flag"), "x"]))]),
            "`booleanEquals` in a rule: unknown function, or invalid types",
        ),
        (
            json!([call("parseURL", json!([of("Names")]))]),
            "`parseURL` in a rule: invalid types of arguments",
        ),
        (
            json!([call("parseURL", json!([of("Region"), of("Region")]))]),
            "`parseURL` in a rule: invalid types of arguments",
        ),
        (
            json!([call("substring", json!([of("Region"), 0, 1.5, true]))]),
            "invalid position",
        ),
        (
            json!([call("isSet", json!([{"fn": "parseURL"}]))]),
            "is neither a reference nor a call",
        ),
        (json!([call("isSet", json!([null]))]), "unexpected null"),
        (
            json!([call("coalesce", json!([]))]),
            "`coalesce` in a rule: the values to choose from",
        ),
        (
            json!([call("ite", json!([of("Region"), "x", "y"]))]),
            "the condition must be a boolean",
        ),
        (
            json!([call("ite", json!([of("UseFIPS"), "x"]))]),
            "`ite` in a rule: unknown function",
        ),
    ];
    for (conditions, expected) in table {
        let code = code(json!([endpoint(conditions.clone(), "https://x")]));
        assert!(
            code.starts_with("x#S: endpoint rules: "),
            "{conditions}: {code}"
        );
        assert!(code.contains(expected), "{conditions}: {code}");
    }
    for (url, expected) in [
        (of("Names"), "is not a string"),
        (of("Name"), "is optional: test it with `isSet` first"),
        (
            json!("{Names}"),
            "`{Names}` must be a string that is not optional",
        ),
        (
            json!("{UseFIPS}"),
            "`{UseFIPS}` must be a string that is not optional",
        ),
        (json!("a}b{c}"), "unmatched braces in `a}b{c}`"),
    ] {
        let rule = json!({"conditions": [], "endpoint": {"url": url}, "type": "endpoint"});
        let code = code(json!([rule]));
        assert!(code.contains(expected), "{url}: {code}");
    }
}
