//! The API described: `GET /openapi.json` for programs, `GET /api/docs` for people.
//!
//! The page is plain HTML made from the same document: it needs no script, so it works offline and under our policy.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::problem;
use crate::site::matches_etag;

/// An answer that is the same for as long as the server runs.
#[derive(Debug, Clone)]
pub(crate) struct Fixed {
    mime: &'static str,
    etag: String,
    body: Bytes,
}

impl Fixed {
    pub(crate) fn new(mime: &'static str, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let digest = Sha256::digest(&body);
        let short: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self { mime, etag: format!("\"{short}\""), body }
    }

    pub(crate) fn answer(&self, headers: &HeaderMap) -> Response {
        let known = [(ETAG, self.etag.as_str()), (CACHE_CONTROL, "public, no-cache")];
        if matches_etag(headers, &self.etag) {
            return (StatusCode::NOT_MODIFIED, known).into_response();
        }
        (known, [(CONTENT_TYPE, self.mime)], self.body.clone()).into_response()
    }
}

/// The description in both forms.
#[derive(Debug)]
pub(crate) struct Docs {
    json: Fixed,
    page: Fixed,
}

impl Docs {
    pub(crate) fn new(api: &utoipa::openapi::OpenApi) -> Result<Self, serde_json::Error> {
        let value = serde_json::to_value(api)?;
        let page = page(&value).into_string();
        Ok(Self {
            json: Fixed::new("application/json", serde_json::to_vec_pretty(&value)?),
            page: Fixed::new("text/html; charset=utf-8", page),
        })
    }
}

pub(crate) async fn json(State(docs): State<Arc<Docs>>, headers: HeaderMap) -> Response {
    docs.json.answer(&headers)
}

pub(crate) async fn html(State(docs): State<Arc<Docs>>, headers: HeaderMap) -> Response {
    docs.page.answer(&headers)
}

fn page(api: &Value) -> Markup {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let operations: Vec<(&String, &String, &Value)> = members(&api["paths"])
        .flat_map(|(path, item)| members(item).map(move |(method, does)| (path, method, does)))
        .filter(|(.., does)| does.get("responses").is_some())
        .collect();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Spotter: interface for programs" }
                style { (PreEscaped(include_str!("docs.css"))) }
            }
            body {
                header {
                    h1 { (text(&api["info"]["title"])) }
                    @for paragraph in text(&api["info"]["description"]).split("\n\n") {
                        p { (paragraph) }
                    }
                    p { "The same for programs: " a href="/openapi.json" { "/openapi.json" } " (OpenAPI 3.1)." }
                }
                nav aria-label="Operations" {
                    ul {
                        @for (path, method, does) in &operations {
                            li { a href={ "#" (anchor(method, path)) } {
                                code { (method.to_uppercase()) " " (path) } " " (text(&does["summary"]))
                            } }
                        }
                        li { a href="#problems" { "Problems" } }
                        li { a href="#shapes" { "Shapes" } }
                    }
                }
                main {
                    @for (path, method, does) in &operations { (operation(path, method, does)) }
                    section {
                        h2 id="problems" { "Problems" }
                        p { "Every error is a " code { (problem::MIME) } " object with " code { "type" } ", " code { "title" }
                            ", " code { "status" } ", " code { "detail" } ", " code { "remedy" } " and where it fits " code { "field" } "." }
                        dl {
                            @for status in problem::KINDS {
                                @let (place, title, remedy) = problem::words(status);
                                dt id=(place.trim_start_matches("/api/docs#")) { (status.as_u16()) " " (title) }
                                dd { (remedy) }
                            }
                        }
                    }
                    section {
                        h2 id="shapes" { "Shapes" }
                        @for (name, schema) in members(&api["components"]["schemas"]) {
                            h3 id={ "shape-" (name) } { (name) }
                            @if let Some(about) = schema["description"].as_str() { p { (about) } }
                            (shape(schema))
                        }
                    }
                }
            }
        }
    }
}

fn operation(path: &str, method: &str, does: &Value) -> Markup {
    html! {
        section {
            h2 id=(anchor(method, path)) { code { (method.to_uppercase()) " " (path) } }
            @if let Some(summary) = does["summary"].as_str() { p { (summary) } }
            @if let Some(about) = does["description"].as_str() {
                @for paragraph in about.split("\n\n") { p { (paragraph) } }
            }
            @if let Some(parameters) = does["parameters"].as_array() {
                table {
                    caption { "Parameters" }
                    @for parameter in parameters {
                        tr {
                            td { code { (parameter["name"].as_str().unwrap_or_default()) } }
                            td { (parameter["in"].as_str().unwrap_or_default()) }
                            td { (kind(&parameter["schema"])) }
                            td { (parameter["description"].as_str().unwrap_or_default()) }
                        }
                    }
                }
            }
            @for (mime, body) in members(&does["requestBody"]["content"]) {
                p { "Body: " code { (mime) } ", " (kind(&body["schema"])) }
            }
            table {
                caption { "Answers" }
                @for (status, answer) in members(&does["responses"]) {
                    tr {
                        td { (status) }
                        td { (answer["description"].as_str().unwrap_or_default()) }
                        td { @for (mime, body) in members(&answer["content"]) {
                            code { (mime) } " " (kind(&body["schema"]))
                        } }
                    }
                }
            }
        }
    }
}

fn shape(schema: &Value) -> Markup {
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let parts = ["oneOf", "allOf", "anyOf"].into_iter().filter_map(|of| schema[of].as_array());
    let has_fields = members(&schema["properties"]).next().is_some();
    html! {
        @if has_fields {
            table {
                @for (name, field) in members(&schema["properties"]) {
                    tr {
                        td { code { (name) } @if !required.contains(&name.as_str()) { " (optional)" } }
                        td { (kind(field)) }
                        td { (field["description"].as_str().unwrap_or_default()) }
                    }
                }
            }
        } @else if schema.get("enum").is_some() || schema.get("type").is_some() {
            p { (kind(schema)) }
        }
        @for part in parts.flatten() {
            @if let Some(about) = part["description"].as_str() { p { (about) } }
            @if part.get("$ref").is_some() { p { (kind(part)) } } @else { (shape(part)) }
        }
    }
}

/// A type in words.
fn kind(schema: &Value) -> Markup {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return html! { a href={ "#shape-" (name) } { (name) } };
    }
    if let Some(values) = schema["enum"].as_array() {
        let values: Vec<String> = values.iter().map(Value::to_string).collect();
        return html! { (values.join(" | ")) };
    }
    if let Some(options) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
        return html! { @for (index, option) in options.iter().enumerate() {
            @if index > 0 { " | " } (kind(option))
        } };
    }
    match &schema["type"] {
        Value::String(name) if name == "array" => html! { "list of " (kind(&schema["items"])) },
        Value::String(name) => html! { (name) },
        Value::Array(names) => {
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            html! { (names.join(" | ")) }
        }
        _ => html! { "anything" },
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn anchor(method: &str, path: &str) -> String {
    let path: String = path.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    format!("{method}{path}")
}
