//! What a type is asked, and whether its answers are right: the `jsonschema` crate is the judge.

use std::collections::BTreeSet;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value};

use super::compare::{self, Gone};
use super::marks::{Mark, Marks};
use super::report::Cause;
use super::schema::Way;
use super::values::{Made, Maker, Wanted};

/// So many values are asked for of each schema that has as many.
pub(super) const ENOUGH: usize = 50;
/// More attempts and more bytes than this are not made for one schema.
const ATTEMPTS: usize = 400;
const BYTES: usize = 1 << 20;
/// How many of each kind of values that are not right are tried.
const VARIANTS: usize = 40;
/// A text that no list knows.
const UNLISTED: &str = "x-unlisted ö";

/// What is expected of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// The value is right: it is the same when it is written again.
    Right,
    /// A text is in it that is not listed: the same.
    Unlisted,
    /// `null` is in it in the place of what may be left out: it is read.
    Null,
    /// What is required is not there: if it is read, then what is written is right.
    Missing,
}

/// A value on its way.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) question: Question,
    pub(super) value: Value,
    pub(super) text: String,
    marks: Marks,
}

/// A schema's judge, and what its type is asked.
#[derive(Debug)]
pub(super) struct Judged {
    validator: Validator,
    way: Way,
    pub(super) asked: Vec<Asked>,
    /// Whether there are no more values than these.
    pub(super) exhausted: bool,
}

impl Judged {
    /// Of `{"$ref": …, "$defs": …}`.
    pub(super) fn new(whole: &Value, way: Way) -> Result<Self, String> {
        let options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true);
        let validator = options
            .build(whole)
            .map_err(|error| format!("the schema is none: {error}"))?;
        let empty = Map::new();
        let mut maker = Maker::new(whole, &empty);
        let mut judged = Self {
            validator,
            way,
            asked: Vec::new(),
            exhausted: false,
        };
        let made = judged.right(&mut maker)?;
        for made in made {
            judged.variants(&made, way);
        }
        Ok(judged)
    }

    /// Asks for the values that are right; gives those of which variants are made.
    fn right(&mut self, maker: &mut Maker<'_>) -> Result<Vec<Made>, String> {
        let mut texts = BTreeSet::new();
        let mut bytes = 0;
        let mut bases = Vec::new();
        let mut reason = "no value can be made".to_owned();
        for attempt in 0..ATTEMPTS {
            if (texts.len() >= ENOUGH && maker.has_shown_all()) || bytes > BYTES {
                break;
            }
            let wanted = match attempt {
                0 => Wanted::Least,
                odd if odd % 2 == 1 => Wanted::All,
                _ => Wanted::Some,
            };
            let Some(made) = maker.next(wanted) else { continue };
            if let Err(error) = self.validator.validate(&made.value) {
                if texts.is_empty() {
                    reason = format!("no value is right, as {}: {error}", error.instance_path());
                }
                continue;
            }
            let text = made.value.to_string();
            if texts.insert(text.clone()) {
                bytes += text.len();
                self.asked.push(Asked {
                    question: Question::Right,
                    value: made.value.clone(),
                    text,
                    marks: made.marks.clone(),
                });
                bases.extend((bases.len() < 12).then_some(made));
            }
        }
        self.exhausted = texts.len() < ENOUGH;
        if texts.is_empty() { Err(reason) } else { Ok(bases) }
    }

    /// Asks for values that are not right in one place.
    fn variants(&mut self, made: &Made, way: Way) {
        let text = Value::from(UNLISTED);
        for place in made.marks.of(Mark::Listed) {
            self.variant(Question::Unlisted, made, |value| {
                *value.pointer_mut(place)? = text.clone();
                Some(())
            });
        }
        let optional = made.marks.of(Mark::Optional).filter(|_| way == Way::Answered);
        for place in optional {
            self.variant(Question::Null, made, |value| {
                *value.pointer_mut(place)? = Value::Null;
                Some(())
            });
        }
        let required = made.marks.of(Mark::Required).filter(|_| way == Way::Sent);
        for place in required {
            self.variant(Question::Missing, made, |value| {
                let (owner, key) = place.rsplit_once('/')?;
                let key = key.replace("~1", "/").replace("~0", "~");
                value.pointer_mut(owner)?.as_object_mut()?.shift_remove(&key).map(drop)
            });
        }
    }
}

impl Judged {
    fn variant(&mut self, question: Question, made: &Made, change: impl FnOnce(&mut Value) -> Option<()>) {
        if self.asked.iter().filter(|asked| asked.question == question).count() >= VARIANTS {
            return;
        }
        let mut value = made.value.clone();
        if change(&mut value).is_none() || self.validator.is_valid(&value) {
            return;
        }
        self.asked.push(Asked {
            question,
            text: value.to_string(),
            value,
            marks: made.marks.clone(),
        });
    }

    /// What a program is to read, for the type of this number.
    pub(super) fn lines(&self, number: usize) -> impl Iterator<Item = String> {
        self.asked.iter().map(move |asked| format!("{number} {}", asked.text))
    }

    /// Whether what became of a value is right. `keeps`: what the document does not know has to be there again.
    pub(super) fn verdict(
        &self,
        asked: &Asked,
        said: Result<String, String>,
        keeps: bool,
    ) -> Result<(), (Cause, String)> {
        let text = match (asked.question, said) {
            (_, Ok(text)) => text,
            (Question::Right, Err(reason)) => return Err((Cause::Refused, reason)),
            (Question::Unlisted | Question::Null, Err(reason)) => return Err((Cause::Strict, reason)),
            (Question::Missing, Err(_)) => return Ok(()),
        };
        let again: Value = serde_json::from_str(&text).map_err(|error| (Cause::Changed, format!("{error}: {text}")))?;
        if matches!(asked.question, Question::Right | Question::Unlisted) {
            let answered = self.way == Way::Answered;
            let gone = Gone {
                undeclared: !(keeps && answered),
                nulls: answered && !keeps,
                marks: &asked.marks,
            };
            compare::same(&asked.value, &again, gone).map_err(|reason| (Cause::Changed, reason))?;
        }
        let cause = match asked.question {
            Question::Right => Cause::Invalid,
            Question::Missing => Cause::Incomplete,
            Question::Unlisted | Question::Null => return Ok(()),
        };
        let right = self.validator.validate(&again);
        if right.is_err() && asked.question == Question::Right && !self.is_right_without_undeclared(&asked.value) {
            // Of alternatives that exclude each other the undeclared key told which it was.
            return Ok(());
        }
        right.map_err(|error| (cause, format!("{}: {error}", error.instance_path())))
    }

    fn is_right_without_undeclared(&self, value: &Value) -> bool {
        let mut value = value.clone();
        compare::forget_undeclared(&mut value);
        self.validator.is_valid(&value)
    }
}
