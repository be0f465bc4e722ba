//! Calls: builders, requests, answers.

use super::{body_field, call, exchange, item, lines, method, named, option, parameter, resource, setter, vec_of};
use crate::back::model::{
    AbsentBody, Accept, Argument, Body, BodyKind, BodyValue, Call, Case, ConnectionRetry, Decode, Errors, FieldStyle,
    Output, Parameter, ParameterPlace, Part, PartHead, PartKind, Retry, RustType, StatusPattern, Store, Style, Target,
};

fn argument(ident: &str, accept: Accept, target: Target) -> Argument {
    Argument {
        ident: ident.into(),
        accept,
        target,
    }
}

fn sent(ident: &str, ty: RustType, place: ParameterPlace) -> Parameter {
    Parameter {
        ident: ident.into(),
        ty,
        name: format!("x-{ident}"),
        place,
        reserved: false,
    }
}

fn json(value: BodyValue) -> Body {
    Body {
        media_type: "application/json".into(),
        kind: BodyKind::Json(value),
        styles: vec![],
    }
}

fn value(absent: AbsentBody, constructor: Option<Vec<usize>>) -> BodyValue {
    BodyValue {
        ty: named("NewPet"),
        absent,
        constructor,
        fields: true,
    }
}

fn create(absent: AbsentBody) -> Call {
    Call {
        body: Some(json(value(absent, None))),
        setters: vec![setter(
            "age",
            Accept::Plain(RustType::Numeric("u8")),
            Store::Some,
            body_field("age"),
        )],
        ..call("create", "Create")
    }
}

fn case(status: StatusPattern, ident: &str, decode: Decode) -> Case {
    Case {
        status,
        ident: ident.into(),
        docs: lines("A case."),
        decode,
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "the text of a whole module is read as one")]
fn a_whole_resource() {
    let get = Call {
        arguments: vec![argument("id", Accept::Into(RustType::String), parameter("id"))],
        parameters: vec![
            sent("id", RustType::String, ParameterPlace::Path(Style::Simple)),
            sent(
                "tags",
                option(vec_of(RustType::String)),
                ParameterPlace::Query(Style::FormExploded),
            ),
        ],
        setters: vec![setter(
            "tags",
            Accept::Items {
                item: RustType::String,
                plain: false,
            },
            Store::Some,
            parameter("tags"),
        )],
        http_method: "GET".into(),
        security: vec![vec![0, 1], vec![]],
        retry: Some(Retry {
            max_retries: 2,
            statuses: vec![(429, 429), (500, 599)],
            connection: ConnectionRetry::Any,
        }),
        status_notes: vec![(429, "Wait \"a bit\".".into())],
        ..call("get", "Get")
    };
    assert_eq!(
        resource(vec![get]),
        r#"use http::Method;

use crate::runtime::{
    CallOptions, ConnectionRetry, Core, Error, Operation, Pending, Received, Request,
    Response, Retry, Style, undeclared,
};
use crate::types;

/// The pets.
#[derive(Debug, Clone)]
pub struct Pets {
    core: Core,
}

impl Pets {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Does it.
    pub fn get(&self, id: impl Into<String>) -> Get {
        Get {
            core: self.core.clone(),
            options: CallOptions::default(),
            id: id.into(),
            tags: None,
        }
    }
}

/// A call of [`Pets::get`]: set what may be left out, then await it.
#[derive(Debug, Clone)]
#[must_use = "a call is sent when it is awaited"]
pub struct Get {
    core: Core,
    options: CallOptions,
    id: String,
    tags: Option<Vec<String>>,
}

impl Get {
    /// Sets tags.
    pub fn tags(mut self, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.tags = Some(tags.into_iter().map(Into::into).collect());
        self
    }

    /// Sets what holds for this call only: times, retries, further headers, parameters, fields of the body.
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Sends the call, as awaiting it does.
    pub fn send(self) -> Pending<types::Cat> {
        self.into_future()
    }

    /// Sends the call and gives status and headers of the answer, too.
    pub async fn with_response(self) -> Result<Response<types::Cat>, Error> {
        self.into_request().receive().await?.json()
    }

    fn into_request(self) -> Request {
        let mut request = self.core.request(&GET, self.options);
        request.path_text("x-id", self.id);
        request.query("x-tags", Style::FormExploded, &self.tags);
        request
    }
}

impl IntoFuture for Get {
    type Output = Result<types::Cat, Error>;
    type IntoFuture = Pending<types::Cat>;

    fn into_future(self) -> Self::IntoFuture {
        self.into_request().value(Received::json)
    }
}

#[cfg(feature = "testing")]
impl crate::runtime::testing::Call for Get {
    type Output = types::Cat;
    const OPERATION: &'static Operation = &GET;
    const STATUS: u16 = 200;
}

static GET: Operation = Operation {
    id: "pets_get",
    method: Method::GET,
    path: "/pets/{id}",
    server: None,
    security: &[&[0, 1], &[]],
    accept: Some("application/json"),
    retry: Retry {
        max_retries: 2,
        statuses: &[429..=429, 500..=599],
        connection: ConnectionRetry::Any,
    },
    notes: &[(429, "Wait \"a bit\".")],
    decode_error: undeclared,
};
"#
    );
}

