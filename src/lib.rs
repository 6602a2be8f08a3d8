//! Everything that can be right or wrong about buying insurance through the InsurUp API.
//!
//! `domain` holds values that cannot be wrong, `endpoint` what is on the wire, `flow` the sale as a pure state machine,
//! `options` what an agency may configure, `session` the tokens, `transport` how a request is carried, `client` the engine that joins them. No DOM anywhere.

pub mod client;
pub mod domain;
pub mod endpoint;
pub mod flow;
pub mod json;
mod later;
pub mod options;
pub mod session;
pub mod transport;
