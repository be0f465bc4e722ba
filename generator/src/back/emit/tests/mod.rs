//! The exact text of each construct, from small models.

mod calls;
mod enumerations;
mod features;
mod layout;
mod roots;
mod structs;
mod unions;
mod waiters;

use super::scope::ApiTypes;
use crate::back::model::{
    Accept, Api, Call, Client, Crate, Credential, CredentialKind, Decode, Field, Item, Output, Package, Presence,
    Resource, RustType, Section, Setter, Store, Target, TypeModule, Undeclared, Waiter,
};

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

fn named(name: &str) -> RustType {
    RustType::Named(name.to_owned())
}

fn option(ty: RustType) -> RustType {
    RustType::Option(Box::new(ty))
}

fn vec_of(ty: RustType) -> RustType {
    RustType::Vec(Box::new(ty))
}

fn boxed(ty: RustType) -> RustType {
    RustType::Boxed(Box::new(ty))
}

fn field(ident: &str, name: &str, ty: RustType, presence: Presence) -> Field {
    Field {
        ident: ident.to_owned(),
        name: name.to_owned(),
        docs: lines(&format!("The {name}.")),
        deprecated: false,
        ty,
        presence,
        asked: presence == Presence::Required,
        secret: false,
    }
}

fn setter(ident: &str, accept: Accept, store: Store, target: Target) -> Setter {
    let docs = lines(&format!("Sets {ident}."));
    Setter {
        ident: ident.to_owned(),
        docs,
        deprecated: false,
        accept,
        store,
        target,
    }
}

fn body_field(name: &str) -> Target {
    Target::BodyField(name.to_owned())
}

fn parameter(name: &str) -> Target {
    Target::Parameter(name.to_owned())
}

fn api(types: Vec<TypeModule>, resources: Vec<Resource>) -> Api {
    Api {
        document: "pets.yaml".to_owned(),
        module: None,
        path: "pets_client".to_owned(),
        docs: lines("Pets, version 3."),
        client: Client {
            docs: lines("A client of the pets."),
            title: "Pets".to_owned(),
            base_url: Some("https://pets.example/api".to_owned()),
            base_url_env: Some("PETS_BASE_URL".to_owned()),
            credentials: vec![Credential {
                ident: "api_key".to_owned(),
                docs: lines("The key."),
                kind: CredentialKind::Header("x-api-key".to_owned()),
                env: Some("PETS_API_KEY".to_owned()),
            }],
            primary_credential: Some(0),
            undeclared: Undeclared {
                security: vec![vec![0], vec![]],
                retries: vec![],
            },
        },
        resources,
        types,
        payloads: vec![],
        headers: vec![],
        example: lines("let client = pets_client::Client::from_env()?;"),
        example_feature: None,
        guide: vec![Section {
            title: "Without async",
            text: "Wait for it.",
            code: lines("client.pets().get(1).block()?;"),
            features: lines("blocking"),
        }],
        features: None,
    }
}

fn krate(apis: Vec<Api>) -> Crate {
    Crate {
        package: Package {
            name: "pets-client".to_owned(),
            version: "0.2.0".to_owned(),
            description: "Talks to \"pets\"".to_owned(),
            repository: None,
            homepage: Some("https://pets.example".to_owned()),
            keywords: lines("pets\nanimals"),
            in_workspace: false,
        },
        docs: lines("A client of the pets."),
        apis,
        date_crates: vec![],
    }
}

fn module(items: Vec<Item>) -> TypeModule {
    TypeModule {
        module: "pets".to_owned(),
        docs: lines("Pets."),
        items,
        features: vec![],
    }
}

/// The file of a module with these types, without header and documentation.
fn types(items: Vec<Item>) -> String {
    types_beside(items, vec![])
}

/// The same, with another module that has further types.
fn types_beside(items: Vec<Item>, others: Vec<Item>) -> String {
    let others = TypeModule {
        module: "others".to_owned(),
        docs: lines("Others."),
        items: others,
        features: vec![],
    };
    let api = api(vec![module(items), others], vec![]);
    let text = super::types::file(&api, &api.types[0], &ApiTypes::new(&api));
    rest(&text, "//! Pets.\n\n")
}

fn call(method: &str, ident: &str) -> Call {
    Call {
        method: method.to_owned(),
        ident: ident.to_owned(),
        constant: ident.to_uppercase(),
        docs: lines("Does it."),
        deprecated: false,
        operation: format!("pets_{method}"),
        http_method: "POST".to_owned(),
        path: "/pets/{id}".to_owned(),
        server: None,
        security: vec![vec![0]],
        accept: Some("application/json".to_owned()),
        arguments: vec![],
        parameters: vec![],
        body: None,
        setters: vec![],
        output: Output::One(Decode::Json(named("Cat"))),
        success: 200,
        retry: None,
        stream: None,
        pages: None,
        errors: None,
        status_notes: vec![],
    }
}

/// The file of a resource with these calls, without header and documentation.
fn resource(calls: Vec<Call>) -> String {
    resource_with(calls, vec![])
}

fn resource_with(calls: Vec<Call>, waiters: Vec<Waiter>) -> String {
    let docs = lines("The pets.");
    let resource = Resource {
        feature: None,
        module: "pets".to_owned(),
        accessor: "pets".to_owned(),
        ident: "Pets".to_owned(),
        docs,
        calls,
        waiters,
    };
    let api = api(vec![], vec![resource]);
    let text = super::resource::file(&api, &api.resources[0], "crate", &ApiTypes::new(&api));
    rest(&text, "//! The pets.\n\n")
}

fn rest(text: &str, start: &str) -> String {
    let start = format!("// @generated by clientsmith from pets.yaml. Do not edit.\n\n{start}");
    text.strip_prefix(&start).unwrap_or(text).to_owned()
}

/// The part of a text from a line that starts so, to the end of the item.
fn item(text: &str, start: &str) -> String {
    let lines = text.lines().skip_while(|line| !line.starts_with(start));
    let mut item: Vec<&str> = Vec::new();
    for line in lines {
        item.push(line);
        if line == "}" || line == "};" {
            break;
        }
    }
    item.join("\n")
}

/// A method with its documentation, without indentation's first level.
fn method(text: &str, name: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let found = lines
        .iter()
        .position(|line| line.contains(&format!("fn {name}(")) || line.contains(&format!("fn {name}<")));
    let found = found.unwrap_or(lines.len());
    let end = lines
        .iter()
        .skip(found)
        .position(|line| *line == "    }")
        .map_or(lines.len(), |end| found + end + 1);
    let lines = lines[found..end]
        .iter()
        .map(|line| line.strip_prefix("    ").unwrap_or(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// What a builder does when it is sent: its request, and what it makes of the answer.
fn exchange(text: &str) -> String {
    ["into_request", "answer", "with_response", "into_future"]
        .map(|name| method(text, name))
        .concat()
}
