//! Bodies and reasons as one short line, for messages.

/// A body: at most 200 characters on one line.
pub(super) fn excerpt(body: &[u8]) -> String {
    cut(body, 200)
}

/// At most so many characters on one line; control characters are escaped.
pub(super) fn cut(text: &[u8], limit: usize) -> String {
    // Four bytes hold at least one character, so this is enough to know whether something is left out.
    let start = text.get(..limit * 4 + 4).unwrap_or(text);
    let text = String::from_utf8_lossy(start);
    let text = text.trim();
    let mut line = String::with_capacity(text.len().min(limit));
    let mut length = 0;
    for character in text.chars() {
        let mut shown = String::new();
        if character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
        let added = shown.chars().count();
        if length + added >= limit {
            line.push('…');
            break;
        }
        length += added;
        line.push_str(&shown);
    }
    line
}
