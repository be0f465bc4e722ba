//! From byte offsets to lines and columns.
//!
//! Knows text only. Built once for an input, in one pass; a lookup costs a binary search and a glance at one block, also
//! in a document that is a single line of many megabytes.

use std::sync::Arc;

use crate::diagnostic::Place;

/// Bytes in one block: for each, how many characters come before it is kept.
const BLOCK: usize = 64;

/// The lines of one input.
pub(super) struct Lines<'t> {
    file: Arc<str>,
    bytes: &'t [u8],
    /// The offset of each line's first byte.
    starts: Vec<usize>,
    /// The number of characters before each block.
    blocks: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Indexes a text. A line ends with a line feed.
    pub(super) fn new(file: &str, text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let feeds = bytes
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n')
            .map(|(at, _)| at + 1);
        let mut before = 0;
        let blocks = bytes.chunks(BLOCK).map(|block| {
            let here = before;
            before += characters(block);
            here
        });
        Self {
            file: Arc::from(file),
            bytes,
            blocks: blocks.collect(),
            starts: std::iter::once(0).chain(feeds).collect(),
        }
    }

    /// The place of the character that begins at this offset; the end of the text for any offset beyond it.
    pub(super) fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.bytes.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        // The first line starts at 0, so at least one start is not beyond the offset.
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        Place {
            file: Arc::clone(&self.file),
            line: count(line),
            column: count(self.before(offset) - self.before(start) + 1),
        }
    }

    /// The number of characters before an offset.
    fn before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        // An offset at the very end may lie behind the last block: then that one is counted whole.
        let (block, counted) = match self.blocks.get(block) {
            Some(counted) => (block, *counted),
            None => (block.saturating_sub(1), self.blocks.last().copied().unwrap_or_default()),
        };
        counted + characters(&self.bytes[block * BLOCK..offset])
    }
}

/// The place where a file begins.
pub(super) fn start(file: &str) -> Place {
    Place {
        file: Arc::from(file),
        line: 1,
        column: 1,
    }
}

/// How many characters begin in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// A line or column as a `Place` holds it.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_place(text: &str, offset: usize, expected: (u32, u32)) {
        let place = Lines::new("a", text).place(offset);
        assert_eq!((place.line, place.column), expected, "{text:?} at {offset}");
    }

    #[test]
    fn counts_characters_from_one() {
        assert_place("", 0, (1, 1));
        assert_place("ab\ncd", 0, (1, 1));
        assert_place("ab\ncd", 2, (1, 3));
        assert_place("ab\ncd", 3, (2, 1));
        assert_place("ab\r\ncd", 5, (2, 2));
        assert_place("ab\n", 3, (2, 1));
        assert_place("ab", 99, (1, 3));
        assert_place("é→x", "é→".len(), (1, 3));
    }

    #[test]
    fn counts_across_blocks() {
        let text = "é".repeat(BLOCK * 3);
        for characters in [0, 1, BLOCK / 2, BLOCK, BLOCK * 2 + 7, BLOCK * 3] {
            assert_place(&text, characters * 2, (1, count(characters) + 1));
        }
        let ascii = "x".repeat(BLOCK * 2);
        assert_place(&ascii, BLOCK * 2, (1, count(BLOCK * 2) + 1));
    }
}
