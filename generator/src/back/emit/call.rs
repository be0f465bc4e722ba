//! A call: the handle's method, the builder with its setters, and what makes it a future.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::print::{bare, deprecated, docs, ident};
use super::scope::Scope;
use super::setters::{argument, converted, initializer, stored, taken};
use super::{answer, exchange, pages, send};
use crate::back::model::{
    AbsentBody, Argument, BodyKind, BodyValue, Call, Decode, Output, PartKind, Resource, RustType, Setter, Target,
};

/// All items of a call.
pub(super) fn items(scope: &Scope<'_>, resource: &Resource, call: &Call) -> Vec<TokenStream> {
    let mut items = vec![
        definition(scope, resource, call),
        implementation(scope, call),
        future(scope, call),
        in_tests(scope, call),
    ];
    items.push(answer::operation(scope, call));
    items.extend(answer::output(scope, call));
    items.extend(answer::errors(scope, call));
    items
}

/// The handle's method that starts the call.
pub(super) fn handle_method(scope: &Scope<'_>, call: &Call) -> TokenStream {
    let (method, builder) = (ident(&call.method), ident(&call.ident));
    let (doc, deprecation) = (docs(&call.docs), deprecated(call.deprecated));
    let arguments = call.arguments.iter().map(|taken| argument(scope, taken));
    let options = scope.runtime("CallOptions");
    let states = states(scope, call).into_iter().map(|state| state.initializer);
    quote! {
        #doc
        #deprecation
        pub fn #method(&self, #(#arguments),*) -> #builder {
            #builder {
                core: self.core.clone(),
                options: #options::default(),
                #(#states),*
            }
        }
    }
}

