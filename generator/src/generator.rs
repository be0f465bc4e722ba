//! All stages in one call, for tools and build scripts.
//!
//! Knows the order of things, and what errors forbid; nothing of files or terminals.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{ApiConfig, Config, Package};
use crate::diagnostic::Findings;
use crate::front::bundle::Files;
use crate::front::filter::Filter;
use crate::front::keywords::Met;
use crate::front::source::Source;
use crate::{Documents, FileSet, Understood, names};

/// Makes a crate of texts.
///
/// A document alone will do. [`Outcome::files`] has the crate, and [`Outcome::findings`] what is wrong with the document:
///
/// ```
/// use clientsmith::Generator;
/// use clientsmith::front::source::Source;
///
/// let document = Source {
///     name: "pets.yaml".to_owned(),
///     text: "
/// openapi: 3.1.0
/// info: { title: Pet Store, version: '1' }
/// servers: [ { url: 'https://pets.example.com' } ]
/// paths:
///   /pets:
///     get:
///       operationId: listPets
///       tags: [ pets ]
///       responses:
///         '200':
///           description: The pets.
///           content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
/// components:
///   schemas:
///     Pet: { type: object, required: [ nmae ], properties: { name: { type: string } } }
/// "
///     .to_owned(),
/// };
/// let outcome = Generator::of_document(document).run();
///
/// let findings: Vec<String> = outcome.findings.sorted().into_iter().map(ToString::to_string).collect();
/// assert_eq!(
///     findings,
///     ["pets.yaml:16:38: warning[required-undeclared]: the property `nmae` is required, but not declared; any value is allowed
///   help: declare it under `properties`, or correct its name"]
/// );
/// let files = outcome.files.expect("a warning forbids nothing").files;
/// assert!(files["Cargo.toml"].contains("name = \"pet-store-client\""));
/// assert!(files["src/resources/pets.rs"].contains("pub fn list(&self)"));
/// ```
///
/// # With a `client.toml`
///
/// ```
/// use clientsmith::diagnostic::Findings;
/// use clientsmith::front::source::Source;
/// use clientsmith::{Documents, Generator, read_config};
///
/// let source = |name: &str, text: &str| Source {
///     name: name.to_owned(),
///     text: text.to_owned(),
/// };
/// let client = source("client.toml", "[crate]\nname = \"pets\"\n\n[[api]]\ndocument = \"pets.yaml\"\ndates = \"text\"\n");
/// let mut findings = Findings::new();
/// let config = read_config(&client, &mut findings).expect("it has all that it needs");
/// let documents = Documents {
///     document: source("pets.yaml", "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\npaths: {}\n"),
///     overlays: Vec::new(),
/// };
/// let outcome = Generator::configured(config, vec![documents]).run();
/// assert!(outcome.files.is_some());
/// ```
///
/// # Files
///
/// The library reads and writes none: that is its caller's. What comes of it is a crate, and cargo builds a crate's build
/// script before the crate and after what it depends on; so the script (or an `xtask`) of *another* member of the workspace
/// writes it. Files are written only where they differ, so that cargo builds nothing in vain.
///
/// ```no_run
/// use std::path::Path;
/// use std::{error, fs};
///
/// use clientsmith::Generator;
/// use clientsmith::front::source::Source;
///
/// fn main() -> Result<(), Box<dyn error::Error>> {
///     let path = "openapi.yaml";
///     println!("cargo::rerun-if-changed={path}");
///     let document = Source {
///         name: path.to_owned(),
///         text: fs::read_to_string(path)?,
///     };
///     let outcome = Generator::of_document(document).name("petstore").run();
///     for finding in outcome.findings.sorted() {
///         println!("cargo::warning={}", finding.to_string().replace('\n', " "));
///     }
///     let crate_folder = Path::new("../petstore");
///     for (path, text) in outcome.files.ok_or("the document cannot be read")?.files {
///         let path = crate_folder.join(path);
///         if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
///             fs::create_dir_all(path.parent().unwrap_or(crate_folder))?;
///             fs::write(path, text)?;
///         }
///     }
///     Ok(())
/// }
/// ```
///
/// Without the feature `cli`, which is there by default, the library does without the command line's dependencies:
/// `clientsmith = { version = "0.1", default-features = false }`.
#[derive(Debug, Clone)]
pub struct Generator {
    /// `None`: made from the document's title.
    package: Option<Package>,
    apis: Vec<(ApiConfig, Documents)>,
    /// The files that the documents refer to.
    files: Arc<dyn Files>,
    further: Vec<(String, String)>,
    options: Options,
}

