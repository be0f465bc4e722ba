//! The client of an API: its description as data, how it is made, and its resources.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::answer::{optional, retry, security};
use super::features::gate;
use super::print::{bare, docs, ident, rust_file};
use super::scope::{ApiTypes, Scope, path};
use crate::back::model::{Api, Client, Credential, CredentialKind, Resource, TokenEndpoint, Undeclared};

/// The text of `client.rs`; `root` is the path of the API's module.
pub(super) fn file(api: &Api, root: &str, types: &ApiTypes<'_>) -> String {
    let scope = Scope::of_client(root, types);
    let mut items = vec![description(&scope, &api.client)];
    items.extend(definition(&scope, api));
    items.push(implementation(&scope, api, root));
    items.extend(credentials(&scope, &api.client));
    let mut all = scope.uses();
    all.extend(items);
    let doc = "The client: where the API is, who calls it, and its resources.".to_owned();
    rust_file(&api.document, &[doc], &scope.attributes(), all)
}

fn description(scope: &Scope<'_>, client: &Client) -> TokenStream {
    let (api, title) = (scope.runtime("Api"), &client.title);
    let base_url = optional(client.base_url.as_deref());
    let base_url_env = optional(client.base_url_env.as_deref());
    let credentials = client.credentials.iter().map(|credential| {
        let (ty, scheme, env) = (
            scope.runtime("Credential"),
            &credential.ident,
            optional(credential.env.as_deref()),
        );
        let kind = kind(scope, &credential.kind);
        quote!(#ty { scheme: #scheme, kind: #kind, env: #env })
    });
    let undeclared = undeclared(scope, &client.undeclared);
    quote! {
        static API: #api = #api {
            title: #title,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            base_url: #base_url,
            base_url_env: #base_url_env,
            credentials: &[#(#credentials),*],
            undeclared: #undeclared,
        };
    }
}

fn undeclared(scope: &Scope<'_>, undeclared: &Undeclared) -> TokenStream {
    let (ty, security) = (scope.runtime("Undeclared"), security(&undeclared.security));
    let retries = undeclared.retries.iter().map(|(methods, rule)| {
        let (http, rule) = (scope.name("http", "Method"), retry(scope, rule.as_ref()));
        let methods = methods.iter().map(|method| ident(method));
        quote!((&[#(#http::#methods),*], #rule))
    });
    quote!(#ty { security: #security, retries: &[#(#retries),*] })
}

fn kind(scope: &Scope<'_>, kind: &CredentialKind) -> TokenStream {
    let ty = scope.runtime("CredentialKind");
    match kind {
        CredentialKind::Header(name) => quote!(#ty::Header(#name)),
        CredentialKind::Query(name) => quote!(#ty::Query(#name)),
        CredentialKind::Cookie(name) => quote!(#ty::Cookie(#name)),
        CredentialKind::Bearer => quote!(#ty::Bearer),
        CredentialKind::Basic => quote!(#ty::Basic),
        CredentialKind::OAuth(endpoint) => {
            let endpoint = token_endpoint(scope, endpoint);
            quote!(#ty::OAuth(#endpoint))
        }
    }
}

fn token_endpoint(scope: &Scope<'_>, endpoint: &TokenEndpoint) -> TokenStream {
    let ty = scope.runtime("TokenEndpoint");
    let TokenEndpoint {
        ident,
        url,
        scopes,
        secret_in_body,
        ..
    } = endpoint;
    let env = match &endpoint.env {
        Some([id, secret]) => quote!(Some([#id, #secret])),
        None => quote!(None),
    };
    let method = bare(ident);
    quote!(#ty { method: #method, url: #url, scopes: #scopes, env: #env, secret_in_body: #secret_in_body })
}

fn definition(scope: &Scope<'_>, api: &Api) -> [TokenStream; 2] {
    let (doc, core) = (docs(&api.client.docs), scope.runtime("Core"));
    [
        quote! {
            #doc
            #[derive(Debug, Clone)]
            pub struct Client {
                core: #core,
            }
        },
        quote! {
            impl From<#core> for Client {
                fn from(core: #core) -> Self {
                    Self { core }
                }
            }
        },
    ]
}

fn implementation(scope: &Scope<'_>, api: &Api, root: &str) -> TokenStream {
    let (builder, error) = (scope.runtime("ClientBuilder"), scope.runtime("Error"));
    let new = new(scope, &api.client);
    let from_env = docs(&from_env_docs(&api.client));
    let (method, raw) = (scope.name("http", "Method"), scope.runtime("RawRequest"));
    let accessors = api.resources.iter().map(|resource| accessor(scope, resource, root));
    quote! {
        impl Client {
            #new

            #from_env
            pub fn from_env() -> Result<Self, #error> {
                Self::builder().from_env().build()
            }

            /// Settings of a client, to be changed before it is built.
            pub fn builder() -> #builder<Self> {
                #builder::new(&API)
            }

            #(#accessors)*

            /// A request that the API's document does not have, with all that this client does for those that it has:
            /// `client.request(http::Method::GET, "/path/{id}").path("id", id).send().await?.json::<T>().await?`.
            ///
            /// The path is a template behind the base URL; [`path`](crate::RawRequest::path) fills it.
            pub fn request(&self, method: #method, path: &'static str) -> #raw {
                self.core.raw(method, path)
            }
        }
    }
}

fn new(scope: &Scope<'_>, client: &Client) -> TokenStream {
    let error = scope.runtime("Error");
    let primary = client
        .primary_credential
        .and_then(|index| client.credentials.get(index));
    let Some(credential) = primary else {
        return quote! {
            /// A client with the default settings.
            pub fn new() -> Result<Self, #error> {
                Self::builder().build()
            }
        };
    };
    let method = ident(&credential.ident);
    let names = argument_names(credential);
    quote! {
        /// A client with this credential and the default settings.
        pub fn new(#(#names: impl Into<String>),*) -> Result<Self, #error> {
            Self::builder().#method(#(#names),*).build()
        }
    }
}

fn argument_names(credential: &Credential) -> Vec<proc_macro2::Ident> {
    match credential.kind {
        CredentialKind::Basic => vec![ident("user"), ident("password")],
        _ => vec![ident(&credential.ident)],
    }
}

fn from_env_docs(client: &Client) -> Vec<String> {
    let mut docs = vec![
        "A client with settings from the environment, as far as they are there:".to_owned(),
        String::new(),
    ];
    docs.extend(client.credentials.iter().filter_map(|credential| {
        let CredentialKind::OAuth(endpoint) = &credential.kind else {
            return None;
        };
        let [id, secret] = endpoint.env.as_ref()?;
        let method = bare(&endpoint.ident);
        Some(format!("- `{id}` and `{secret}`: see [`ClientBuilder::{method}`]"))
    }));
    docs.extend(client.credentials.iter().filter_map(|credential| {
        let meaning = if credential.kind == CredentialKind::Basic {
            " (`user:password`)"
        } else {
            ""
        };
        Some(format!(
            "- `{}`: see [`ClientBuilder::{}`]{meaning}",
            credential.env.as_ref()?,
            bare(&credential.ident)
        ))
    }));
    docs.extend(
        client
            .base_url_env
            .iter()
            .map(|name| format!("- `{name}`: the base URL")),
    );
    if docs.len() == 2 {
        return vec!["A client with the default settings: the environment holds none for this API.".to_owned()];
    }
    docs
}

fn accessor(scope: &Scope<'_>, resource: &Resource, root: &str) -> TokenStream {
    let (doc, method, handle) = (docs(&resource.docs), ident(&resource.accessor), ident(&resource.ident));
    let gate = gate(&resource.feature);
    // What may be left out is not imported: the import would need the condition, too.
    let module = match gate {
        Some(_) => path("super::resources", &resource.module),
        None => scope.name(&format!("{root}::resources"), &resource.module),
    };
    quote! {
        #doc
        #gate
        pub fn #method(&self) -> #module::#handle {
            #module::#handle::new(self.core.clone())
        }
    }
}

fn credentials(scope: &Scope<'_>, client: &Client) -> Option<TokenStream> {
    if client.credentials.is_empty() {
        return None;
    }
    let builder = scope.runtime("ClientBuilder");
    let setters = client.credentials.iter().enumerate().flat_map(|(index, credential)| {
        let (doc, method, secret) = (
            docs(&credential.docs),
            ident(&credential.ident),
            scope.runtime("Secret"),
        );
        let (index, names) = (Literal::usize_unsuffixed(index), argument_names(credential));
        let value = if let [user, password] = names.as_slice() {
            quote!(format!("{}:{}", #user.into(), #password.into()))
        } else {
            quote!(#(#names.into())*)
        };
        let setter = quote! {
            #doc
            #[must_use]
            pub fn #method(self, #(#names: impl Into<String>),*) -> Self {
                self.credential(#index, #secret::from(#value))
            }
        };
        [Some(setter), client_setter(scope, &index, &credential.kind)]
    });
    let setters = setters.flatten();
    Some(quote! {
        impl #builder<Client> {
            #(#setters)*
        }
    })
}

/// The method that takes a client's id and secret.
fn client_setter(scope: &Scope<'_>, index: &Literal, kind: &CredentialKind) -> Option<TokenStream> {
    let CredentialKind::OAuth(endpoint) = kind else {
        return None;
    };
    let (doc, method, ty) = (
        docs(&endpoint.docs),
        ident(&endpoint.ident),
        scope.runtime("ClientCredentials"),
    );
    Some(quote! {
        #doc
        #[must_use]
        pub fn #method(self, client: #ty) -> Self {
            self.credential(#index, client)
        }
    })
}
