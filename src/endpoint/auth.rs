//! Signing a customer in, and keeping the customer signed in.

mod refresh;
mod sign_in;
mod verify_code;

pub use refresh::Refresh;
pub use sign_in::{SignIn, SignInResponse};
pub use verify_code::VerifyCode;

use crate::{
    domain::Secret,
    json::{DecodeError, Value},
};

/// What a signed-in customer's calls are made with.
#[derive(Debug)]
pub struct Tokens {
    /// The bearer token.
    pub access: Secret<String>,
    /// For the next pair. Where a refresh gives none, the one that was used stays good.
    pub refresh: Option<Secret<String>>,
    /// How long the bearer token lives, if the answer says so; about ten minutes.
    pub expires_in_seconds: Option<u32>,
}

impl Tokens {
    fn decode(body: &Value) -> Result<Self, DecodeError> {
        let access = token(body, "accessToken").ok_or(DecodeError { path: "accessToken" })?;
        let expires_in = body.field("expiresIn").as_integer().and_then(|seconds| u32::try_from(seconds).ok());
        Ok(Self { access, refresh: token(body, "refreshToken"), expires_in_seconds: expires_in.filter(|seconds| *seconds > 0) })
    }
}

fn token(body: &Value, name: &str) -> Option<Secret<String>> {
    body.field(name).as_text().filter(|token| !token.is_empty()).map(|token| Secret::new(token.to_owned()))
}
