//! Where in a JSON text an error stands, as a path. Only called after a failure, so that success pays nothing for it.

use std::fmt::Write as _;

use super::excerpt::cut;

/// What is wrong and where: ``at `$.proxies[0].type`: expected `none`, found `x` ``.
pub(super) fn explain(text: &[u8], error: &serde_json::Error) -> String {
    format!("at `{}`: {}", locate(text, error), reason(error))
}

/// What is wrong, without its position, and short: a value that does not fit can be of any length.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    cut(message.strip_suffix(&position).unwrap_or(&message).as_bytes(), 600)
}

/// The path of the value that the parser had reached.
pub(super) fn locate(text: &[u8], error: &serde_json::Error) -> String {
    let mut walker = Walker {
        text,
        at: 0,
        frames: Vec::new(),
    };
    walker.run(offset(text, error));
    walker.path()
}

/// How many bytes the parser had read. Where they are no JSON, the last of them does not belong.
pub(super) fn offset(text: &[u8], error: &serde_json::Error) -> usize {
    let lines = text.split(|byte| *byte == b'\n').take(error.line().saturating_sub(1));
    let before: usize = lines.map(|line| line.len() + 1).sum();
    before + error.column().saturating_sub(usize::from(error.is_syntax()))
}

/// A container that is open.
enum Frame {
    /// An object, and the key whose value is being read.
    Object(Option<String>),
    /// An array, and the index of the item.
    Array(usize),
}

/// Reads tokens and keeps the containers that are open. It takes the text for JSON: what is not, ends somewhere near.
struct Walker<'a> {
    text: &'a [u8],
    at: usize,
    frames: Vec<Frame>,
}

impl Walker<'_> {
    fn run(&mut self, end: usize) {
        while self.at < end {
            let Some(byte) = self.text.get(self.at) else { return };
            match byte {
                b'{' => self.frames.push(Frame::Object(None)),
                b'[' => self.frames.push(Frame::Array(0)),
                b'}' | b']' => drop(self.frames.pop()),
                b',' => match self.frames.last_mut() {
                    Some(Frame::Array(index)) => *index += 1,
                    Some(Frame::Object(key)) => *key = None,
                    None => {}
                },
                b'"' => {
                    self.string();
                    continue;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Passes over a string; where it is a key, it is kept.
    fn string(&mut self) {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.text.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                break;
            }
        }
        if let Some(Frame::Object(key @ None)) = self.frames.last_mut() {
            let text = self.text.get(start..self.at).unwrap_or_default();
            *key = serde_json::from_slice(text).ok();
        }
    }

    fn path(&self) -> String {
        let mut path = "$".to_owned();
        for frame in &self.frames {
            // Writing to a string does not fail.
            let _ = match frame {
                Frame::Object(None) => Ok(()),
                Frame::Object(Some(key)) if is_plain(key) => write!(path, ".{key}"),
                Frame::Object(Some(key)) => write!(path, "[{key:?}]"),
                Frame::Array(index) => write!(path, "[{index}]"),
            };
        }
        path
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}
