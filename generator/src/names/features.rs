//! Cargo features: one for each part of a client that can be left out, so that users compile what they use.
//!
//! A part is a resource, or a module with what the API sends. Knows what a registry allows; nothing of what a feature turns on.

use super::scope::{Claimed, Scope};
use super::{Names, Resource};
use crate::config::ApiConfig;
use crate::diagnostic::{Finding, Findings, codes};
use crate::ir::Api;

/// A client of more operations has features, unless its configuration says otherwise. All of a smaller one compiles in a
/// fraction of the time that its dependencies take, so that there is little to win by leaving parts out.
const MANY_OPERATIONS: usize = 100;

/// How many features a registry allows in a crate.
/// <https://doc.rust-lang.org/cargo/reference/features.html>
const MOST: usize = 300;

/// The features that every crate has, or that Cargo knows.
const OWN: &[&str] = &["blocking", "default", "native-tls", "rustls", "testing", "tracing"];

/// The features of an API whose parts can be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Features {
    /// The one that has all others on: `all-resources`.
    pub all: String,
    /// Those of the resources, in their order.
    pub resources: Vec<String>,
    /// That of the module `webhooks`, where there is one.
    pub webhooks: Option<String>,
    /// That of the module `callbacks`, where there is one.
    pub callbacks: Option<String>,
}

impl Features {
    /// The feature of each part: of the resources, then of what the API sends.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let sent = self.webhooks.iter().chain(&self.callbacks);
        self.resources.iter().chain(sent).map(String::as_str)
    }
}

/// Names the features, where parts of the client can be left out.
pub(super) fn name(api: &Api, config: &ApiConfig, names: &mut Names, findings: &mut Findings) {
    let wanted = config.resource_features.as_ref().map(|wanted| wanted.value);
    if names.resources.is_empty() || !wanted.unwrap_or(api.operations.len() > MANY_OPERATIONS) {
        return;
    }
    let (webhooks, callbacks) = (api.webhooks().next().is_some(), api.callbacks().next().is_some());
    let parts = names.resources.len() + usize::from(webhooks) + usize::from(callbacks);
    if parts == 1 && wanted.is_none() {
        return;
    }
    if count(parts) + OWN.len() > MOST {
        findings.push(too_many(config, parts));
        return;
    }
    let mut taken = Taken::new(config.module.as_deref());
    let all = taken.claim(["all-resources", "all-parts"]).name;
    let resources = names.resources.iter();
    let resources = resources.map(|resource| taken.resource(api, resource, findings));
    names.features = Some(Features {
        all,
        resources: resources.collect(),
        webhooks: webhooks.then(|| taken.claim(["webhooks", "webhook-payloads"]).name),
        callbacks: callbacks.then(|| taken.claim(["callbacks", "callback-payloads"]).name),
    });
}

/// Reports a crate that has too many features because of several APIs.
pub fn check_feature_count<'a>(apis: impl IntoIterator<Item = &'a Names>, findings: &mut Findings) {
    let features = apis.into_iter().filter_map(|names| names.features.as_ref());
    let counts: Vec<usize> = features.map(|features| count(features.parts().count())).collect();
    let sum = OWN.len() + counts.iter().sum::<usize>();
    if counts.len() > 1 && sum > MOST {
        let message = format!("the crate has {sum} features, and a registry allows {MOST}");
        let finding = Finding::warning(codes::TOO_MANY_FEATURES, None, message);
        findings.push(finding.help("write `resource-features = false` into the [[api]] of one of the documents"));
    }
}

/// How many features so many parts take: one more for all of them, and one for the API's own module.
const fn count(parts: usize) -> usize {
    parts + 2
}

fn too_many(config: &ApiConfig, parts: usize) -> Finding {
    let message = format!("a feature for each resource makes {parts}, and a registry allows {MOST} in a crate");
    let fewer = "leave operations out (`include`, `exclude`), or bring resources together ([api.rename.operations])";
    match &config.resource_features {
        Some(wanted) => Finding::error(codes::TOO_MANY_FEATURES, wanted.place.clone(), message)
            .help(format!("remove `resource-features`, {fewer}")),
        None => Finding::note(codes::TOO_MANY_FEATURES, None, format!("{message}: it has none"))
            .help(format!("to have features, {fewer}")),
    }
}

/// The features that are taken.
struct Taken {
    scope: Scope,
    prefix: String,
}

impl Taken {
    /// In a module, its name comes first.
    fn new(module: Option<&str>) -> Self {
        Self {
            scope: Scope::with_reserved(OWN),
            prefix: module.map(|module| format!("{module}-")).unwrap_or_default(),
        }
    }

    fn claim(&mut self, candidates: [&str; 2]) -> Claimed {
        let candidates = candidates.map(|candidate| format!("{}{candidate}", self.prefix));
        self.scope.claim(candidates.iter().map(String::as_str), "-")
    }

    fn resource(&mut self, api: &Api, resource: &Resource, findings: &mut Findings) -> String {
        let words = kebab(&resource.module);
        let Claimed { name, numbered } = self.claim([&words, &format!("{words}-resource")]);
        if numbered {
            let module = &resource.module;
            let first = resource.operations.first().map(|id| &api.operations[id.0 as usize]);
            let message =
                format!("another feature has the name that the one of `{module}` would get: it is `{name}` now");
            let place = first.and_then(|operation| operation.origin.place.clone());
            let label = first.map(crate::ir::Operation::label).unwrap_or_default();
            findings.push(Finding::warning(codes::NAME_COLLISION, place, message).help(format!(
                "give the resource another name in client.toml, for each of its operations: [api.rename.operations] \
                 {label:?} = \"<resource>.<method>\""
            )));
        }
        name
    }
}

