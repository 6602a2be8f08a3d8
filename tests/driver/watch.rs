//! What the browser holds for a page: locks, timers.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::fetch_stub::pause;

#[wasm_bindgen(inline_js = r#"
/** Locks of sales that are held or waited for. */
export async function lock_names() {
  const { held, pending } = await navigator.locks.query();
  return [...held, ...pending].map(({ name }) => name).filter((name) => name.startsWith('insurup-checkout:')).sort();
}

/** Holds a lock as another page would; gives what gives it up. */
export function hold(name) {
  return new Promise((held) => void navigator.locks.request(name, () => new Promise((release) => held(release))));
}

/** The page comes into view, as far as anybody on it can tell; gives how many of those who listened threw something. */
export function come_into_view() {
  let errors = 0;
  const count = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    errors += 1;
  };
  addEventListener('error', count, true);
  document.dispatchEvent(new Event('visibilitychange'));
  removeEventListener('error', count, true);
  return errors;
}

/** Counts the timers of a second or more: a test's own are shorter. */
export class Timers {
  #set = globalThis.setTimeout;
  #clear = globalThis.clearTimeout;
  #running = new Set();

  constructor() {
    const set = this.#set;
    const clear = this.#clear;
    globalThis.setTimeout = (callback, milliseconds) => {
      const id = set(() => {
        this.#running.delete(id);
        callback();
      }, milliseconds);
      if (milliseconds >= 1000) this.#running.add(id);
      return id;
    };
    globalThis.clearTimeout = (id) => {
      this.#running.delete(id);
      clear(id);
    };
  }

  running() {
    return this.#running.size;
  }

  restore() {
    globalThis.setTimeout = this.#set;
    globalThis.clearTimeout = this.#clear;
  }
}
"#)]
extern "C" {
    fn lock_names() -> Promise;
    fn hold(name: &str) -> Promise;
    pub(crate) fn come_into_view() -> usize;

    #[wasm_bindgen(js_name = Timers)]
    type JsTimers;
    #[wasm_bindgen(constructor, js_class = "Timers")]
    fn new() -> JsTimers;
    #[wasm_bindgen(method)]
    fn running(this: &JsTimers) -> usize;
    #[wasm_bindgen(method)]
    fn restore(this: &JsTimers);
}

/// Locks of sales that are held or waited for, by name.
pub(crate) async fn locks() -> Vec<String> {
    let names: Array = JsFuture::from(lock_names()).await.expect("a list").unchecked_into();
    names.iter().filter_map(|name| name.as_string()).collect()
}

/// Waits until no sale holds a lock or waits for one: giving one up takes the browser a moment.
pub(crate) async fn no_locks() {
    for _ in 0..300 {
        if locks().await.is_empty() {
            return;
        }
        pause(10).await;
    }
    panic!("still there: {:?}", locks().await);
}

/// A lock that another page holds until this is dropped.
pub(crate) struct Held(Function);

impl Held {
    pub(crate) async fn new(name: &str) -> Self {
        Self(JsFuture::from(hold(name)).await.expect("a lock").unchecked_into())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Resolving a promise throws nothing.
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// Counts timers until it is dropped.
pub(crate) struct Timers(JsTimers);

impl Timers {
    pub(crate) fn new() -> Self {
        Self(JsTimers::new())
    }

    /// So many would run out in a second or later.
    pub(crate) fn running(&self) -> usize {
        self.0.running()
    }
}

impl Drop for Timers {
    fn drop(&mut self) {
        self.0.restore();
    }
}