#[test]
fn a_body_from_required_fields() {
    let create = Call {
        arguments: vec![
            argument("id", Accept::Into(RustType::String), parameter("id")),
            argument("name", Accept::Into(RustType::String), body_field("name")),
            argument(
                "ages",
                Accept::Items {
                    item: RustType::Numeric("u8"),
                    plain: true,
                },
                body_field("ages"),
            ),
        ],
        parameters: vec![sent("id", RustType::String, ParameterPlace::Path(Style::Simple))],
        body: Some(json(value(AbsentBody::Never, Some(vec![1, 2])))),
        ..create(AbsentBody::Never)
    };
    let text = resource(vec![create]);
    assert_eq!(
        method(&text, "create"),
        r"pub fn create(
    &self,
    id: impl Into<String>,
    name: impl Into<String>,
    ages: impl IntoIterator<Item = u8>,
) -> Create {
    Create {
        core: self.core.clone(),
        options: CallOptions::default(),
        id: id.into(),
        body: types::NewPet::new(name, ages),
    }
}
"
    );
    assert_eq!(
        method(&text, "age"),
        r"pub fn age(mut self, age: u8) -> Self {
    self.body.age = Some(age);
    self
}
"
    );
    assert_eq!(
        method(&text, "with_body"),
        r"pub fn with_body(mut self, body: impl Into<types::NewPet>) -> Self {
    self.body = body.into();
    self
}
"
    );
}

#[test]
fn a_body_that_may_be_left_out() {
    let text = resource(vec![create(AbsentBody::Omitted)]);
    assert!(text.contains("    body: Option<types::NewPet>,\n"), "{text}");
    assert!(text.contains("            body: None,\n"), "{text}");
    assert_eq!(
        method(&text, "age"),
        r"pub fn age(mut self, age: u8) -> Self {
    self.body.get_or_insert_default().age = Some(age);
    self
}
"
    );
    assert!(
        text.contains("        request.json_or_nothing(\"application/json\", self.body.as_ref());\n"),
        "{text}"
    );
    let text = resource(vec![create(AbsentBody::EmptyObject)]);
    assert!(
        text.contains("        request.json_or_empty(\"application/json\", self.body.as_ref());\n"),
        "{text}"
    );
}

#[test]
fn a_body_from_its_default() {
    let text = resource(vec![create(AbsentBody::Never)]);
    assert!(text.contains("            body: types::NewPet::default(),\n"), "{text}");
}

#[test]
fn a_whole_body_as_argument() {
    let call = Call {
        arguments: vec![argument("pet", Accept::Into(named("NewPet")), Target::Body)],
        setters: vec![],
        ..create(AbsentBody::Never)
    };
    let text = resource(vec![call]);
    assert!(
        text.contains("    pub fn create(&self, pet: impl Into<types::NewPet>) -> Create {\n"),
        "{text}"
    );
    assert!(text.contains("            body: pet.into(),\n"), "{text}");
    assert!(!text.contains("with_body"), "{text}");
}

