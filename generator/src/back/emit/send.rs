//! What a builder does when it is sent: the request, part by part, and the answer by its status.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::print::ident;
use super::scope::Scope;
use super::serde::seed;
use crate::back::model::{
    AbsentBody, Body, BodyKind, BodyValue, Call, Case, Decode, Output, Parameter, ParameterPlace, Part, PartKind,
    RustType, StatusPattern, StreamCall, Style,
};

/// The statements of `stream`.
pub(super) fn stream(scope: &Scope<'_>, stream: &StreamCall) -> TokenStream {
    let setter = stream.setter.as_deref().map(|setter| {
        let setter = ident(setter);
        quote!(.#setter(true))
    });
    let (accept, decode) = (&stream.accept, decode_call(scope, &stream.decode));
    let answer = if matches!(stream.decode, Decode::JsonLines(_)) {
        quote!(Ok(request.send().await?.#decode.into_value()))
    } else {
        let response = scope.runtime("Response");
        quote!(request.send().await?.#decode.map(#response::into_value))
    };
    quote! {
        let mut request = self #setter.into_request();
        request.accept(#accept);
        #answer
    }
}

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
        ParameterPlace::Query(style) => ("query", style),
        ParameterPlace::Header(style) => ("header", style),
        ParameterPlace::Cookie(style) => ("cookie", style),
    };
    let (method, style) = (ident(method), ident(style_name(style)));
    quote!(request.#method(#name, #styles::#style, &self.#field);)
}

fn style_name(style: Style) -> &'static str {
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
        BodyKind::Form(value) => by_reference(value, "form", &quote!()),
        BodyKind::Multipart(parts) => multipart(scope, parts),
        BodyKind::Binary { required } => by_value(*required, &quote!(upload), media_type),
        BodyKind::Text { required } => by_value(*required, &quote!(text), media_type),
    }
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
    let parts = parts.iter().map(part);
    quote! {
        let mut form = #form::new();
        #(#parts)*
        request.multipart(form);
    }
}

fn part(part: &Part) -> TokenStream {
    let (field, name) = (ident(&part.ident), &part.name);
    let optional = matches!(part.ty, RustType::Option(_));
    match (part.kind, optional) {
        (PartKind::File, false) => quote!(form.file(#name, self.#field);),
        (PartKind::File, true) => quote! {
            if let Some(file) = self.#field {
                form.file(#name, file);
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
                    form.file(#name, file);
                }
            }
        }
        (PartKind::Text, _) => quote!(form.text(#name, &self.#field);),
        (PartKind::Json, false) => quote!(form.json(#name, &self.#field);),
        (PartKind::Json, true) => quote! {
            if let Some(value) = &self.#field {
                form.json(#name, value);
            }
        },
    }
}

/// The statements of `answer`: what is made of the answer to `request`.
pub(super) fn answer(scope: &Scope<'_>, call: &Call) -> TokenStream {
    match &call.output {
        Output::One(decode @ (Decode::Download | Decode::JsonLines(_))) => {
            let decode = decode_call(scope, decode);
            quote!(Ok(request.send().await?.#decode))
        }
        Output::One(decode) => {
            let decode = decode_call(scope, decode);
            quote!(request.send().await?.#decode)
        }
        Output::ByStatus { ident: name, cases, .. } => {
            let name = ident(name);
            let (fallback, others) = split(cases);
            let others = others.map(|case| {
                let (status, answer) = (status(case.status, cases), case_answer(scope, &name, case));
                quote!(#status => #answer,)
            });
            let fallback = fallback.map(|case| {
                let answer = case_answer(scope, &name, case);
                quote!(_ => #answer,)
            });
            quote! {
                let answer = request.send().await?;
                match answer.status() {
                    #(#others)*
                    #fallback
                }
            }
        }
    }
}

/// The case for all statuses that no other is for, and the others in their order.
fn split(cases: &[Case]) -> (Option<&Case>, impl Iterator<Item = &Case>) {
    let fallback = cases
        .iter()
        .position(|case| case.status == StatusPattern::Default)
        .unwrap_or(0);
    let others = cases
        .iter()
        .enumerate()
        .filter(move |(index, _)| *index != fallback)
        .map(|(_, case)| case);
    (cases.get(fallback), others)
}

fn case_answer(scope: &Scope<'_>, output: &proc_macro2::Ident, case: &Case) -> TokenStream {
    let variant = ident(&case.ident);
    match &case.decode {
        decode @ (Decode::Download | Decode::JsonLines(_)) => {
            let decode = decode_call(scope, decode);
            quote!(Ok(answer.#decode.map(#output::#variant)))
        }
        Decode::Empty => quote!(Ok(answer.empty().await?.map(|()| #output::#variant))),
        decode => {
            let decode = decode_call(scope, decode);
            quote!(Ok(answer.#decode?.map(#output::#variant)))
        }
    }
}

fn decode_call(scope: &Scope<'_>, decode: &Decode) -> TokenStream {
    if let Some(seed) = decode.ty().and_then(|ty| seed(scope, ty)) {
        return decode_call_by(decode, &seed);
    }
    match decode {
        Decode::Empty => quote!(empty().await),
        Decode::Json(_) => quote!(json().await),
        Decode::Text => quote!(text().await),
        Decode::Download => quote!(download()),
        Decode::Events => quote!(events().await),
        Decode::EventStream(_) => quote!(event_stream().await),
        Decode::JsonLines(_) => quote!(json_lines()),
    }
}

/// The same for JSON that is read in a way of its own.
fn decode_call_by(decode: &Decode, seed: &TokenStream) -> TokenStream {
    match decode {
        Decode::EventStream(_) => quote!(event_stream_by(#seed).await),
        Decode::JsonLines(_) => quote!(json_lines_by(#seed)),
        _ => quote!(json_by(#seed).await),
    }
}

/// A pattern for the statuses of a case among others.
pub(super) fn status(pattern: StatusPattern, cases: &[Case]) -> TokenStream {
    match pattern {
        StatusPattern::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        StatusPattern::Range(hundreds) => {
            let hundreds = u16::from(hundreds);
            let within = |case: &Case| matches!(case.status, StatusPattern::Code(code) if code / 100 == hundreds);
            if cases.iter().any(within) {
                let hundreds = Literal::u16_unsuffixed(hundreds);
                return quote!(status if status / 100 == #hundreds);
            }
            let (first, last) = (hundreds * 100, hundreds * 100 + 99);
            let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
            quote!(#first..=#last)
        }
        StatusPattern::Default => quote!(_),
    }
}
