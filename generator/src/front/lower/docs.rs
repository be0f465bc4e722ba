//! What the document says of a schema, as the IR's [`Docs`].

use openapiv3::{ReferenceOr, Schema, SchemaData};

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
    let (minimum, maximum) = bounds(facets);
    list.extend(range(minimum.as_deref(), maximum.as_deref(), ""));
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
    let declares = facets.properties.is_some_and(|properties| !properties.is_empty());
    list.extend(if declares {
        count(facets.properties_count, "property", "properties")
    } else {
        count(facets.properties_count, "entry", "entries")
    });
    if facets.unique_items {
        list.push("no item twice".to_owned());
    }
    list.extend(
        facets
            .pattern
            .map(|pattern| format!("matching the regular expression {}", code(pattern))),
    );
    list.extend(one_required(facets.any_of, "at least one of "));
    list.extend(one_required(facets.one_of, "exactly one of "));
    list.extend(other_keywords(facets.data));
    Constraints { list }
}

/// Alternatives that only say what is required: `` at least one of `a`, `b` with `c` ``.
fn one_required(list: &[ReferenceOr<Schema>], words: &str) -> Option<String> {
    let names = list.iter().map(|alternative| match alternative {
        ReferenceOr::Item(schema) => {
            let facets = Facets::of(schema);
            let names: Vec<_> = facets.required.iter().map(|name| code(name)).collect();
            (facets.is_only_a_constraint() && !names.is_empty()).then(|| names.join(" with "))
        }
        ReferenceOr::Reference { .. } => None,
    });
    let names: Vec<String> = names.collect::<Option<_>>()?;
    (!names.is_empty()).then(|| format!("{words}{}", names.join(", ")))
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
    range(
        low.map(|low| low.to_string()).as_deref(),
        high.map(|high| high.to_string()).as_deref(),
        &format!(" {unit}"),
    )
}

/// `minimum` and `maximum`, as they were written.
pub(super) fn bounds(facets: &Facets<'_>) -> (Option<String>, Option<String>) {
    let minimum = facets.minimum.clone().or_else(|| bound(facets.data, "minimum"));
    let maximum = facets.maximum.clone().or_else(|| bound(facets.data, "maximum"));
    (minimum, maximum)
}

/// A bound that `openapiv3` cannot hold, as it was written.
fn bound(data: &SchemaData, keyword: &str) -> Option<String> {
    data.extensions
        .get(keys::BOUNDS)?
        .get(keyword)?
        .as_str()
        .map(str::to_owned)
}

/// Keywords that JSON Schema does not know, such as `ge` and `le`.
fn other_keywords(data: &SchemaData) -> Vec<String> {
    let keywords = data
        .extensions
        .get(keys::KEYWORDS)
        .and_then(serde_json::Value::as_object);
    keywords
        .into_iter()
        .flatten()
        .map(|(keyword, value)| code(&format!("{keyword}: {value}")))
        .collect()
}

/// A span of code on one line, with more backticks around it than it has in a row.
fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let longest = text.split(|symbol| symbol != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}
