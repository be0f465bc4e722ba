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
        for line in text.lines() {
            let line = line.trim_end().replace('\t', "    ");
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
        let trimmed = line.trim_start();
        // Four spaces would make it a block of code, which rustdoc compiles.
        let indent = (line.len() - trimmed.len()).min(2);
        let mut out = " ".repeat(indent);
        let mut rest = trimmed;
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
    fn code_is_never_rust() {
        assert_eq!(one("```\nlet x;\n```"), "```text\nlet x;\n```");
        assert_eq!(one("```json\n{}\n```"), "```json\n{}\n```");
        assert_eq!(one("```rust\nx"), "```text\nx\n```");
        assert_eq!(one("Attributes:\n\n    ACTIVE: on"), "Attributes:\n\n  ACTIVE: on");
    }
}