/// A module's name as features are written. A registry allows no letters beyond ASCII.
fn kebab(module: &str) -> String {
    let words = module.trim_start_matches("r#").split('_').map(|word| {
        let letters = word.chars().filter(char::is_ascii_alphanumeric);
        letters.collect::<String>()
    });
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return "resource".to_owned();
    }
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{config, understood};

    /// A document with an operation of each of these tags.
    fn tagged<'t>(tags: impl IntoIterator<Item = &'t str>) -> String {
        let paths = tags.into_iter().enumerate().map(|(index, tag)| {
            format!("  /a{index}: {{get: {{tags: ['{tag}'], responses: {{'204': {{description: ok}}}}}}}}\n")
        });
        format!("paths:\n{}", paths.collect::<String>())
    }

    fn numbered(count: usize) -> String {
        let tags: Vec<String> = (0..count).map(|index| format!("tag{index}")).collect();
        tagged(tags.iter().map(String::as_str))
    }

    fn features(toml: &str, document: &str) -> (Option<Features>, Vec<String>) {
        let (understood, findings) = understood(&config(toml), document);
        (understood.names.features, findings)
    }

    fn parts(toml: &str, document: &str) -> Vec<String> {
        let (features, findings) = features(toml, document);
        assert_eq!(findings, [""; 0]);
        features
            .map(|features| features.parts().map(str::to_owned).collect())
            .unwrap_or_default()
    }

    const ON: &str = "resource-features = true\n";

    #[test]
    fn features_are_called_after_the_modules() {
        let document = tagged([
            "Code Scanning",
            "type",
            "testing",
            "native-tls",
            "all resources",
            "地図",
        ]);
        assert_eq!(
            parts(ON, &document),
            [
                "code-scanning",
                "type",
                "testing-resource",
                "native-tls-resource",
                "all-resources-resource",
                "resource"
            ]
        );
        let document = tagged(["tls", "all resources"]);
        let (features, _) = features(&format!("module = \"v3\"\n{ON}"), &document);
        assert_eq!(
            features,
            Some(Features {
                all: "v3-all-resources".to_owned(),
                resources: vec!["v3-tls".to_owned(), "v3-all-resources-resource".to_owned()],
                webhooks: None,
                callbacks: None,
            })
        );
        // A module may be called so that a feature of every crate has its name before the dash.
        assert_eq!(
            parts(&format!("module = \"native\"\n{ON}"), &tagged(["tls"])),
            ["native-tls-resource"]
        );
    }

    #[test]
    fn a_number_is_told() {
        let document = tagged(["地図", "画像", "音"]);
        let (features, findings) = features(ON, &document);
        let names: Vec<String> = features.into_iter().flat_map(|features| features.resources).collect();
        assert_eq!(names, ["resource", "resource-resource", "resource-resource-2"]);
        assert_eq!(
            findings,
            [
                "warning[name-collision] another feature has the name that the one of `音` would get: it is `resource-resource-2` now"
            ]
        );
    }

    #[test]
    fn what_the_api_sends_has_features_too() {
        let body = "{requestBody: {content: {application/json: {schema: {type: string}}}}}";
        let document = format!(
            "webhooks: {{new: {{post: {body}}}}}\npaths: {{/a: {{post: {{tags: [webhooks], responses: {{'204': {{description: ok}}}}, \
             callbacks: {{done: {{x: {{post: {body}}}}}}}}}}}}}\n"
        );
        assert_eq!(parts(ON, &document), ["webhooks", "webhook-payloads", "callbacks"]);
    }

    #[test]
    fn only_large_clients_have_features_of_themselves() {
        assert_eq!(parts("", &numbered(MANY_OPERATIONS)).len(), 0);
        assert_eq!(parts("", &numbered(MANY_OPERATIONS + 1)).len(), MANY_OPERATIONS + 1);
        assert_eq!(
            parts("resource-features = false\n", &numbered(MANY_OPERATIONS + 1)).len(),
            0
        );
        assert_eq!(parts("", &tagged(vec!["all"; MANY_OPERATIONS + 1])).len(), 0);
        assert_eq!(parts(ON, &tagged(["all"])), ["all"]);
        assert_eq!(features(ON, "paths: {}\n").0, None);
    }

    #[test]
    fn a_registry_allows_so_many() {
        let most = MOST - OWN.len() - 2;
        assert_eq!(parts("", &numbered(most)).len(), most);
        let too_many = numbered(most + 1);
        let message = format!(
            "a feature for each resource makes {}, and a registry allows 300 in a crate",
            most + 1
        );
        assert_eq!(
            features(ON, &too_many),
            (None, vec![format!("error[too-many-features] {message}")])
        );
        assert_eq!(
            features("", &too_many),
            (None, vec![format!("note[too-many-features] {message}: it has none")])
        );
    }

    #[test]
    fn several_apis_share_what_a_registry_allows() {
        let names = |parts: usize| understood(&config(ON), &numbered(parts)).0.names;
        let (small, large) = (names(50), names(240));
        let mut findings = Findings::new();
        check_feature_count([&small], &mut findings);
        check_feature_count([&large, &small], &mut findings);
        assert_eq!(findings, Findings::new());
        check_feature_count([&large, &small, &Names::default(), &names(2)], &mut findings);
        let found: Vec<String> = findings.iter().map(|finding| finding.message.clone()).collect();
        assert_eq!(found, ["the crate has 304 features, and a registry allows 300"]);
    }
}
