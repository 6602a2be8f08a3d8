//! Where a document is sent.

use std::fmt;

use super::Wire;
use crate::{
    domain::{CustomerId, Email, MobilePhone},
    json::Value,
};

/// Where the API sends a document to.
#[derive(Clone, PartialEq, Eq)]
pub enum Communication {
    /// To an e-mail address.
    Email(Email),
    /// As a link in a text message.
    Sms(MobilePhone),
}

impl Communication {
    /// The member `communication`. Its discriminator is written twice, as the API's descriptions disagree on the name and a server passes
    /// over the one it doesn't know.
    fn value(&self, wire: Wire) -> Value {
        let kind = match self {
            Self::Email(_) => "email",
            Self::Sms(_) => "sms",
        };
        let mut value = Value::of("$type", kind);
        value.put("type", kind);
        match self {
            Self::Email(email) => value.put("email", email.as_str()),
            Self::Sms(phone) => value.put("phoneNumber", wire.phone(phone)),
        }
        value
    }

    /// Puts what every "send" has: who it is for, and where it goes.
    pub(super) fn put(&self, body: &mut Value, customer: &CustomerId, wire: Wire) {
        body.put("customerId", customer.as_str());
        body.put("communication", self.value(wire));
    }
}

impl fmt::Debug for Communication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Email(_) => "Email(***)",
            Self::Sms(_) => "Sms(***)",
        })
    }
}
