//! Widths of numbers; decimals that stay text; defaults that are never sent.

use fixtures_client::numbers::types::{Either, Either32, EitherU64, Numbers};

use super::{read, refused, round_trip, written};

#[test]
fn every_width_holds_its_bounds() {
    let text = r#"{"integer":9223372036854775807,"int8":-128,"int16":-32768,"int32":-2147483648,"int64":-9223372036854775808,"uint8":255,"uint16":65535,"uint32":4294967295,"uint64":18446744073709551615,"large":18446744073709551615,"odd":3000000000,"numberAsInt":3000000000}"#;
    let numbers: Numbers = round_trip(text);
    assert_eq!(numbers.integer, Some(i64::MAX));
    assert_eq!(numbers.uint8, Some(u8::MAX));
    assert_eq!(numbers.uint64, Some(u64::MAX));
    assert_eq!(numbers.large, Some(u64::MAX));
    assert_eq!(
        refused::<Numbers>(r#"{"uint8":256}"#),
        "invalid value: integer `256`, expected u8 at line 1 column 12"
    );
}

#[test]
fn texts_that_look_like_numbers_stay_texts() {
    let numbers: Numbers = round_trip(r#"{"decimal":"0.10000000000000000000001","big":"9007199254740993"}"#);
    assert_eq!(numbers.decimal.as_deref(), Some("0.10000000000000000000001"));
    assert_eq!(numbers.big.as_deref(), Some("9007199254740993"));
    let odd: Numbers = round_trip(r#"{"url":"","id":"not a uuid","bytes":"?"}"#);
    assert_eq!(odd.url.as_deref(), Some(""));
}

#[test]
fn a_default_is_not_sent() {
    assert_eq!(written(&Numbers::new()), "{}");
    assert_eq!(written(&Numbers::new().bounded(7)), r#"{"bounded":7}"#);
}

/// Some servers write whole numbers with a fraction of nothing.
#[test]
fn numbers_are_read_from_integers() {
    let numbers: Numbers = read(r#"{"number":2,"double":1e3,"whole":1}"#);
    assert_eq!(numbers.number.map(f64::to_bits), Some(2.0_f64.to_bits()));
    assert_eq!(numbers.double.map(f64::to_bits), Some(1000.0_f64.to_bits()));
}

#[test]
fn an_integer_that_is_too_large_for_one_is_the_number_of_a_union() {
    assert_eq!(round_trip::<Either>("9223372036854775807"), Either::Integer(i64::MAX));
    assert_eq!(round_trip::<Either>("-9223372036854775808"), Either::Integer(i64::MIN));
    assert_eq!(
        read::<Either>("9223372036854775808"),
        Either::Number(9_223_372_036_854_775_808.0)
    );
    assert_eq!(
        read::<Either>("-9223372036854775809"),
        Either::Number(-9_223_372_036_854_775_809.0)
    );
    assert_eq!(
        read::<Either>("36893488147419103232"),
        Either::Number(36_893_488_147_419_103_232.0)
    );
    assert_eq!(round_trip::<Either>("0.5"), Either::Number(0.5));
    assert_eq!(read::<Either>("20.0"), Either::Integer(20));
    assert_eq!(read::<Either32>("2147483648"), Either32::Number(2_147_483_648.0));
    assert_eq!(
        round_trip::<EitherU64>("18446744073709551615"),
        EitherU64::Integer(u64::MAX)
    );
    assert_eq!(read::<EitherU64>("-1"), EitherU64::Number(-1.0));
}
