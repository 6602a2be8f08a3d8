//! Carries requests with the browser's `fetch`. The only place that does.
//!
//! JSON is written and parsed by the browser. A request carries no cookie, no referrer and follows no redirect; its deadline
//! covers the body too.

use std::cell::Cell;

use js_sys::{Array, Date, JSON, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, Blob, BlobPropertyBag, Response, Url};

use crate::domain::normalise::{has, join, small};

use super::{Carried, Content, Failure, Request};
use crate::json::{Value, depth_within};

/// Largest bodies that are read (`security.md` 2.2), in bytes: of an answer, …
const LARGEST: u32 = 2 * 1024 * 1024;
/// … of a refusal, …
const LARGEST_REFUSAL: u32 = 64 * 1024;
/// … of a document.
const LARGEST_FILE: u32 = 25 * 1024 * 1024;
/// Deepest nesting that is parsed.
const DEEPEST: usize = 64;

/// What every request is like, as a program in JavaScript would write it: a setter for each of these words cost more than all of them.
const READ: &str = r#"{"mode":"cors","credentials":"omit","cache":"no-store","redirect":"error","referrerPolicy":"no-referrer"}"#;
/// The same without the right to read, which is refused to whoever doesn't follow redirects.
const PROBE: &str = r#"{"method":"HEAD","mode":"no-cors","credentials":"omit","cache":"no-store","referrerPolicy":"no-referrer"}"#;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch, catch)]
    fn fetch_with(url: &str, init: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: u32) -> f64;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: f64);
    type Stream;
    #[wasm_bindgen(method, js_name = getReader)]
    fn reader(this: &Stream) -> Stream;
    #[wasm_bindgen(method)]
    fn read(this: &Stream) -> Promise;
    #[wasm_bindgen(method)]
    fn cancel(this: &Stream) -> Promise;
    type Piece;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Piece) -> Option<Piece>;
    #[wasm_bindgen(method, getter)]
    fn length(this: &Piece) -> u32;
    type Navigator;
    // The object is looked up once, its state each time.
    #[wasm_bindgen(thread_local_v2, js_name = navigator)]
    static NAVIGATOR: Option<Navigator>;
    #[wasm_bindgen(method, getter, js_name = onLine)]
    fn on_line(this: &Navigator) -> Option<bool>;
}

/// Carries one request. `aborter` ends it from outside; `blocked` tells which directive of the page's policy was seen to block an address.
pub async fn carry(
    base: &str,
    language: &str,
    request: Request,
    aborter: &AbortController,
    blocked: impl Fn(&str) -> Option<String>,
) -> Carried {
    let url = join(base, &request.path, "");
    let timed_out = std::rc::Rc::new(Cell::new(false));
    let on_deadline = {
        let (timed_out, aborter) = (std::rc::Rc::clone(&timed_out), aborter.clone());
        Closure::once(move || {
            timed_out.set(true);
            aborter.abort();
        })
    };
    let timer = set_timeout(on_deadline.as_ref(), request.deadline_ms);
    let signal = aborter.signal();
    let begun = Cell::new(None);
    let outcome = match (exchange(&url, language, request, &signal, &begun).await, begun.get()) {
        (Ok(carried), _) => carried,
        _ if signal.aborted() => Carried::Lost(Failure::Aborted),
        // The page may read this server's answers, and this one ended too early.
        (_, Some(status)) => Carried::Response { status, retry_after_seconds: None, content: Content::Malformed },
        // The deadline covers this question too: whoever waits must hear of an end.
        _ => Carried::Lost(why(&url, &signal, blocked).await),
    };
    clear_timeout(timer);
    match outcome {
        Carried::Lost(_) if timed_out.get() => Carried::Lost(Failure::Timeout),
        Carried::Lost(_) if signal.aborted() => Carried::Lost(Failure::Aborted),
        outcome => outcome,
    }
}

