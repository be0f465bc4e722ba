//! As much English as naming needs: one of many, and which words say too little.

/// `sessions` to `session`; a word that is no plural stays.
pub(super) fn singular(word: &str) -> String {
    const UNCHANGED: &[&str] = &[
        "news",
        "series",
        "species",
        "status",
        "data",
        "sms",
        "dns",
        "aws",
        "https",
        "os",
        "ios",
        "sales",
        "analytics",
    ];
    if UNCHANGED.contains(&word) || word.len() < 4 {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "ches", "shes", "xes", "zzes", "uses"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// What operations do most of the time.
pub(super) fn is_everyday_verb(word: &str) -> bool {
    matches!(
        word,
        "add"
            | "cancel"
            | "create"
            | "delete"
            | "find"
            | "get"
            | "head"
            | "list"
            | "options"
            | "patch"
            | "post"
            | "put"
            | "read"
            | "remove"
            | "replace"
            | "retrieve"
            | "search"
            | "set"
            | "start"
            | "stop"
            | "trace"
            | "update"
    )
}

/// Whether a word only joins others: no method is called so, and none ends so.
pub(super) fn joins(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "and" | "as" | "at" | "by" | "for" | "from" | "in" | "of" | "on" | "or" | "the" | "to" | "with"
    )
}

/// Whether a word alone would be a poor name for a type, so that its owner's name is put before it.
pub(super) fn says_little(name: &str) -> bool {
    const LITTLE: &[&str] = &[
        "Action",
        "Attribute",
        "Attributes",
        "Body",
        "Category",
        "Code",
        "Config",
        "Configuration",
        "Content",
        "Data",
        "Detail",
        "Details",
        "Direction",
        "Entry",
        "Error",
        "Errors",
        "Event",
        "Field",
        "Fields",
        "File",
        "Filter",
        "Filters",
        "Format",
        "Group",
        "Header",
        "Headers",
        "Info",
        "Input",
        "Item",
        "Items",
        "Key",
        "Kind",
        "Level",
        "Link",
        "Links",
        "List",
        "Message",
        "Meta",
        "Metadata",
        "Method",
        "Mode",
        "Model",
        "Name",
        "Node",
        "Object",
        "Option",
        "Options",
        "Order",
        "Output",
        "Page",
        "Param",
        "Params",
        "Parameters",
        "Part",
        "Payload",
        "Properties",
        "Property",
        "Query",
        "Reason",
        "Record",
        "Request",
        "Resource",
        "Response",
        "Result",
        "Results",
        "Role",
        "Scope",
        "Setting",
        "Settings",
        "Sort",
        "Source",
        "State",
        "Status",
        "Style",
        "Target",
        "Type",
        "Types",
        "Unit",
        "Value",
        "Values",
        "Variant",
        "Version",
        "Context",
    ];
    LITTLE.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_many() {
        let cases = [
            ("sessions", "session"),
            ("proxies", "proxy"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("status", "status"),
            ("statuses", "status"),
            ("search", "search"),
            ("fetch", "fetch"),
            ("pages", "page"),
            ("us", "us"),
        ];
        for (word, expected) in cases {
            assert_eq!(singular(word), expected);
        }
    }
}
