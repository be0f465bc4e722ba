//! What a builder makes of the answer to its request: which status it has, and how its body is read.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::print::ident;
use super::scope::Scope;
use super::serde::seed;
use crate::back::model::{Call, Case, Decode, Output, StatusPattern, StreamCall};

/// How a value is made of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// Of its whole body.
    Whole,
    /// While its body comes, some of which is waited for.
    Awaited,
    /// Its body is left to the user.
    Left,
}

impl Reading {
    fn of(decode: &Decode) -> Self {
        match decode {
            Decode::Json(_) | Decode::Text => Self::Whole,
            // A body that comes anyway is neither waited for nor a failure.
            Decode::Empty | Decode::Events | Decode::EventStream(_) => Self::Awaited,
            Decode::Download | Decode::JsonLines(_) => Self::Left,
        }
    }

    /// Of all answers of a call.
    fn of_all(output: &Output) -> Self {
        match output {
            Output::One(decode) => Self::of(decode),
            Output::ByStatus { cases, .. } => {
                let mut all = cases.iter().map(|case| Self::of(&case.decode));
                let first = all.next().unwrap_or(Self::Awaited);
                if all.all(|next| next == first) {
                    first
                } else {
                    Self::Awaited
                }
            }
        }
    }
}

/// The expression that sends a request and gives status, headers and value of the answer, or the error.
pub(super) fn exchange(scope: &Scope<'_>, call: &Call, request: &TokenStream) -> TokenStream {
    let reading = Reading::of_all(&call.output);
    let answer = exchanged(scope, call, request);
    if reading == Reading::Left {
        quote!(Ok(#answer))
    } else {
        answer
    }
}

/// The body of `into_future`: what is pending until the value is there.
pub(super) fn pending(scope: &Scope<'_>, call: &Call) -> TokenStream {
    let reading = Reading::of_all(&call.output);
    if reading == Reading::Whole {
        let read = whole(scope, &call.output);
        return quote!(self.into_request().value(#read));
    }
    let boxed = scope.prelude("Box");
    let value = value_of(scope, reading, &exchanged(scope, call, &quote!(request)));
    quote! {
        let request = self.into_request();
        #boxed::pin(async move { #value })
    }
}

/// The function that reads a whole body.
fn whole(scope: &Scope<'_>, output: &Output) -> TokenStream {
    match output {
        Output::ByStatus { .. } => quote!(Self::answer),
        Output::One(decode) => match decode.ty().and_then(|ty| seed(scope, ty)) {
            Some(seed) => quote!(|answer| answer.json_by(#seed)),
            None => {
                let (received, read) = (scope.runtime("Received"), decode_method(decode));
                quote!(#received::#read)
            }
        },
    }
}

fn value_of(scope: &Scope<'_>, reading: Reading, answer: &TokenStream) -> TokenStream {
    if reading == Reading::Left {
        quote!(Ok(#answer.into_value()))
    } else {
        let response = scope.runtime("Response");
        quote!(#answer.map(#response::into_value))
    }
}

/// What comes of a request: a `Result`, or the answer itself where its body is left to the user.
fn exchanged(scope: &Scope<'_>, call: &Call, request: &TokenStream) -> TokenStream {
    let reading = Reading::of_all(&call.output);
    let come = match reading {
        Reading::Whole => quote!(#request.receive().await?),
        Reading::Awaited | Reading::Left => quote!(#request.send().await?),
    };
    match &call.output {
        Output::One(decode) => {
            let decode = decode_call(scope, decode);
            quote!(#come.#decode)
        }
        Output::ByStatus { .. } if reading == Reading::Awaited => quote!(Self::answer(#come).await),
        Output::ByStatus { .. } => quote!(Self::answer(#come)),
    }
}

/// The statements of `stream`.
pub(super) fn stream(scope: &Scope<'_>, stream: &StreamCall) -> TokenStream {
    let setter = stream.setter.as_deref().map(|setter| {
        let setter = ident(setter);
        quote!(.#setter(true))
    });
    let (accept, decode) = (&stream.accept, decode_call(scope, &stream.decode));
    let value = value_of(
        scope,
        Reading::of(&stream.decode),
        &quote!(request.send().await?.#decode),
    );
    quote! {
        let mut request = self #setter.into_request();
        request.accept(#accept);
        #value
    }
}

/// The function `answer`, which reads an answer by its status.
pub(super) fn answer(scope: &Scope<'_>, call: &Call) -> Option<TokenStream> {
    let Output::ByStatus { ident: name, cases, .. } = &call.output else {
        return None;
    };
    let (reading, name) = (Reading::of_all(&call.output), ident(name));
    let (fallback, others) = split(cases);
    let others = others.map(|case| {
        let (status, answer) = (status(case.status, cases), case_answer(scope, &name, case, reading));
        quote!(#status => #answer,)
    });
    let fallback = fallback.map(|case| {
        let answer = case_answer(scope, &name, case, reading);
        quote!(_ => #answer,)
    });
    let head = head(scope, &name, reading);
    Some(quote! {
        #head {
            match answer.status() {
                #(#others)*
                #fallback
            }
        }
    })
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

/// The head of `answer`, for an output of this name.
fn head(scope: &Scope<'_>, output: &Ident, reading: Reading) -> TokenStream {
    let answer = scope.runtime(if reading == Reading::Whole {
        "Received"
    } else {
        "Incoming"
    });
    let response = scope.runtime("Response");
    if reading == Reading::Left {
        return quote!(fn answer(answer: #answer) -> #response<#output>);
    }
    let (result, error) = (scope.prelude("Result"), scope.runtime("Error"));
    let waits = (reading == Reading::Awaited).then(|| quote!(async));
    quote!(#waits fn answer(answer: #answer) -> #result<#response<#output>, #error>)
}

/// What is made of an answer of one status, among others that are read as `reading` says.
fn case_answer(scope: &Scope<'_>, output: &Ident, case: &Case, reading: Reading) -> TokenStream {
    let (variant, decode) = (ident(&case.ident), decode_call(scope, &case.decode));
    match (reading, Reading::of(&case.decode)) {
        (Reading::Left, _) => quote!(answer.#decode.map(#output::#variant)),
        (_, Reading::Left) => quote!(Ok(answer.#decode.map(#output::#variant))),
        (Reading::Awaited, Reading::Whole) => quote!(Ok(answer.receive().await?.#decode?.map(#output::#variant))),
        _ if case.decode == Decode::Empty => quote!(Ok(answer.#decode?.map(|()| #output::#variant))),
        _ => quote!(Ok(answer.#decode?.map(#output::#variant))),
    }
}

fn decode_call(scope: &Scope<'_>, decode: &Decode) -> TokenStream {
    if let Some(seed) = decode.ty().and_then(|ty| seed(scope, ty)) {
        return decode_call_by(decode, &seed);
    }
    match decode {
        Decode::Empty => quote!(empty().await),
        Decode::Json(_) | Decode::Text => {
            let method = decode_method(decode);
            quote!(#method())
        }
        Decode::Download => quote!(download()),
        Decode::Events => quote!(events().await),
        Decode::EventStream(_) => quote!(event_stream().await),
        Decode::JsonLines(_) => quote!(json_lines()),
    }
}

/// The method that reads a whole body.
fn decode_method(decode: &Decode) -> Ident {
    ident(if *decode == Decode::Text { "text" } else { "json" })
}

/// The same for JSON that is read in a way of its own.
fn decode_call_by(decode: &Decode, seed: &TokenStream) -> TokenStream {
    match decode {
        Decode::EventStream(_) => quote!(event_stream_by(#seed).await),
        Decode::JsonLines(_) => quote!(json_lines_by(#seed)),
        _ => quote!(json_by(#seed)),
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
