//! What a call says of itself as data, and the enums of its answers: outputs by status and declared failures.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::call::decoded_type;
use super::exchange::status;
use super::print::{docs, ident};
use super::scope::Scope;
use super::serde::seed;
use crate::back::model::{Call, Case, ConnectionRetry, Decode, Errors, Output, Retry, StatusPattern};

/// The static that describes the operation.
pub(super) fn operation(scope: &Scope<'_>, call: &Call) -> TokenStream {
    let (name, operation) = (ident(&call.constant), scope.runtime("Operation"));
    let (id, path) = (&call.operation, &call.path);
    let (http, method) = (scope.name("http", "Method"), ident(&call.http_method));
    let (server, accept) = (optional(call.server.as_deref()), optional(call.accept.as_deref()));
    let security = security(&call.security);
    let retry = retry(scope, call.retry.as_ref());
    let notes = call.status_notes.iter().map(|(status, text)| {
        let status = Literal::u16_unsuffixed(*status);
        quote!((#status, #text))
    });
    let decode_error = if let Some(errors) = &call.errors {
        let errors = ident(&errors.ident);
        quote!(#errors::decode)
    } else {
        scope.runtime("undeclared")
    };
    quote! {
        static #name: #operation = #operation {
            id: #id,
            method: #http::#method,
            path: #path,
            server: #server,
            security: #security,
            accept: #accept,
            retry: #retry,
            notes: &[#(#notes),*],
            decode_error: #decode_error,
        };
    }
}

/// Alternatives of credentials.
pub(super) fn security(alternatives: &[Vec<usize>]) -> TokenStream {
    let alternatives = alternatives.iter().map(|all| {
        let all = all.iter().map(|index| Literal::usize_unsuffixed(*index));
        quote!(&[#(#all),*])
    });
    quote!(&[#(#alternatives),*])
}

/// A rule of retries.
pub(super) fn retry(scope: &Scope<'_>, retry: Option<&Retry>) -> TokenStream {
    let ty = scope.runtime("Retry");
    let Some(retry) = retry else {
        return quote!(#ty::NEVER);
    };
    let max_retries = Literal::u32_unsuffixed(retry.max_retries);
    let statuses = retry.statuses.iter().map(|(first, last)| {
        let (first, last) = (Literal::u16_unsuffixed(*first), Literal::u16_unsuffixed(*last));
        quote!(#first..=#last)
    });
    let connection = scope.runtime("ConnectionRetry");
    let variant = ident(match retry.connection {
        ConnectionRetry::Never => "Never",
        ConnectionRetry::Unsent => "Unsent",
        ConnectionRetry::Any => "Any",
    });
    quote! {
        #ty {
            max_retries: #max_retries,
            statuses: &[#(#statuses),*],
            connection: #connection::#variant,
        }
    }
}

/// `Some("…")` or `None`.
pub(super) fn optional(text: Option<&str>) -> TokenStream {
    text.map_or_else(|| quote!(None), |text| quote!(Some(#text)))
}

/// The enum of the outputs by status.
pub(super) fn output(scope: &Scope<'_>, call: &Call) -> Option<TokenStream> {
    let Output::ByStatus {
        ident: name,
        docs: doc,
        cases,
    } = &call.output
    else {
        return None;
    };
    // What streams is read once and compares with nothing.
    let streamed = cases.iter().any(|case| case.decode.is_streamed());
    let derives = (!streamed).then(|| quote!(, Clone, PartialEq));
    Some(enumeration(scope, name, doc, cases, derives.as_ref()))
}

/// The enum of the declared failures, and how it is read.
pub(super) fn errors(scope: &Scope<'_>, call: &Call) -> Vec<TokenStream> {
    call.errors
        .iter()
        .flat_map(|errors| [error_enum(scope, errors), error_decode(scope, errors)])
        .collect()
}

fn error_enum(scope: &Scope<'_>, errors: &Errors) -> TokenStream {
    enumeration(
        scope,
        &errors.ident,
        &errors.docs,
        &errors.cases,
        Some(&quote!(, Clone, PartialEq)),
    )
}

fn enumeration(
    scope: &Scope<'_>,
    name: &str,
    doc: &[String],
    cases: &[Case],
    derives: Option<&TokenStream>,
) -> TokenStream {
    let (name, doc) = (ident(name), docs(doc));
    let variants = cases.iter().map(|case| {
        let (name, doc) = (ident(&case.ident), docs(&case.docs));
        let payload = (case.decode != Decode::Empty).then(|| {
            let ty = decoded_type(scope, &case.decode);
            quote!((#ty))
        });
        quote!(#doc #name #payload,)
    });
    quote! {
        #doc
        #[derive(Debug #derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    }
}

fn error_decode(scope: &Scope<'_>, errors: &Errors) -> TokenStream {
    let (name, option, declared) = (ident(&errors.ident), scope.prelude("Option"), scope.runtime("Declared"));
    let read = |case: &Case| {
        let variant = ident(&case.ident);
        let read = match case.decode.ty().and_then(|ty| seed(scope, ty)) {
            Some(seed) => quote!(json_by(body, #seed, Self::#variant)),
            None if case.decode == Decode::Text => quote!(text(body, Self::#variant)),
            None => quote!(json(body, Self::#variant)),
        };
        quote!(Some(#declared::#read))
    };
    let all = errors.cases.iter().any(|case| case.status == StatusPattern::Default);
    let (parameter, decode) = match &*errors.cases {
        [only] if all => (quote!(_), read(only)),
        cases => {
            let arms = cases.iter().map(|case| {
                let (status, read) = (status(case.status, cases), read(case));
                quote!(#status => #read,)
            });
            let none = (!all).then(|| quote!(_ => None,));
            (quote!(status), quote!(match status { #(#arms)* #none }))
        }
    };
    let allow = all.then(|| quote!(#[allow(clippy::unnecessary_wraps, reason = "other operations declare less")]));
    quote! {
        impl #name {
            #allow
            fn decode(#parameter: u16, body: &[u8]) -> #option<#declared> {
                #decode
            }
        }
    }
}
