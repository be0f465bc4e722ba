//! A builder's methods `pages` and `items`: how a call goes on from an answer, and where the items are in it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::print::{docs, ident};
use super::scope::Scope;
use crate::back::model::{Advance, Call, CursorKind, PagePlace, Pages, Presence, RustType, Step, Target};

/// Both methods.
pub(super) fn methods(scope: &Scope<'_>, call: &Call) -> Option<TokenStream> {
    let pages = call.pages.as_ref()?;
    let (doc, items_doc) = (docs(&pages.docs), docs(&pages.items_docs));
    let (pages_ty, items_ty) = (scope.runtime("Pages"), scope.runtime("Items"));
    let (page, item) = (scope.ty(&pages.page), scope.ty(&pages.item));
    let (constant, boxed) = (ident(&call.constant), scope.prelude("Box"));
    let advance = advance(scope, pages);
    let items = Reach::Moved.option(&pages.items);
    let items = if items.optional {
        let items = items.tokens;
        quote!(#items.unwrap_or_default())
    } else {
        items.tokens
    };
    Some(quote! {
        #doc
        pub fn pages(self) -> #pages_ty<#page> {
            #pages_ty::new(
                &#constant,
                self,
                |call| #boxed::pin(call.with_response()),
                |call, response| { #advance },
            )
        }

        #items_doc
        pub fn items(self) -> #items_ty<#item> {
            #items_ty::new(self.pages(), |page| #items)
        }
    })
}

