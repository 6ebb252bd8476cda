//! Tests single values: the examples of RFC 8949, appendix A, and malicious input.

use super::read::Reader;
use super::write::value_to_cbor;
use crate::value::codec::Dialect;
use crate::value::codec::fill::Rules;
use crate::value::shape::Shape;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime};
use fastrand::Rng;
use std::collections::HashMap;
use std::str::FromStr;

fn read_as<T: Shape>(cbor: &[u8], exact: bool) -> Result<T, String> {
    let rules = Rules {
        exact,
        converts: !exact,
        ..Rules::default()
    };
    let mut value = T::empty();
    let read = Reader::new(cbor, rules, None).slot(value.slot(), None);
    read.map_err(|error| error.to_string())?;
    Ok(value)
}

fn bytes(digits: &str) -> Vec<u8> {
    hex::decode(digits).unwrap()
}

fn read<T: Shape>(digits: &str) -> Result<T, String> {
    read_as(&bytes(digits), false)
}

fn write<T: Shape>(value: &T) -> String {
    hex::encode(value_to_cbor(value.value(), Dialect::RESPONSE).unwrap())
}

/// Asserts that a value is written as these bytes, and read from them by clients and by services.
#[track_caller]
fn both_ways<T: Shape + PartialEq + std::fmt::Debug>(value: T, digits: &str) {
    assert_eq!(write(&value), digits);
    for exact in [false, true] {
        assert_eq!(
            read_as::<T>(&bytes(digits), exact).as_ref(),
            Ok(&value),
            "{digits}"
        );
    }
}

#[test]
fn values_have_the_bytes_of_the_specification() {
    both_ways(0_i32, "00");
    both_ways(23_i8, "17");
    both_ways(24_i16, "1818");
    both_ways(1000_i32, "1903e8");
    both_ways(1_000_000_000_000_i64, "1b000000e8d4a51000");
    both_ways(-1_i32, "20");
    both_ways(-1000_i64, "3903e7");
    both_ways(i64::MIN, "3b7fffffffffffffff");
    both_ways(1.1_f64, "fb3ff199999999999a");
    both_ways(100_000.0_f32, "fa47c35000");
    both_ways(true, "f5");
    both_ways("ü".to_owned(), "62c3bc");
    both_ways(Blob::new([1, 2, 3, 4]), "4401020304");
    both_ways(vec![1, 2, 3], "83010203");
    both_ways(HashMap::from([("a".to_owned(), 1)]), "a1616101");
    both_ways(DateTime::from_secs(1_363_896_240), "c11a514b67b0");
    both_ways(
        DateTime::from_secs_f64(1_363_896_240.5),
        "c1fb41d452d9ec200000",
    );
}

#[test]
fn numbers_beyond_64_bits_have_tags() {
    let big = |text: &str| BigInteger::from_str(text).unwrap();
    let table = [
        ("18446744073709551616", "c249010000000000000000"),
        ("-18446744073709551617", "c349010000000000000000"),
        ("7", "07"),
    ];
    for (number, digits) in table {
        assert_eq!(write(&big(number)), digits);
        assert_eq!(read::<BigInteger>(digits).unwrap().as_ref(), number);
    }
    let decimal = BigDecimal::from_str("273.15").unwrap();
    assert_eq!(write(&decimal), "c48221196ab3");
    assert_eq!(
        read::<BigDecimal>("c48221196ab3").unwrap().as_ref(),
        "27315e-2"
    );
    assert_eq!(
        read::<BigDecimal>("c482201a0001e240").unwrap().as_ref(),
        "123456e-1"
    );
    assert!(read::<BigDecimal>("c48120").is_err());
}

