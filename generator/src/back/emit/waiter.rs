//! A waiter: the handle's method, the builder, and what makes it a future.

use std::time::Duration;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::call::output_type;
use super::print::{bare, deprecated, docs, ident};
use super::scope::Scope;
use super::setters::argument;
use crate::back::model::{Call, Resource, RustType, Waiter};

/// All items of a waiter; none where it has no call.
pub(super) fn items(scope: &Scope<'_>, resource: &Resource, waiter: &Waiter) -> Vec<TokenStream> {
    let Some(call) = resource.calls.get(waiter.call) else {
        return vec![];
    };
    vec![
        definition(scope, resource, waiter, call),
        implementation(scope, waiter, call),
        future(scope, waiter, call),
        description(scope, waiter, call),
    ]
}

/// The handle's method that starts the waiting.
pub(super) fn handle_method(scope: &Scope<'_>, resource: &Resource, waiter: &Waiter) -> Option<TokenStream> {
    let call = resource.calls.get(waiter.call)?;
    if call.deprecated {
        scope.touch_deprecated();
    }
    let (method, builder, asked) = (ident(&waiter.method), ident(&waiter.ident), ident(&call.method));
    let (doc, deprecation) = (docs(&waiter.docs), deprecated(call.deprecated));
    let arguments = call.arguments.iter().map(|taken| argument(scope, taken));
    let names = call.arguments.iter().map(|taken| ident(&taken.ident));
    let constant = ident(&waiter.constant);
    Some(quote! {
        #doc
        #deprecation
        pub fn #method(&self, #(#arguments),*) -> #builder {
            #builder {
                call: self.#asked(#(#names),*),
                pace: #constant.pace(),
            }
        }
    })
}

fn definition(scope: &Scope<'_>, resource: &Resource, waiter: &Waiter, call: &Call) -> TokenStream {
    let (name, call) = (ident(&waiter.ident), ident(&call.ident));
    let link = format!("[`{}::{}`]", resource.ident, bare(&waiter.method));
    let doc = docs(&[format!("The waiting of {link}: set its times, then await it.")]);
    let pace = scope.runtime("Pace");
    quote! {
        #doc
        #[derive(Debug, Clone)]
        #[must_use = "the waiting begins when it is awaited"]
        pub struct #name {
            call: #call,
            pace: #pace,
        }
    }
}

fn implementation(scope: &Scope<'_>, waiter: &Waiter, call: &Call) -> TokenStream {
    let (name, constant) = (ident(&waiter.ident), ident(&waiter.constant));
    let (duration, options) = (scope.name("std::time", "Duration"), scope.runtime("CallOptions"));
    let (into, option) = (scope.prelude("Into"), scope.prelude("Option"));
    let (output, result, error) = (
        output_type(scope, call),
        scope.prelude("Result"),
        scope.runtime("Error"),
    );
    let into_future = scope.prelude("IntoFuture");
    let state = state(scope, waiter);
    quote! {
        impl #name {
            /// Sets the pause between two calls, which is up to a quarter shorter by chance; without it, pauses grow.
            pub fn with_interval(mut self, interval: #duration) -> Self {
                self.pace.interval = Some(interval);
                self
            }

            /// Sets the time for all of it; `None` for no limit. No call is begun after it.
            pub fn with_timeout(mut self, timeout: impl #into<#option<#duration>>) -> Self {
                self.pace.timeout = timeout.into();
                self
            }

            /// Sets what holds for each of its calls: times, retries, further headers and parameters.
            pub fn with_options(mut self, options: #options) -> Self {
                self.call = self.call.with_options(options);
                self
            }

            /// Waits, as awaiting it does.
            pub async fn send(self) -> #result<#output, #error> {
                let Self { call, pace } = self;
                let ask = move || #into_future::into_future(call.clone());
                #constant.run(pace, ask, |answer: &#output| #state).await
            }
        }
    }
}

/// The text of the state, from `answer`.
fn state(scope: &Scope<'_>, waiter: &Waiter) -> TokenStream {
    let field = ident(&waiter.field);
    let (option, inner) = match &waiter.ty {
        RustType::Option(inner) => (quote!(as_ref()), scope.ty(inner)),
        RustType::Nullable(inner) => (quote!(as_option()), scope.ty(inner)),
        _ => return quote!(Some(answer.#field.as_str())),
    };
    quote!(answer.#field.#option.map(#inner::as_str))
}

fn future(scope: &Scope<'_>, waiter: &Waiter, call: &Call) -> TokenStream {
    let (name, output, error) = (ident(&waiter.ident), output_type(scope, call), scope.runtime("Error"));
    let (result, boxed, pending) = (scope.prelude("Result"), scope.prelude("Box"), scope.runtime("Pending"));
    let into_future = scope.prelude("IntoFuture");
    quote! {
        impl #into_future for #name {
            type Output = #result<#output, #error>;
            type IntoFuture = #pending<#output>;
            fn into_future(self) -> Self::IntoFuture {
                #boxed::pin(self.send())
            }
        }
    }
}

fn description(scope: &Scope<'_>, waiter: &Waiter, call: &Call) -> TokenStream {
    let (name, ty, operation) = (ident(&waiter.constant), scope.runtime("Waiter"), ident(&call.constant));
    let (key, until, fail) = (&waiter.key, &waiter.until, &waiter.fail);
    let (first, longest) = (
        duration(scope, waiter.first_pause),
        duration(scope, waiter.longest_pause),
    );
    let (timeout, not_found) = (duration(scope, waiter.timeout), duration(scope, waiter.not_found_for));
    quote! {
        static #name: #ty = #ty {
            operation: &#operation,
            field: #key,
            until: &[#(#until),*],
            fail: &[#(#fail),*],
            first_pause: #first,
            longest_pause: #longest,
            timeout: #timeout,
            not_found_for: #not_found,
        };
    }
}

fn duration(scope: &Scope<'_>, time: Duration) -> TokenStream {
    let duration = scope.name("std::time", "Duration");
    if time.subsec_millis() == 0 {
        let seconds = Literal::u64_unsuffixed(time.as_secs());
        return quote!(#duration::from_secs(#seconds));
    }
    let milliseconds = Literal::u128_unsuffixed(time.as_millis());
    quote!(#duration::from_millis(#milliseconds))
}
