//! From a path template and a base URL to an address. Knows nothing of requests.

use reqwest::Url;

/// Fills the template's parameters, whose values are encoded already. The query of a template (`/x?beta=true`) is given
/// apart.
pub(super) fn fill(
    template: &'static str,
    values: &[(&str, String)],
) -> Result<(String, Option<&'static str>), String> {
    let (template, query) = match template.split_once('?') {
        Some((template, query)) => (template, Some(query)),
        None => (template, None),
    };
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
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
    // `{a}{b}` can make a segment that neither of its values is.
    match filled.split('/').find(|segment| is_dots(segment)) {
        Some(segment) => Err(format!(
            "the path has a segment `{segment}`, which would change its meaning"
        )),
        None => Ok((filled, query)),
    }
}

/// Checks one value (encoded) before it is filled in: what is refused here would name another resource.
pub(super) fn check(name: &str, value: &str) -> Result<(), String> {
    if value.is_empty() {
        return Err(format!("the path parameter `{name}` is empty"));
    }
    if is_dots(value) {
        return Err(format!(
            "the path parameter `{name}` is `{value}`, which would change the path's meaning"
        ));
    }
    Ok(())
}

fn is_dots(segment: &str) -> bool {
    segment == "." || segment == ".."
}

/// The base URL with the path behind its own.
pub(super) fn join(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    let base_path = base.path().trim_end_matches('/');
    if base_path.is_empty() {
        url.set_path(path);
    } else {
        url.set_path(&format!("{base_path}/{}", path.trim_start_matches('/')));
    }
    url
}
