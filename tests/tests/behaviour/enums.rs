//! Open enums: what is listed has a variant, what is not is kept.

use std::collections::HashSet;

use fixtures_client::enums::types::{Country, Enums, Odd, Region, Single};

use super::{read, refused, round_trip, written};

#[test]
fn listed_values_are_variants() {
    let values = [
        (Region::UsWest2, "us-west-2"),
        (Region::UsEast1, "us-east-1"),
        (Region::EuCentral1, "eu-central-1"),
    ];
    for (variant, text) in values {
        assert_eq!(variant.as_str(), text);
        assert_eq!(variant.to_string(), text);
        assert_eq!(variant.as_ref(), text);
        assert_eq!(written(&variant), format!("{text:?}"));
        assert_eq!(read::<Region>(&format!("{text:?}")), variant);
        assert_eq!(text.parse::<Region>().unwrap(), variant);
        assert_eq!(Region::from(text), variant);
        assert_eq!(Region::from(text.to_owned()), variant);
    }
}

#[test]
fn a_value_that_nobody_knew_is_kept() {
    let region: Region = round_trip(r#""mars-1""#);
    assert_eq!(region, Region::Unknown("mars-1".to_owned()));
    assert_eq!(region.as_str(), "mars-1");
    assert_eq!(Region::from("mars-1"), region);
    assert_eq!(HashSet::from([region.clone(), region]).len(), 1);
    assert_eq!(
        refused::<Region>("1"),
        "invalid type: integer `1`, expected a string at line 1 column 1"
    );
}

#[test]
fn odd_values_keep_their_texts() {
    let values = [
        (Odd::Empty, ""),
        (Odd::Plus1, "+1"),
        (Odd::Minus1, "-1"),
        (Odd::Type, "type"),
        (Odd::SelfValue, "self"),
        (Odd::SelfValue2, "Self"),
        (Odd::Up, "UP"),
        (Odd::Up2, "up"),
        (Odd::Up3, "Up"),
        (Odd::AB, "a b"),
        (Odd::AB2, "a_b"),
        (Odd::Ünï, "ünï"),
        (Odd::Symbol, "🎉"),
        (Odd::Star, "*/"),
        (Odd::Quoted, "\"quoted\""),
        (Odd::CPath, "C:\\path"),
        (Odd::Unknown, "unknown"),
        (Odd::Unknown2, "Unknown"),
        (Odd::Value1st, "1st"),
        (Odd::Value0, "{0}"),
    ];
    for (variant, text) in values {
        assert_eq!(variant.as_str(), text);
        assert_eq!(Odd::from(text), variant);
    }
    assert_eq!(Odd::from("uP"), Odd::Other("uP".to_owned()));
}

/// Norway is not false, and a number is the text that stands in the document.
#[test]
fn bare_words_of_yaml_stay_texts() {
    let texts = [
        Country::No,
        Country::Yes,
        Country::On,
        Country::Value1,
        Country::Value1_50,
    ]
    .map(|it| it.to_string());
    assert_eq!(texts, ["no", "yes", "on", "1", "1.50"]);
}

#[test]
fn setters_take_variants_and_texts() {
    let enums = Enums::new("eu-central-1")
        .country(Country::No)
        .list(["x", "z"])
        .single(Single::Only)
        .version("v1")
        .count(3)
        .by_region([("us-west-2", 1)]);
    assert_eq!(
        written(&enums),
        r#"{"region":"eu-central-1","country":"no","single":"only","version":"v1","count":3,"list":["x","z"],"byRegion":{"us-west-2":1}}"#
    );
    assert_eq!(enums.region, Region::EuCentral1);
}
