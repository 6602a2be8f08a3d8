//! Stands in for what a page finds around it: `fetch`, and members of the browser's own objects. Promises, responses, bodies and signals
//! are the browser's own.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Error, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(inline_js = r#"
const real = globalThis.fetch;
let sent = [];

/** Replaces `fetch`. What `answer` gives for a request is its end: a response, a promise of one, an error, or `undefined` for never. */
export function stub(answer) {
  sent = [];
  globalThis.fetch = (url, init = {}) => {
    const { signal } = init;
    // As the browser's own does, whatever the reason is: nothing is sent.
    if (signal?.aborted) return Promise.reject(signal.reason);
    const headers = new Headers(init.headers);
    const request = {
      url: String(url),
      method: init.method,
      mode: init.mode,
      credentials: init.credentials,
      redirect: init.redirect,
      referrerPolicy: init.referrerPolicy,
      cache: init.cache,
      body: init.body,
      signal,
      header: (name) => headers.get(name) ?? undefined,
      aborted: () => signal?.aborted ?? false,
    };
    sent.push(request);
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      const given = answer(request);
      if (given instanceof Error) reject(given);
      // Not `resolve(given)`: a promise in its place could no longer be aborted.
      else if (given !== undefined) Promise.resolve(given).then(resolve, reject);
    });
  };
}

export function unstub() {
  globalThis.fetch = real;
}

export function all() {
  return [...sent];
}

export function response(status, type, body, retryAfter) {
  const response = new Response(body, { status });
  // A text body brings a type of its own.
  response.headers.delete('Content-Type');
  if (type) response.headers.set('Content-Type', type);
  if (retryAfter) response.headers.set('Retry-After', retryAfter);
  return response;
}

/** A response whose body begins and never ends; as with the browser's own, the signal of the request ends the body too. */
export function stalling(request) {
  const start = (controller) => {
    controller.enqueue(new TextEncoder().encode('{"half":'));
    request.signal?.addEventListener('abort', () => controller.error(request.signal.reason));
  };
  return new Response(new ReadableStream({ start }), { headers: { 'Content-Type': 'application/json' } });
}

export function later(milliseconds, value) {
  return new Promise((resolve) => setTimeout(() => resolve(value), milliseconds));
}

/** Makes a member of an object what `get` gives; returns what puts it back. */
export function override(target, name, get) {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, get });
  return () => {
    if (before) Object.defineProperty(target, name, before);
    else delete target[name];
  };
}
"#)]
extern "C" {
    /// A request that came to the stub.
    #[derive(Debug, Clone)]
    pub(crate) type Sent;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn url(this: &Sent) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn method(this: &Sent) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn mode(this: &Sent) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn credentials(this: &Sent) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn redirect(this: &Sent) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = referrerPolicy)]
    pub(crate) fn referrer_policy(this: &Sent) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn cache(this: &Sent) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn body(this: &Sent) -> Option<String>;
    #[wasm_bindgen(method)]
    pub(crate) fn header(this: &Sent, name: &str) -> Option<String>;
    #[wasm_bindgen(method)]
    pub(crate) fn aborted(this: &Sent) -> bool;

    fn stub(answer: &JsValue);
    fn unstub();
    fn all() -> Vec<Sent>;
    fn response(status: u16, kind: Option<&str>, body: &JsValue, retry_after: Option<&str>) -> JsValue;
    fn stalling(request: &Sent) -> JsValue;
    fn later(milliseconds: u32, value: &JsValue) -> Promise;
    #[wasm_bindgen(js_name = override)]
    fn override_member(target: &JsValue, name: &str, get: &JsValue) -> Function;
}

/// How the stub ends a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// JSON with this status.
    Json(u16, String),
    /// Any response: status, content type, body, `Retry-After`.
    Other(u16, Option<&'static str>, JsValue, Option<&'static str>),
    /// A response whose body never ends.
    Stalls,
    /// What the browser says of every kind of network error.
    Lost,
    /// Nothing ever comes.
    Never,
    /// The same after so many milliseconds.
    After(u32, Box<Reply>),
}

impl Reply {
    pub(crate) fn json(body: &str) -> Self {
        Self::Json(200, body.to_owned())
    }

    fn into_js(self, request: &Sent) -> JsValue {
        match self {
            Self::Json(status, body) => response(status, Some("application/json"), &body.into(), None),
            Self::Other(status, kind, body, retry_after) => response(status, kind, &body, retry_after),
            Self::Stalls => stalling(request),
            Self::Lost => js_sys::TypeError::new("Failed to fetch").unchecked_into::<Error>().into(),
            Self::Never => JsValue::UNDEFINED,
            Self::After(milliseconds, reply) => later(milliseconds, &reply.into_js(request)).into(),
        }
    }
}

/// The page's `fetch` until it is dropped.
pub(crate) struct Stub(#[expect(dead_code, reason = "kept for as long as the page may call it")] Closure<dyn Fn(Sent) -> JsValue>);

impl Stub {
    pub(crate) fn new(answer: impl Fn(&Sent) -> Reply + 'static) -> Self {
        let answer = Closure::new(move |request: Sent| answer(&request).into_js(&request));
        stub(answer.as_ref());
        Self(answer)
    }

    /// What was asked so far.
    #[expect(clippy::unused_self, reason = "only while there is a stub")]
    pub(crate) fn sent(&self) -> Vec<Sent> {
        all()
    }

    /// Requests whose address ends so.
    pub(crate) fn sent_to(&self, end: &str) -> Vec<Sent> {
        self.sent().into_iter().filter(|request| request.url().ends_with(end)).collect()
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        unstub();
    }
}

/// A member of one of the browser's objects that is something else until this is dropped.
pub(crate) struct Override {
    restore: Function,
    _get: Closure<dyn FnMut() -> Result<JsValue, JsValue>>,
}

impl Override {
    pub(crate) fn new(target: &JsValue, name: &str, get: impl FnMut() -> Result<JsValue, JsValue> + 'static) -> Self {
        let get = Closure::new(get);
        Self { restore: override_member(target, name, get.as_ref()), _get: get }
    }
}

impl Drop for Override {
    fn drop(&mut self) {
        // Putting a property back throws nothing.
        let _ = self.restore.call0(&JsValue::UNDEFINED);
    }
}

/// Lets so many milliseconds pass.
pub(crate) async fn pause(milliseconds: u32) {
    let _ = JsFuture::from(later(milliseconds, &JsValue::UNDEFINED)).await;
}

/// What comes of it, or nothing if that takes longer than three seconds: a test that waits for ever tells nobody why.
pub(crate) async fn outcome<T: 'static>(of: impl Future<Output = T> + 'static) -> Option<T> {
    let place = Rc::new(RefCell::new(None));
    let theirs = Rc::clone(&place);
    let done = wasm_bindgen_futures::future_to_promise(async move {
        let value = of.await;
        *theirs.borrow_mut() = Some(value);
        Ok(JsValue::UNDEFINED)
    });
    let _ = JsFuture::from(Promise::race(&Array::of2(&done, &later(3_000, &JsValue::UNDEFINED)))).await;
    place.take()
}

/// Lets time pass until something is so, three seconds at most.
pub(crate) async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..750 {
        if is_so() {
            return;
        }
        pause(4).await;
    }
    panic!("waited in vain until {what}");
}
