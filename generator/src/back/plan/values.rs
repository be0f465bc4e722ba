//! How values are taken from the user and stored: the same rules for fields of types and for setters of calls.

use crate::back::model::{Accept, RustType, Store};

/// How a value of this type is taken, so that a user writes the least.
pub(super) fn accept(ty: &RustType) -> Accept {
    match ty {
        RustType::Bool | RustType::Numeric(_) | RustType::DateTime(_) | RustType::Date(_) | RustType::Unit => {
            Accept::Plain(ty.clone())
        }
        RustType::Vec(item) => Accept::Items {
            item: (**item).clone(),
            plain: is_plain(item),
        },
        RustType::Map(value) => Accept::Pairs {
            value: (**value).clone(),
            plain: is_plain(value),
        },
        RustType::Boxed(inner) => accept(inner),
        _ => Accept::Into(unboxed(ty)),
    }
}

/// The type without the box behind what may be `null`.
fn unboxed(ty: &RustType) -> RustType {
    let behind = |inner: &RustType| match inner {
        RustType::Boxed(value) => value.clone(),
        other => Box::new(other.clone()),
    };
    match ty {
        RustType::Option(inner) => RustType::Option(behind(inner)),
        RustType::Nullable(inner) => RustType::Nullable(behind(inner)),
        other => other.clone(),
    }
}

/// Whether a value is given as it is, because a conversion would only get in the way of inference.
fn is_plain(ty: &RustType) -> bool {
    !matches!(
        ty,
        RustType::String | RustType::Json | RustType::Named(_) | RustType::Upload
    )
}

/// How a value of this type is stored in a place where it is always there.
pub(super) fn store(ty: &RustType) -> Store {
    match ty {
        RustType::Boxed(_) => Store::Boxed,
        RustType::Option(inner) if matches!(**inner, RustType::Boxed(_)) => Store::OptionBoxed,
        RustType::Nullable(inner) if matches!(**inner, RustType::Boxed(_)) => Store::NullableBoxed,
        _ => Store::Direct,
    }
}

/// How a value of this type is stored in a place where it may be missing.
pub(super) fn store_optional(ty: &RustType) -> Store {
    if matches!(ty, RustType::Boxed(_)) {
        Store::SomeBoxed
    } else {
        Store::Some
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_asked_for_a_box() {
        let named = || Box::new(RustType::Named("Tree".to_owned()));
        let boxed = || Box::new(RustType::Boxed(named()));
        for (ty, taken, stored) in [
            (*boxed(), *named(), Store::Boxed),
            (RustType::Option(boxed()), RustType::Option(named()), Store::OptionBoxed),
            (
                RustType::Nullable(boxed()),
                RustType::Nullable(named()),
                Store::NullableBoxed,
            ),
            (RustType::Nullable(named()), RustType::Nullable(named()), Store::Direct),
        ] {
            assert_eq!((accept(&ty), store(&ty)), (Accept::Into(taken), stored));
        }
    }
}
