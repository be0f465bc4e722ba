//! What values look like that are of two shapes at once, where neither is an object, a map or a union.

use serde_json::Value;

use crate::ir::{Shape, StringFormat};

/// The meeting of two shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met {
    /// The first is at least as strict.
    First,
    /// The second is stricter.
    Second,
    /// No value is of both.
    Never,
}

/// Which of two shapes is the stricter.
pub(super) fn meet(first: &Shape, second: &Shape) -> Met {
    if first == second || admits(second, first) {
        return Met::First;
    }
    if admits(first, second) {
        return Met::Second;
    }
    match (first, second) {
        (Shape::Enumeration(first), Shape::Enumeration(second)) => narrower(&first.values, &second.values),
        (Shape::Integers(_, first), Shape::Integers(_, second)) => narrower(first, second),
        // Widths and formats: the first that is said holds.
        (Shape::Integer(_), Shape::Integer(_))
        | (Shape::Number(_), Shape::Number(_))
        | (Shape::String(_), Shape::String(_)) => Met::First,
        // Two lists: what their items have in common is said elsewhere; this is for more of them than can be made.
        (Shape::Array(_), Shape::Array(_)) => Met::Second,
        _ => Met::Never,
    }
}

/// Whether every value of the stricter shape is one of the wider.
fn admits(wider: &Shape, stricter: &Shape) -> bool {
    match (wider, stricter) {
        (Shape::Any, _)
        | (Shape::String(_), Shape::Enumeration(_) | Shape::Const(Value::String(_)))
        | (Shape::String(StringFormat::Plain), Shape::String(_))
        | (Shape::Number(_), Shape::Integer(_) | Shape::Integers(..) | Shape::Const(Value::Number(_)))
        | (Shape::Integer(_), Shape::Integers(..))
        | (Shape::Bool, Shape::OneBool(_) | Shape::Const(Value::Bool(_))) => true,
        (Shape::Enumeration(list), Shape::Const(Value::String(text))) => list.values.contains(text),
        (Shape::Integer(_), Shape::Const(Value::Number(number))) => !number.is_f64(),
        (Shape::Integers(_, list), Shape::Const(Value::Number(number))) => list.contains(number),
        (Shape::OneBool(one), Shape::Const(Value::Bool(value))) => one == value,
        _ => false,
    }
}

fn narrower<T: PartialEq>(first: &[T], second: &[T]) -> Met {
    if second.iter().all(|value| first.contains(value)) {
        Met::Second
    } else if first.iter().any(|value| second.contains(value)) {
        Met::First
    } else {
        Met::Never
    }
}
