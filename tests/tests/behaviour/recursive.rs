//! Types that hold themselves, and types in a long chain.

use fixtures_client::Nullable;
use fixtures_client::recursive::types::{
    Action, And, Even, Expression, Json, Link0, Link1, Link2, Not, Odd, Step, Tree,
};

use super::{read, round_trip, written};

#[test]
fn a_tree_is_built_without_boxes() {
    let tree = Tree::new("root")
        .left(Tree::new("left").right(None))
        .right(Tree::new("right"))
        .children([Tree::new("child")])
        .named([("x", Tree::new("named"))])
        .json(Json::from([Some("a".into()), Some(1.5.into()), None]));
    let text = r#"{"name":"root","left":{"name":"left","right":null},"right":{"name":"right"},"children":[{"name":"child"}],"named":{"x":{"name":"named"}},"json":["a",1.5,null]}"#;
    assert_eq!(written(&tree), text);
    assert_eq!(round_trip::<Tree>(text), tree);
    assert_eq!(tree.left.unwrap().right, Nullable::Null);
}

#[test]
fn types_that_hold_each_other() {
    let even = Even::new().odd(Odd::new(Even::new()));
    assert_eq!(written(&even), r#"{"odd":{"even":{}}}"#);
    assert_eq!(
        round_trip::<Even>(r#"{"odd":{"even":{"odd":{"even":null}}}}"#)
            .odd
            .unwrap()
            .even
            .unwrap()
            .odd,
        Some(Odd::new(None))
    );
}

#[test]
fn what_may_be_null_is_taken_without_its_box() {
    let right = |right: Option<Tree>| Tree::new("root").right(right);
    assert_eq!(right(None).right, Nullable::Null);
    assert_eq!(
        written(&right(Some(Tree::new("r")))),
        r#"{"name":"root","right":{"name":"r"}}"#
    );
    // Alternatives need no union around them, nor texts.
    let step = Step::new(None).after(Step::new(Action::from("a")).after("b"));
    let text = r#"{"before":null,"after":{"before":"a","after":"b"}}"#;
    assert_eq!(written(&step), text);
    assert_eq!(round_trip::<Step>(text), step);
    assert_eq!(
        written(&Step::new(Some("a".into())).after(None)),
        r#"{"before":"a","after":null}"#
    );
}

#[test]
fn unions_that_hold_themselves() {
    let expression = Expression::from(And::new([Expression::from("a"), Not::new("b").into()]));
    let text = r#"{"and":["a",{"not":"b"}]}"#;
    assert_eq!(written(&expression), text);
    assert_eq!(round_trip::<Expression>(text), expression);
    let json: Json = round_trip(r#"{"a":[true,null,{"b":"c"}],"d":1.5}"#);
    assert_eq!(json, read(&written(&json)));
}

#[test]
fn a_long_chain_builds_and_works() {
    let link = Link0::new()
        .depth(0)
        .next(Link1::new().depth(1).next(Link2::new().depth(2)));
    let text = r#"{"depth":0,"next":{"depth":1,"next":{"depth":2}}}"#;
    assert_eq!(written(&link), text);
    assert_eq!(round_trip::<Link0>(text), link);
    let deep = format!("{}{{\"end\":true}}{}", "{\"next\":".repeat(100), "}".repeat(100));
    assert_eq!(read::<Link0>(&deep).next.unwrap().depth, None);
}
