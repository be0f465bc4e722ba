//! Text that must not be seen. Knows nothing of where it goes.

use std::fmt;

/// A key, token or password. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Box<str>);

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Stands in `Debug` for a value that must not be seen.
pub struct Hidden;

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// Whether values of a header or parameter of this name are better not shown.
pub(super) fn is_sensitive(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["auth", "key", "token", "secret", "cookie", "password", "signature"]
        .iter()
        .any(|word| name.contains(word))
}

/// Names and values for `Debug`, with the sensitive values left out.
pub(super) struct Redacted<'a>(pub &'a [(String, String)]);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |(name, value): &'_ (String, String)| {
            (
                name.clone(),
                if is_sensitive(name) {
                    "…".to_owned()
                } else {
                    value.clone()
                },
            )
        };
        f.debug_map().entries(self.0.iter().map(shown)).finish()
    }
}
