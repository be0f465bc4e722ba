//! The parts of a `multipart/form-data` body (RFC 7578).

/// A part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The value of `Content-Disposition`.
    disposition: String,
    content_type: Option<String>,
    body: String,
}

/// The parts, in order.
pub(super) fn parts(content_type: &str, body: &[u8]) -> Vec<Part> {
    let boundary = content_type.split_once("boundary=").map_or("", |(_, rest)| rest);
    let delimiter = format!("--{}", boundary.trim_matches('"'));
    let text = String::from_utf8_lossy(body);
    // Before the first delimiter there is nothing, after the last one `--`.
    let pieces = text.split(&*delimiter).skip(1).filter(|piece| !piece.starts_with("--"));
    pieces.filter_map(part).collect()
}

fn part(piece: &str) -> Option<Part> {
    let (head, body) = piece.trim_start_matches("\r\n").split_once("\r\n\r\n")?;
    let header = |wanted: &str| {
        let lines = head.lines().filter_map(|line| line.split_once(':'));
        let mut found = lines.filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.next().map(|(_, value)| value.trim().to_owned())
    };
    Some(Part {
        disposition: header("content-disposition")?,
        content_type: header("content-type"),
        body: body.strip_suffix("\r\n").unwrap_or(body).to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn reads_parts() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n";
        let part = Part {
            disposition: "form-data; name=\"a\"".to_owned(),
            content_type: None,
            body: "1".to_owned(),
        };
        assert_eq!(parts("multipart/form-data; boundary=b", body.as_bytes()), [part]);
    }
}
