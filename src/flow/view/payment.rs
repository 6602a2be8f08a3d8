//! What the page shows of paying, and of the policy.

use super::{FormView, PlanView, VehicleLabel};
use crate::domain::{Date, Money};

/// The last look.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewView {
    /// What is insured.
    pub vehicle: Option<Box<VehicleLabel>>,
    /// By whom.
    pub insurer: String,
    /// With what.
    pub product: String,
    /// For whom: only initials, the page is not alone on the screen.
    pub insured: Option<String>,
    /// The plans there are …
    pub plans: Vec<PlanView>,
    /// … and the chosen one.
    pub plan: Option<PlanView>,
    /// Address of the offer document.
    pub offer_url: Option<String>,
    /// Address of the information form.
    pub information_url: Option<String>,
    /// Documents are being read.
    pub documents_busy: bool,
    /// "I have read them" is missing.
    pub unacknowledged: bool,
    /// Sending the documents by e-mail.
    pub mail: Option<MailView>,
    /// The price is being read again, or the payment is being started.
    pub busy: bool,
    /// The purchase itself is on its way.
    pub sending: bool,
}

/// The price changed.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedView {
    /// Who changed it.
    pub insurer: String,
    /// What was shown.
    pub old: Money,
    /// What it is.
    pub new: Money,
}

/// When what is known of a payment happened, in milliseconds since 1970; nothing where it has not happened, or in an earlier page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PaymentTimes {
    /// The purchase was sent.
    pub sent_unix_ms: Option<i64>,
    /// The payment page was opened.
    pub opened_unix_ms: Option<i64>,
    /// The result was last read.
    pub last_read_unix_ms: Option<i64>,
}

/// The payment page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwayView {
    /// Its address.
    pub url: String,
    /// Its host, shown to the customer.
    pub host: String,
    /// Who is paid.
    pub insurer: String,
    /// How much.
    pub amount: Option<Money>,
    /// It opens in this very tab.
    pub same_tab: bool,
    /// When what is known of it happened.
    pub times: PaymentTimes,
}

/// The result is awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckView {
    /// The payment page had been opened.
    pub opened: bool,
    /// When what is known of it happened.
    pub times: PaymentTimes,
    /// To be told to the agency: the end of the proposal's id.
    pub support_code: String,
}

/// Not bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTakenView {
    /// Who was to be paid …
    pub insurer: String,
    /// … and how much.
    pub amount: Option<Money>,
    /// What the API says about why.
    pub reason: Option<String>,
    /// The payment never began.
    pub not_started: bool,
    /// It can be tried again …
    pub can_retry: bool,
    /// … from this moment of the clock that only goes forward.
    pub retry_at_ms: u64,
    /// So many in a row were not completed.
    pub in_a_row: u8,
    /// To be told to the agency.
    pub support_code: String,
}

/// The policy.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyView {
    /// Who issued it.
    pub insurer: String,
    /// Which product.
    pub product: Option<String>,
    /// Who is insured: `A•••• Y•••••`.
    pub insured: Option<String>,
    /// What is insured.
    pub vehicle: Option<Box<VehicleLabel>>,
    /// The insurer's number.
    pub number: Option<String>,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// Amount paid.
    pub paid: Option<Money>,
    /// Address of the document; none while it is being made.
    pub document_url: Option<String>,
    /// Sending it by e-mail, also while the document is being made: the API makes it. None without a session.
    pub mail: Option<MailView>,
}

/// Sending documents by e-mail.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MailView {
    /// What is wrong with the address, and whether it is being sent.
    pub form: FormView,
    /// The address on file: `a•••@ornek.com`.
    pub known: Option<String>,
    /// It was sent, to this address.
    pub sent: Option<String>,
    /// It could not be sent.
    pub failed: bool,
}
