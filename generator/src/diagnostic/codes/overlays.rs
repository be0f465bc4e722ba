//! Overlays.

use super::Example::Overlay;
use super::{Code, Entry, codes};

codes! { OVERLAYS:
    OVERLAY_WRONG_KIND = "overlay-wrong-kind", "a value in an overlay, or what it is to change, is of the wrong kind" {
        "A key of the overlay holds something else than the Overlay Specification wants, or an action cannot be carried out: it
        would merge an object into a text, update a number, or remove the whole document. The action is not applied."
        Overlay("- { target: $.info, update: { title: { en: Jobs } } }");
        "Give a value of the kind that is there. To replace a value by one of another kind, remove it by an action of its own
        before."
    }

    OVERLAY_TARGET_UNMATCHED = "overlay-target-unmatched", "an action's target selects nothing" {
        "The JSONPath is well-formed, but nothing in the document is selected by it, so that the correction is not applied.
        Mostly the vendor has renamed or removed what it corrected."
        Overlay("- { target: \"$.paths['/job'].get\", update: { deprecated: true } }");
        "Correct the path, or remove the action if the document no longer needs it."
    }

    OVERLAY_NO_EFFECT = "overlay-no-effect", "an action changes nothing" {
        "The document says already what the action wants it to say, or the action has both `update` and `remove`, or neither.
        Corrections that are not needed any more hide those that are, so this is an error."
        Overlay("- { target: $.info, update: { title: Jobs } }");
        "Remove the action; of `update` and `remove`, keep the one that is meant."
    }

    OVERLAY_MISSING_KEY = "overlay-missing-key", "an overlay lacks a key that it has to have" {
        "The Overlay Specification requires `overlay`, `info` with `title` and `version`, `actions` with at least one action,
        and a `target` in each action."
        Overlay("- { update: { deprecated: true } }");
        "Add the key that is named."
    }

    OVERLAY_VERSION = "overlay-version", "an overlay is of a version that is not known" {
        "Overlays of version 1.0 can be applied. The actions of this one are not, because another version may mean other
        things by them."
        super::Example::File("overlay: 2.0.0\ninfo: { title: Corrections, version: '1' }\nactions: [ { target: $.info, remove: true } ]\n");
        "Write the overlay by version 1.0.0."
    }

    OVERLAY_TARGET_MALFORMED = "overlay-target-malformed", "an action's target is no JSONPath" {
        "Targets are JSONPath as RFC 9535 has it. Older dialects are refused: filters are `[?@.name == 'a']`, and keys with
        slashes or dashes stand in brackets and quotes."
        Overlay("- { target: $.paths./jobs.get, remove: true }");
        "Write a path such as `$.paths['/jobs'].get`. The message says which character is the first that does not fit."
    }

    OVERLAY_UNKNOWN_KEY = "overlay-unknown-key", "an overlay has a key that the specification does not know" {
        "A key that nobody reads is most likely misspelled, so that the overlay would not do what it says."
        Overlay("- { target: $.info, updates: { title: Tasks } }");
        "Correct its spelling, remove it, or begin it with `x-`."
    }
}
