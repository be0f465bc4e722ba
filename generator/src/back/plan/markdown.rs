//! A vendor's CommonMark as rustdoc can show it.
//!
//! Links become absolute, bare addresses become links, code stays text (rustdoc would compile what it takes for Rust),
//! and what rustdoc would take for HTML or for a link to an item is shown as it is written.

/// Rewrites descriptions of one API.
pub(super) struct Markdown<'a> {
    /// What relative links are resolved against.
    base: Option<&'a str>,
}

impl<'a> Markdown<'a> {
    pub(super) fn new(base: Option<&'a str>) -> Self {
        Self {
            base: base.map(|base| base.trim_end_matches('/')),
        }
    }

    /// The lines of a description, without an empty one at either end.
    pub(super) fn lines(&self, text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        let mut fence: Option<String> = None;
        let mut paragraph = Paragraph::default();
        for line in text.lines() {
            let line = paragraph.next(&line.trim_end().replace('\t', "    "), fence.is_some());
            let trimmed = line.trim_start();
            match &fence {
                Some(open) if trimmed.starts_with(open.as_str()) => {
                    lines.push(open.clone());
                    fence = None;
                }
                Some(_) => lines.push(line),
                None => match fence_marker(trimmed) {
                    Some(marker) => {
                        lines.push(opened(&marker, &trimmed[marker.len()..]));
                        fence = Some(marker);
                    }
                    None => lines.push(self.prose(&line)),
                },
            }
        }
        lines.extend(fence);
        without_blank_ends(&lines)
    }

    /// A line outside code blocks.
    fn prose(&self, line: &str) -> String {
        let mut rest = line.trim_start();
        let mut out = " ".repeat(line.len() - rest.len());
        while !rest.is_empty() {
            let used = self.piece(rest, &mut out);
            rest = &rest[used..];
        }
        out
    }

    /// Copies the next piece of a line; returns how many bytes it was.
    fn piece(&self, rest: &str, out: &mut String) -> usize {
        if rest.starts_with('`') {
            return code_span(rest, out);
        }
        if rest.starts_with('[') {
            return self.bracket(rest, out);
        }
        if let Some(address) = address(rest) {
            out.push('<');
            out.push_str(address);
            out.push('>');
            return address.len();
        }
        if rest.starts_with('<') {
            return angle(rest, out);
        }
        let first = rest.chars().next().map_or(1, char::len_utf8);
        match &rest[..first] {
            "]" => out.push_str("\\]"),
            // An escape of the author's: the escaped symbol goes with it.
            "\\" => {
                let second = rest[1..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&rest[..=second]);
                return 1 + second;
            }
            piece => out.push_str(piece),
        }
        first
    }

    /// A link with its target made absolute, or a bracket shown as it is.
    fn bracket(&self, rest: &str, out: &mut String) -> usize {
        let link = rest.find("](").and_then(|middle| {
            let text = &rest[1..middle];
            let after = &rest[middle + 2..];
            let end = after.find(')')?;
            let target = after[..end].trim();
            // With a space in it, it is a target and a title in quotes, or no link.
            let is_link = target
                .find(' ')
                .is_none_or(|at| target[at..].trim_start().starts_with('"'));
            let whole = is_link && !text.contains('[') && !text.contains(']');
            whole.then_some((text, target, middle + 2 + end + 1))
        });
        let Some((text, target, used)) = link else {
            out.push_str("\\[");
            return 1;
        };
        match self.absolute(target) {
            Some(target) => {
                out.push('[');
                out.push_str(&text.replace('<', "\\<"));
                out.push_str("](");
                out.push_str(&target);
                out.push(')');
            }
            // A link that leads nowhere outside the vendor's site: its words are what is left.
            None => out.push_str(&text.replace('<', "\\<")),
        }
        used
    }

