//! The checkout widget: draws the flow and sends its events. It holds no rule of the sale and never sees the wire.
//!
//! The loader hands over a place to draw in, the configuration as plain data, the texts of one language and a function that takes
//! messages for the page ([`mount`]). Nothing else crosses that boundary (decision 17).

#[cfg(any(test, target_arch = "wasm32"))]
mod config;
#[cfg(any(test, target_arch = "wasm32"))]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "the configuration needs a few texts only, and only it is tested natively")
)]
mod texts;

#[cfg(target_arch = "wasm32")]
#[macro_use]
mod parts;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod boundary;
#[cfg(target_arch = "wasm32")]
mod combobox;
#[cfg(target_arch = "wasm32")]
mod element;
#[cfg(target_arch = "wasm32")]
mod form;
#[cfg(target_arch = "wasm32")]
mod format;
#[cfg(target_arch = "wasm32")]
mod kept;
#[cfg(target_arch = "wasm32")]
mod later;
#[cfg(target_arch = "wasm32")]
mod screens;
#[cfg(target_arch = "wasm32")]
mod signal;
#[cfg(target_arch = "wasm32")]
mod ui;
#[cfg(target_arch = "wasm32")]
mod words;

#[cfg(target_arch = "wasm32")]
pub use boundary::{configure, mount, unmount};

/// Overwrites memory as it is freed: nothing a customer typed stays in the heap (decision 9).
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<rlsf::SmallGlobalTlsf> = zeroizing_alloc::ZeroAlloc(rlsf::SmallGlobalTlsf::new());
