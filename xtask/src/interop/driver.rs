//! The program that makes the calls of one generated crate: a function for each operation, in a crate of its own.
//!
//! Knows the planned model (what methods take and give); the part that is the same for every crate is
//! `xtask/interop/driver.rs`.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clientsmith::back::model::{
    Accept, Api, Argument, BodyKind, Call, Case, Decode, Item, Output, ParameterPlace, RustType, Target,
};
use clientsmith::cli::failure::Failure;
use clientsmith::ir::{Location, OperationId};
use fs_err as fs;

use super::subject::{self, Subject};
use super::values;

/// What is the same in all of them.
const MAIN: &str = include_str!("../../interop/driver.rs");

/// Writes a workspace with a driver for each API.
pub(super) fn write(folder: &Path, subjects: &[Subject]) -> Result<(), Failure> {
    let mut members = String::new();
    for subject in subjects {
        for api in &subject.apis {
            let _ = write!(members, "\"driver-{}\", ", api.name);
            one(&folder.join(format!("driver-{}", api.name)), subject, api)?;
        }
    }
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n[profile.dev]\ndebug = false\nincremental = false\n"
    );
    write_if_changed(&folder.join("Cargo.toml"), &manifest)?;
    // The same versions as everywhere else in the repository.
    fs::copy("Cargo.lock", folder.join("Cargo.lock"))?;
    Ok(())
}

fn one(folder: &Path, subject: &Subject, api: &subject::Api) -> Result<(), Failure> {
    let source = fs::canonicalize(&subject.folder)?;
    let all = api.model.features.as_ref().map(|features| &features.all);
    let features = api
        .model
        .module
        .iter()
        .chain(all)
        .map(|feature| format!("\"{feature}\""));
    let features = features.collect::<Vec<_>>().join(", ");
    let manifest = format!(
        "[package]\nname = \"driver-{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n\
         {} = {{ path = {:?}, default-features = false, features = [{features}] }}\n\
         jiff = {{ version = \"0.2\", default-features = false, features = [\"serde\", \"std\"] }}\n\
         serde = \"1\"\nserde_json = \"1\"\n\
         tokio = {{ version = \"1\", default-features = false, features = [\"rt\"] }}\n",
        api.name,
        subject.package,
        source.display().to_string(),
    );
    write_if_changed(&folder.join("Cargo.toml"), &manifest)?;
    write_if_changed(&folder.join("src/main.rs"), MAIN)?;
    write_if_changed(&folder.join("src/calls.rs"), &calls(api))
}

/// What is not touched is not compiled again.
fn write_if_changed(path: &PathBuf, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    Ok(fs::write(path, text)?)
}

/// `src/calls.rs`: the client, which sends each call once, and each operation's call by its number in the IR.
fn calls(api: &subject::Api) -> String {
    let root = api.path.split("::").next().unwrap_or_default();
    let path = &api.path;
    let credentials = api.model.client.credentials.iter();
    let builder: Vec<_> = credentials
        .map(|credential| format!(".{}(\"key\")", credential.ident))
        .collect();
    let builder = builder.concat();
    let mut text = format!(
        "//! Calls of `{path}`.\n#![allow(deprecated)]\n\nuse super::*;\nuse {root}::CallOptions;\n\n\
         pub type Client = {path}::Client;\npub type Error = {root}::Error;\npub type Options = CallOptions;\n\n\
         pub fn client(base_url: &str) -> Result<Client, Error> {{\n    \
         Client::builder().base_url(base_url).max_retries(0){builder}.build()\n}}\n\n"
    );
    let mut arms = String::new();
    for (module, call, OperationId(id)) in operations(api) {
        text.push_str(&function(api, &format!("{path}::resources::{module}"), call, id));
        let _ = writeln!(arms, "        {id} => Box::pin(call_{id}(client, values, options)),");
    }
    let _ = write!(
        text,
        "pub fn call<'a>(client: &'a Client, id: u64, values: &'a Values, options: CallOptions) -> Pending<'a> {{\n    \
         match id {{\n{arms}        _ => Box::pin(async move {{ Err(format!(\"no operation {{id}}\")) }}),\n    }}\n}}\n"
    );
    text
}

/// Each call, with its resource's module and its place in the IR.
pub(super) fn operations(api: &subject::Api) -> impl Iterator<Item = (&str, &Call, OperationId)> {
    let resources = api.model.resources.iter().zip(&api.understood.names.resources);
    resources.flat_map(|(resource, named)| {
        let calls = resource.calls.iter().zip(&named.operations);
        calls.map(|(call, id)| (resource.module.as_str(), call, *id))
    })
}

