//! JSON Pointers (RFC 6901).
//!
//! Knows the tree and the pointer's spelling as a URI fragment; nothing of references between documents.

use std::fmt;

use super::{Node, Value};

/// A path into a tree, from its root: `#/paths/~1v1~1sessions/get`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer {
    tokens: Vec<String>,
}

impl Pointer {
    /// The pointer to the root.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a URI fragment: `#` or `#/a/b`, with `~0`, `~1` and percent escapes undone. `None` where it is no pointer.
    pub fn from_fragment(reference: &str) -> Option<Self> {
        let path = reference.strip_prefix('#')?;
        if path.is_empty() {
            return Some(Self::root());
        }
        let decoded = percent_decode(path.strip_prefix('/')?);
        let tokens = decoded
            .split('/')
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
            .collect();
        Some(Self { tokens })
    }

    /// This pointer with one token more.
    #[must_use]
    pub fn child(&self, token: impl Into<String>) -> Self {
        let mut tokens = Vec::with_capacity(self.tokens.len() + 1);
        tokens.extend_from_slice(&self.tokens);
        tokens.push(token.into());
        Self { tokens }
    }

    /// This pointer with further tokens.
    #[must_use]
    pub fn below<T: Into<String>>(&self, tokens: impl IntoIterator<Item = T>) -> Self {
        let tokens = tokens.into_iter().map(Into::into);
        Self {
            tokens: self.tokens.iter().cloned().chain(tokens).collect(),
        }
    }

    /// The unescaped tokens.
    pub fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// The node it points to.
    pub fn find<'n>(&self, root: &'n Node) -> Option<&'n Node> {
        self.tokens.iter().try_fold(root, |node, token| step(node, token))
    }

    /// The node it points to, or the deepest one on the way there.
    pub fn find_nearest<'n>(&self, root: &'n Node) -> &'n Node {
        let mut node = root;
        for token in &self.tokens {
            match step(node, token) {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }
}

/// As a URI fragment: `#/paths/~1v1~1sessions`.
impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#")?;
        for token in &self.tokens {
            // A fragment may hold most characters as they are; only the percent sign would not be read back.
            write!(
                f,
                "/{}",
                token.replace('~', "~0").replace('/', "~1").replace('%', "%25")
            )?;
        }
        Ok(())
    }
}

fn step<'n>(node: &'n Node, token: &str) -> Option<&'n Node> {
    match &node.value {
        Value::Object(map) => map.get(token).map(|entry| &entry.node),
        Value::Array(items) => items.get(index(token)?),
        _ => None,
    }
}

/// An array's index: digits without a leading zero.
fn index(token: &str) -> Option<usize> {
    let digits = token.bytes().all(|byte| byte.is_ascii_digit()) && (token == "0" || !token.starts_with('0'));
    digits.then(|| token.parse().ok()).flatten()
}

/// Undoes percent escapes; a percent sign that begins none stays.
pub(crate) fn percent_decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(hex(*high) << 4 | hex(*low));
                rest = after;
            }
            _ => out.push(*first),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The value of a hexadecimal digit.
fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20) - b'a' + 10,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, parse};
    use super::*;
    use crate::diagnostic::Findings;

    const TEXT: &str = "{\"paths\": {\"/a/{id}\": [10, {\"x~y\": true, \"50%\": 1, \"\": 2, \"é\": 3}]}}";

    fn find(fragment: &str) -> Option<String> {
        let source = Source {
            name: "a".to_owned(),
            text: TEXT.to_owned(),
        };
        let root = parse(&source, &mut Findings::new())?;
        Some(Pointer::from_fragment(fragment)?.find(&root)?.to_json().to_string())
    }

    #[test]
    fn finds_what_it_points_to() {
        assert_eq!(find("#/paths/~1a~1{id}/0").as_deref(), Some("10"));
        assert_eq!(find("#/paths/~1a~1%7Bid%7D/1/x~0y").as_deref(), Some("true"));
        assert_eq!(find("#/paths/~1a~1{id}/1/50%25").as_deref(), Some("1"));
        assert_eq!(find("#/paths/~1a~1{id}/1/50%").as_deref(), Some("1"));
        assert_eq!(find("#/paths/~1a~1{id}/1/").as_deref(), Some("2"));
        assert_eq!(find("#/paths/~1a~1{id}/1/%C3%A9").as_deref(), Some("3"));
    }

    #[test]
    fn finds_nothing_elsewhere() {
        for fragment in [
            "",
            "paths",
            "#paths",
            "#/paths/~1a~1{id}/00",
            "#/paths/~1a~1{id}/+0",
            "#/paths/~1a~1{id}/2",
            "#/paths/x",
        ] {
            assert_eq!(find(fragment), None, "{fragment}");
        }
        assert!(find("#").is_some());
    }

    #[test]
    fn reads_what_it_writes() {
        let pointer = Pointer::root()
            .child("paths")
            .child("/a/{id}")
            .child("50%41~1")
            .child("");
        assert_eq!(pointer.to_string(), "#/paths/~1a~1{id}/50%2541~01/");
        assert_eq!(Pointer::from_fragment(&pointer.to_string()), Some(pointer));
        assert_eq!(Pointer::root().to_string(), "#");
    }

    #[test]
    fn finds_the_deepest_node_on_the_way() {
        let source = Source {
            name: "a".to_owned(),
            text: TEXT.to_owned(),
        };
        let root = parse(&source, &mut Findings::new());
        let pointer = Pointer::root().child("paths").child("/a/{id}").child("7").child("x");
        let nearest = root.as_ref().map(|root| pointer.find_nearest(root).place.to_string());
        assert_eq!(nearest.as_deref(), Some("a:1:23"));
    }
}