    fn absolute(&self, target: &str) -> Option<String> {
        if ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| target.starts_with(scheme))
        {
            return Some(target.to_owned());
        }
        let base = self.base?;
        if target.starts_with('#') {
            return None;
        }
        Some(format!(
            "{base}/{}",
            target.trim_start_matches("./").trim_start_matches('/')
        ))
    }
}

/// Which paragraph a line goes on with, so that it stands where the paragraph does (CommonMark 0.31.2, section 5: what
/// continues a paragraph of a list item or a quotation may do without its indentation or its `>`, which is easily misread).
#[derive(Debug, Default)]
enum Paragraph {
    /// One outside lists and quotations, or none.
    #[default]
    Plain,
    /// That of a list's item, whose text begins in this column.
    Item(usize),
    /// That of a quotation.
    Quotation,
}

impl Paragraph {
    /// The next line, moved to its paragraph.
    fn next(&mut self, line: &str, is_code: bool) -> String {
        if is_code {
            return line.to_owned();
        }
        let trimmed = line.trim_start();
        // Four spaces would make it a block of code, which rustdoc compiles.
        let indent = (line.len() - trimmed.len()).min(2);
        let interrupts = trimmed.is_empty() || trimmed.starts_with('#') || fence_marker(trimmed).is_some();
        if let Some(marker) = list_marker(trimmed) {
            *self = Self::Item(indent + marker);
        } else if trimmed.starts_with('>') {
            *self = Self::Quotation;
        } else if interrupts {
            *self = Self::Plain;
        }
        match self {
            Self::Item(column) if list_marker(trimmed).is_none() => {
                format!("{:column$}{trimmed}", "", column = *column)
            }
            Self::Quotation if !trimmed.starts_with('>') => format!("> {trimmed}"),
            _ => format!("{:indent$}{trimmed}", ""),
        }
    }
}

/// How wide the marker is that begins a list's item, with the spaces behind it.
fn list_marker(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let marker = match line[digits..].chars().next()? {
        '.' | ')' if (1..=9).contains(&digits) => digits + 1,
        '*' | '-' | '+' if digits == 0 => 1,
        _ => return None,
    };
    let text = line[marker..].trim_start_matches(' ');
    let spaces = line.len() - marker - text.len();
    match spaces {
        // A marker without text may be a ruler, or words that begin so.
        _ if text.is_empty() => None,
        0 => None,
        // Five spaces and more begin a block of code in the item.
        1..=4 => Some(marker + spaces),
        _ => Some(marker + 1),
    }
}

/// The backticks or tildes that open a block of code.
fn fence_marker(line: &str) -> Option<String> {
    ['`', '~'].into_iter().find_map(|mark| {
        let count = line.chars().take_while(|symbol| *symbol == mark).count();
        // Backticks behind backticks on one line are a span of code.
        let is_span = mark == '`' && line[count..].contains('`');
        (count >= 3 && !is_span).then(|| mark.to_string().repeat(count))
    })
}

/// The opening line: text, unless it says another language than Rust.
fn opened(marker: &str, info: &str) -> String {
    let language = info
        .split([',', ' ', '{'])
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    let compiled = ["", "rust", "rs", "should_panic", "no_run", "ignore", "compile_fail"].contains(&language.as_str());
    let plain = language.chars().all(|symbol| symbol.is_ascii_alphanumeric());
    if compiled || !plain {
        format!("{marker}text")
    } else {
        format!("{marker}{language}")
    }
}

fn code_span(rest: &str, out: &mut String) -> usize {
    let count = rest.bytes().take_while(|byte| *byte == b'`').count();
    let ticks = &rest[..count];
    match rest[count..].find(ticks) {
        Some(end) => {
            let used = count + end + count;
            out.push_str(&rest[..used]);
            used
        }
        None => {
            out.push_str(&"\\`".repeat(count));
            count
        }
    }
}

