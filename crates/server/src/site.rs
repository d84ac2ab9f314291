//! The built site, out of the binary: types, caching, compressed copies, and the one page that all routes share.
//!
//! The page is the answer to a navigation only. A script or a network that is missing is a 404, or an old page would try
//! to run HTML.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderValue,
    IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use rust_embed::Embed;
use sha2::{Digest as _, Sha256};

use crate::problem::{self, Problem};

#[derive(Embed)]
#[folder = "../../web/build"]
#[allow_missing = true]
struct Built;

/// Every file of the site.
#[derive(Debug)]
pub(crate) struct Site {
    files: BTreeMap<String, Asset>,
}

#[derive(Debug)]
struct Asset {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    mime: HeaderValue,
    etag: String,
    cache: HeaderValue,
}

const PAGE: &str = "index.html";
const UNBUILT: &str = include_str!("site/unbuilt.html");

impl Site {
    /// The site that was in `web/build` when this binary was built, or the page that says how to build it.
    pub(crate) fn embedded() -> Self {
        let files: BTreeMap<String, Bytes> = Built::iter()
            .filter_map(|path| {
                let bytes = match Built::get(&path)?.data {
                    std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                    std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
                };
                Some((path.into_owned(), bytes))
            })
            .collect();
        Self::of(files)
    }

    /// A site of these files. Names that end in `.br` and `.gz` are compressed copies.
    pub(crate) fn of(mut files: BTreeMap<String, Bytes>) -> Self {
        if !files.contains_key(PAGE) {
            files.insert(PAGE.to_owned(), Bytes::from_static(UNBUILT.as_bytes()));
        }
        let is_copy = |path: &str| {
            let original = path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz"));
            original.is_some_and(|original| files.contains_key(original))
        };
        let assets = files
            .iter()
            .filter(|(path, _)| !is_copy(path))
            .map(|(path, plain)| {
                let copy = |ending: &str| files.get(&format!("{path}.{ending}")).cloned();
                let digest = URL_SAFE_NO_PAD.encode(&Sha256::digest(plain)[..12]);
                let asset = Asset {
                    plain: plain.clone(),
                    brotli: copy("br"),
                    gzip: copy("gz"),
                    mime: mime(path),
                    etag: digest,
                    cache: cache(path),
                };
                (path.clone(), asset)
            })
            .collect();
        Self { files: assets }
    }

    /// The text of every page, for the hashes of its inline scripts.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &str> {
        let pages = self.files.iter().filter(|(path, _)| path.ends_with(".html"));
        pages.filter_map(|(_, asset)| std::str::from_utf8(&asset.plain).ok())
    }

    pub(crate) fn answer(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response {
        let path = uri.path().trim_start_matches('/');
        let is_api = path == "api" || path.starts_with("api/") || path.starts_with("ws/");
        let asset = if is_api { None } else { self.find(path, headers) };
        let Some(asset) = asset else {
            return problem::unknown_path(uri).into_response();
        };
        if !matches!(*method, Method::GET | Method::HEAD) {
            let mut answer = Problem::new(StatusCode::METHOD_NOT_ALLOWED, "files can only be read")
                .into_response();
            answer.headers_mut().insert("allow", HeaderValue::from_static("GET, HEAD"));
            return answer;
        }
        asset.answer(headers)
    }

    fn find(&self, path: &str, headers: &HeaderMap) -> Option<&Asset> {
        let file = if path.is_empty() { PAGE } else { path };
        self.files.get(file).or_else(|| {
            let last = path.rsplit('/').next().unwrap_or(path);
            let navigates = headers
                .get(ACCEPT)
                .and_then(|accept| accept.to_str().ok())
                .is_some_and(|accept| accept.contains("text/html"));
            let is_route = navigates && !last.contains('.') && !path.starts_with("_app/");
            is_route.then(|| self.files.get(PAGE)).flatten()
        })
    }
}

impl Asset {
    fn answer(&self, headers: &HeaderMap) -> Response {
        let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        let accepts = |coding: &str| {
            accepted.unwrap_or("").split(',').any(|part| {
                let mut words = part.split(';').map(str::trim);
                words.next() == Some(coding) && words.next() != Some("q=0")
            })
        };
        let (body, coding) = match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts("br") => (brotli, Some("br")),
            (_, Some(gzip)) if accepts("gzip") => (gzip, Some("gzip")),
            _ => (&self.plain, None),
        };
        let etag = format!("\"{}{}\"", self.etag, coding.map_or("", |coding| &coding[..2]));
        let mut answer = if matches_etag(headers, &etag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut answer = Response::new(Body::from(body.clone()));
            answer.headers_mut().insert(CONTENT_TYPE, self.mime.clone());
            if let Some(coding) = coding {
                answer.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
            }
            answer
        };
        let headers = answer.headers_mut();
        headers.insert(CACHE_CONTROL, self.cache.clone());
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(etag) = HeaderValue::from_str(&etag) {
            headers.insert(ETAG, etag);
        }
        answer
    }
}

/// Whether the client already has the version with this tag. Weak tags are as good: bodies are compared byte for byte
/// by no one here.
pub(crate) fn matches_etag(headers: &HeaderMap, etag: &str) -> bool {
    let given = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    given.is_some_and(|given| {
        given
            .split(',')
            .map(str::trim)
            .any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
    })
}

fn mime(path: &str) -> HeaderValue {
    let known = match path.rsplit('.').next().unwrap_or("") {
        "tflite" => "application/octet-stream",
        // A wrong type here keeps the browser from compiling while it downloads.
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        _ => {
            let guessed = mime_guess::from_path(path).first_or_octet_stream();
            let text = guessed.type_() == mime_guess::mime::TEXT;
            let value =
                if text { format!("{guessed}; charset=utf-8") } else { guessed.to_string() };
            return HeaderValue::from_str(&value)
                .unwrap_or(HeaderValue::from_static("application/octet-stream"));
        }
    };
    HeaderValue::from_static(known)
}

/// Files whose name holds their hash never change; of all others the browser asks whether they did.
fn cache(path: &str) -> HeaderValue {
    HeaderValue::from_static(if path.starts_with("_app/immutable/") {
        "public, max-age=31536000, immutable"
    } else {
        "public, no-cache"
    })
}
