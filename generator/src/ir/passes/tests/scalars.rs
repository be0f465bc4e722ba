use serde_json::json;

use super::super::scalars::{Met, meet};
use crate::ir::{Enumeration, IntegerFormat, NumberFormat, Shape, StringFormat, TypeId};

#[test]
fn the_stricter_of_two_shapes() {
    let list = |values: &[&str]| {
        Shape::Enumeration(Enumeration {
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        })
    };
    let text = Shape::String(StringFormat::Plain);
    let date = Shape::String(StringFormat::Date);
    let whole = Shape::Integer(IntegerFormat::I64);
    let integers = |list: &[i64]| {
        let list = list.iter().map(|value| (*value).into()).collect();
        Shape::Integers(IntegerFormat::I64, list)
    };
    let number = Shape::Number(NumberFormat::F64);
    let constant = |value| Shape::Const(value);
    let cases = vec![
        (text.clone(), text.clone(), Met::First),
        (Shape::Any, text.clone(), Met::Second),
        (text.clone(), Shape::Any, Met::First),
        (text.clone(), date.clone(), Met::Second),
        (date.clone(), text.clone(), Met::First),
        (text.clone(), list(&["a"]), Met::Second),
        (list(&["a"]), text.clone(), Met::First),
        (list(&["a", "b"]), list(&["b"]), Met::Second),
        (list(&["a"]), list(&["a", "b"]), Met::First),
        (list(&["a", "b"]), list(&["b", "c"]), Met::First),
        (list(&["a"]), list(&["b"]), Met::Never),
        (list(&["a"]), constant(json!("a")), Met::Second),
        (list(&["a"]), constant(json!("b")), Met::Never),
        (text.clone(), constant(json!("b")), Met::Second),
        (text.clone(), constant(json!(1)), Met::Never),
        (number.clone(), whole.clone(), Met::Second),
        (whole.clone(), number.clone(), Met::First),
        (whole.clone(), Shape::Integer(IntegerFormat::I32), Met::First),
        (whole.clone(), constant(json!(1)), Met::Second),
        (whole.clone(), constant(json!(1.5)), Met::Never),
        (whole.clone(), integers(&[1]), Met::Second),
        (number.clone(), integers(&[1]), Met::Second),
        (integers(&[1, 2]), whole.clone(), Met::First),
        (integers(&[1, 2]), integers(&[2]), Met::Second),
        (integers(&[1, 2]), integers(&[3]), Met::Never),
        (integers(&[1, 2]), constant(json!(2)), Met::Second),
        (integers(&[1, 2]), constant(json!(3)), Met::Never),
        (Shape::Bool, Shape::OneBool(true), Met::Second),
        (Shape::OneBool(true), constant(json!(true)), Met::Second),
        (Shape::OneBool(true), Shape::OneBool(false), Met::Never),
        (number, constant(json!(1.5)), Met::Second),
        (constant(json!(true)), Shape::Bool, Met::First),
        (Shape::Bool, text, Met::Never),
        (Shape::Array(TypeId(0)), Shape::Array(TypeId(1)), Met::Second),
        (Shape::Array(TypeId(0)), whole, Met::Never),
        (Shape::Null, Shape::Bool, Met::Never),
    ];
    for (first, second, expected) in cases {
        assert_eq!(meet(&first, &second), expected, "{first:?} and {second:?}");
    }
}
