//! Who calls: the customer behind a bearer token.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::error::AppError;
use crate::model::session::Bearer;
use crate::sandbox::Sandbox;
use crate::wire::Form;

/// A signed-in customer. A handler that takes one answers 401 to everybody else.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) customer_id: String,
    /// The form to answer this session in.
    pub(crate) form: Form,
}

impl Caller {
    /// Refuses paths that name another customer, as if that one did not exist.
    pub(crate) fn must_be(&self, customer_id: &str) -> Result<(), AppError> {
        if self.customer_id.eq_ignore_ascii_case(customer_id) { Ok(()) } else { Err(AppError::not_found("Müşteri")) }
    }
}

impl FromRequestParts<Sandbox> for Caller {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, sandbox: &Sandbox) -> Result<Self, Self::Rejection> {
        let token = bearer(parts).ok_or_else(|| AppError::unauthorized("TOKEN_MISSING", "A bearer token is required."))?;
        let now = sandbox.now();
        match sandbox.world().sessions.bearer(token, now) {
            Bearer::Live { customer_id, form } => Ok(Self { customer_id, form: sandbox.wire().answer(form) }),
            Bearer::Expired => Err(AppError::unauthorized("TOKEN_EXPIRED", "The bearer token has expired.")),
            Bearer::Unknown => Err(AppError::unauthorized("TOKEN_UNKNOWN", "The bearer token is not known.")),
        }
    }
}

/// The token of an `Authorization: Bearer` header.
pub(crate) fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
