//! Text templates: `{{name}}` stands for a text of that name. Knows no file by name.

/// Fills a template in. A line that holds nothing but the name of an empty text goes, with the blank line after it.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut dropped = false;
    for line in template.lines() {
        let filled = fill_line(line, values);
        if filled.is_empty() && (dropped || !line.is_empty()) {
            dropped = !line.is_empty();
            continue;
        }
        dropped = false;
        text.push_str(&filled);
        text.push('\n');
    }
    text
}

fn fill_line(line: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        let value = values
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| value);
        filled.push_str(value.trim_end_matches('\n'));
        rest = after;
    }
    filled.push_str(rest);
    filled
}
