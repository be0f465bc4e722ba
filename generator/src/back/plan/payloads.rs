//! What webhooks and callbacks send: a module for each kind, with a name for the type of each.

use super::Context;
use super::docs::payload_docs;
use crate::back::model::{Payload, PayloadModule};

impl Context<'_> {
    /// The modules `webhooks` and `callbacks`, where there is something in them.
    pub(super) fn payload_modules(&self) -> Vec<PayloadModule> {
        let webhooks = self.payload_module("webhooks", false, "What the API's webhooks send, each as a type.");
        let callbacks = self.payload_module("callbacks", true, "What the callbacks of calls send, each as a type.");
        webhooks.into_iter().chain(callbacks).collect()
    }

    fn payload_module(&self, module: &'static str, callbacks: bool, about: &str) -> Option<PayloadModule> {
        let all = self.api.payloads.iter().zip(&self.names.payloads);
        let payloads: Vec<Payload> = all
            .filter(|(payload, _)| payload.operation.is_some() == callbacks)
            .map(|(payload, name)| Payload {
                ident: name.clone(),
                docs: payload_docs(self, payload),
                ty: self.nullable_type(payload.ty),
            })
            .collect();
        let first = payloads.first()?;
        let path = &self.path;
        let example = format!(
            "let payload: {path}::{module}::{} = serde_json::from_slice(body)?;",
            first.ident
        );
        let docs = [
            about,
            "",
            "The request's body is read by `serde_json`:",
            "",
            "```no_run",
            "# fn example(body: &[u8]) -> Result<(), serde_json::Error> {",
            &example,
            "# Ok(())",
            "# }",
            "```",
        ];
        let features = self.names.features.as_ref();
        Some(PayloadModule {
            module,
            feature: features.and_then(|features| {
                if callbacks {
                    features.callbacks.clone()
                } else {
                    features.webhooks.clone()
                }
            }),
            docs: docs.map(str::to_owned).into(),
            payloads,
        })
    }
}
