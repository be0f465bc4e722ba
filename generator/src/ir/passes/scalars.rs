//! What values of two shapes at once look like.

use crate::ir::{Shape, StringFormat};

/// The meeting of two shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met {
    /// The first is at least as strict.
    First,
    /// The second is stricter.
    Second,
    /// Both are structures, which must be merged part by part.
    Structures,
    /// No value is of both.
    Never,
}

/// Which of two shapes is the stricter.
pub(super) fn meet(first: &Shape, second: &Shape) -> Met {
    let is_structure = |shape: &Shape| {
        matches!(
            shape,
            Shape::Object(_) | Shape::Map(_) | Shape::Union(_) | Shape::AllOf(_)
        )
    };
    if first == second || admits(second, first) {
        return Met::First;
    }
    if admits(first, second) {
        return Met::Second;
    }
    match (first, second) {
        (first, second) if is_structure(first) && is_structure(second) => Met::Structures,
        (Shape::Enumeration(first), Shape::Enumeration(second)) => narrower(&first.values, &second.values),
        // Widths and formats: the first that is said holds.
        (Shape::Integer(_), Shape::Integer(_))
        | (Shape::Number(_), Shape::Number(_))
        | (Shape::String(_), Shape::String(_)) => Met::First,
        // Two lists: which items are the stricter cannot be said here, and the later part usually refines.
        (Shape::Array(_), Shape::Array(_)) => Met::Second,
        _ => Met::Never,
    }
}

/// Whether every value of the stricter shape is one of the wider.
fn admits(wider: &Shape, stricter: &Shape) -> bool {
    match (wider, stricter) {
        (Shape::Enumeration(list), Shape::Const(value)) => {
            value.as_str().is_some_and(|text| contains(&list.values, text))
        }
        (Shape::Any, _)
        | (Shape::String(StringFormat::Plain), Shape::String(_))
        | (Shape::String(_), Shape::Const(_) | Shape::Enumeration(_))
        | (Shape::Number(_), Shape::Integer(_)) => true,
        _ => false,
    }
}

fn contains(list: &[String], text: &str) -> bool {
    list.iter().any(|value| value == text)
}

fn narrower(first: &[String], second: &[String]) -> Met {
    if second.iter().all(|value| contains(first, value)) {
        Met::Second
    } else if first.iter().any(|value| contains(second, value)) {
        Met::First
    } else {
        Met::Never
    }
}
