//! Stands in for `wasm-streams`, which Leptos links for server functions. The widget has none.
//!
//! That crate exports classes to JavaScript, and what is exported no linker may leave out: 2.3 kB (brotli) of every visit for code
//! that nothing calls. This one has the same names, as far as Leptos needs them to compile, and not one value: whoever called it would
//! stop at `from_raw` or `from_stream`.

use std::convert::Infallible;

use futures_util::stream::{Empty, Stream};
use wasm_bindgen::JsValue;

/// A stream of the browser's, of which there is none here.
#[derive(Debug)]
pub struct ReadableStream(Infallible);

impl ReadableStream {
    /// Would take over a stream of the browser's.
    ///
    /// # Panics
    /// Always.
    #[must_use]
    pub fn from_raw(_stream: web_sys::ReadableStream) -> Self {
        unreachable!("the widget has no server functions")
    }

    /// Would make a stream of Rust's one of the browser's.
    ///
    /// # Panics
    /// Always.
    pub fn from_stream(_stream: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        unreachable!("the widget has no server functions")
    }

    /// The browser's stream.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        match self.0 {}
    }

    /// The stream as Rust reads it.
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        match self.0 {}
    }
}