#[test]
fn other_forms_of_the_same_values_are_read() {
    assert_eq!(read::<f64>("f93c00"), Ok(1.0), "16 bits");
    assert_eq!(read::<f64>("f97bff"), Ok(65504.0));
    assert_eq!(read::<f64>("f90001"), Ok(5.960_464_477_539_063e-8));
    assert_eq!(read::<f64>("f9fc00"), Ok(f64::NEG_INFINITY));
    assert!(read::<f64>("f97e00").is_ok_and(f64::is_nan));
    assert_eq!(read::<f64>("fa47c35000"), Ok(100_000.0), "32 bits");
    assert_eq!(
        read::<i32>("1b0000000000000001"),
        Ok(1),
        "longer than needed"
    );
    assert_eq!(
        read("7f657374726561646d696e67ff"),
        Ok("streaming".to_owned()),
        "chunks"
    );
    assert_eq!(read("5f42010243030405ff"), Ok(Blob::new([1, 2, 3, 4, 5])));
    assert_eq!(read("9f0102ff"), Ok(vec![1, 2]), "with its end marked");
    assert_eq!(read("bf616101ff"), Ok(HashMap::from([("a".to_owned(), 1)])));
    assert_eq!(read("d9d9f701"), Ok(1), "a tag of another meaning");
    assert_eq!(read::<Option<i32>>("f6"), Ok(None));
    assert_eq!(read::<Option<i32>>("f7"), Ok(None), "undefined");
    assert_eq!(
        read("1a514b67b0"),
        Ok(DateTime::from_secs(1_363_896_240)),
        "no tag"
    );
}

#[test]
fn values_of_the_wrong_type_are_errors_without_the_value() {
    let table = [
        (read::<i8>("190100").unwrap_err(), "number out of range"),
        (
            read::<Blob>("6461626364").unwrap_err(),
            "invalid type: text, expected bytes",
        ),
        (
            read::<String>("4401020304").unwrap_err(),
            "invalid type: bytes, expected text",
        ),
        (
            read::<Vec<i32>>("a0").unwrap_err(),
            "invalid type: an object, expected a list",
        ),
        (read::<i32>("").unwrap_err(), "unexpected end of input"),
        (
            read::<String>("6461").unwrap_err(),
            "unexpected end of input",
        ),
        (read::<String>("61ff").unwrap_err(), "invalid CBOR"),
        (
            read::<HashMap<String, i32>>("a10101").unwrap_err(),
            "the key of a map is not text",
        ),
        (read::<i32>("ff").unwrap_err(), "invalid CBOR"),
    ];
    for (error, expected) in table {
        assert!(error.starts_with(expected), "{expected}: {error}");
    }
}

#[test]
fn scalars_of_another_type_are_read_by_clients_only() {
    assert_eq!(read_as::<i32>(&bytes("f93e00"), false), Ok(1));
    assert_eq!(read_as::<String>(&bytes("07"), false), Ok("7".to_owned()));
    assert!(read_as::<i32>(&bytes("f93e00"), true).is_err());
    assert!(read_as::<String>(&bytes("07"), true).is_err());
    assert_eq!(
        read_as(&bytes("8201f6"), false),
        Ok(vec![1]),
        "a null is dropped"
    );
    assert!(read_as::<Vec<i32>>(&bytes("8201f6"), true).is_err());
}

#[test]
fn lengths_and_depths_that_nothing_backs_are_rejected_without_memory() {
    for digits in [
        "9b7fffffffffffffff",
        "bb7fffffffffffffff",
        "7b7fffffffffffffff",
        "5b7fffffffffffffff",
    ] {
        assert!(read::<Vec<i32>>(digits).is_err(), "{digits}");
        assert!(read::<HashMap<String, Blob>>(digits).is_err(), "{digits}");
    }
    let deep = "c6".repeat(100_000) + "00";
    assert_eq!(
        read::<i32>(&deep),
        Err("recursion limit exceeded".to_owned())
    );
}

#[test]
fn random_bytes_are_read_or_rejected() {
    let mut random = Rng::with_seed(7);
    for _ in 0..20_000 {
        let bytes: Vec<u8> = (0..random.usize(..12)).map(|_| random.u8(..)).collect();
        let _ = read_as::<HashMap<String, Vec<BigDecimal>>>(&bytes, random.bool());
        let _ = read_as::<Vec<DateTime>>(&bytes, random.bool());
        let _ = read_as::<String>(&bytes, random.bool());
    }
}
