//! Unions: found by kind, tag, keys or trial; written as what they hold.

use fixtures_client::unions::types::{
    Animal, Bird, BrowserbaseProxy, Cat, Circle, Contact, Email, Ended, Event, ExternalProxy, Filter, Fish, Kinds,
    ListMessage, Lists, Message, Model, Nested, NoneProxy, Number, NumberFilter, Paused, PausedEvent, Pet, Phone,
    Proxies, ProxyConfig, Reply, Shape, Square, Started, TextFilter, TextMessage, Texts, Unions,
};
use serde_json::json;

use super::{read, refused, round_trip, written};

#[test]
fn kinds_are_told_apart_by_the_first_token() {
    assert_eq!(round_trip::<Kinds>(r#""a""#), Kinds::from("a"));
    assert_eq!(round_trip::<Kinds>("3000000000"), Kinds::Integer(3_000_000_000));
    assert_eq!(round_trip::<Kinds>("-1"), Kinds::from(-1));
    assert_eq!(round_trip::<Kinds>("1.5"), Kinds::from(1.5));
    assert_eq!(round_trip::<Kinds>("true"), Kinds::from(true));
    assert_eq!(round_trip::<Kinds>(r#"["a"]"#), Kinds::from(["a".to_owned()]));
    assert_eq!(round_trip::<Kinds>("[]"), Kinds::List(Vec::new()));
    let Kinds::Map(map) = round_trip::<Kinds>(r#"{"a":"b"}"#) else {
        panic!("not a map")
    };
    assert_eq!(map["a"], "b");
    assert_eq!(round_trip::<Number>("1"), Number::Integer(1));
    // JSON Schema counts it among the integers.
    assert_eq!(read::<Number>("1.0"), Number::Integer(1));
    assert_eq!(round_trip::<Number>("1.5"), Number::Number(1.5));
}

#[test]
fn a_kind_that_is_none_is_refused_with_those_that_are() {
    assert_eq!(
        refused::<Proxies>(r#""a""#),
        "expected an array or a boolean, found a string at line 1 column 3"
    );
    assert_eq!(
        refused::<Kinds>(r#"{"a":1}"#),
        "invalid type: integer `1`, expected a string at line 1 column 6"
    );
}

#[test]
fn a_property_with_one_value_is_a_tag_that_is_written_for_the_user() {
    let unions = Unions::new().proxies([
        BrowserbaseProxy::new().domain("*.shop").into(),
        ExternalProxy::new("http://proxy").into(),
        ProxyConfig::from(NoneProxy::new()),
    ]);
    let text = r#"{"proxies":[{"type":"browserbase","domain":"*.shop"},{"type":"external","server":"http://proxy"},{"type":"none"}]}"#;
    assert_eq!(written(&unions), text);
    assert_eq!(round_trip::<Unions>(text), unions);
    assert_eq!(written(&Unions::new().proxies(true)), r#"{"proxies":true}"#);
}

#[test]
fn the_tag_may_come_last() {
    let proxy: ProxyConfig = read(r#"{"server":"s","more":[1,{"a":2}],"type":"external"}"#);
    assert_eq!(proxy, ProxyConfig::External(ExternalProxy::new("s")));
}

#[test]
fn an_unknown_tag_is_kept() {
    let proxy: ProxyConfig = round_trip(r#"{"type":"tor","hops":[3,18446744073709551615]}"#);
    assert_eq!(
        proxy,
        ProxyConfig::Unknown(json!({"type": "tor", "hops": [3, 18_446_744_073_709_551_615_u64]}))
    );
    assert_eq!(round_trip::<ProxyConfig>("{}"), ProxyConfig::Unknown(json!({})));
    assert_eq!(
        round_trip::<ProxyConfig>(r#"{"type":1}"#),
        ProxyConfig::Unknown(json!({"type": 1}))
    );
}

#[test]
fn what_does_not_fit_its_tag_is_an_error_that_says_so() {
    assert_eq!(
        refused::<ProxyConfig>(r#"{"type":"external"}"#),
        "missing field `server` at line 1 column 19"
    );
}

#[test]
fn a_tag_that_no_alternative_declares_is_written_beside_it() {
    assert_eq!(
        written(&Pet::from(Cat::new().lives(9))),
        r#"{"petType":"Cat","lives":9}"#
    );
    assert_eq!(
        round_trip::<Pet>(r#"{"petType":"Cat","lives":9}"#),
        Pet::Cat(Cat::new().lives(9))
    );
    assert_eq!(
        round_trip::<Pet>(r#"{"petType":"Bird"}"#),
        Pet::Unknown(json!({"petType": "Bird"}))
    );
}

#[test]
fn a_mapping_gives_the_tags() {
    assert_eq!(
        written(&Shape::from(Circle::new().radius(1.5))),
        r#"{"kind":"round","radius":1.5}"#
    );
    for tag in ["box", "cube"] {
        let shape: Shape = round_trip(&format!(r#"{{"kind":"{tag}","side":2.0}}"#));
        assert_eq!(shape, Shape::Square(Square::new(tag).side(2.0)));
    }
}

#[test]
fn one_alternative_may_have_several_tags() {
    let text = r#"{"event":"started","at":"2024-01-02T03:04:05Z"}"#;
    let started: Event = round_trip(text);
    assert_eq!(
        started,
        Event::from(Started::new("2024-01-02T03:04:05Z".parse().unwrap()))
    );
    assert_eq!(round_trip::<Event>(r#"{"event":"ended"}"#), Event::Ended(Ended::new()));
    let held: Event = round_trip(r#"{"event":"held","until":5}"#);
    assert_eq!(held, Event::Paused(Paused::new(PausedEvent::Held).until(5)));
}

#[test]
fn required_keys_tell_objects_apart() {
    let contact: Contact = round_trip(r#"{"name":"a","phone":"1"}"#);
    assert_eq!(contact, Contact::from(Phone::new("1").name("a")));
    let both: Contact = read(r#"{"phone":"1","email":"e"}"#);
    assert_eq!(both, Contact::Email(Email::new("e")));
    assert_eq!(
        refused::<Contact>(r#"{"name":"a"}"#),
        "expected `email` (Email), or `phone` (Phone), found `name` at line 1 column 12"
    );
}

#[test]
fn a_tag_beside_other_properties_is_written_for_the_user() {
    let bird = Animal::from(Bird::new().wings(2));
    assert_eq!(written(&bird), r#"{"is":"bird","wings":2}"#);
    assert_eq!(round_trip::<Animal>(r#"{"is":"bird","wings":2}"#), bird);
    let Animal::Bird(bird) = round_trip(r#"{"age":3,"is":"bird","claws":6}"#) else {
        panic!("no bird")
    };
    let others = [("age".to_owned(), 3), ("claws".to_owned(), 6)];
    assert_eq!(bird.additional_properties, others.into());
    let herd = Animal::Herd([("cows".to_owned(), 4)].into());
    assert_eq!(written(&herd), r#"{"is":"herd","cows":4}"#);
    assert_eq!(round_trip::<Animal>(r#"{"is":"herd","cows":4}"#), herd);
}

#[test]
fn only_those_that_share_a_tag_are_tried() {
    let text = TextMessage::new("hi");
    assert_eq!(
        round_trip::<Message>(r#"{"role":"user","content":"hi"}"#),
        Message::from(text)
    );
    let list = ListMessage::new(["a"]);
    assert_eq!(
        written(&Message::from(list.clone())),
        r#"{"role":"user","content":["a"]}"#
    );
    assert_eq!(
        read::<Message>(r#"{"content":["a"],"role":"user"}"#),
        Message::from(list)
    );
    let reply: Message = round_trip(r#"{"role":"assistant","content":"hi"}"#);
    assert_eq!(reply, Message::from(Reply::new("hi")));
    let other: Message = round_trip(r#"{"role":"system","content":1}"#);
    assert!(matches!(other, Message::Unknown(_)), "{other:?}");
    assert_eq!(
        refused::<Message>(r#"{"role":"user","content":1}"#),
        "no alternative fits: TextMessage: invalid type: integer `1`, expected a string; ListMessage: invalid type: integer `1`, expected a sequence at line 1 column 27"
    );
}

#[test]
fn of_several_tags_the_one_that_came_is_written_again() {
    assert_eq!(written(&Animal::from(Fish::new().fins(7))), r#"{"is":"fish","fins":7}"#);
    for text in [r#"{"is":"fish","fins":7}"#, r#"{"is":"salmon","fins":7,"river":"Ill"}"#] {
        assert!(matches!(round_trip(text), Animal::Fish(_)), "{text}");
    }
}

#[test]
fn the_rest_is_tried_and_each_reason_is_named() {
    assert_eq!(
        round_trip::<Filter>(r#"{"value":"a","exact":true}"#),
        Filter::from(TextFilter::new("a").exact(true))
    );
    assert_eq!(
        round_trip::<Filter>(r#"{"value":1.5}"#),
        Filter::Number(NumberFilter::new(1.5))
    );
    assert_eq!(
        refused::<Filter>(r#"{"all":"x"}"#),
        "no alternative fits: Text: missing field `value`; Number: missing field `value`; Any: invalid type: string \"x\", expected a boolean at line 1 column 11"
    );
}

#[test]
fn lists_are_tried_too() {
    assert_eq!(round_trip::<Lists>("[1,2]"), Lists::List(vec![1, 2]));
    assert_eq!(round_trip::<Lists>(r#"["a"]"#), Lists::from(["a".to_owned()]));
    assert_eq!(round_trip::<Lists>("[]"), Lists::List(Vec::new()));
}

#[test]
fn nested_unions_are_one_and_may_hold_themselves() {
    let nested: Nested = round_trip(r#"[[1,"a"],{"petType":"Dog","bark":"w"},[]]"#);
    let Nested::List(list) = nested else { panic!("no list") };
    assert_eq!(list[0], Nested::List(vec![Nested::from(1), Nested::from("a")]));
    assert_eq!(list.len(), 3);
}

#[test]
fn texts_beside_a_list_of_texts_are_an_open_list() {
    assert_eq!(round_trip::<Model>(r#""small""#), Model::Small);
    assert_eq!(round_trip::<Model>(r#""giant""#), Model::Unknown("giant".to_owned()));
    assert_eq!(
        round_trip::<Texts>(r#""2024-01-02T03:04:05Z""#).as_str(),
        "2024-01-02T03:04:05Z"
    );
    assert_eq!(
        written(&Unions::new().model("large").texts(Texts::Now)),
        r#"{"texts":"now","model":"large"}"#
    );
}

#[test]
fn of_alternatives_that_are_tried_the_one_that_keeps_most_comes_first() {
    use fixtures_client::unions::types::{Check, Clicks, Steps};
    assert!(matches!(round_trip("{}"), Check::No(_)));
    assert!(matches!(round_trip(r#"{"check":"date"}"#), Check::Date(_)));
    let steps: Steps = round_trip(r#"[{"id":"a"},{"id":"b","at":"2025-01-02T03:04:05Z"}]"#);
    assert!(matches!(steps, Steps::List2(_)), "{steps:?}");
    assert!(matches!(round_trip(r#"[{"id":"a"}]"#), Steps::List(_)));
    let clicks: Clicks = round_trip(r#"{"queries":[{"text":"a","clicks":1}]}"#);
    assert!(matches!(clicks, Clicks::With(_)), "{clicks:?}");
    assert!(matches!(
        round_trip(r#"{"queries":[{"text":"a"}]}"#),
        Clicks::Without(_)
    ));
}

#[test]
fn of_alternatives_with_the_same_keys_the_one_that_keeps_what_is_within_is_the_one() {
    use fixtures_client::unions::types::Membership;
    let field: Membership = round_trip(r#"{"parent":{"name":"a","format":"b"}}"#);
    assert!(matches!(field, Membership::Field(_)), "{field:?}");
    let goal: Membership = round_trip(r#"{"parent":{"name":"a"}}"#);
    assert!(matches!(goal, Membership::Goal(_)), "{goal:?}");
    // What no alternative knows is no reason for either.
    let goal: Membership = read(r#"{"parent":{"name":"a","other":1}}"#);
    assert_eq!(written(&goal), r#"{"parent":{"name":"a"}}"#);
}

#[test]
fn alternatives_within_alternatives_take_bounded_time() {
    use fixtures_client::unions::types::Tree;
    let tree = |depth, leaf: &str| format!("{}{leaf}{}", r#"{"within":"#.repeat(depth), "}".repeat(depth));
    let few: Tree = read(&tree(4, r#"{"thorns":1,"other":2}"#));
    assert_eq!(written(&few), tree(4, r#"{"thorns":1}"#));
    // Where that takes too long nothing is lost silently.
    let long = format!(
        r#"{}{{"thorns":1,"other":2}}{}"#,
        r#"{"thorns":1,"within":"#.repeat(12),
        "}".repeat(12)
    );
    let refused_of_length = refused::<Tree>(&long);
    assert!(
        refused_of_length.starts_with("there are too many alternatives within alternatives to try"),
        "{refused_of_length:.200}"
    );
    // What all know is found at once, however deep.
    round_trip::<Tree>(&tree(40, r#"{"leaves":1}"#));
    let refused = refused::<Tree>(&tree(40, r#"{"leaves":"many","thorns":"many"}"#));
    assert!(
        refused.starts_with("there are too many alternatives within alternatives to try"),
        "{refused:.200}"
    );
    // Nothing of it is left for the next one.
    round_trip::<Tree>(&tree(1, r#"{"leaves":1}"#));
}

#[test]
fn integers_and_booleans_are_tags_that_are_written_for_the_user() {
    use fixtures_client::unions::types::{
        Button, Component, ComponentType3, ComponentType5, Done, Failed, Outcome, Row,
    };
    assert_eq!(
        written(&Component::from(Row::new().label("a"))),
        r#"{"type":1,"label":"a"}"#
    );
    assert_eq!(
        round_trip::<Component>(r#"{"type":2,"label":"a"}"#),
        Button::new().label("a").into()
    );
    assert_eq!(
        round_trip::<Component>(r#"{"type":5,"placeholder":"a"}"#),
        ComponentType5::new().placeholder("a").into()
    );
    // Of several numbers the one that came is kept.
    assert_eq!(
        round_trip::<Component>(r#"{"type":4,"options":[]}"#),
        ComponentType3::new(4, Vec::<String>::new()).into()
    );
    assert_eq!(
        read::<Component>(r#"{"label":"a","type":1.0}"#),
        Row::new().label("a").into()
    );
    let unknown = json!({"type": 9, "label": "a"});
    assert_eq!(
        round_trip::<Component>(&unknown.to_string()),
        Component::Unknown(unknown)
    );
    assert_eq!(written(&Outcome::from(Failed::new())), r#"{"ok":false}"#);
    assert_eq!(
        round_trip::<Outcome>(r#"{"ok":true,"note":"a"}"#),
        Done::new().note("a").into()
    );
}

#[test]
fn reasons_are_not_longer_for_being_nested() {
    use fixtures_client::unions::types::Tree;
    let wrong = r#"{"leaves":"many","thorns":"many"}"#;
    let reason = refused::<Tree>(&format!(r#"{{"within":{{"within":{{"within":{wrong}}}}}}}"#));
    assert!(
        reason.starts_with("no alternative fits: Branch: no alternative fits: Branch:"),
        "{reason}"
    );
    assert!(reason.len() < 600, "{reason}");
}

#[test]
fn an_alternative_that_knows_a_value_goes_before_one_that_only_keeps_it() {
    use fixtures_client::unions::types::{Evolving, Sizes};
    // A tag that is not known, in the place of an object of which all but one key is known.
    let plain: Evolving = read(r#"{"text":"a","note":"b","new":1}"#);
    assert!(matches!(plain, Evolving::Plain(_)), "{plain:?}");
    let shape: Evolving = round_trip(r#"{"kind":"box","side":1.5}"#);
    assert!(matches!(shape, Evolving::Shape(_)), "{shape:?}");
    // `null` is nothing, but who declares its key knows it.
    let carton: Sizes = read(r#"{"id":"a","height":null,"width":null}"#);
    assert!(matches!(carton, Sizes::Carton(_)), "{carton:?}");
    // Who keeps it knows it better.
    let jar: Sizes = round_trip(r#"{"id":null,"height":1}"#);
    assert!(matches!(jar, Sizes::Jar(_)), "{jar:?}");
    // A number of 32 bits is the same, however many digits are written of it.
    let tin: Sizes = read(r#"{"id":"a","diameter":0.1}"#);
    assert_eq!(written(&tin), r#"{"id":"a","diameter":0.1}"#);
}

#[test]
fn properties_beside_alternatives_are_in_each() {
    use fixtures_client::unions::types::Labeled;
    let labeled: Labeled = round_trip(r#"{"label":"l","email":"e"}"#);
    assert!(matches!(labeled, Labeled::LabeledEmail(_)), "{labeled:?}");
}
