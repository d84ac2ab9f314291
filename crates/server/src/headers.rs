//! What every answer tells the browser about how far to trust it.
//!
//! The content security policy allows scripts of this site alone. SvelteKit starts the page with one inline script, whose
//! hash is computed from the embedded page when the server starts; nothing else inline ever runs.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// Headers that do not depend on the site.
const FIXED: [(HeaderName, &str); 7] = [
    // Threads in WebAssembly need a page that shares no process with others.
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    // Other sites learn nothing. With `no-referrer`, browsers send `Origin: null` with forms, and the door keeps the phone out
    // that wants to be paired.
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(), screen-wake-lock=(self), fullscreen=(self), geolocation=(), payment=(), usb=(), interest-cohort=()",
    ),
];

/// The content security policy of a site whose pages have these inline scripts.
pub(crate) fn content_security_policy<'a>(pages: impl Iterator<Item = &'a str>) -> HeaderValue {
    let mut hashes: Vec<String> = pages
        .flat_map(inline_scripts)
        .map(|script| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script))))
        .collect();
    hashes.sort();
    hashes.dedup();
    let scripts: String = hashes.iter().flat_map(|hash| [" ", hash]).collect();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; worker-src 'self' blob:; \
         style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// The text of every `<script>` without `src`.
fn inline_scripts(page: &str) -> Vec<&str> {
    let mut scripts = Vec::new();
    let mut rest = page;
    while let Some((_, from)) = rest.split_once("<script") {
        let Some((attributes, from)) = from.split_once('>') else { break };
        let Some((text, after)) = from.split_once("</script>") else { break };
        if !attributes.contains("src=") && !text.trim().is_empty() {
            scripts.push(text);
        }
        rest = after;
    }
    scripts
}

pub(crate) async fn add(
    State(policy): State<HeaderValue>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    // What says nothing about caching is about somebody: it is kept nowhere.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    // No Strict-Transport-Security: on `localhost` it would lock other programs of this machine out of their browser.
    response
}

#[cfg(test)]
mod tests {
    use super::inline_scripts;

    #[test]
    fn only_scripts_with_text_are_inline() {
        let page = "<head><script src=\"/a.js\"></script><script>\n one() </script>\
                    <script type=\"module\">two()</script><script> </script><script>open";
        assert_eq!(inline_scripts(page), ["\n one() ", "two()"]);
    }
}
