//! Media types, as documents write them: `application/json; charset=utf-8`. Knows their names only.

/// A media type without its parameters, in lower case (RFC 9110, section 8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether what it is the [`essence`] of is JSON, the suffix of RFC 6839, section 3.1, included.
pub(super) fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::{essence, is_json};

    #[test]
    fn json_has_several_names() {
        let names = [
            "application/json",
            "Application/Problem+JSON ; charset=utf-8",
            "text/json",
            "application/jsonl",
            "json",
            "",
        ];
        assert_eq!(
            names.map(|name| is_json(&essence(name))),
            [true, true, true, false, false, false]
        );
    }
}