/// A bare address at the beginning, without the punctuation that ends a sentence.
fn address(rest: &str) -> Option<&str> {
    if !rest.starts_with("https://") && !rest.starts_with("http://") {
        return None;
    }
    let end = rest
        .find(|symbol: char| symbol.is_whitespace() || "<>()[]{}\"'`*|\\".contains(symbol))
        .unwrap_or(rest.len());
    let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    (address.len() > "https://".len()).then_some(address)
}

/// An address in angle brackets, a line break, or an angle bracket shown as it is.
fn angle(rest: &str, out: &mut String) -> usize {
    if let Some(end) = rest.find('>') {
        let inner = &rest[1..end];
        if inner.starts_with("https://") || inner.starts_with("http://") {
            out.push_str(&rest[..=end]);
            return end + 1;
        }
        if ["br", "br/", "br /"].contains(&inner.to_lowercase().as_str()) {
            out.push(' ');
            return end + 1;
        }
    }
    out.push_str("\\<");
    1
}

fn without_blank_ends(lines: &[String]) -> Vec<String> {
    let first = lines.iter().position(|line| !line.trim().is_empty());
    let last = lines.iter().rposition(|line| !line.trim().is_empty());
    match (first, last) {
        (Some(first), Some(last)) => lines[first..=last]
            .iter()
            .map(|line| line.trim_end().to_owned())
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> String {
        Markdown::new(Some("https://docs.example.com")).lines(text).join("\n")
    }

    #[test]
    fn links_become_absolute() {
        assert_eq!(
            one("See [Proxy](/features/x#y)."),
            "See [Proxy](https://docs.example.com/features/x#y)."
        );
        assert_eq!(
            one("See [Settings](https://a.example/b)."),
            "See [Settings](https://a.example/b)."
        );
        assert_eq!(Markdown::new(None).lines("See [Proxy](/x)."), ["See Proxy."]);
    }

    #[test]
    fn what_rustdoc_would_misread_is_escaped() {
        assert_eq!(one("Takes Vec<T> and arr[0]"), "Takes Vec\\<T> and arr\\[0\\]");
        assert_eq!(one("`Vec<T>` stays"), "`Vec<T>` stays");
        assert_eq!(one("at https://a.example/x, then"), "at <https://a.example/x>, then");
        assert_eq!(one("a `b"), "a \\`b");
        assert_eq!(one("one<br>two"), "one two");
        assert_eq!(
            one("```{\"a\": 1}``` is JSON\nand <b>"),
            "```{\"a\": 1}``` is JSON\nand \\<b>"
        );
        assert_eq!(one("a [range](from, to)"), "a \\[range\\](from, to)");
        assert_eq!(one("[x](/y \"Why\")"), "[x](https://docs.example.com/y \"Why\")");
        assert_eq!(one("ends in \\"), "ends in \\");
    }

    #[test]
    fn lines_stand_where_their_paragraph_does() {
        assert_eq!(
            one("* When it is\nadded:\n*   or\n not\n\nElse"),
            "* When it is\n  added:\n*   or\n    not\n\nElse"
        );
        assert_eq!(one("12. a\nb\n# c\nd"), "12. a\n    b\n# c\nd");
        assert_eq!(one("> a\nb\n\nc"), "> a\n> b\n\nc");
        assert_eq!(one("-1 is\nnone, *so* is\n- - -"), "-1 is\nnone, *so* is\n- - -");
        assert_eq!(one("- a\n```\nb\n```\nc"), "- a\n```text\nb\n```\nc");
    }

    #[test]
    fn code_is_never_rust() {
        assert_eq!(one("```\nlet x;\n```"), "```text\nlet x;\n```");
        assert_eq!(one("```json\n{}\n```"), "```json\n{}\n```");
        assert_eq!(one("```rust\nx"), "```text\nx\n```");
        assert_eq!(one("Attributes:\n\n    ACTIVE: on"), "Attributes:\n\n  ACTIVE: on");
    }
}