fn function(api: &subject::Api, module: &str, call: &Call, id: u32) -> String {
    let types = Types { api };
    let accessor = module.rsplit("::").next().unwrap_or_default();
    let arguments: Vec<_> = call
        .arguments
        .iter()
        .map(|argument| types.argument(call, argument))
        .collect();
    let mut lines = vec![format!(
        "let call = client.{accessor}().{}({});",
        call.method,
        arguments.join(", ")
    )];
    for setter in &call.setters {
        if let Target::Parameter(ident) = &setter.target {
            let (key, value) = types.own(call, ident, &setter.accept);
            let set = format!("call.{}({value})", setter.ident);
            lines.push(format!(
                "let call = if values.has({key:?}) {{ {set} }} else {{ call }};"
            ));
        }
    }
    lines.extend(types.whole_body(call));
    let taken = match &call.output {
        Output::One(decode) => {
            let value = encoded(decode, "response.into_value()");
            format!("Ok(success(status, {value}))")
        }
        Output::ByStatus { ident, cases, .. } => {
            let arms = cases.iter().map(|case| by_status(&format!("{module}::{ident}"), case));
            let arms: String = arms.collect();
            format!("match response.into_value() {{ {arms} _ => Err(\"a new case\".to_owned()) }}")
        }
    };
    let encode = format!("Ok(response) => {{ let status = response.status(); {taken} }}");
    format!(
        "async fn call_{id}(client: &Client, values: &Values, options: CallOptions) -> Result<Value, String> {{\n    \
         {}\n    match call.with_options(options).with_response().await {{\n        {encode}\n        \
         Err(error) => {{\n            let declared = {};\n            Ok(failure(&error, declared))\n        }}\n    }}\n}}\n\n",
        lines.join("\n    "),
        declared(module, call),
    )
}

/// How a decoded value becomes JSON again.
fn encoded(decode: &Decode, value: &str) -> String {
    match decode {
        Decode::Empty => "Value::Null".to_owned(),
        Decode::Json(_) | Decode::Text => format!("json(&{value})?"),
        Decode::Download => format!(
            "match {value}.bytes().await {{ Ok(bytes) => bytes_of(&bytes), Err(error) => return Ok(failure(&error, None)) }}"
        ),
        Decode::Events | Decode::EventStream(_) | Decode::JsonLines(_) => format!(
            "{{ let mut stream = {value}; while let Some(item) = stream.next().await {{ \
             if let Err(error) = item {{ return Ok(failure(&error, None)); }} }} Value::Null }}"
        ),
    }
}

fn by_status(path: &str, case: &Case) -> String {
    let ident = &case.ident;
    let pattern = if case.decode == Decode::Empty {
        String::new()
    } else {
        "(value)".to_owned()
    };
    let value = encoded(&case.decode, "value");
    format!("{path}::{ident}{pattern} => Ok(success(status, {value})), ")
}

/// The typed body of a failure as JSON again.
fn declared(module: &str, call: &Call) -> String {
    let Some(errors) = &call.errors else {
        return "None".to_owned();
    };
    let path = format!("{module}::{}", errors.ident);
    let cases = errors.cases.iter();
    let cases: Vec<_> = cases
        .map(|case| format!("{path}::{}(value) => json(value)?, ", case.ident))
        .collect();
    let cases = cases.concat();
    format!(
        "match error.declared::<{path}>() {{ Some(declared) => Some(match declared {{ {cases} _ => Value::Null }}), None => None }}"
    )
}

/// What values are made of, as code.
struct Types<'a> {
    api: &'a subject::Api,
}