/// How a crate is generated.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether the crate takes version and licence from the workspace around it.
    pub in_workspace: bool,
    /// Whether errors forbid the crate. Without it, what they concern is left out of it.
    pub strict: bool,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It works out what the APIs offer.
    Understanding,
    /// It writes out the crate.
    Writing,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The files of the crate, without what errors concern; `None` where errors forbid it.
    pub files: Option<FileSet>,
    /// The APIs that could be understood, in the order of the configuration.
    pub apis: Vec<Understood>,
    /// All findings.
    pub findings: Findings,
}

impl Generator {
    /// Of one document, with the defaults of all settings.
    pub fn of_document(document: Source) -> Self {
        let file = document.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let api = ApiConfig::of_document(file);
        let documents = Documents {
            document,
            overlays: Vec::new(),
        };
        Self {
            package: None,
            apis: vec![(api, documents)],
            files: Arc::new(BTreeMap::new()),
            further: Vec::new(),
            options: Options::default(),
        }
    }

    /// Of what a configuration names: the texts of each of its APIs, in order.
    pub fn configured(config: Config, documents: Vec<Documents>) -> Self {
        Self {
            package: Some(config.package),
            apis: config.apis.into_iter().zip(documents).collect(),
            files: Arc::new(BTreeMap::new()),
            further: Vec::new(),
            options: Options::default(),
        }
    }

    /// The crate's name; without it the configuration's, or one that is made from the document's title.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        let package = self.package.unwrap_or_else(|| Package::named(name.as_str()));
        self.package = Some(Package { name, ..package });
        self
    }

    /// An overlay for each document, to be applied after those that it has.
    #[must_use]
    pub fn overlay(mut self, overlay: &Source) -> Self {
        for (_, documents) in &mut self.apis {
            documents.overlays.push(overlay.clone());
        }
        self
    }

    /// The operations that are wanted, of those that the configuration selects.
    #[must_use]
    pub fn filter(mut self, filter: &Filter) -> Self {
        for (api, _) in &mut self.apis {
            api.narrowed = filter.clone();
        }
        self
    }

    /// Who gives the files that the documents refer to: a map of texts by name, or what reads them from a disk. Without it
    /// there are none.
    #[must_use]
    pub fn files(mut self, files: impl Files + 'static) -> Self {
        self.files = Arc::new(files);
        self
    }

    /// A further file of the crate, such as an example: its path there, and its text.
    #[must_use]
    pub fn file(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.further.push((path.into(), text.into()));
        self
    }

    /// How the crate is generated.
    #[must_use]
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Makes the crate, without what errors concern. It has no files where a document cannot be read at all, and where there
    /// are errors and [`Options::strict`].
    pub fn run(&self) -> Outcome {
        self.run_after(Findings::new(), |_| {})
    }

    /// The same, given what was found before, and telling each stage to whoever waits.
    pub fn run_after(&self, mut findings: Findings, enter: impl Fn(Stage)) -> Outcome {
        enter(Stage::Understanding);
        let understand = |(config, documents): &(ApiConfig, Documents)| {
            crate::understand(config, documents, &*self.files, &mut findings)
        };
        let apis: Vec<_> = self.apis.iter().filter_map(understand).collect();
        names::check_feature_count(apis.iter().map(|understood| &understood.names), &mut findings);
        enter(Stage::Writing);
        let wanted = !self.options.strict || !findings.has_errors();
        let files = if wanted { self.written(&apis) } else { None };
        Outcome { files, apis, findings }
    }

    /// What becomes of each key of the documents that can be read.
    pub fn keywords(&self, findings: &mut Findings) -> Vec<Met> {
        let apis = self.apis.iter();
        let met = apis.filter_map(|(config, documents)| crate::keywords(config, documents, &*self.files, findings));
        met.flatten().collect()
    }

    fn written(&self, apis: &[Understood]) -> Option<FileSet> {
        if apis.len() != self.apis.len() {
            return None;
        }
        let titled = || apis.first().map(|first| Package::titled(&first.api.title));
        let package = self.package.clone().or_else(titled)?;
        let config = Config {
            package,
            apis: self.apis.iter().map(|(config, _)| config.clone()).collect(),
        };
        Some(crate::generate(&config, apis, &self.further, self.options.in_workspace))
    }
}
