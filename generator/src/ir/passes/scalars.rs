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
    use Shape::{Any, Array, Const, Enumeration, Integer, Map, Number, Object, String, Union};
    match (first, second) {
        (first, second) if first == second => Met::First,
        (_, Any) => Met::First,
        (Any, _) => Met::Second,
        (Object(_) | Map(_) | Union(_) | Shape::AllOf(_), Object(_) | Map(_) | Union(_) | Shape::AllOf(_)) => {
            Met::Structures
        }
        (Enumeration(first), Enumeration(second)) => narrower(&first.values, &second.values),
        (Const(_) | Enumeration(_), String(_)) => Met::First,
        (String(_), Const(_) | Enumeration(_)) => Met::Second,
        (Const(value), Enumeration(list)) if value.as_str().is_some_and(|text| contains(&list.values, text)) => {
            Met::First
        }
        (Enumeration(list), Const(value)) if value.as_str().is_some_and(|text| contains(&list.values, text)) => {
            Met::Second
        }
        (String(StringFormat::Plain), String(_)) => Met::Second,
        (String(_), String(_)) => Met::First,
        (Integer(_), Integer(_) | Number(_)) | (Number(_), Number(_)) => Met::First,
        (Number(_), Integer(_)) => Met::Second,
        // Two lists: which items are the stricter cannot be said here, and the later part usually refines.
        (Array(_), Array(_)) => Met::Second,
        _ => Met::Never,
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
