//! What is said about a screen as a whole, apart from its fields.

use crate::transport::Failure;

/// A message above the form or the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The code is wrong; so many tries are left.
    CodeWrong(u32),
    /// The code has not all its digits yet; it was not sent.
    CodeShort,
    /// The code belongs to an earlier message.
    CodeOld,
    /// The code is too old.
    CodeExpired,
    /// No tries are left.
    CodeLocked,
    /// A new code was sent.
    CodeResent,
    /// The code could not be sent.
    CodeUnsent,
    /// Too many codes were asked for; again in so many seconds.
    TooManyCodes(u64),
    /// The session ended; what was typed is still there.
    SessionExpired,
    /// The session ends in two minutes, unless there is a sign of the customer.
    Idle,
    /// The customer signed out in another tab of this browser.
    SignedOutElsewhere,
    /// The registry did not find the vehicle.
    LookupFailed,
    /// The registry knew some of it; so many fields are left.
    LookupPartial(usize),
    /// What was typed about the customer could not be saved; the sale goes on without.
    ProfileUnsaved,
    /// The vehicle was on file already, and is used.
    AlreadyOnFile,
    /// The chosen offer is no longer there to be bought.
    OfferGone,
    /// The information form cannot be read, and without it there is no payment.
    NoDocument,
    /// The payment could not be started.
    NotStarted,
    /// Another tab of this browser is paying for this offer.
    PaidElsewhere,
    /// The server said no, and may have said why in words meant for the customer.
    Said(Option<String>),
    /// No network.
    Offline,
    /// No answer in time.
    Timeout,
    /// The service can't be reached.
    Server,
    /// Too many requests; again in so many seconds.
    Rate(u64),
    /// Not open to this customer.
    Forbidden,
    /// The record is gone.
    Gone,
    /// The record changed meanwhile.
    Conflict,
    /// An answer nobody expected.
    Unexpected,
    /// The agency's page or its registration keeps the widget from the API: for the site's developer, and a phone for the customer.
    Blocked {
        /// It is the page's policy; else the API does not know the page's origin.
        by_page: bool,
    },
    /// The agency could not verify the phone.
    PhoneNotVerified,
    /// The server signed in without asking for a code; refused.
    NoCodeAsked,
}

impl From<&Failure> for Notice {
    fn from(failure: &Failure) -> Self {
        match failure {
            Failure::Offline => Self::Offline,
            Failure::Timeout | Failure::Aborted => Self::Timeout,
            Failure::Unreachable => Self::Server,
            Failure::CorsDenied => Self::Blocked { by_page: false },
            Failure::BlockedByHostCsp { .. } => Self::Blocked { by_page: true },
            Failure::SessionEnded => Self::SessionExpired,
            Failure::NotJson | Failure::Malformed | Failure::TooLarge | Failure::Unexpected { .. } => Self::Unexpected,
            Failure::Refused(problem) => match problem.status {
                400 | 422 => Self::Said(problem.detail.clone()),
                403 => Self::Forbidden,
                404 => Self::Gone,
                409 => Self::Conflict,
                429 => Self::Rate(problem.wait_seconds()),
                _ => Self::Server,
            },
        }
    }
}
