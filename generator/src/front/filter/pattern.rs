//! One pattern of a filter: what of an operation it looks at, and the text with stars that this has to fit.
//!
//! Knows operations by what tells them apart; nothing of the document around them. Glob libraries take the braces of a path
//! template for alternatives, so the stars are ours.

use crate::diagnostic::Place;

/// What of an operation a pattern looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Tag,
    Path,
    Id,
    Method,
}

/// The words for them.
const SUBJECTS: [(&str, Subject); 4] = [
    ("tag", Subject::Tag),
    ("path", Subject::Path),
    ("id", Subject::Id),
    ("method", Subject::Method),
];

/// What a pattern looks like, for help texts.
pub const EXPECTED: &str = "a pattern such as tag:pets, path:/v1/**, id:list* or method:GET";

/// Some operations, by tag, path, operationId or method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    subject: Subject,
    text: String,
    /// Where it stands in `client.toml`; `None` for one of the command line.
    pub(super) place: Option<Place>,
}

/// What patterns look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts<'d> {
    pub(super) path: String,
    /// In lower case, as documents write it; empty where a path has no operation.
    pub(super) method: String,
    pub(super) id: Option<&'d str>,
    pub(super) tags: Vec<&'d str>,
}

impl Pattern {
    /// Reads `SUBJECT:TEXT`. `None` where it is none: [`EXPECTED`] says what one looks like.
    pub fn parse(text: &str, place: Option<Place>) -> Option<Self> {
        let (word, text) = text.split_once(':')?;
        let (_, subject) = SUBJECTS.into_iter().find(|(name, _)| *name == word)?;
        let text = if subject == Subject::Method {
            text.to_ascii_lowercase()
        } else {
            text.to_owned()
        };
        (!text.is_empty()).then_some(Self { subject, text, place })
    }

    pub(super) fn matches(&self, facts: &Facts<'_>) -> bool {
        facts.of(self.subject).any(|value| fits(&self.text, value))
    }

    /// What a pattern of the same subject could say about an operation.
    pub(super) fn values<'f>(&self, facts: &'f Facts<'_>) -> impl Iterator<Item = &'f str> {
        facts.of(self.subject)
    }

    /// The text without its subject.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The word for what it looks at.
    pub(super) fn subject(&self) -> &'static str {
        let word = SUBJECTS.into_iter().find(|(_, subject)| *subject == self.subject);
        word.map_or("", |(word, _)| word)
    }
}

impl Facts<'_> {
    fn of(&self, subject: Subject) -> impl Iterator<Item = &str> {
        let (one, tags) = match subject {
            Subject::Tag => (None, &self.tags[..]),
            Subject::Path => (Some(self.path.as_str()), &[][..]),
            Subject::Id => (self.id, &[][..]),
            Subject::Method => (Some(self.method.as_str()), &[][..]),
        };
        one.into_iter().chain(tags.iter().copied())
    }
}

/// Whether a text fits one with stars: `*` is any text without a slash, `**` any text.
fn fits(pattern: &str, text: &str) -> bool {
    // For each end of what is read of the pattern: which ends of the text it can reach. All at once, so that many stars
    // cost no more than the product of the two lengths.
    let mut reached: Vec<bool> = vec![false; text.len() + 1];
    reached[0] = true;
    let bytes = text.as_bytes();
    let mut rest = pattern.as_bytes();
    while let [first, after @ ..] = rest {
        let (star, across) = (*first == b'*', after.first() == Some(&b'*'));
        rest = if star && across { &after[1..] } else { after };
        let mut next = vec![false; reached.len()];
        for at in 0..reached.len() {
            let before = at.checked_sub(1);
            next[at] = if star {
                reached[at] || before.is_some_and(|before| next[before] && (across || bytes[before] != b'/'))
            } else {
                before.is_some_and(|before| reached[before] && bytes[before] == *first)
            };
        }
        reached = next;
    }
    reached.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Facts, Pattern, fits};

    #[test]
    fn a_star_stops_at_slashes_and_two_do_not() {
        for (pattern, text, expected) in [
            ("/pets", "/pets", true),
            ("/pets", "/pets/{id}", false),
            ("/pets/*", "/pets/{id}", true),
            ("/pets/*", "/pets/{id}/tags", false),
            ("/pets/*/tags", "/pets/{id}/tags", true),
            ("/pets**", "/pets/{id}/tags", true),
            ("**/tags", "/pets/{id}/tags", true),
            ("/pets/**", "/pets", false),
            ("/pets/{id}", "/pets/{id}", true),
            ("/pets/{id}", "/pets/i", false),
            ("list*", "listPets", true),
            ("*Pets", "listPets", true),
            ("l*s*s", "lists", true),
            ("l*s*s", "list", false),
            ("*", "", true),
            ("ü*", "über", true),
            ("", "a", false),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn many_stars_end_soon() {
        let (pattern, text) = ("*a".repeat(200), "a".repeat(2000));
        assert!(fits(&pattern, &text));
        assert!(!fits(&(pattern + "b"), &text));
    }

    #[test]
    fn each_subject_looks_at_its_own() {
        let facts = Facts {
            path: "/pets".to_owned(),
            method: "get".to_owned(),
            id: Some("listPets"),
            tags: vec!["pets", "a:b"],
        };
        let matches = |text| Pattern::parse(text, None).map(|pattern| pattern.matches(&facts));
        for text in [
            "tag:pets",
            "tag:a:b",
            "path:/pets",
            "id:listPets",
            "method:GET",
            "method:get",
        ] {
            assert_eq!(matches(text), Some(true), "{text}");
        }
        for text in ["tag:Pets", "tag:listPets", "path:pets", "id:pets", "method:POST"] {
            assert_eq!(matches(text), Some(false), "{text}");
        }
        for text in ["pets", "tags:pets", "tag:", "", ":", "Tag:pets"] {
            assert_eq!(matches(text), None, "{text}");
        }
        let anonymous = Facts {
            id: None,
            tags: vec![],
            ..facts
        };
        let matches = |text| Pattern::parse(text, None).map(|pattern| pattern.matches(&anonymous));
        assert_eq!((matches("id:*"), matches("tag:*")), (Some(false), Some(false)));
    }
}
