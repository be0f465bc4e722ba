//! Bodies as one short line, for messages.

/// At most 200 characters on one line; control characters are escaped.
pub(super) fn excerpt(body: &[u8]) -> String {
    const LENGTH: usize = 200;
    // Four bytes hold at least one character, so this is enough to know whether something is left out.
    let start = body.get(..LENGTH * 4 + 4).unwrap_or(body);
    let text = String::from_utf8_lossy(start);
    let text = text.trim();
    let mut line = String::with_capacity(text.len().min(LENGTH));
    let mut length = 0;
    for character in text.chars() {
        let mut shown = String::new();
        if character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
        let added = shown.chars().count();
        if length + added >= LENGTH {
            line.push('…');
            break;
        }
        length += added;
        line.push_str(&shown);
    }
    line
}
