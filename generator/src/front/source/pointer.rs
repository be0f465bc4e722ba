//! JSON Pointers (RFC 6901).

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
            write!(f, "/{}", token.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

fn step<'n>(node: &'n Node, token: &str) -> Option<&'n Node> {
    match &node.value {
        Value::Object(map) => map.get(token).map(|entry| &entry.node),
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        _ => None,
    }
}

fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
