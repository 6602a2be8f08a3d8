//! How a request is carried: what goes out, what can come back, and why nothing came back.
//!
//! The core decides what to send and what an outcome means; a carrier (`fetch` in the browser, an in-memory server in the
//! simulation) only carries. No retry happens here.

pub mod circuit;
#[cfg(target_arch = "wasm32")]
pub mod fetch;
pub mod retry;

use std::rc::Rc;

use crate::domain::Secret;
use crate::endpoint::{Method, Problem};
use crate::json::Value;

/// One request, ready to be carried.
#[derive(Debug)]
pub struct Request {
    /// HTTP method.
    pub method: Method,
    /// Path and query, relative to the API base.
    pub path: String,
    /// The customer's token, or none for the calls before sign-in.
    pub bearer: Option<Rc<Secret<String>>>,
    /// Body; a request without one sends no content type.
    pub body: Option<Value>,
    /// After so many milliseconds without the whole answer the carrier gives up.
    pub deadline_ms: u32,
}

/// What a carrier brings back.
#[derive(Debug)]
pub enum Carried {
    /// The server answered.
    Response {
        /// HTTP status.
        status: u16,
        /// `Retry-After` in seconds, where the browser may read it.
        retry_after_seconds: Option<u32>,
        /// The body.
        content: Content,
    },
    /// No answer.
    Lost(Failure),
}

impl Carried {
    /// Whether nobody answered, or somebody who could not: trouble that repeating adds to.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Response { status: 500.., .. } | Self::Lost(Failure::Timeout | Failure::Unreachable))
    }
}

/// A response body, as far as it could be read.
#[derive(Debug)]
pub enum Content {
    /// JSON.
    Json(Value),
    /// No body.
    Empty,
    /// A PDF, as an address that is good on this page.
    File(String),
    /// Something that does not call itself JSON.
    NotJson,
    /// Calls itself JSON, and is not.
    Malformed,
    /// Larger or deeper than anything the API sends.
    TooLarge,
}

/// Why a call gave no value (the classes of `security.md` 2.3).
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// We gave the call up ourselves.
    #[error("the call was aborted")]
    Aborted,
    /// No whole answer in time.
    #[error("no answer in time")]
    Timeout,
    /// The browser says there is no network.
    #[error("the browser is offline")]
    Offline,
    /// The page's content security policy forbids the API's address.
    #[error("the page's content security policy blocks `{directive}`")]
    BlockedByHostCsp {
        /// The directive that lacks the API's origin.
        directive: String,
    },
    /// The API does not allow the page's origin.
    #[error("the server does not allow this origin")]
    CorsDenied,
    /// Nobody answered at the API's address.
    #[error("the server can't be reached")]
    Unreachable,
    /// The API said no, and how.
    #[error("the server answered {}", .0.status)]
    Refused(Box<Problem>),
    /// A success whose body is not JSON.
    #[error("the answer is not JSON")]
    NotJson,
    /// A body that says it is JSON and cannot be parsed.
    #[error("the answer can't be parsed")]
    Malformed,
    /// A body over the size or depth that we read.
    #[error("the answer is too large")]
    TooLarge,
    /// JSON without something that must be there.
    #[error("the answer lacks `{path}`")]
    Unexpected {
        /// The field.
        path: &'static str,
    },
    /// There is no session to make the call with: the customer must sign in again.
    #[error("the session has ended")]
    SessionEnded,
}

impl Failure {
    /// Whether the server said, before doing anything, that it won't do what was asked. Anything else may have had its effect.
    #[must_use]
    pub fn is_clear_refusal(&self) -> bool {
        matches!(self, Self::Refused(problem) if matches!(problem.status, 400 | 403 | 404 | 422))
    }

    /// The HTTP status, if the server answered with an error.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        if let Self::Refused(problem) = self { Some(problem.status) } else { None }
    }

    /// Short name for programs and for the events the page around the widget gets.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Aborted => "aborted",
            Self::Timeout => "timeout",
            Self::Offline => "offline",
            Self::BlockedByHostCsp { .. } => "blocked-by-host-csp",
            Self::CorsDenied => "cors-denied",
            Self::Unreachable => "unreachable",
            Self::Refused(_) => "refused",
            Self::NotJson => "not-json",
            Self::Malformed => "malformed",
            Self::TooLarge => "too-large",
            Self::Unexpected { .. } => "unexpected",
            Self::SessionEnded => "session-ended",
        }
    }
}