/// What an awaited call gives, as a type.
pub(super) fn output_type(scope: &Scope<'_>, call: &Call) -> TokenStream {
    match &call.output {
        Output::One(decode) => decoded_type(scope, decode),
        Output::ByStatus { ident: name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// What a body is decoded into, as a type.
pub(super) fn decoded_type(scope: &Scope<'_>, decode: &Decode) -> TokenStream {
    match decode {
        Decode::Empty => quote!(()),
        Decode::Json(ty) => scope.ty(ty),
        Decode::Text => scope.prelude("String"),
        Decode::Download => scope.runtime("Download"),
        Decode::Events => scope.runtime("Events"),
        Decode::EventStream(ty) => scope.generic(&scope.runtime("EventStream"), ty),
        Decode::JsonLines(ty) => scope.generic(&scope.runtime("JsonLines"), ty),
    }
}

/// A field of the builder: its type, and its value at the start.
struct State {
    name: Ident,
    ty: TokenStream,
    initializer: TokenStream,
}

fn states(scope: &Scope<'_>, call: &Call) -> Vec<State> {
    let parameters = call
        .parameters
        .iter()
        .map(|parameter| (&parameter.ident, &parameter.ty));
    let parts = match call.body.as_ref().map(|body| &body.kind) {
        Some(BodyKind::Multipart(parts)) => parts.as_slice(),
        _ => &[],
    };
    let parts = parts.iter().map(|part| (&part.ident, &part.ty));
    let mut states: Vec<State> = parameters
        .chain(parts)
        .map(|(name, ty)| own_state(scope, call, name, ty))
        .collect();
    states.extend(body_state(scope, call));
    states
}

fn own_state(scope: &Scope<'_>, call: &Call, name: &str, ty: &RustType) -> State {
    let given = call
        .arguments
        .iter()
        .find(|taken| matches!(&taken.target, Target::Parameter(target) if target == name));
    let value = given.map_or_else(
        || scope.unset(ty),
        |taken| converted(scope, &taken.ident, &taken.accept),
    );
    State {
        name: ident(name),
        ty: scope.ty(ty),
        initializer: initializer(name, &value),
    }
}

fn body_state(scope: &Scope<'_>, call: &Call) -> Option<State> {
    let (ty, optional) = held_body(&call.body.as_ref()?.kind)?;
    let ty = scope.ty(&ty);
    let value = body_at_start(scope, call, &ty, optional);
    let ty = if optional {
        let option = scope.prelude("Option");
        quote!(#option<#ty>)
    } else {
        ty
    };
    Some(State {
        name: ident("body"),
        ty,
        initializer: initializer("body", &value),
    })
}

fn body_at_start(scope: &Scope<'_>, call: &Call, ty: &TokenStream, optional: bool) -> TokenStream {
    let given = call.arguments.iter().find(|taken| taken.target == Target::Body);
    let value = if let Some(taken) = given {
        converted(scope, &taken.ident, &taken.accept)
    } else if let Some(indices) = value_of(call).and_then(|value| value.constructor.as_ref()) {
        let arguments = indices
            .iter()
            .filter_map(|&index| call.arguments.get(index))
            .map(|taken| ident(&taken.ident));
        quote!(#ty::new(#(#arguments),*))
    } else if optional {
        return quote!(None);
    } else {
        quote!(#ty::default())
    };
    if optional { quote!(Some(#value)) } else { value }
}

/// The type of the builder's `body`, without `Option`, and whether it is held in one; `None` where there is none.
fn held_body(kind: &BodyKind) -> Option<(RustType, bool)> {
    match kind {
        BodyKind::Json(value) | BodyKind::Form(value) => Some((value.ty.clone(), value.absent != AbsentBody::Never)),
        BodyKind::Binary { required } => Some((RustType::Upload, !required)),
        BodyKind::Text { required } => Some((RustType::String, !required)),
        BodyKind::Multipart(_) => None,
    }
}

fn value_of(call: &Call) -> Option<&BodyValue> {
    match &call.body.as_ref()?.kind {
        BodyKind::Json(value) | BodyKind::Form(value) => Some(value),
        _ => None,
    }
}

fn definition(scope: &Scope<'_>, resource: &Resource, call: &Call) -> TokenStream {
    let name = ident(&call.ident);
    let link = format!("[`{}::{}`]", resource.ident, bare(&call.method));
    let doc = docs(&[format!("A call of {link}: set what may be left out, then await it.")]);
    // An upload can be sent once, so that its call cannot be cloned.
    let clone = (!holds_upload(call)).then(|| quote!(, Clone));
    let (core, options) = (scope.runtime("Core"), scope.runtime("CallOptions"));
    let fields = states(scope, call)
        .into_iter()
        .map(|State { name, ty, .. }| quote!(#name: #ty));
    quote! {
        #doc
        #[derive(Debug #clone)]
        #[must_use = "a call is sent when it is awaited"]
        pub struct #name {
            core: #core,
            options: #options,
            #(#fields,)*
        }
    }
}

fn holds_upload(call: &Call) -> bool {
    match call.body.as_ref().map(|body| &body.kind) {
        Some(BodyKind::Binary { .. }) => true,
        Some(BodyKind::Multipart(parts)) => parts
            .iter()
            .any(|part| matches!(part.kind, PartKind::File | PartKind::Files)),
        _ => false,
    }
}

fn implementation(scope: &Scope<'_>, call: &Call) -> TokenStream {
    let name = ident(&call.ident);
    let setters = call.setters.iter().map(|setter| setter_method(scope, call, setter));
    let with_body = with_body(scope, call);
    let options = scope.runtime("CallOptions");
    let (output, result, error) = (
        output_type(scope, call),
        scope.prelude("Result"),
        scope.runtime("Error"),
    );
    let (response, pending) = (scope.runtime("Response"), scope.runtime("Pending"));
    let (request, into_request) = (scope.runtime("Request"), send::request(scope, call));
    let sent = exchange::exchange(scope, call, &quote!(self.into_request()));
    let answer = exchange::answer(scope, call);
    let (pages, stream) = (pages::methods(scope, call), stream_method(scope, call));
    quote! {
        impl #name {
            #(#setters)*
            #with_body

            /// Sets what holds for this call only: times, retries, further headers, parameters, fields of the body.
            pub fn with_options(mut self, options: #options) -> Self {
                self.options = options;
                self
            }

            /// Sends the call, as awaiting it does.
            pub fn send(self) -> #pending<#output> {
                self.into_future()
            }

            /// Sends the call and gives status and headers of the answer, too.
            pub async fn with_response(self) -> #result<#response<#output>, #error> {
                #sent
            }

            #stream
            #pages

            fn into_request(self) -> #request {
                #into_request
            }

            #answer
        }
    }
}

/// The method that gives the answer value by value.
fn stream_method(scope: &Scope<'_>, call: &Call) -> Option<TokenStream> {
    let stream = call.stream.as_ref()?;
    let (doc, output) = (docs(&stream.docs), decoded_type(scope, &stream.decode));
    let (result, error) = (scope.prelude("Result"), scope.runtime("Error"));
    let exchange = exchange::stream(scope, stream);
    Some(quote! {
        #doc
        pub async fn stream(self) -> #result<#output, #error> {
            #exchange
        }
    })
}

fn setter_method(scope: &Scope<'_>, call: &Call, setter: &Setter) -> TokenStream {
    if setter.deprecated {
        scope.touch_deprecated();
    }
    let (name, doc, deprecation) = (ident(&setter.ident), docs(&setter.docs), deprecated(setter.deprecated));
    let parameter = taken(scope, &setter.ident, &setter.accept);
    let value = stored(scope, &setter.ident, &setter.accept, setter.store);
    let place = match &setter.target {
        Target::Parameter(field) => {
            let field = ident(field);
            quote!(self.#field)
        }
        Target::Body => quote!(self.body),
        Target::BodyField(field) => {
            let field = ident(field);
            let optional = value_of(call).is_some_and(|value| value.absent != AbsentBody::Never);
            if optional {
                quote!(self.body.get_or_insert_default().#field)
            } else {
                quote!(self.body.#field)
            }
        }
    };
    quote! {
        #doc
        #deprecation
        pub fn #name(mut self, #parameter) -> Self {
            #place = #value;
            self
        }
    }
}

/// The setter of the whole body, where nothing else sets it.
fn with_body(scope: &Scope<'_>, call: &Call) -> Option<TokenStream> {
    let (ty, optional) = held_body(&call.body.as_ref()?.kind)?;
    let targets = call.arguments.iter().map(|Argument { target, .. }| target);
    if targets
        .chain(call.setters.iter().map(|setter| &setter.target))
        .any(|target| *target == Target::Body)
    {
        return None;
    }
    let (ty, into) = (scope.ty(&ty), scope.prelude("Into"));
    let value = if optional {
        quote!(Some(body.into()))
    } else {
        quote!(body.into())
    };
    let fields = value_of(call).is_some_and(|value| value.fields);
    let doc = docs(&[if fields {
        "Sends this body, in place of all that was set of it before."
    } else {
        "Sends this body."
    }]);
    Some(quote! {
        #doc
        pub fn with_body(mut self, body: impl #into<#ty>) -> Self {
            self.body = #value;
            self
        }
    })
}

fn future(scope: &Scope<'_>, call: &Call) -> TokenStream {
    let (name, output, error) = (ident(&call.ident), output_type(scope, call), scope.runtime("Error"));
    let (result, pending) = (scope.prelude("Result"), scope.runtime("Pending"));
    let (into_future, value) = (scope.prelude("IntoFuture"), exchange::pending(scope, call));
    quote! {
        impl #into_future for #name {
            type Output = #result<#output, #error>;
            type IntoFuture = #pending<#output>;
            fn into_future(self) -> Self::IntoFuture {
                #value
            }
        }
    }
}

/// What names the call in its users' tests.
fn in_tests(scope: &Scope<'_>, call: &Call) -> TokenStream {
    let (name, output, constant) = (ident(&call.ident), output_type(scope, call), ident(&call.constant));
    let operation = scope.runtime("Operation");
    let status = Literal::u16_unsuffixed(call.success);
    quote! {
        #[cfg(feature = "testing")]
        impl crate::runtime::testing::Call for #name {
            type Output = #output;
            const OPERATION: &'static #operation = &#constant;
            const STATUS: u16 = #status;
        }
    }
}