#[test]
fn a_form() {
    let style = |name: &str, style, reserved| FieldStyle {
        name: name.into(),
        style,
        reserved,
    };
    let body = Body {
        media_type: "application/x-www-form-urlencoded".into(),
        kind: BodyKind::Form(value(AbsentBody::Never, None)),
        styles: vec![
            style("tags", Style::Form, true),
            style("filter", Style::DeepObject, false),
        ],
    };
    let text = resource(vec![Call {
        body: Some(body),
        ..create(AbsentBody::Never)
    }]);
    let sent = "        request.form(&self.body);
        request
            .form_styles(
                &[
                    (\"tags\", Style::Form, Reserved::Kept),
                    (\"filter\", Style::DeepObject, Reserved::Encoded),
                ],
            );\n";
    assert!(text.contains(sent), "{text}");
}

fn upload() -> Call {
    let part = |ident: &str, ty, kind| Part {
        ident: ident.into(),
        name: ident.into(),
        ty,
        kind,
        head: PartHead::default(),
    };
    let parts = vec![
        part("file", RustType::Upload, PartKind::File),
        part("preview", option(RustType::Upload), PartKind::File),
        part("more", vec_of(RustType::Upload), PartKind::Files),
        part("title", option(RustType::String), PartKind::Text),
        part("about", option(named("NewPet")), PartKind::Json),
    ];
    Call {
        arguments: vec![argument("file", Accept::Into(RustType::Upload), parameter("file"))],
        body: Some(Body {
            media_type: "multipart/form-data".into(),
            kind: BodyKind::Multipart(parts),
            styles: vec![],
        }),
        output: Output::One(Decode::Empty),
        ..call("upload", "Upload")
    }
}

#[test]
fn a_multipart_body() {
    let text = resource(vec![upload()]);
    assert_eq!(
        exchange(&text),
        r#"fn into_request(self) -> Request {
    let mut request = self.core.request(&UPLOAD, self.options);
    let mut form = Multipart::new();
    form.file("file", self.file);
    if let Some(file) = self.preview {
        form.file("preview", file);
    }
    for file in self.more {
        form.file("more", file);
    }
    form.text("title", &self.title);
    if let Some(value) = &self.about {
        form.json("about", value);
    }
    request.multipart(form);
    request
}
pub async fn with_response(self) -> Result<Response<()>, Error> {
    self.into_request().send().await?.empty().await
}
fn into_future(self) -> Self::IntoFuture {
    let request = self.into_request();
    Box::pin(async move {
        request.send().await?.empty().await.map(Response::into_value)
    })
}
"#
    );
}

#[test]
fn a_call_with_an_upload_cannot_be_cloned() {
    let text = resource(vec![upload()]);
    assert!(
        text.contains("#[derive(Debug)]\n#[must_use = \"a call is sent when it is awaited\"]\npub struct Upload {"),
        "{text}"
    );
}

#[test]
fn a_call_with_a_name_of_the_runtime() {
    let text = resource(vec![upload()]);
    assert!(
        text.contains("    pub fn upload(&self, file: impl Into<crate::runtime::Upload>) -> Upload {\n"),
        "{text}"
    );
    assert!(
        text.contains("    preview: Option<crate::runtime::Upload>,\n"),
        "{text}"
    );
}

#[test]
fn bytes_and_text() {
    let body = |kind| {
        Some(Body {
            media_type: "text/plain".into(),
            kind,
            styles: vec![],
        })
    };
    let bytes = Call {
        body: body(BodyKind::Binary { required: false }),
        output: Output::One(Decode::Download),
        ..call("put", "Put")
    };
    let text = resource(vec![bytes]);
    assert_eq!(
        method(&text, "with_body"),
        r"pub fn with_body(mut self, body: impl Into<Upload>) -> Self {
    self.body = Some(body.into());
    self
}
"
    );
    assert_eq!(
        exchange(&text),
        r#"fn into_request(self) -> Request {
    let mut request = self.core.request(&PUT, self.options);
    if let Some(body) = self.body {
        request.upload("text/plain", body);
    }
    request
}
pub async fn with_response(self) -> Result<Response<Download>, Error> {
    Ok(self.into_request().send().await?.download())
}
fn into_future(self) -> Self::IntoFuture {
    let request = self.into_request();
    Box::pin(async move { Ok(request.send().await?.download().into_value()) })
}
"#
    );
    let arguments = vec![argument("body", Accept::Into(RustType::String), Target::Body)];
    let text = Call {
        arguments,
        body: body(BodyKind::Text { required: true }),
        output: Output::One(Decode::Text),
        ..call("say", "Say")
    };
    assert_eq!(
        exchange(&resource(vec![text])),
        r#"fn into_request(self) -> Request {
    let mut request = self.core.request(&SAY, self.options);
    request.text("text/plain", self.body);
    request
}
pub async fn with_response(self) -> Result<Response<String>, Error> {
    self.into_request().receive().await?.text()
}
fn into_future(self) -> Self::IntoFuture {
    self.into_request().value(Received::text)
}
"#
    );
}

#[test]
fn a_request_without_parts() {
    let text = resource(vec![call("ping", "Ping")]);
    assert!(
        text.contains("        self.core.request(&PING, self.options)\n"),
        "{text}"
    );
}

