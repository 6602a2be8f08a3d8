//! `POST auth/customer/verify-mfa`

use std::rc::Rc;

use super::Tokens;
use crate::{
    domain::Secret,
    endpoint::{Access, Endpoint, Method, Safety, Wire},
    json::{DecodeError, Value},
};

/// Shows the SMS code. A code is good once.
#[derive(Debug)]
pub struct VerifyCode {
    /// From [`SignInResponse::CodeNeeded`](super::SignInResponse::CodeNeeded); shared, because a second code may be tried with it.
    pub token: Rc<Secret<String>>,
    /// Six digits.
    pub code: Secret<String>,
}

impl Endpoint for VerifyCode {
    type Response = Tokens;
    const NAME: &'static str = "verify_code";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Public;
    const SAFETY: Safety = Safety::Once;

    fn path(&self) -> String {
        "auth/customer/verify-mfa".to_owned()
    }

    fn body(&self, _wire: Wire) -> Option<Value> {
        // Exposed to be sent, which is what they are for.
        let mut body = Value::of("token", self.token.expose().as_str());
        body.put("code", self.code.expose().as_str());
        Some(body)
    }

    fn decode(body: &Value) -> Result<Tokens, DecodeError> {
        Tokens::decode(body)
    }
}
