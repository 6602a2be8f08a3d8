//! The API's operations: one small file each, in a folder per area.
//!
//! An operation knows its method and path, writes its body from domain values and reads its answer back into them. It does no
//! I/O, and it alone knows the wire's spelling: member names, discriminators, older forms. [`Wire`] selects how a body is
//! written; reading accepts every form that has been seen, always.
//!
//! Bodies and answers are [`Value`] trees, see [`crate::json`] for why.
//!
//! Where several forms are documented, the current one follows the API's own client libraries and the older one the printed
//! guides; `docs/architecture.md`, decision 1.

pub mod addresses;
pub mod auth;
pub mod cases;
pub mod coverage;
pub mod customers;
pub mod mine;
pub mod policies;
pub mod proposals;
pub mod purchase;
pub mod vehicles;

mod call;
mod communication;
mod document;
mod identity;
mod problem;
mod wire;

pub use call::{Answer, Call, CallKind};
pub use communication::Communication;
pub use document::DocumentUrl;
pub use identity::Identity;
pub use problem::{FieldProblem, Problem};
pub use wire::{Choice, Wire};

use crate::json::{DecodeError, Value};

/// How a request is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `DELETE`
    Delete,
}

impl Method {
    /// The method's name in a request.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// Who may make a call. The transport adds the token, no caller does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone: no token goes with it.
    Public,
    /// A signed-in customer.
    Customer,
}

/// What a repeated call would do, and so who may repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Reads only: may be repeated as often as the back-off allows.
    Safe,
    /// Changes something, but twice is the same as once: may be repeated a little.
    Idempotent,
    /// Creates something, sends an SMS or uses up a code: never repeated without the customer.
    Once,
    /// May take money: sent at most once per confirmed attempt, whatever the answer was.
    Purchase,
}

/// One operation of the API, with what it needs as its fields.
pub trait Endpoint {
    /// What the answer is read into.
    type Response;
    /// The operation's name, for errors and logs.
    const NAME: &'static str;
    /// How it is requested.
    const METHOD: Method;
    /// Who may request it.
    const ACCESS: Access;
    /// What repeating it would do.
    const SAFETY: Safety;

    /// Path and query, relative to the REST base, which ends in `/api/`.
    fn path(&self) -> String;

    /// The body in this wire form; nothing for a request without one.
    fn body(&self, wire: Wire) -> Option<Value> {
        let _ = wire;
        None
    }

    /// Reads a successful answer, `Null` for an empty one.
    ///
    /// # Errors
    ///
    /// The answer lacks something that can't be done without.
    fn decode(body: &Value) -> Result<Self::Response, DecodeError>;
}

/// A call with much in it is kept in a box, so that a command stays small.
impl<E: Endpoint> Endpoint for Box<E> {
    type Response = E::Response;
    const NAME: &'static str = E::NAME;
    const METHOD: Method = E::METHOD;
    const ACCESS: Access = E::ACCESS;
    const SAFETY: Safety = E::SAFETY;

    fn path(&self) -> String {
        (**self).path()
    }

    fn body(&self, wire: Wire) -> Option<Value> {
        (**self).body(wire)
    }

    fn decode(body: &Value) -> Result<Self::Response, DecodeError> {
        E::decode(body)
    }
}
