//! What scenarios do.

use serde_json::json;

use crate::middleware::faults::Fault;

/// What is different in a scenario.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Effect {
    /// Nothing: it is listed because its data are known.
    Ordinary,
    /// These answers go wrong, as often as they are asked for.
    Spoilt(&'static [(&'static str, Spoil)]),
    /// No message is sent: too many were, and another can be asked for after so many seconds.
    SmsRefused(u32),
    Code(Code),
    Session(Session),
    Register(Register),
    Offers(Offers),
    Payment(Payment),
}

/// How an answer goes wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Spoil {
    /// A problem with this status.
    Status(u16),
    /// Too many requests, and how many seconds to wait.
    TooMany(u32),
    /// A page with this status.
    Page(u16),
    /// A body that ends after this share of it.
    Truncated(f64),
    /// A wait of so many milliseconds.
    Slow(u64),
    /// No answer.
    Dropped,
    /// No answer, though it was done.
    AnswerLost,
}

impl Spoil {
    /// As a fault of `route`.
    pub(crate) fn fault(self, route: &str) -> Fault {
        let fault = Fault { route: route.to_owned(), ..Fault::default() };
        let problem = |status: u16| {
            let detail = "Hizmet şu anda kullanılamıyor.";
            Some(json!({ "type": "about:blank", "title": "Sandbox scenario", "status": status, "detail": detail, "traceId": "sandbox" }))
        };
        match self {
            Self::Status(status) => Fault { status: Some(status), body: problem(status), ..fault },
            Self::TooMany(seconds) => {
                let headers = [("retry-after".to_owned(), seconds.to_string())].into();
                Fault { status: Some(429), body: problem(429), headers, ..fault }
            }
            Self::Page(status) => Fault { html: true, status: Some(status), ..fault },
            Self::Truncated(share) => Fault { truncate: Some(share), ..fault },
            Self::Slow(ms) => Fault { delay_ms: Some(ms), ..fault },
            Self::Dropped => Fault { drop: true, ..fault },
            Self::AnswerLost => Fault { drop: true, after: true, ..fault },
        }
    }
}

/// What becomes of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    /// None is right.
    Refused,
    /// Each has expired by the time it is typed.
    Expired,
}

/// How long a sign-in lasts, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) access_seconds: u32,
    /// After this no refresh helps.
    pub(crate) family_seconds: u32,
}

/// What the vehicle register says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Register {
    /// Engine and chassis are blanked out.
    Masked,
    /// Only the engine is.
    EngineMasked,
    /// Only the chassis is.
    ChassisMasked,
    /// Brand and year are known, the model is not.
    Partial,
    Missing,
    Unreachable,
}

/// What insurers do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offers {
    /// They take six times as long.
    Slow,
    /// Every third one never answers.
    Stuck,
    AllFail,
    /// Nobody is asked.
    Nobody,
    /// Only the first of the panel is asked.
    One,
    /// Some offers are in other currencies.
    Foreign,
    /// Some offers come in shapes that no description allows.
    Malformed,
}

/// What happens when a customer pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payment {
    /// The first try is refused, because the offer costs more by now.
    PriceChanges,
    /// The payment page asks for more than the offer said.
    PriceDiffers,
    /// The bank says yes, and the insurer then issues no policy.
    Fails,
    /// The bank says yes, and nothing is heard for an hour.
    Stuck,
    /// The policy is there before its document is.
    DocumentLate,
    /// The page sends the browser back by POST.
    ReturnsByPost,
}
