//! What a builder does to send its request: put it together, part by part.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::ident;
use super::scope::Scope;
use crate::back::model::{
    AbsentBody, Body, BodyKind, BodyValue, Call, FieldStyle, Parameter, ParameterPlace, Part, PartHead, PartKind,
    RustType, Style,
};

/// The statements of `into_request`, which puts the request together.
pub(super) fn request(scope: &Scope<'_>, call: &Call) -> TokenStream {
    let constant = ident(&call.constant);
    let mut statements: Vec<TokenStream> = call
        .parameters
        .iter()
        .map(|parameter| write(scope, parameter))
        .collect();
    statements.extend(call.body.as_ref().map(|body| content(scope, body)));
    let start = quote!(self.core.request(&#constant, self.options));
    if statements.is_empty() {
        return start;
    }
    quote! {
        let mut request = #start;
        #(#statements)*
        request
    }
}

fn write(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    let (field, name) = (ident(&parameter.ident), &parameter.name);
    if parameter.ty == RustType::String && parameter.place == ParameterPlace::Path(Style::Simple) {
        return quote!(request.path_text(#name, self.#field););
    }
    let styles = scope.runtime("Style");
    let (method, style) = match parameter.place {
        ParameterPlace::Path(style) => ("path", style),
        ParameterPlace::Query(style) if parameter.reserved => ("query_reserved", style),
        ParameterPlace::Query(style) => ("query", style),
        ParameterPlace::Header(style) => ("header", style),
        ParameterPlace::Cookie(style) => ("cookie", style),
    };
    let (method, style) = (ident(method), ident(style_name(style)));
    quote!(request.#method(#name, #styles::#style, &self.#field);)
}

/// The name of a style in the runtime.
pub(super) fn style_name(style: Style) -> &'static str {
    match style {
        Style::Simple => "Simple",
        Style::SimpleExploded => "SimpleExploded",
        Style::Form => "Form",
        Style::FormExploded => "FormExploded",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Label => "Label",
        Style::LabelExploded => "LabelExploded",
        Style::Matrix => "Matrix",
        Style::MatrixExploded => "MatrixExploded",
        Style::Json => "Json",
    }
}

fn content(scope: &Scope<'_>, body: &Body) -> TokenStream {
    let media_type = &body.media_type;
    match &body.kind {
        BodyKind::Json(value) => by_reference(value, "json", &quote!(#media_type,)),
        BodyKind::Form(value) => {
            let (form, styles) = (by_reference(value, "form", &quote!()), styles(scope, &body.styles));
            quote!(#form #styles)
        }
        BodyKind::Multipart(parts) => multipart(scope, parts),
        BodyKind::Binary { required } => by_value(*required, &quote!(upload), media_type),
        BodyKind::Text { required } => by_value(*required, &quote!(text), media_type),
    }
}

/// Fields of a form that are written in styles of their own.
fn styles(scope: &Scope<'_>, styles: &[FieldStyle]) -> Option<TokenStream> {
    if styles.is_empty() {
        return None;
    }
    let (all, reserved) = (scope.runtime("Style"), scope.runtime("Reserved"));
    let styles = styles.iter().map(|field| {
        let (name, style) = (&field.name, ident(style_name(field.style)));
        let kept = ident(if field.reserved { "Kept" } else { "Encoded" });
        quote!((#name, #all::#style, #reserved::#kept))
    });
    Some(quote!(request.form_styles(&[#(#styles),*]);))
}

/// Where the body is held in an `Option`, the runtime sends nothing, or an empty object, for `None`.
fn by_reference(value: &BodyValue, method: &str, media_type: &TokenStream) -> TokenStream {
    let method = |ending: &str| ident(&format!("{method}{ending}"));
    let (method, body) = match value.absent {
        AbsentBody::Never => (method(""), quote!(&self.body)),
        AbsentBody::Omitted => (method("_or_nothing"), quote!(self.body.as_ref())),
        AbsentBody::EmptyObject => (method("_or_empty"), quote!(self.body.as_ref())),
    };
    quote!(request.#method(#media_type #body);)
}

fn by_value(required: bool, method: &TokenStream, media_type: &str) -> TokenStream {
    if required {
        return quote!(request.#method(#media_type, self.body););
    }
    quote! {
        if let Some(body) = self.body {
            request.#method(#media_type, body);
        }
    }
}

fn multipart(scope: &Scope<'_>, parts: &[Part]) -> TokenStream {
    let form = scope.runtime("Multipart");
    // A form whose fields are all the API's to fill has none to send.
    if parts.is_empty() {
        return quote!(request.multipart(#form::new()););
    }
    let parts = parts.iter().map(|one| part(scope, one));
    quote! {
        let mut form = #form::new();
        #(#parts)*
        request.multipart(form);
    }
}

fn part(scope: &Scope<'_>, part: &Part) -> TokenStream {
    let (field, name, head) = (ident(&part.ident), &part.name, head(&part.head));
    let optional = matches!(part.ty, RustType::Option(_));
    match (part.kind, optional) {
        (PartKind::File, false) => quote!(form.file(#name, self.#field) #head;),
        (PartKind::File, true) => quote! {
            if let Some(file) = self.#field {
                form.file(#name, file) #head;
            }
        },
        (PartKind::Files, _) => {
            let files = if optional {
                quote!(self.#field.into_iter().flatten())
            } else {
                quote!(self.#field)
            };
            quote! {
                for file in #files {
                    form.file(#name, file) #head;
                }
            }
        }
        (PartKind::Text, _) => quote!(form.text(#name, &self.#field) #head;),
        (PartKind::Joined(style), _) => {
            let (styles, style) = (scope.runtime("Style"), ident(style_name(style)));
            quote!(form.joined(#name, #styles::#style, &self.#field) #head;)
        }
        (PartKind::JsonItems, _) => quote!(form.json_items(#name, &self.#field) #head;),
        (PartKind::Json, false) => quote!(form.json(#name, &self.#field) #head;),
        (PartKind::Json, true) => quote! {
            if let Some(value) = &self.#field {
                form.json(#name, value) #head;
            }
        },
    }
}

/// What is said of a part beside its name.
fn head(head: &PartHead) -> TokenStream {
    let content_type = head.content_type.as_ref().map(|name| quote!(.content_type(#name)));
    let headers = head.headers.iter().map(|(name, value)| quote!((#name, #value)));
    let headers = (!head.headers.is_empty()).then(|| quote!(.headers(&[#(#headers),*])));
    quote!(#content_type #headers)
}
