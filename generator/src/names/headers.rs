//! Headers of answers: a name for each set that operations share, and one for each header in it.

use super::case::{camel, snake, words};
use super::operations::full_name;
use super::scope::Scope;
use super::{HeaderNames, Names};
use crate::diagnostic::{Finding, Findings, codes};
use crate::ir::analysis::headers::{self, HeaderSet};
use crate::ir::{Api, Operation};

/// Names the sets, in their order.
pub(super) fn name(api: &Api, names: &mut Names, findings: &mut Findings) {
    let mut scope = Scope::default();
    for set in headers::of(api) {
        let candidates = candidates(&set, names);
        let claimed = scope.claim(candidates.iter().map(String::as_str), "");
        if claimed.numbered {
            let operation = set.operations.first().map(|id| &api.operations[id.0 as usize]);
            let label = operation.map(Operation::label).unwrap_or_default();
            let message = format!(
                "other headers of answers have the name that these would get: it is `{}` now",
                claimed.name
            );
            let place = operation.and_then(|operation| operation.origin.place.clone());
            let finding = Finding::warning(codes::NAME_COLLISION, place, message);
            findings.push(finding.help(format!("call the operation otherwise in client.toml: [api.rename.operations] {label:?} = \"<resource>.<method>\"")));
        }
        let mut methods = Scope::with_reserved(&["of"]);
        let methods = set.headers.iter().map(|header| {
            // Case says nothing in names of headers (RFC 9110, section 5.1), and differs from place to place.
            let name = header.name.to_ascii_lowercase();
            let (name, longer) = (snake(&name), snake(&format!("{name} header")));
            methods.claim([name.as_str(), longer.as_str()], "_").name
        });
        names.headers.push(HeaderNames {
            ident: claimed.name,
            methods: methods.collect(),
        });
    }
}

/// After what the headers have in common, then after whose they are: `RatelimitHeaders`, `LinkEtagHeaders`,
/// `PetsHeaders`, `ListPetsHeaders`.
fn candidates(set: &HeaderSet, names: &Names) -> Vec<String> {
    let spoken: Vec<_> = set.headers.iter().map(|header| plain(&header.name)).collect();
    let mut list = vec![shared(&spoken).to_vec()];
    if let [first, second] = &spoken[..] {
        list.push([first.as_slice(), second].concat());
    }
    let resources = names.resources.iter();
    let whole = resources.filter(|resource| set.operations.iter().all(|id| resource.operations.contains(id)));
    list.extend(whole.map(|resource| words(&resource.handle)));
    list.retain(|words| !words.is_empty());
    let mut list: Vec<_> = list.iter().map(|words| camel(&words.join("_"))).collect();
    list.extend(set.operations.first().map(|id| full_name(names, *id)));
    let stem = |name: &str| {
        let bare = name.strip_suffix("Headers").or_else(|| name.strip_suffix("Header"));
        bare.filter(|bare| !bare.is_empty()).unwrap_or(name).to_owned()
    };
    list.iter().map(|name| format!("{}Headers", stem(name))).collect()
}

/// The words of a header's name, without the `X-` that says nothing.
fn plain(name: &str) -> Vec<String> {
    let mut words = words(&name.to_ascii_lowercase());
    if words.len() > 1 && words[0] == "x" {
        words.remove(0);
    }
    words
}

/// The words that all begin with.
fn shared(names: &[Vec<String>]) -> &[String] {
    let Some((first, others)) = names.split_first() else {
        return &[];
    };
    let same = |other: &Vec<String>| first.iter().zip(other).take_while(|(one, other)| one == other).count();
    let shared = others.iter().map(same).min().unwrap_or(first.len());
    &first[..shared]
}
