//! What the API sends: webhooks and callbacks.

use serde_json::Value;

use super::Lowering;
use crate::front::normalize::keys;
use crate::front::source::Pointer;
use crate::ir::Payload;

impl Lowering<'_> {
    /// Lowers the bodies of webhooks and callbacks.
    pub(super) fn payloads(&mut self) {
        let list = self.openapi.extensions.get(keys::INCOMING).and_then(Value::as_array);
        let root = Pointer::root().child(keys::INCOMING);
        let entries = list.into_iter().flatten().enumerate();
        let payloads = entries.filter_map(|(index, entry)| self.payload(entry, &root.child(index.to_string())));
        self.api.payloads = payloads.collect();
    }

    fn payload(&self, entry: &Value, at: &Pointer) -> Option<Payload> {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Payload {
            name: text("name")?,
            operation: text("operation"),
            method: text("method")?.to_ascii_uppercase(),
            summary: text("summary"),
            description: text("description"),
            deprecated: entry.get("deprecated").is_some(),
            ty: self.component(&text("schema")?)?,
            origin: self.origin(at),
        })
    }
}
