//! Names that Rust has given away can still be used.

use fixtures_client::names::types::{FooBar, FooBar2, Members, Symbol};
use fixtures_client::rename;

use super::{read, written};

#[test]
fn members_are_reached_by_what_rust_allows() {
    let members = Members::new("f", "m")
        .r#async("a")
        .self_("s")
        .super_("p")
        .dollar_ref("r")
        .plus_1(1)
        .minus_1(-1);
    assert_eq!(
        written(&members),
        r#"{"fn":"f","match":"m","async":"a","self":"s","super":"p","$ref":"r","+1":1,"-1":-1}"#
    );
    assert_eq!(members.r#fn, "f");
}

#[test]
fn names_that_differ_by_too_little_are_numbered() {
    let members: Members =
        read(r#"{"fn":"","match":"","fooBar":"1","foo_bar":"2","foo-bar":"3","FooBar":"4","other":"5"}"#);
    assert_eq!(members.foo_bar.as_deref(), Some("1"));
    assert_eq!(members.foo_bar_2.as_deref(), Some("2"));
    assert_eq!(members.foo_bar_4.as_deref(), Some("4"));
    assert_eq!(written(&FooBar::new().a("x")), r#"{"a":"x"}"#);
    assert_eq!(written(&FooBar2::new().b("x")), r#"{"b":"x"}"#);
    assert_eq!(written(&Symbol::new().empty("x")), r#"{"_":"x"}"#);
}

#[test]
fn the_configuration_has_the_last_word() {
    let info: rename::types::DebugInfo = read(r#"{"proxyBytes":1,"region":"us-west-2","added":true}"#);
    assert_eq!(info.bytes_through_proxy, Some(1));
    assert_eq!(info.region, Some(rename::types::Region::Oregon));
    assert_eq!(info.added, Some(true));
}
