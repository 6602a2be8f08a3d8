//! Carries requests with the browser's `fetch`; `fetch.js` is the only place that does.
//!
//! JSON is written and parsed by the browser. A request carries no cookie, no referrer and follows no redirect; its deadline
//! covers the body too.

use wasm_bindgen::prelude::*;
use web_sys::AbortController;

use super::{Carried, Content, Failure, Request};
use crate::domain::normalise::join;
use crate::json::{Value, depth_within};

/// Deepest nesting that is parsed.
const DEEPEST: usize = 64;

#[wasm_bindgen(module = "/src/transport/fetch.js")]
extern "C" {
    #[wasm_bindgen(js_name = carry)]
    fn exchange(
        url: &str,
        method: &str,
        language: &str,
        bearer: Option<&str>,
        body: Option<&str>,
        deadline_ms: u32,
        aborter: &AbortController,
        done: &JsValue,
    );
}

#[wasm_bindgen]
extern "C" {
    type Answer;
    #[wasm_bindgen(method, getter)]
    fn mark(this: &Answer) -> u32;
    #[wasm_bindgen(method, getter)]
    fn status(this: &Answer) -> Option<u16>;
    #[wasm_bindgen(method, getter)]
    fn wait(this: &Answer) -> Option<u32>;
    #[wasm_bindgen(method, getter)]
    fn text(this: &Answer) -> Option<String>;
}

/// Carries one request, and calls `done` with the end of it: once, and not before this has returned. `aborter` ends it from outside;
/// `blocked` tells which directive of the page's policy was seen to block an address.
pub fn carry(
    base: &str,
    language: &str,
    request: Request,
    aborter: &AbortController,
    blocked: impl Fn(&str) -> Option<String> + 'static,
    done: impl FnOnce(Carried) + 'static,
) {
    let url = join(base, &request.path, "");
    let Request { method, bearer, body, deadline_ms, .. } = request;
    let body = body.map(|body| body.to_text());
    // EXPOSE: the token goes into the one header that is for it.
    let bearer = bearer.as_ref().map(|bearer| bearer.expose().as_str());
    let called = url.clone();
    let done = Closure::once_into_js(move |answer: JsValue| {
        let answer: Answer = answer.unchecked_into();
        done(match (answer.status(), blocked(&called)) {
            (Some(status), _) => Carried::Response { status, retry_after_seconds: answer.wait(), content: content(&answer) },
            (None, blocked) => Carried::Lost(why(answer.mark(), blocked)),
        });
    });
    exchange(&url, method.as_str(), language, bearer, body.as_deref(), deadline_ms, aborter, &done);
}

/// What the marks say of an answer.
fn content(answer: &Answer) -> Content {
    let text = answer.text().unwrap_or_default();
    match answer.mark() {
        5 => read(&text),
        6 => Content::File(text),
        8 => Content::NotJson,
        9 => Content::TooLarge,
        _ => Content::Malformed,
    }
}

/// What the marks say of no answer.
fn why(mark: u32, blocked: Option<String>) -> Failure {
    match (mark, blocked) {
        (0, _) => Failure::Timeout,
        (1, _) => Failure::Aborted,
        (2, _) => Failure::Offline,
        (_, Some(directive)) => Failure::BlockedByHostCsp { directive },
        (3, None) => Failure::CorsDenied,
        _ => Failure::Unreachable,
    }
}

fn read(text: &str) -> Content {
    if text.is_empty() {
        return Content::Empty;
    }
    if !depth_within(text, DEEPEST) {
        return Content::TooLarge;
    }
    Value::parse(text).map_or(Content::Malformed, Content::Json)
}

#[cfg(test)]
mod tests {
    use js_sys::{Promise, Uint8Array};
    use wasm_bindgen_futures::JsFuture;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
    use web_sys::{Headers, Response, ResponseInit};

    use super::*;

    wasm_bindgen_test_configure!(run_in_browser);

    /// Largest bodies that are read (`security.md` 2.2), in bytes: of an answer, a refusal, a document.
    const LARGEST: u32 = 2 * 1024 * 1024;
    const LARGEST_REFUSAL: u32 = 64 * 1024;
    const LARGEST_FILE: u32 = 25 * 1024 * 1024;

    #[wasm_bindgen(module = "/src/transport/fetch.js")]
    extern "C" {
        #[wasm_bindgen(js_name = content)]
        fn read_body(response: &Response) -> Promise;
    }

    /// An answer of so many bytes.
    async fn answer(status: u16, kind: &str, bytes: u32) -> Content {
        let headers = Headers::new().unwrap();
        headers.set("Content-Type", kind).unwrap();
        let init = ResponseInit::new();
        init.set_status(status);
        init.set_headers(&headers);
        // A text in quotation marks is JSON of any length.
        let body = Uint8Array::new_with_length(bytes).fill(u8::try_from(u32::from('a')).unwrap(), 0, bytes);
        if bytes >= 2 {
            body.set_index(0, b'"');
            body.set_index(bytes - 1, b'"');
        }
        let response = Response::new_with_opt_js_u8_array_and_init(Some(&body), &init).unwrap();
        content(&JsFuture::from(read_body(&response)).await.unwrap().unchecked_into())
    }

    #[wasm_bindgen_test]
    async fn reads_so_much_of_each_kind_and_no_more() {
        let (json, problem, file) = ("application/json; charset=utf-8", "application/problem+json", "application/pdf");
        assert!(matches!(answer(200, json, LARGEST).await, Content::Json(_)));
        assert!(matches!(answer(200, json, LARGEST + 1).await, Content::TooLarge));
        assert!(matches!(answer(422, problem, LARGEST_REFUSAL).await, Content::Json(_)));
        assert!(matches!(answer(422, problem, LARGEST_REFUSAL + 1).await, Content::TooLarge));
        assert!(matches!(answer(200, file, LARGEST_FILE).await, Content::File(_)));
        assert!(matches!(answer(200, file, LARGEST_FILE + 1).await, Content::TooLarge));
        // A document is an answer, not a reason.
        assert!(matches!(answer(503, file, 10).await, Content::NotJson));
        assert!(matches!(answer(200, "text/html", 1).await, Content::NotJson));
        assert!(matches!(answer(200, "text/html", 0).await, Content::Empty));
        assert!(matches!(answer(200, json, 0).await, Content::Empty));
        assert!(matches!(answer(200, json, 1).await, Content::Malformed));
    }
}