impl Types<'_> {
    fn argument(&self, call: &Call, argument: &Argument) -> String {
        match &argument.target {
            Target::Parameter(ident) => self.own(call, ident, &argument.accept).1,
            Target::BodyField(ident) => {
                let key = format!("body {}", self.json_name(call, ident));
                self.taken(&key, &argument.accept)
            }
            Target::Body => self.taken("body", &argument.accept),
        }
    }

    /// A parameter or a part of a multipart body: where its value is, and the value.
    fn own(&self, call: &Call, ident: &str, accept: &Accept) -> (String, String) {
        let parameter = call.parameters.iter().find(|parameter| parameter.ident == ident);
        let key = match (parameter, call.body.as_ref().map(|body| &body.kind)) {
            (Some(parameter), _) => values::key(location(parameter.place), &parameter.name),
            (None, Some(BodyKind::Multipart(parts))) => {
                let part = parts.iter().find(|part| part.ident == ident);
                format!("body {}", part.map_or(ident, |part| &part.name))
            }
            _ => ident.to_owned(),
        };
        let value = self.taken(&key, accept);
        (key, value)
    }

    fn taken(&self, key: &str, accept: &Accept) -> String {
        let ty = match accept {
            Accept::Plain(ty) | Accept::Into(ty) => ty.clone(),
            Accept::Items { item, .. } => RustType::Vec(Box::new(item.clone())),
            Accept::Pairs { value, .. } => RustType::Map(Box::new(value.clone())),
        };
        let root = self.root();
        match &ty {
            RustType::Upload => format!("{root}::Upload::from_bytes(\"file.txt\", values.bytes({key:?})?)"),
            RustType::Vec(item) if **item == RustType::Upload => {
                format!("[{root}::Upload::from_bytes(\"file.txt\", values.bytes({key:?})?)]")
            }
            ty => format!("values.get::<{}>({key:?})?", self.ty(ty)),
        }
    }

    /// The body as a whole, where it is no argument.
    fn whole_body(&self, call: &Call) -> Option<String> {
        let given = call.arguments.iter().any(|argument| argument.target == Target::Body);
        let value = match &call.body.as_ref()?.kind {
            _ if given => return None,
            BodyKind::Multipart(_) => return None,
            BodyKind::Json(value) | BodyKind::Form(value) => self.taken("body", &Accept::Into(value.ty.clone())),
            BodyKind::Binary { .. } => self.taken("body", &Accept::Into(RustType::Upload)),
            BodyKind::Text { .. } => self.taken("body", &Accept::Into(RustType::String)),
        };
        let setter = call.setters.iter().find(|setter| setter.target == Target::Body);
        let method = setter.map_or("with_body", |setter| &setter.ident);
        Some(format!(
            "let call = if values.has(\"body\") {{ call.{method}({value}) }} else {{ call }};"
        ))
    }

    /// The key in JSON of a field of the body.
    fn json_name(&self, call: &Call, ident: &str) -> String {
        let body = call.body.as_ref().map(|body| &body.kind);
        let Some(BodyKind::Json(value) | BodyKind::Form(value)) = body else {
            return ident.to_owned();
        };
        let records = self.model().types.iter().flat_map(|module| &module.items);
        let fields = records.filter_map(|item| match (item, &value.ty) {
            (Item::Struct(record), RustType::Named(name)) if record.ident == *name => Some(&record.fields),
            _ => None,
        });
        let mut fields = fields.flatten();
        fields
            .find(|field| field.ident == ident)
            .map_or(ident.to_owned(), |field| field.name.clone())
    }

    fn model(&self) -> &Api {
        &self.api.model
    }

    fn root(&self) -> &str {
        self.api.path.split("::").next().unwrap_or_default()
    }

    fn ty(&self, ty: &RustType) -> String {
        match ty {
            RustType::Bool => "bool".to_owned(),
            RustType::Numeric(name) => (*name).to_owned(),
            RustType::String => "String".to_owned(),
            RustType::Json => "Value".to_owned(),
            RustType::Unit => "()".to_owned(),
            // None of the subjects asks for another crate of dates.
            RustType::DateTime(_) => "jiff::Timestamp".to_owned(),
            RustType::Date(_) => "jiff::civil::Date".to_owned(),
            RustType::Upload => format!("{}::Upload", self.root()),
            RustType::Vec(item) => format!("Vec<{}>", self.ty(item)),
            RustType::Map(value) => format!("BTreeMap<String, {}>", self.ty(value)),
            RustType::Option(inner) => format!("Option<{}>", self.ty(inner)),
            RustType::Nullable(inner) => format!("{}::Nullable<{}>", self.root(), self.ty(inner)),
            RustType::Boxed(inner) => format!("Box<{}>", self.ty(inner)),
            RustType::Named(name) => format!("{}::types::{name}", self.api.path),
        }
    }
}

fn location(place: ParameterPlace) -> Location {
    match place {
        ParameterPlace::Path(_) => Location::Path,
        ParameterPlace::Query(_) => Location::Query,
        ParameterPlace::Header(_) => Location::Header,
        ParameterPlace::Cookie(_) => Location::Cookie,
    }
}
