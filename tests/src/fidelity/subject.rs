//! What is put to the test: the types of a generated crate, and for each the schema of the document that it stands for.
//!
//! Knows the library's pipeline. Which type stands for which place is all that it asks of it; the schemas themselves are
//! the document's.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use clientsmith::back::fileset::FileSet;
use clientsmith::back::model::{Item, RustType};
use clientsmith::back::{emit, model, plan};
use clientsmith::config::{ApiConfig, Config, UnknownFields};
use clientsmith::diagnostic::Findings;
use clientsmith::front::bundle::{self, Files};
use clientsmith::front::{overlay, source};
use clientsmith::ir::analysis::usage;
use clientsmith::ir::{self, Content, Hint, Operation, Payload, Status, TypeId};
use clientsmith::{Documents, Understood, templates};

use super::Sabotage;
use super::builders;
use super::document::Document;
use super::schema::Way;

/// A crate and its APIs.
#[derive(Debug)]
pub struct Subject {
    /// What reports call it, and its folder.
    pub name: String,
    pub(super) files: FileSet,
    pub(super) apis: Vec<Api>,
}

/// One API of a crate.
#[derive(Debug)]
pub(super) struct Api {
    /// Its document.
    pub(super) name: String,
    pub(super) module: Option<String>,
    pub(super) document: Document,
    pub(super) roots: Vec<Root>,
    /// The types that the crate has.
    pub(super) items: Vec<Item>,
    /// Whether fields that the document does not know have to be there again.
    pub(super) keeps_unknown: bool,
}

/// A schema, and the type that stands for it.
#[derive(Debug)]
pub(super) struct Root {
    /// What reports call it: `GET /pets 200`, `Pet`.
    pub(super) label: String,
    /// Where the schema stands; `None`: the document has none where it was looked for.
    pub(super) place: Option<String>,
    pub(super) way: Way,
    pub(super) ty: RustType,
    /// Whether users build its values.
    pub(super) is_built: bool,
}

impl Subject {
    /// The crate of a configuration; `None` where the documents cannot be understood. Errors are survived: what they
    /// concern is left out.
    pub fn new(
        name: impl Into<String>,
        config: &Config,
        documents: &[Documents],
        files: &dyn Files,
        sabotage: Option<Sabotage>,
    ) -> Option<Self> {
        let mut findings = Findings::new();
        let pairs = config.apis.iter().zip(documents);
        let understood = pairs.map(|(config, texts)| clientsmith::understand(config, texts, files, &mut findings));
        let understood: Vec<Understood> = understood.collect::<Option<_>>()?;
        let inputs = config
            .apis
            .iter()
            .zip(&understood)
            .map(|(config, understood)| plan::Input {
                config,
                api: &understood.api,
                names: &understood.names,
            });
        let inputs: Vec<_> = inputs.collect();
        let model = plan::plan(&config.package, &inputs, false);
        let model = match sabotage {
            Some(sabotage) => sabotage.of_model(model),
            None => model,
        };
        let mut apis = Vec::new();
        for ((input, planned), texts) in inputs.iter().zip(&model.apis).zip(documents) {
            apis.push(Api::new(input, planned, texts, files)?);
        }
        let texts = templates::texts(&[]);
        let files = emit::emit(&model, &texts);
        let files = match sabotage {
            Some(sabotage) => sabotage.of_files(files),
            None => files,
        };
        Some(Self {
            name: name.into(),
            files,
            apis,
        })
    }

    /// What it is called, to tell it from the same crate with other settings.
    pub fn name_with(name: &str, unknown_fields: UnknownFields) -> String {
        match unknown_fields {
            UnknownFields::Ignore => name.to_owned(),
            UnknownFields::Keep => format!("{name}-keep"),
        }
    }

    /// The crate of one document with the defaults of all settings but this one.
    pub fn of_document(
        name: &str,
        text: source::Source,
        files: &dyn Files,
        unknown_fields: UnknownFields,
    ) -> Option<Self> {
        let file = Path::new(&text.name).file_name().unwrap_or_default().to_string_lossy();
        let api = ApiConfig {
            unknown_fields,
            ..ApiConfig::of_document(file)
        };
        let config = Config {
            package: clientsmith::config::Package::named(name),
            apis: vec![api],
        };
        let documents = Documents {
            document: text,
            overlays: Vec::new(),
        };
        Self::new(
            Self::name_with(name, unknown_fields),
            &config,
            &[documents],
            files,
            None,
        )
    }
}

impl Api {
    fn new(input: &plan::Input<'_>, planned: &model::Api, texts: &Documents, files: &dyn Files) -> Option<Self> {
        let document = document(texts, files)?;
        Some(Self {
            name: input.config.document.clone(),
            module: planned.module.clone(),
            roots: Roots::of(input, planned, &document),
            items: planned.types.iter().flat_map(|module| module.items.clone()).collect(),
            document,
            keeps_unknown: input.config.unknown_fields == UnknownFields::Keep,
        })
    }
}

