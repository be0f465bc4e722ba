//! What a type is asked, and whether its answers are right: the `jsonschema` crate is the judge.

use std::collections::BTreeSet;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
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
    /// The value is made by builders: it is the same when it is written.
    Built,
    /// Builders are given only what they ask for: what is written is right.
    Least,
}

impl Question {
    /// What the program calls it.
    const fn word(self) -> &'static str {
        match self {
            Self::Built => "built",
            Self::Least => "least",
            Self::Right | Self::Unlisted | Self::Null | Self::Missing => "read",
        }
    }
}

/// A value on its way.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) question: Question,
    pub(super) value: Value,
    pub(super) text: String,
    marks: Marks,
}

/// What is wrong with what became of a value.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) cause: Cause,
    pub(super) reason: String,
    /// What the document wants beyond the arguments for which builders can ask.
    pub(super) explanation: Option<String>,
}

impl Wrong {
    fn new(cause: Cause, reason: String) -> Self {
        Self {
            cause,
            reason,
            explanation: None,
        }
    }
}

/// A schema's judge, and what its type is asked.
#[derive(Debug)]
pub(super) struct Judged {
    /// The schema, of what users build.
    whole: Option<Value>,
    validator: Validator,
    way: Way,
    pub(super) asked: Vec<Asked>,
    /// Whether there are no more values than these.
    pub(super) exhausted: bool,
}

impl Judged {
    /// Of `{"$ref": …, "$defs": …}`.
    pub(super) fn new(whole: &Value, way: Way, is_built: bool) -> Result<Self, String> {
        let options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true);
        let validator = options
            .build(whole)
            .map_err(|error| format!("the schema is none: {error}"))?;
        let empty = Map::new();
        let mut maker = Maker::new(whole, &empty);
        let mut judged = Self {
            whole: is_built.then(|| whole.clone()),
            validator,
            way,
            asked: Vec::new(),
            exhausted: false,
        };
        let made = judged.right(&mut maker)?;
        if is_built {
            judged.builders();
        }
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
        let mut reason = None;
        for attempt in 0..ATTEMPTS {
            if (texts.len() >= ENOUGH && maker.has_shown_all()) || bytes > BYTES {
                break;
            }
            let wanted = match attempt {
                0 => Wanted::Least,
                late if late > ATTEMPTS / 4 && texts.len() < ENOUGH / 4 => Wanted::Any,
                odd if odd % 2 == 1 => Wanted::All,
                _ => Wanted::Some,
            };
            let Some(made) = maker.next(wanted) else { continue };
            if let Err(error) = self.validator.validate(&made.value) {
                reason.get_or_insert_with(|| format!("no value is right, as {}: {error}", error.instance_path()));
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
        if !texts.is_empty() {
            return Ok(bases);
        }
        let never = maker.never().map(|never| format!("there is no value: {never}"));
        Err(reason.or(never).unwrap_or_else(|| "no value can be made".to_owned()))
    }

    /// Asks builders for each value, and for the least that they make of it.
    fn builders(&mut self) {
        let values = self.asked.iter().filter(|asked| has_object(&asked.value));
        let asked = values.flat_map(|asked| {
            [Question::Built, Question::Least].map(|question| Asked {
                question,
                ..asked.clone()
            })
        });
        let asked: Vec<_> = asked.collect();
        self.asked.extend(asked);
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
        let line = move |asked: &Asked| format!("{number} {} {}", asked.question.word(), asked.text);
        self.asked.iter().map(line)
    }

    /// Whether what became of a value is right. `keeps`: what the document does not know has to be there again.
    pub(super) fn verdict(&self, asked: &Asked, said: Result<String, String>, keeps: bool) -> Result<(), Wrong> {
        let text = match (asked.question, said) {
            (_, Ok(text)) => text,
            (Question::Right | Question::Built | Question::Least, Err(reason)) => {
                return Err(Wrong::new(Cause::Refused, reason));
            }
            (Question::Unlisted | Question::Null, Err(reason)) => {
                return Err(Wrong::new(Cause::Strict, reason));
            }
            (Question::Missing, Err(_)) => return Ok(()),
        };
        let again: Value =
            serde_json::from_str(&text).map_err(|error| Wrong::new(Cause::Changed, format!("{error}: {text}")))?;
        if matches!(asked.question, Question::Right | Question::Unlisted | Question::Built) {
            let answered = self.way == Way::Answered;
            let gone = Gone {
                undeclared: !(keeps && answered),
                nulls: answered && !keeps,
                marks: &asked.marks,
            };
            compare::same(&asked.value, &again, gone).map_err(|reason| Wrong::new(Cause::Changed, reason))?;
        }
        let cause = match asked.question {
            Question::Right | Question::Built => Cause::Invalid,
            Question::Missing | Question::Least => Cause::Incomplete,
            Question::Unlisted | Question::Null => return Ok(()),
        };
        let errors: Vec<_> = self.validator.iter_errors(&again).collect();
        let Some(error) = errors.first() else {
            return Ok(());
        };
        if cause == Cause::Invalid && !self.is_right_without_undeclared(&asked.value) {
            // Of alternatives that exclude each other the undeclared key told which it was.
            return Ok(());
        }
        Err(Wrong {
            cause,
            reason: format!("{}: {error}", error.instance_path()),
            explanation: (cause == Cause::Incomplete)
                .then(|| self.beyond_required(&errors))
                .flatten(),
        })
    }

    /// What the document wants beyond the properties that it requires, for which no argument can be asked; `None` where
    /// anything else is wrong, too.
    fn beyond_required(&self, errors: &[ValidationError<'_>]) -> Option<String> {
        let explained = errors.iter().map(|error| match error.kind() {
            ValidationErrorKind::MinProperties { limit } => Some(format!("any {limit} properties are wanted")),
            ValidationErrorKind::OneOfMultipleValid { .. } => {
                Some("what may be left out is all that tells alternatives apart which exclude each other".to_owned())
            }
            ValidationErrorKind::AnyOf { .. } | ValidationErrorKind::OneOfNotValid { .. }
                if self.only_requires(error.schema_path().as_str()) =>
            {
                Some("one of several properties is required".to_owned())
            }
            ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
                context.iter().find_map(|errors| self.beyond_required(errors))
            }
            _ => None,
        });
        explained.collect::<Option<Vec<_>>>()?.pop()
    }

    /// Whether the alternatives at a place of the schema say nothing but which properties are required.
    fn only_requires(&self, path: &str) -> bool {
        let Some(whole) = &self.whole else { return false };
        let mut at = Some(whole);
        for step in path.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            let target = at.and_then(|at| at.get("$ref")?.as_str()).filter(|_| step == "$ref");
            at = match target {
                Some(target) => whole.pointer(target.trim_start_matches('#')),
                None => at.and_then(|at| match at {
                    Value::Array(list) => list.get(step.parse::<usize>().ok()?),
                    other => other.get(&step),
                }),
            };
        }
        let alternatives = at.and_then(Value::as_array);
        let requires = |alternative: &Value| {
            let map = alternative.as_object();
            map.is_some_and(|map| map.keys().eq(["required"]))
        };
        alternatives.is_some_and(|list| list.iter().all(requires))
    }

    fn is_right_without_undeclared(&self, value: &Value) -> bool {
        let mut value = value.clone();
        compare::forget_undeclared(&mut value);
        self.validator.is_valid(&value)
    }
}

fn has_object(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(list) => list.iter().any(has_object),
        _ => false,
    }
}
