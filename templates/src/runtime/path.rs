//! From a path template and a base URL to an address. Knows nothing of requests.

/// The path of a base URL with the template behind it, whose parameters are filled; the values are encoded already. The
/// query of a template (`/x?beta=true`) is given apart.
pub(super) fn fill(
    base: &str,
    template: &'static str,
    values: &[(&str, String)],
) -> Result<(String, Option<&'static str>), String> {
    let (template, query) = match cut(template, b'?') {
        Some((template, query)) => (template, Some(query)),
        None => (template, None),
    };
    let base = base.trim_end_matches('/');
    let mut filled = String::with_capacity(base.len() + template.len() + 64);
    filled.push_str(base);
    filled.push('/');
    let mut rest = template.trim_start_matches('/');
    while let Some((before, after)) = cut(rest, b'{') {
        let Some((name, after)) = cut(after, b'}') else {
            break;
        };
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name) else {
            return Err(format!("the path parameter `{name}` has no value"));
        };
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    Ok((filled, query))
}

/// Before and after the first of a byte that is ASCII: short texts need no better search.
fn cut(text: &'static str, at: u8) -> Option<(&'static str, &'static str)> {
    let at = text.bytes().position(|byte| byte == at)?;
    Some((&text[..at], &text[at + 1..]))
}

/// Checks one value (encoded) before it is filled in: what is refused here would name another resource. Dots alone are
/// what makes such a segment, so that it cannot be made of several values either.
pub(super) fn check(name: &str, value: &str) -> Result<(), String> {
    if value.is_empty() {
        return Err(format!("the path parameter `{name}` is empty"));
    }
    if matches!(value, "." | "..") {
        return Err(format!(
            "the path parameter `{name}` is `{value}`, which would change the path's meaning"
        ));
    }
    Ok(())
}