/// The document with its overlays and what it refers to in other files; nothing else is done to it.
fn document(texts: &Documents, files: &dyn Files) -> Option<Document> {
    let mut findings = Findings::new();
    let mut tree = source::parse(&texts.document, &mut findings)?;
    for overlay in &texts.overlays {
        let overlay = source::parse(overlay, &mut findings)?;
        tree = overlay::apply(tree, &overlay, &mut findings);
    }
    Some(Document::new(bundle::bundle(tree, files, &mut findings).tree.to_json()))
}

struct Roots<'a> {
    document: &'a Document,
    types: Vec<RustType>,
    /// The types that the crate has.
    items: HashMap<&'a str, &'a Item>,
    list: Vec<Root>,
}

impl<'a> Roots<'a> {
    fn of(input: &plan::Input<'_>, planned: &'a model::Api, document: &'a Document) -> Vec<Root> {
        let items = planned.types.iter().flat_map(|module| &module.items);
        let mut roots = Self {
            document,
            types: input.rust_types(),
            items: items.map(|item| (ident(item), item)).collect(),
            list: Vec::new(),
        };
        for operation in &input.api.operations {
            roots.operation(operation);
        }
        for payload in &input.api.payloads {
            roots.payload(input.api, payload);
        }
        roots.components(input.api);
        roots.list
    }

    fn components(&mut self, api: &ir::Api) {
        let uses = usage::of(api);
        let mut known = BTreeSet::new();
        for (id, ty) in api.types.iter() {
            let usage = uses.get(id.0 as usize).copied().unwrap_or_default();
            let sent = usage.sent.then_some(Way::Sent);
            let answered = usage.answered.then_some(Way::Answered);
            let names = ty.hints.iter().filter_map(|hint| match hint {
                Hint::Component(name) => Some(name),
                _ => None,
            });
            for (name, way) in names.flat_map(|name| sent.into_iter().chain(answered).map(move |way| (name, way))) {
                let place = self.document.component(name);
                if place.is_some() && known.insert((name.clone(), way)) {
                    let ty = match self.ty(id) {
                        ty @ RustType::Option(_) => ty,
                        // What is `null` in a component is so in the fields that hold it.
                        ty => RustType::Option(Box::new(ty)),
                    };
                    self.add(name.clone(), place, way, ty);
                }
            }
        }
    }

    fn payload(&mut self, api: &ir::Api, payload: &Payload) {
        let mut operations = api.operations.iter();
        let operation = payload.operation.as_ref().and_then(|label| {
            let operation = operations.find(|operation| operation.label() == *label)?;
            Some((operation.method.as_str(), operation.path.as_str()))
        });
        let place = self.document.payload(operation, &payload.name, &payload.method);
        self.add(payload.name.clone(), place, Way::Answered, self.ty(payload.ty));
    }

    fn operation(&mut self, operation: &Operation) {
        let (method, path) = (&operation.method, &operation.path);
        if let Some(body) = &operation.body
            && let Content::Json(id) = body.content
        {
            let place = self.document.body(method, path, &body.media_type);
            self.add(format!("{method} {path}"), place, Way::Sent, self.ty(id));
        }
        for response in &operation.responses {
            let Some(media_type) = &response.media_type else {
                continue;
            };
            let (id, is_item) = match response.content {
                Content::Json(id) => (id, false),
                Content::Events(Some(id)) | Content::JsonLines(id) => (id, true),
                _ => continue,
            };
            let statuses = match response.status {
                Status::Code(code) => vec![code.to_string()],
                Status::Range(hundred) => vec![format!("{hundred}XX"), format!("{hundred}xx")],
                Status::Default => vec!["default".to_owned()],
            };
            let (place, item) = if is_item {
                (self.document.item(method, path, &statuses, media_type), " item")
            } else {
                (self.document.answer(method, path, &statuses, media_type), "")
            };
            let label = format!("{method} {path} {}{item}", statuses[0]);
            self.add(label, place, Way::Answered, self.ty(id));
        }
    }

    fn ty(&self, id: TypeId) -> RustType {
        self.types[id.0 as usize].clone()
    }

    fn add(&mut self, label: String, place: Option<String>, way: Way, ty: RustType) {
        let item = ty.named().map(|name| self.items.get(name));
        // A type of the crate that it does not have was left out.
        if item.is_some_and(|item| item.is_none()) {
            return;
        }
        let is_built = way == Way::Sent && item.flatten().is_some_and(|item| builders::is_built(item));
        self.list.push(Root {
            label,
            place,
            way,
            ty,
            is_built,
        });
    }
}

fn ident(item: &Item) -> &str {
    match item {
        Item::Struct(item) => &item.ident,
        Item::Enumeration(item) => &item.ident,
        Item::Union(item) => &item.ident,
    }
}
