//! What becomes of the keys of a document, as text for people and for programs.

use std::fmt::Write;

use indexmap::IndexMap;
use serde_json::json;

use super::report::Format;
use crate::diagnostic::Place;
use crate::front::keywords::{Met, Treatment};

/// How many places of a key people are shown.
const SHOWN: usize = 3;

/// A list for people, or an object on a line for each place.
pub(super) fn text(met: &[Met], format: Format) -> String {
    if format == Format::Json {
        return met.iter().map(json).collect();
    }
    let mut rows: IndexMap<(Treatment, &str, &str, &str), Vec<&Place>> = IndexMap::new();
    for met in met {
        let row = rows.entry((met.treatment, met.object, &met.key, met.why));
        row.or_default().push(&met.place);
    }
    let width = rows
        .keys()
        .map(|(_, object, key, _)| object.len() + 1 + key.chars().count());
    let width = width.max().unwrap_or_default();
    let mut text = String::new();
    for (treatment, heading) in [
        (Treatment::Honoured, "honoured:\n"),
        (Treatment::Documented, "documented only:\n"),
        (Treatment::Ignored, "ignored:\n"),
    ] {
        let mut heading = Some(heading);
        for ((_, object, key, why), places) in rows.iter().filter(|((of, ..), _)| *of == treatment) {
            text.push_str(heading.take().unwrap_or_default());
            let name = format!("{object} {key}");
            let why = if why.is_empty() {
                String::new()
            } else {
                format!("{why}: ")
            };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {name:width$} {:4}  {why}{}", places.len(), first(places));
        }
    }
    text
}

/// The first places; the file is named where it is not that of the place before.
fn first(places: &[&Place]) -> String {
    let mut file = "";
    let shown = places.iter().take(SHOWN).map(|place| {
        let known = std::mem::replace(&mut file, &place.file) == &*place.file;
        let (line, column) = (place.line, place.column);
        if known {
            format!("{line}:{column}")
        } else {
            place.to_string()
        }
    });
    let mut shown: Vec<_> = shown.collect();
    shown.extend((places.len() > SHOWN).then(|| "…".to_owned()));
    shown.join(", ")
}

fn json(met: &Met) -> String {
    let object = json!({
        "object": met.object,
        "key": met.key,
        "treatment": met.treatment.as_str(),
        "why": met.why,
        "file": &*met.place.file,
        "line": met.place.line,
        "column": met.place.column,
    });
    format!("{object}\n")
}
