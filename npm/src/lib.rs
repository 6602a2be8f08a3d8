//! The core for JavaScript and TypeScript: the package `insurup-checkout` on npm.
//!
//! Everything here converts and delegates; no rule of insurance is in this crate. It is one of its own, and not a part of the core, so
//! that nothing of it can end up in what a visitor of an agency's site downloads.
//!
//! The classes that programs meet are in `www/npm/index.js`, and their types in `index.d.ts` beside it, both written by hand. What
//! crosses between them and this crate are plain objects: [`shape`] writes them, [`arguments`] reads them. `free()` is called by
//! nobody but those classes, and a promise that is pending then is rejected first.

// What only the wasm build calls is tested natively.
#![cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "the exports are in the wasm build only"))]

mod arguments;
mod configuration;
mod errors;
mod events;
mod operations;
mod shape;

#[cfg(target_arch = "wasm32")]
mod checkout;
#[cfg(target_arch = "wasm32")]
mod client;

#[cfg(target_arch = "wasm32")]
pub use checkout::WasmCheckout;
#[cfg(target_arch = "wasm32")]
pub use client::WasmClient;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<rlsf::SmallGlobalTlsf> = zeroizing_alloc::ZeroAlloc(rlsf::SmallGlobalTlsf::new());