/// Puts the place of the next page into `call`, and gives it as text.
fn advance(scope: &Scope<'_>, pages: &Pages) -> TokenStream {
    let guard = pages.has_more.as_deref().map(has_more);
    let next = match &pages.advance {
        Advance::Cursor {
            place,
            next,
            from_last_item,
            kind,
        } => {
            let (start, at) = cursor_source(pages, *from_last_item);
            let cursor = cursor(scope, place, &at, next, kind);
            quote!(#start #cursor)
        }
        Advance::Page {
            place,
            number,
            first,
            total,
        } => page(scope, pages, place, (*first, number), total.as_deref()),
        Advance::Offset { place, number, total } => offset(scope, pages, place, number, total.as_deref()),
        Advance::Link(next) => link(scope, next.as_deref()),
    };
    let reads_page = guard.is_some() || !matches!(pages.advance, Advance::Link(None));
    let page = reads_page.then(|| quote!(let page = response.value();));
    quote!(#page #guard #next)
}

fn has_more(steps: &[Step]) -> TokenStream {
    let Value { tokens, optional } = Reach::Copied.option(steps);
    let ends = if optional {
        quote!(#tokens == Some(false))
    } else {
        quote!(!#tokens)
    };
    quote!(if #ends { return None; })
}

/// Where the way to a cursor begins: the page, or its last item, and a statement that finds that.
fn cursor_source(pages: &Pages, from_last_item: bool) -> (Option<TokenStream>, TokenStream) {
    if !from_last_item {
        return (None, quote!(page));
    }
    let list = Reach::Borrowed.question(&quote!(page), &pages.items);
    let take = match pages.item {
        RustType::Option(_) => quote!(iter().flatten().next_back()),
        _ => quote!(last()),
    };
    (Some(quote!(let item = #list.#take?;)), quote!(item))
}

fn cursor(scope: &Scope<'_>, place: &PagePlace, start: &TokenStream, steps: &[Step], kind: &CursorKind) -> TokenStream {
    let (copied, cloned) = (
        Reach::Copied.question(start, steps),
        Reach::Cloned.question(start, steps),
    );
    let as_text = |text| (text, quote!(next.clone()), quote!(Some(next)));
    let (value, sent, place_as_text) = match kind {
        CursorKind::Text => as_text(cloned),
        CursorKind::Number => (copied, quote!(next), quote!(Some(next.to_string()))),
        CursorKind::NumberAsText => as_text(quote!(#copied.to_string())),
        CursorKind::Either => {
            let text_of = scope.runtime("text_of");
            (cloned, quote!(next.clone()), quote!(#text_of(&next)))
        }
        CursorKind::EitherAsText => {
            let (text_of, value) = (scope.runtime("text_of"), referred(start, steps));
            as_text(quote!(#text_of(#value)?))
        }
        CursorKind::Key(key) => {
            let (text_under, record) = (scope.runtime("text_under"), referred(start, steps));
            as_text(quote!(#text_under(#record, #key)?))
        }
    };
    let put = put(scope, place, &sent);
    quote! {
        let next = #value;
        #put
        #place_as_text
    }
}

/// A reference to the value at the end of some steps.
fn referred(start: &TokenStream, steps: &[Step]) -> TokenStream {
    let value = Reach::Borrowed.question(start, steps);
    let is_place = steps.last().is_some_and(|step| step.presence == Presence::Required);
    let reference = is_place.then(|| quote!(&));
    quote!(#reference #value)
}

fn page(
    scope: &Scope<'_>,
    pages: &Pages,
    place: &PagePlace,
    (first, number): (u32, &RustType),
    total: Option<&[Step]>,
) -> TokenStream {
    let (current, put) = (current(place, first, number), put(scope, place, &quote!(next)));
    let count = scope.runtime("Count");
    let items = Reach::Borrowed.question(&quote!(page), &pages.items);
    // The last page has the number `total`, or one less where they are counted from zero.
    let reached = if first == 0 { quote!(>=) } else { quote!(>) };
    let total = total.map(|total| ends_at(&count, total, &reached));
    quote! {
        if #items.is_empty() { return None; }
        let next = #count::plus(#current, 1);
        #total
        #put
        Some(next.to_string())
    }
}

fn offset(
    scope: &Scope<'_>,
    pages: &Pages,
    place: &PagePlace,
    number: &RustType,
    total: Option<&[Step]>,
) -> TokenStream {
    let (current, put) = (current(place, 0, number), put(scope, place, &quote!(next)));
    let counting = scope.runtime("Count");
    let items = Reach::Borrowed.question(&quote!(page), &pages.items);
    let total = total.map(|total| ends_at(&counting, total, &quote!(>=)));
    quote! {
        let count = #items.len();
        if count == 0 { return None; }
        let next = #counting::plus(#current, count);
        #total
        #put
        Some(next.to_string())
    }
}

fn link(scope: &Scope<'_>, next: Option<&[Step]>) -> TokenStream {
    let next = if let Some(steps) = next {
        Reach::Cloned.question(&quote!(page), steps)
    } else {
        let next_link = scope.runtime("next_link");
        quote!(#next_link(response.headers())?)
    };
    quote! {
        let next = #next;
        call.options.follow(next.clone());
        Some(next)
    }
}

/// Ends where as much as the answer announces has passed.
fn ends_at(count: &TokenStream, total: &[Step], reached: &TokenStream) -> TokenStream {
    let Value { tokens, optional } = Reach::Copied.option(total);
    let ends = if optional {
        quote!(#tokens.is_some_and(|total| #count::whole(next) #reached #count::whole(total)))
    } else {
        quote!(#count::whole(next) #reached #count::whole(#tokens))
    };
    quote!(if #ends { return None; })
}

/// Puts a value into its place in `call`.
fn put(scope: &Scope<'_>, place: &PagePlace, value: &TokenStream) -> TokenStream {
    let target = match &place.target {
        Target::Parameter(field) => {
            let field = ident(field);
            quote!(call.#field)
        }
        Target::BodyField(field) => {
            let field = ident(field);
            let body = if place.optional_body {
                quote!(call.body.get_or_insert_default())
            } else {
                quote!(call.body)
            };
            quote!(#body.#field)
        }
        Target::Body => quote!(call.body),
    };
    let value = match place.presence {
        Presence::Required => value.clone(),
        Presence::Optional => quote!(Some(#value)),
        Presence::Nullable => {
            let nullable = scope.runtime("Nullable");
            quote!(#nullable::Value(#value))
        }
    };
    quote!(#target = #value;)
}

/// The number in a place of `call`; the first one where there is none.
fn current(place: &PagePlace, first: u32, number: &RustType) -> TokenStream {
    let first = match number {
        RustType::Numeric("f32" | "f64") => Literal::f64_unsuffixed(first.into()),
        _ => Literal::u32_unsuffixed(first),
    };
    let body = |field: &str| Step {
        ident: field.to_owned(),
        presence: place.presence,
    };
    let (start, field) = match &place.target {
        Target::Parameter(field) => (quote!(call), body(field)),
        Target::BodyField(field) if place.optional_body => {
            let value = Reach::Copied.last(&quote!(body), &body(field)).tokens;
            return quote!(call.body.as_ref().and_then(|body| #value).unwrap_or(#first));
        }
        Target::BodyField(field) => (quote!(call.body), body(field)),
        Target::Body => return quote!(call.body),
    };
    let Value { tokens, optional } = Reach::Copied.last(&start, &field);
    if optional {
        quote!(#tokens.unwrap_or(#first))
    } else {
        tokens
    }
}

/// How the value at the end of some steps is had.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// `&T`, or a place that methods can be called on.
    Borrowed,
    /// `T`, from a reference to what it is in.
    Copied,
    /// `T`, from a reference to what it is in.
    Cloned,
    /// `T`, out of what it is in.
    Moved,
}

/// An expression, and whether it is an `Option`.
struct Value {
    tokens: TokenStream,
    optional: bool,
}

impl Reach {
    /// The field of `start` at the end of the steps.
    fn last(self, start: &TokenStream, step: &Step) -> Value {
        let field = ident(&step.ident);
        let field = quote!(#start.#field);
        let tokens = match (step.presence, self) {
            (Presence::Required | Presence::Optional, Self::Copied | Self::Moved)
            | (Presence::Required, Self::Borrowed) => field,
            (_, Self::Cloned) if step.presence != Presence::Nullable => quote!(#field.clone()),
            (Presence::Nullable, Self::Moved) => quote!(#field.into_option()),
            (Presence::Nullable, Self::Copied) => quote!(#field.as_option().copied()),
            (Presence::Nullable, Self::Cloned) => quote!(#field.as_option().cloned()),
            (Presence::Nullable, Self::Borrowed) => quote!(#field.as_option()),
            (_, Self::Borrowed | Self::Cloned) => quote!(#field.as_ref()),
        };
        let optional = step.presence != Presence::Required;
        Value { tokens, optional }
    }

    /// A field on the way.
    fn inner(self, start: &TokenStream, step: &Step) -> Value {
        let reach = if self == Self::Moved { self } else { Self::Borrowed };
        reach.last(start, step)
    }

    /// The value, with `?` wherever it may be missing.
    fn question(self, start: &TokenStream, steps: &[Step]) -> TokenStream {
        let mut tokens = start.clone();
        for (at, step) in steps.iter().enumerate() {
            let value = if at + 1 == steps.len() {
                self.last(&tokens, step)
            } else {
                self.inner(&tokens, step)
            };
            tokens = value.tokens;
            if value.optional {
                tokens = quote!(#tokens?);
            }
        }
        tokens
    }

    /// The value under `page`, as an `Option` if it may be missing.
    fn option(self, steps: &[Step]) -> Value {
        let Some((first, rest)) = steps.split_first() else {
            let tokens = quote!(page);
            return Value {
                tokens,
                optional: false,
            };
        };
        let field = |start: &TokenStream, step: &Step, is_last: bool| {
            if is_last {
                self.last(start, step)
            } else {
                self.inner(start, step)
            }
        };
        let mut value = field(&quote!(page), first, rest.is_empty());
        for (at, step) in rest.iter().enumerate() {
            let is_last = at + 1 == rest.len();
            if !value.optional {
                value = field(&value.tokens, step, is_last);
                continue;
            }
            let (outer, inner) = (value.tokens, field(&quote!(value), step, is_last));
            let is_place = !is_last && self != Self::Moved && !inner.optional;
            let (reference, inner_tokens) = (is_place.then(|| quote!(&)), inner.tokens);
            let method = ident(if inner.optional { "and_then" } else { "map" });
            value.tokens = quote!(#outer.#method(|value| #reference #inner_tokens));
        }
        value
    }
}
