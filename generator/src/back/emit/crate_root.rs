//! The roots of modules: `lib.rs`, an API's `mod.rs`, and the lists of resources and types.

use proc_macro2::TokenStream;
use quote::quote;

use super::features::{self, example_gate, gate};
use super::print::{bare, ident, module, rust_file};
use crate::back::model::{Api, Crate, Section};

/// The text of `src/lib.rs`.
pub(super) fn lib(model: &Crate, documents: &str) -> String {
    let mut items = vec![];
    let modules = model.apis.iter().filter_map(|api| api.module.as_deref()).map(|module| {
        let (name, feature) = (ident(module), bare(module));
        quote!(#[cfg(feature = #feature)] pub mod #name;)
    });
    let modules: TokenStream = modules.collect();
    let root = model.apis.iter().find(|api| api.module.is_none());
    let api = root.map(api_modules);
    items.push(quote! {
        #modules
        #api
        #[allow(
            dead_code,
            unused_imports,
            reason = "every client carries the whole of it, whatever its API makes use of"
        )]
        mod runtime;
    });
    let client = root.map(|_| {
        quote!(
            pub use client::Client;
        )
    });
    items.push(quote! {
        #client
        pub use {http, reqwest};
        pub use runtime::{
            Attempt, CallOptions, ClientBuilder, ClientCredentials, ConfigError, ConnectionRetry, DecodeError, Download, Error, Event,
            EventStream, Events, Exchange, HeaderError, HttpRequest, Incoming, IoError, Items, JsonLines, MaybeSend, MaybeSync, Middleware, Next,
            Nullable, Pages, Pending, RawRequest, Received, RequestBody, RequestError, Response, ResponseBody, RetryPolicy, Secret,
            StatusError, TimeoutKind, TokenError, Transport, TransportError, TransportFailure, Upload, WaitError,
        };
        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        pub use runtime::blocking;
        #[cfg(feature = "testing")]
        pub use runtime::testing;
    });
    let mut attributes = vec!["forbid(unsafe_code)", "warn(missing_docs)"];
    if model.apis.iter().any(|api| api.features.is_some()) {
        // The documentation says of each item which features it needs: so far only where it is built by a nightly Rust.
        attributes.push("cfg_attr(docsrs, feature(doc_cfg))");
    }
    rust_file(documents, &crate_docs(model), &attributes, items)
}

/// The text of an API's own `mod.rs`.
pub(super) fn api(api: &Api) -> String {
    let mut docs = api.docs.clone();
    docs.extend(example(api));
    docs.extend(guide(api));
    rust_file(
        &api.document,
        &docs,
        &[],
        vec![
            api_modules(api),
            quote!(
                pub use client::Client;
            ),
        ],
    )
}

fn api_modules(api: &Api) -> TokenStream {
    let resources = (!api.resources.is_empty()).then(|| {
        quote!(
            pub mod resources;
        )
    });
    let types = (!api.types.is_empty()).then(|| {
        quote!(
            pub mod types;
        )
    });
    let payloads = api.payloads.iter().map(|module| {
        let (name, gate) = (ident(module.module), gate(&module.feature));
        quote!(#gate pub mod #name;)
    });
    let headers = (!api.headers.is_empty()).then(|| {
        quote!(
            pub mod headers;
        )
    });
    quote!(mod client; #resources #types #headers #(#payloads)*)
}

/// The text of `resources/mod.rs`.
pub(super) fn resources(api: &Api) -> String {
    let modules = api.resources.iter().map(|resource| {
        let (module, gate) = (module(&quote!(pub), &resource.module), gate(&resource.feature));
        quote!(#gate #module)
    });
    let docs = ["The resources of the API: for each a handle, and a builder for each of its calls.".to_owned()];
    rust_file(&api.document, &docs, &[], vec![modules.collect()])
}

/// The text of `types/mod.rs`.
pub(super) fn types(api: &Api) -> String {
    // `self::`, as a module may be called like a crate.
    let modules = api.types.iter().map(|one| {
        let (name, gate) = (ident(&one.module), gate(&one.features));
        let module = module(&quote!(), &one.module);
        (quote!(#gate #module), quote!(#gate pub use self::#name::*;))
    });
    let items = if api.features.is_some() {
        modules.map(|(module, names)| quote!(#module #names)).collect()
    } else {
        let (modules, names): (Vec<_>, Vec<_>) = modules.unzip();
        vec![modules.into_iter().collect(), names.into_iter().collect()]
    };
    let docs = ["The types of the API: what calls take and what they give.".to_owned()];
    rust_file(&api.document, &docs, &[], items)
}

fn crate_docs(model: &Crate) -> Vec<String> {
    let mut docs = model.docs.clone();
    if let [api] = model.apis.as_slice() {
        docs.extend(example(api));
        docs.extend(guide(api));
    }
    docs.extend([String::new(), "# Features".to_owned(), String::new()]);
    docs.extend(features(model));
    docs
}

/// A line for each feature; the resources' features have one together.
pub(super) fn features(model: &Crate) -> Vec<String> {
    let modules = model.apis.iter().filter_map(|api| {
        let module = bare(api.module.as_deref()?);
        Some(format!("- `{module}` (default): the module `{module}`"))
    });
    let tls = [
        "- `rustls` (default): TLS by rustls".to_owned(),
        "- `native-tls`: TLS by the operating system's library".to_owned(),
        "- `blocking`: `block()` for every call, in programs without async".to_owned(),
        "- `testing`: a transport within the process that answers as your tests say, and records what was sent"
            .to_owned(),
        "- `tracing`: a span for each call".to_owned(),
    ];
    let parts = model.apis.iter().filter_map(features::list_item);
    let explained = features::explained(model);
    tls.into_iter().chain(modules).chain(parts).chain(explained).collect()
}

/// The sections of an API's guide.
fn guide(api: &Api) -> Vec<String> {
    let path = api.path.as_str();
    api.guide
        .iter()
        .flat_map(|section| guide_section(path, section))
        .collect()
}

fn guide_section(path: &str, section: &Section) -> Vec<String> {
    let gate = example_gate(&section.features);
    let title = format!("# {}", section.title);
    let start = ["", &title, ""]
        .into_iter()
        .chain(section.text.lines())
        .chain(["", "```no_run"]);
    let function = format!("# async fn example(client: {path}::Client) -> Result<(), Box<dyn std::error::Error>> {{");
    let end = ["# Ok(())", "# }", "```"].map(str::to_owned);
    let lines = start.map(str::to_owned).chain(gate).chain([function]);
    lines.chain(section.code.iter().cloned()).chain(end).collect()
}

/// An example that compiles and is not run.
fn example(api: &Api) -> Vec<String> {
    if api.example.is_empty() {
        return vec![];
    }
    let start = ["", "```no_run"].map(str::to_owned);
    let function = "# async fn example() -> Result<(), Box<dyn std::error::Error>> {".to_owned();
    let end = ["# Ok(())", "# }", "```"].map(str::to_owned);
    let lines = start
        .into_iter()
        .chain(example_gate(&api.example_feature))
        .chain([function]);
    lines.chain(api.example.iter().cloned()).chain(end).collect()
}
