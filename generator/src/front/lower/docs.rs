//! What the document says of a schema, as the IR's [`Docs`].

use openapiv3::SchemaData;

use super::facets::Facets;
use crate::front::normalize::keys;
use crate::ir::{Constraints, Docs};

/// Title, description, default and constraints of a schema.
pub(super) fn docs(facets: &Facets<'_>) -> Docs {
    let data = facets.data;
    Docs {
        title: data.title.clone(),
        description: data.description.clone(),
        deprecated: data.deprecated,
        default: data.default.clone(),
        constraints: constraints(facets),
    }
}

fn constraints(facets: &Facets<'_>) -> Constraints {
    let mut list = Vec::new();
    list.extend(range(facets.minimum.as_deref(), facets.maximum.as_deref(), ""));
    if facets.exclusive_minimum || facets.exclusive_maximum {
        let ends = match (facets.exclusive_minimum, facets.exclusive_maximum) {
            (true, true) => "both ends excluded",
            (true, false) => "the lower end excluded",
            _ => "the upper end excluded",
        };
        list.push(ends.to_owned());
    }
    list.extend(facets.multiple_of.as_ref().map(|of| format!("a multiple of {of}")));
    list.extend(count(facets.length, "character", "characters"));
    list.extend(count(facets.items_count, "item", "items"));
    list.extend(count(facets.properties_count, "entry", "entries"));
    if facets.unique_items {
        list.push("no item twice".to_owned());
    }
    list.extend(facets.pattern.map(|pattern| format!("matching the regular expression `{pattern}`")));
    list.extend(unknown_bounds(facets.data));
    Constraints { list }
}

fn range(low: Option<&str>, high: Option<&str>, unit: &str) -> Option<String> {
    match (low, high) {
        (Some(low), Some(high)) if low == high => Some(format!("exactly {low}{unit}")),
        (Some(low), Some(high)) => Some(format!("{low} to {high}{unit}")),
        (Some(low), None) => Some(format!("at least {low}{unit}")),
        (None, Some(high)) => Some(format!("at most {high}{unit}")),
        (None, None) => None,
    }
}

fn count((low, high): (Option<usize>, Option<usize>), one: &str, many: &str) -> Option<String> {
    let low = low.filter(|low| *low > 0);
    let unit = if high.or(low) == Some(1) { one } else { many };
    range(low.map(|low| low.to_string()).as_deref(), high.map(|high| high.to_string()).as_deref(), &format!(" {unit}"))
}

/// Bounds under keys that JSON Schema does not know (`ge`, `le`), which `normalize` kept for the documentation.
fn unknown_bounds(data: &SchemaData) -> Option<String> {
    data.extensions.get(keys::DOCUMENTED_BOUNDS).and_then(serde_json::Value::as_str).map(str::to_owned)
}
