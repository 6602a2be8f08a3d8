//! Signing in: a code by SMS, then tokens that renew themselves.

pub(crate) mod login_or_register;
pub(crate) mod refresh;
pub(crate) mod verify_mfa;

use serde_json::{Value, json};

use crate::model::session::Issued;
use crate::wire::Form;

/// Tokens as either form answers them.
fn tokens(issued: &Issued, form: Form) -> Value {
    let mut answer = json!({ "accessToken": issued.access, "refreshToken": issued.refresh, "expiresIn": issued.expires_in });
    if form == Form::Current {
        answer["customerId"] = json!(issued.customer_id);
    }
    answer
}
