//! Whether places are in the text.

use clientsmith::diagnostic::{Findings, Place};
use clientsmith::front::source::{Node, Value};

pub(super) fn check_findings(text: &str, findings: &Findings) -> Result<(), String> {
    let lines = Lines::new(text);
    for finding in findings.iter() {
        let place = finding.place.as_ref().ok_or_else(|| format!("no place: {finding}"))?;
        lines.check(place).map_err(|wrong| format!("{wrong}: {finding}"))?;
        if finding.help.is_empty() {
            return Err(format!("no help: {finding}"));
        }
    }
    Ok(())
}

pub(super) fn check_tree(text: &str, tree: &Node) -> Result<(), String> {
    let lines = Lines::new(text);
    let mut open = vec![tree];
    while let Some(node) = open.pop() {
        lines.check(&node.place)?;
        match &node.value {
            Value::Array(items) => open.extend(items),
            Value::Object(map) => {
                for entry in map.values() {
                    lines.check(&entry.key)?;
                    open.push(&entry.node);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The number of characters of each line; lines end as in JSON and TOML, and as in YAML, where a carriage return does it.
struct Lines([Vec<usize>; 2]);

impl Lines {
    fn new(text: &str) -> Self {
        let lengths = |text: &str| text.split('\n').map(|line| line.chars().count()).collect();
        Self([lengths(text), lengths(&text.replace("\r\n", "\n").replace('\r', "\n"))])
    }

    /// A place may be behind a line's last character, and behind the last line.
    fn check(&self, place: &Place) -> Result<(), String> {
        let (line, column) = (place.line as usize, place.column as usize);
        let fits = |lines: &Vec<usize>| {
            let length = line.checked_sub(1).and_then(|line| lines.get(line));
            length.is_some_and(|length| (1..=length + 1).contains(&column))
        };
        if self.0.iter().any(fits) {
            Ok(())
        } else {
            Err(format!("{place} is not in the text"))
        }
    }
}
