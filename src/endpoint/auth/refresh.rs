//! `POST auth/customer/refresh`

use std::rc::Rc;

use super::Tokens;
use crate::{
    domain::Secret,
    endpoint::{Access, Endpoint, Method, Safety, Wire},
    json::{DecodeError, Value},
};

/// Exchanges the refresh token for a new pair. The old one dies, so the answer must not get lost.
#[derive(Debug)]
pub struct Refresh {
    /// The latest refresh token; shared with the session, which keeps it until the new one is there.
    pub refresh: Rc<Secret<String>>,
}

impl Refresh {
    /// Whether the expired bearer token goes with the call: the guides send it, the current API asks for the body only.
    pub const fn needs_old_bearer(wire: Wire) -> bool {
        matches!(wire, Wire::Guide)
    }
}

impl Endpoint for Refresh {
    type Response = Tokens;
    const NAME: &'static str = "refresh";
    const METHOD: Method = Method::Post;
    const ACCESS: Access = Access::Public;
    const SAFETY: Safety = Safety::Once;

    fn path(&self) -> String {
        "auth/customer/refresh".to_owned()
    }

    fn body(&self, _wire: Wire) -> Option<Value> {
        // Exposed to be sent, which is what it is for.
        Some(Value::of("refreshToken", self.refresh.expose().as_str()))
    }

    fn decode(body: &Value) -> Result<Tokens, DecodeError> {
        Tokens::decode(body)
    }
}