#[test]
fn outputs_by_status() {
    let cases = vec![
        case(StatusPattern::Code(200), "Done", Decode::Json(named("Cat"))),
        case(StatusPattern::Code(202), "Accepted", Decode::Empty),
        case(StatusPattern::Range(2), "Other", Decode::Text),
    ];
    let output = Output::ByStatus {
        ident: "GetOutput".into(),
        docs: lines("What comes."),
        cases,
    };
    let text = resource(vec![Call {
        output,
        ..call("get", "Get")
    }]);
    assert_eq!(
        item(&text, "pub enum GetOutput"),
        r"pub enum GetOutput {
    /// A case.
    Done(types::Cat),
    /// A case.
    Accepted,
    /// A case.
    Other(String),
}"
    );
    assert_eq!(
        exchange(&text),
        r"fn into_request(self) -> Request {
    self.core.request(&GET, self.options)
}
async fn answer(answer: Incoming) -> Result<Response<GetOutput>, Error> {
    match answer.status() {
        202 => Ok(answer.empty().await?.map(|()| GetOutput::Accepted)),
        status if status / 100 == 2 => {
            Ok(answer.receive().await?.text()?.map(GetOutput::Other))
        }
        _ => Ok(answer.receive().await?.json()?.map(GetOutput::Done)),
    }
}
pub async fn with_response(self) -> Result<Response<GetOutput>, Error> {
    Self::answer(self.into_request().send().await?).await
}
fn into_future(self) -> Self::IntoFuture {
    let request = self.into_request();
    Box::pin(async move {
        Self::answer(request.send().await?).await.map(Response::into_value)
    })
}
"
    );
}

fn errors(cases: Vec<Case>) -> Errors {
    Errors {
        ident: "GetError".into(),
        docs: lines("What fails."),
        cases,
    }
}

#[test]
fn declared_failures() {
    let bad = || case(StatusPattern::Code(400), "Bad", Decode::Json(named("Problem")));
    let text = resource(vec![Call {
        errors: Some(errors(vec![bad()])),
        ..call("get", "Get")
    }]);
    assert!(text.contains("    decode_error: GetError::decode,\n"), "{text}");
    assert_eq!(
        item(&text, "pub enum GetError"),
        r"pub enum GetError {
    /// A case.
    Bad(types::Problem),
}"
    );
    assert_eq!(
        item(&text, "impl GetError"),
        r"impl GetError {
    fn decode(status: u16, body: &[u8]) -> Option<Declared> {
        match status {
            400 => Some(Declared::json(body, Self::Bad)),
            _ => None,
        }
    }
}"
    );
    let all = vec![
        bad(),
        case(StatusPattern::Range(4), "Client", Decode::Text),
        case(StatusPattern::Range(5), "Server", Decode::Text),
        case(StatusPattern::Default, "Other", Decode::Json(RustType::Json)),
    ];
    let text = resource(vec![Call {
        errors: Some(errors(all)),
        ..call("get", "Get")
    }]);
    assert_eq!(
        item(&text, "impl GetError"),
        r#"impl GetError {
    #[allow(clippy::unnecessary_wraps, reason = "other operations declare less")]
    fn decode(status: u16, body: &[u8]) -> Option<Declared> {
        match status {
            400 => Some(Declared::json(body, Self::Bad)),
            status if status / 100 == 4 => Some(Declared::text(body, Self::Client)),
            500..=599 => Some(Declared::text(body, Self::Server)),
            _ => Some(Declared::json(body, Self::Other)),
        }
    }
}"#
    );
}

#[test]
fn one_declared_failure_for_every_status() {
    let other = case(StatusPattern::Default, "Other", Decode::Json(RustType::Json));
    let text = resource(vec![Call {
        errors: Some(errors(vec![other])),
        ..call("get", "Get")
    }]);
    assert_eq!(
        item(&text, "impl GetError"),
        r#"impl GetError {
    #[allow(clippy::unnecessary_wraps, reason = "other operations declare less")]
    fn decode(_: u16, body: &[u8]) -> Option<Declared> {
        Some(Declared::json(body, Self::Other))
    }
}"#
    );
}

#[test]
fn a_deprecated_call() {
    let text = resource(vec![Call {
        deprecated: true,
        ..call("get", "Get")
    }]);
    assert!(
        text.contains("    /// Does it.\n    #[deprecated]\n    pub fn get(&self) -> Get {\n"),
        "{text}"
    );
}

#[test]
fn outputs_that_are_left_to_the_user() {
    let cases = vec![
        case(StatusPattern::Code(200), "Whole", Decode::Download),
        case(StatusPattern::Code(206), "Part", Decode::Download),
    ];
    let output = Output::ByStatus {
        ident: "GetOutput".into(),
        docs: lines("What comes."),
        cases,
    };
    let text = resource(vec![Call {
        output,
        ..call("get", "Get")
    }]);
    assert_eq!(
        exchange(&text),
        r"fn into_request(self) -> Request {
    self.core.request(&GET, self.options)
}
fn answer(answer: Incoming) -> Response<GetOutput> {
    match answer.status() {
        206 => answer.download().map(GetOutput::Part),
        _ => answer.download().map(GetOutput::Whole),
    }
}
pub async fn with_response(self) -> Result<Response<GetOutput>, Error> {
    Ok(Self::answer(self.into_request().send().await?))
}
fn into_future(self) -> Self::IntoFuture {
    let request = self.into_request();
    Box::pin(async move { Ok(Self::answer(request.send().await?).into_value()) })
}
"
    );
}