/// Setting a member of a plain object can't fail.
#[inline(never)]
fn put(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

/// `begun` takes the status as soon as there is one.
async fn exchange(
    url: &str,
    language: &str,
    request: Request,
    signal: &AbortSignal,
    begun: &Cell<Option<u16>>,
) -> Result<Carried, JsValue> {
    let (init, headers) = (JSON::parse(READ)?, JsValue::from(Object::new()));
    put(&init, "method", &request.method.as_str().into());
    put(&headers, "Accept-Language", &language.into());
    if let Some(bearer) = &request.bearer {
        // EXPOSE: the token goes into the one header that is for it.
        put(&headers, "Authorization", &join("Bearer ", bearer.expose(), "").into());
    }
    if let Some(body) = &request.body {
        put(&headers, "Content-Type", &"application/json".into());
        put(&init, "body", &body.to_text().into());
    }
    put(&init, "headers", &headers);
    put(&init, "signal", signal);
    let response: Response = JsFuture::from(fetch_with(url, &init)?).await?.unchecked_into();
    begun.set(Some(response.status()));
    let retry_after = response.headers().get("Retry-After")?;
    let retry_after_seconds = retry_after.and_then(|text| small(&text).or_else(|| seconds_until(&text)));
    Ok(Carried::Response { status: response.status(), retry_after_seconds, content: content(&response).await? })
}

/// The other form of `Retry-After`: a moment, always in GMT. What ends otherwise a browser might still take for some date.
fn seconds_until(text: &str) -> Option<u32> {
    let left = if text.ends_with(" GMT") { Date::parse(text) - Date::now() } else { f64::NAN };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is no number is dropped, the rest is held in bounds")]
    (!left.is_nan()).then(|| (left / 1000.0).ceil() as u32)
}

async fn content(response: &Response) -> Result<Content, JsValue> {
    let kind = response.headers().get("Content-Type")?.unwrap_or_default().to_ascii_lowercase();
    let is_file = response.ok() && has(&kind, "application/pdf");
    let is_json = has(&kind, "json");
    let most = match (is_file, is_json, response.ok()) {
        (true, ..) => LARGEST_FILE,
        (_, true, true) => LARGEST,
        (_, true, false) => LARGEST_REFUSAL,
        // What isn't JSON is not read: only whether there is anything.
        _ => 0,
    };
    let Some(body) = body(response, most, &kind).await? else {
        return Ok(if most == 0 { Content::NotJson } else { Content::TooLarge });
    };
    if is_file {
        return Ok(Content::File(Url::create_object_url_with_blob(&body)?));
    }
    let text = JsFuture::from(body.text()).await?.as_string().unwrap_or_default();
    Ok(read(&text))
}

/// The body, unless there is more of it than `most` bytes. Read piece by piece: what a server goes on sending is not taken.
async fn body(response: &Response, most: u32, kind: &str) -> Result<Option<Blob>, JsValue> {
    let pieces = Array::new();
    if let Some(stream) = response.body() {
        let reader = stream.unchecked_ref::<Stream>().reader();
        let mut size = 0_u32;
        while let Some(piece) = JsFuture::from(reader.read()).await?.unchecked_ref::<Piece>().value() {
            size = size.saturating_add(piece.length());
            if size > most {
                // Nobody waits for the end of a stream that is given up.
                let _ = reader.cancel();
                return Ok(None);
            }
            pieces.push(&piece);
        }
    }
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_u8_array_sequence_and_options(&pieces, &options).map(Some)
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

/// Why nobody answered: browsers don't say, side evidence does (`security.md` 2.3).
async fn why(url: &str, signal: &AbortSignal, blocked: impl Fn(&str) -> Option<String>) -> Failure {
    if NAVIGATOR.with(|navigator| navigator.as_ref().and_then(Navigator::on_line)) == Some(false) {
        return Failure::Offline;
    }
    // A request without token and without reading rights: it succeeds where only the permission to read was missing.
    let init = JSON::parse(PROBE).unwrap_or_default();
    put(&init, "signal", signal);
    let probe = match fetch_with(url, &init) {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    match (blocked(url), probe) {
        (Some(directive), _) => Failure::BlockedByHostCsp { directive },
        (None, Ok(_)) => Failure::CorsDenied,
        (None, Err(_)) => Failure::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use js_sys::Uint8Array;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
    use web_sys::{Headers, ResponseInit};

    use super::*;

    wasm_bindgen_test_configure!(run_in_browser);

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
        content(&Response::new_with_opt_js_u8_array_and_init(Some(&body), &init).unwrap()).await.unwrap()
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
