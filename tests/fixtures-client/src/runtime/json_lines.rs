//! JSON value by value: a line for each (`application/x-ndjson`, `application/jsonl`), or each behind a record
//! separator (`application/json-seq`, RFC 7464). Knows where values end, not how pieces come.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http::HeaderMap;

use super::Error;
use super::stream::{Frames, Read, Split, TooLarge, next};

/// What stands before each value of a JSON text sequence. It cannot occur in JSON.
const SEPARATOR: u8 = 0x1E;

/// The values of an answer in JSON, decoded as they come. It is a `Stream` of `Result<T, Error>`, too.
///
/// It ends where the answer ends, and when the connection fails. Empty lines are passed over. A line that is no `T` is
/// an error that does not end it: the next one may be one.
pub struct JsonLines<T> {
    frames: Frames<Lines>,
    read: Read<T>,
}

impl<T> JsonLines<T> {
    pub(super) fn new(frames: Frames<Lines>, read: Read<T>) -> Self {
        Self { frames, read }
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.frames.head.headers
    }

    /// The id that the server gave the call, if it gave one: what its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.frames.head.request_id()
    }

    /// The next value; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        next(self).await
    }
}

impl<T> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let frame = self.frames.poll(context);
        frame.map(|frame| frame.map(|line| self.frames.head.json(Lines::FRAME, line?, &self.read)))
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").finish_non_exhaustive()
    }
}

/// Parts a body into the texts of its values.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// What is left of the last piece.
    piece: Bytes,
    /// The start of a text whose end has not come yet.
    text: Vec<u8>,
    /// What ends a text: known with the first byte.
    end: Option<u8>,
}

impl Split for Lines {
    type Frame = Bytes;

    const FRAME: &'static str = "a line";

    fn push(&mut self, piece: Bytes) {
        self.piece = piece;
    }

    fn next(&mut self, limit: usize) -> Option<Result<Bytes, TooLarge>> {
        let first = *self.piece.first()?;
        let last = *self
            .end
            .get_or_insert(if first == SEPARATOR { SEPARATOR } else { b'\n' });
        loop {
            let end = self.piece.iter().position(|byte| *byte == last);
            let part = self.piece.split_to(end.unwrap_or(self.piece.len()));
            if self.text.len() + part.len() > limit {
                return Some(Err(TooLarge));
            }
            self.text.extend_from_slice(&part);
            end?;
            self.piece.advance(1);
            if let Some(text) = self.take() {
                return Some(Ok(text));
            }
        }
    }

    /// The last line needs no end.
    fn end(&mut self) -> Option<Bytes> {
        self.take()
    }
}

impl Lines {
    /// The text so far, if there is anything in it.
    fn take(&mut self) -> Option<Bytes> {
        let text = Bytes::from(std::mem::take(&mut self.text));
        // Only the first line can have a byte order mark, and nothing else can begin with these bytes.
        let trimmed = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text).trim_ascii();
        (!trimmed.is_empty()).then(|| text.slice_ref(trimmed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pieces: &[&[u8]]) -> Vec<String> {
        let mut lines = Lines::default();
        let mut texts = Vec::new();
        for piece in pieces {
            lines.push(Bytes::copy_from_slice(piece));
            while let Some(text) = lines.next(1000) {
                texts.push(text.unwrap());
            }
        }
        texts.extend(lines.end());
        texts
            .into_iter()
            .map(|text| String::from_utf8(text.to_vec()).unwrap())
            .collect()
    }

    #[test]
    fn reads_the_same_whatever_the_pieces() {
        let cases: &[(&str, &[&str])] = &[
            ("{\"a\":1}\n[\"€\"]\n", &["{\"a\":1}", "[\"€\"]"]),
            ("1\r\n\r\n  \n2", &["1", "2"]),
            ("\u{feff}1\n2\n", &["1", "2"]),
            ("\u{1e}{\"a\":\n1}\n\u{1e}\n\u{1e}2\n", &["{\"a\":\n1}", "2"]),
            ("\n", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let bytes = text.as_bytes();
            for first in 0..=bytes.len() {
                for second in first..=bytes.len() {
                    let pieces = [&bytes[..first], &bytes[first..second], &bytes[second..]];
                    assert_eq!(parse(&pieces), *expected, "{text:?} cut at {first} and {second}");
                }
            }
        }
    }

    #[test]
    fn a_line_has_a_largest_size() {
        let mut lines = Lines::default();
        lines.push(Bytes::from("12345\n123456\n"));
        assert_eq!(lines.next(5), Some(Ok(Bytes::from("12345"))));
        assert_eq!(lines.next(5), Some(Err(TooLarge)));
    }
}
