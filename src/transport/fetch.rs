//! Carries requests with the browser's `fetch`. The only place that does.
//!
//! JSON is written and parsed by the browser. A request carries no cookie, no referrer and follows no redirect; its deadline
//! covers the body too.

use js_sys::{Date, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, Blob, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestMode,
    RequestRedirect, Response, Url,
};

use crate::domain::normalise::{has, small};

use super::{Carried, Content, Failure, Request};
use crate::json::{Value, depth_within};

/// Longest text that is parsed, in UTF-16 units (2 MiB of ASCII), and deepest nesting.
const LONGEST: u32 = 2 * 1024 * 1024;
const DEEPEST: usize = 64;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch, catch)]
    fn fetch_with(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: u32) -> f64;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: f64);
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
    let url = format!("{base}{}", request.path);
    let timed_out = std::rc::Rc::new(std::cell::Cell::new(false));
    let on_deadline = {
        let (timed_out, aborter) = (std::rc::Rc::clone(&timed_out), aborter.clone());
        Closure::once(move || {
            timed_out.set(true);
            aborter.abort();
        })
    };
    let timer = set_timeout(on_deadline.as_ref(), request.deadline_ms);
    let signal = aborter.signal();
    let outcome = match exchange(&url, language, request, &signal).await {
        Ok(carried) => carried,
        Err(_) if signal.aborted() => Carried::Lost(Failure::Aborted),
        // The deadline covers this question too: whoever waits must hear of an end.
        Err(_) => Carried::Lost(why(&url, &signal, blocked).await),
    };
    clear_timeout(timer);
    match outcome {
        Carried::Lost(_) if timed_out.get() => Carried::Lost(Failure::Timeout),
        Carried::Lost(_) if signal.aborted() => Carried::Lost(Failure::Aborted),
        outcome => outcome,
    }
}

async fn exchange(url: &str, language: &str, request: Request, signal: &AbortSignal) -> Result<Carried, JsValue> {
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(signal));
    let headers = Headers::new()?;
    headers.set("Accept-Language", language)?;
    if let Some(bearer) = &request.bearer {
        // EXPOSE: the token goes into the one header that is for it.
        headers.set("Authorization", &format!("Bearer {}", bearer.expose()))?;
    }
    if let Some(body) = &request.body {
        headers.set("Content-Type", "application/json")?;
        init.set_body(&body.to_text().into());
    }
    init.set_headers(&headers);
    let response: Response = JsFuture::from(fetch_with(url, &init)?).await?.dyn_into()?;
    let headers = response.headers();
    let retry_after_seconds = headers.get("Retry-After")?.and_then(|text| small(&text).or_else(|| seconds_until(&text)));
    let kind = headers.get("Content-Type")?.unwrap_or_default().to_ascii_lowercase();
    if has(&kind, "application/pdf") && response.ok() {
        let blob: Blob = JsFuture::from(response.blob()?).await?.dyn_into()?;
        let content = Content::File(Url::create_object_url_with_blob(&blob)?);
        return Ok(Carried::Response { status: response.status(), retry_after_seconds, content });
    }
    let text: js_sys::JsString = JsFuture::from(response.text()?).await?.dyn_into()?;
    Ok(Carried::Response { status: response.status(), retry_after_seconds, content: read(&text, has(&kind, "json")) })
}

/// The other form of `Retry-After`: a moment, always in GMT. What ends otherwise a browser might still take for some date.
fn seconds_until(text: &str) -> Option<u32> {
    let left = if text.ends_with(" GMT") { Date::parse(text) - Date::now() } else { f64::NAN };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is no number is dropped, the rest is held in bounds")]
    (!left.is_nan()).then(|| (left / 1000.0).ceil() as u32)
}

fn read(text: &js_sys::JsString, is_json: bool) -> Content {
    if text.length() == 0 {
        return Content::Empty;
    }
    if !is_json {
        return Content::NotJson;
    }
    if text.length() > LONGEST {
        return Content::TooLarge;
    }
    let text = String::from(text);
    if !depth_within(&text, DEEPEST) {
        return Content::TooLarge;
    }
    Value::parse(&text).map_or(Content::Malformed, Content::Json)
}

/// Why nobody answered: browsers don't say, side evidence does (`security.md` 2.3).
async fn why(url: &str, signal: &AbortSignal, blocked: impl Fn(&str) -> Option<String>) -> Failure {
    if NAVIGATOR.with(|navigator| navigator.as_ref().and_then(Navigator::on_line)) == Some(false) {
        return Failure::Offline;
    }
    // A request without token and without reading rights: it succeeds where only the permission to read was missing.
    let init = RequestInit::new();
    init.set_method("HEAD");
    init.set_mode(RequestMode::NoCors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(signal));
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
