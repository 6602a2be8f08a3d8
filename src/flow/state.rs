//! The states of a sale. Each holds only what is true in it.

use std::rc::Rc;

use super::details::Detail;
use super::event::{Arrangement, Attempt};
use super::field::FieldError;
use super::identity::Identity;
use super::mail::Mail;
use super::mine::Aside;
use super::notice::Notice;
use super::payment_page::PaymentPage;
use super::purchase::{Deal, Payment, Settled};
use super::sign_in::{Opening, Then};
use super::vehicle::{Form, Origin};
use super::view::VehicleLabel;
use super::{Config, Consent};
use crate::domain::{DocumentSerial, Money, Plate, ProposalId, VehicleId};
use crate::endpoint::DocumentUrl;
use crate::endpoint::policies::Policy;
use crate::endpoint::proposals::Product;
use crate::endpoint::vehicles::FoundVehicle;

/// What has been created for this customer, so that it is never created twice.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) vehicle: Option<(String, VehicleId)>,
    pub(super) proposal: Option<(VehicleId, ProposalId)>,
    /// The offers the customer went back from, with what was chosen among them.
    pub(super) left: Option<Box<Sale>>,
}

macro_rules! states {
    ($($(#[$doc:meta])* $name:ident $(($($of:ty),+))?,)+) => {
        #[derive(Debug)]
        pub(super) enum State { $($(#[$doc])* $name $(($($of),+))?,)+ }

        /// The states by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum StateKind { $($(#[$doc])* $name,)+ }

        impl StateKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
        }

        impl State {
            pub(super) fn kind(&self) -> StateKind {
                match self { $(Self::$name { .. } => StateKind::$name,)+ }
            }
        }
    };
}

states! {
    /// Not started.
    Waiting,
    /// Who are you?
    Identify(Box<SigningIn>),
    /// A code was asked for.
    SendingCode(Box<SigningIn>, Rc<Identity>, Attempt),
    /// A code is on the way to the phone.
    Code(Box<CodeSent>),
    /// Another code was asked for.
    Resending(Box<CodeSent>, Attempt),
    /// A code is being checked.
    Verifying(Box<CodeSent>, Attempt),
    /// Signed in; what is on file is being read.
    Opening(Box<Opening>),
    /// Consents, one box each.
    Consents(Vec<FieldError>),
    /// Consents are being recorded.
    SavingConsents(Vec<(Attempt, Consent)>),
    /// What the API lacks about the customer.
    Profile(Vec<FieldError>),
    /// What it lacked is being saved.
    SavingProfile(super::profile::Profile, Attempt),
    /// Saved vehicles to choose from.
    Vehicles(Option<Notice>),
    /// Plate and serial.
    Lookup(Box<LookupForm>),
    /// The vehicle is being looked up.
    LookingUp(Box<(Plate, DocumentSerial)>, Attempt),
    /// Is this your vehicle?
    Found(Box<FoundVehicleAt>),
    /// The details, typed.
    ByHand(Box<Form>),
    /// The vehicle is being saved.
    SavingVehicle(Origin, Box<VehicleLabel>, Attempt),
    /// Was the vehicle saved? The list tells.
    Relisting(Origin, Box<VehicleLabel>, Attempt),
    /// The insurers are being asked.
    Requesting(VehicleId, Box<VehicleLabel>, Attempt),
    /// The insurers could not be asked.
    RequestFailed(VehicleId, Box<VehicleLabel>, Notice),
    /// Offers arrive, and one is chosen.
    Offers(Box<Sale>, Box<Poll>),
    /// One offer, or some side by side, in place of the list; offers go on coming in.
    Detail(Box<Sale>, Box<Poll>, Detail),
    /// Last look before paying.
    Review(Box<Sale>, Box<Deal>),
    /// The press that pays was made; the price is being read once more.
    Confirming(Box<Sale>, Box<Deal>, Attempt),
    /// The insurer changed the price in the meantime.
    PriceChanged(Box<Sale>, Box<Deal>, Money),
    /// The purchase is on its way. It is never sent again.
    Sending(Box<Sale>, Box<Payment>, Attempt),
    /// The payment page has an address; the customer opens it.
    PageReady(Box<Sale>, Box<Payment>, Box<PaymentPage>),
    /// The result is being asked for, during the payment or after it.
    Checking(Box<Sale>, Box<Payment>, Box<Check>),
    /// The result is not known yet and asking has stopped.
    Unsettled(Box<Sale>, Box<Payment>),
    /// The API says that it was not bought.
    NotTaken(Box<Sale>, Box<Settled>),
    /// Bought: the API says so, and names the policy.
    Issued(Box<Sale>, Box<Issued>),
    /// What the customer has already, in place of another state.
    Mine(Box<dyn Aside>),
    /// Signed out.
    SignedOut,
}

/// The identity form.
#[derive(Debug)]
pub(super) struct SigningIn {
    pub(super) then: Then,
    pub(super) errors: Vec<FieldError>,
    pub(super) notice: Option<Notice>,
}

/// A code that was sent.
#[derive(Debug)]
pub(super) struct CodeSent {
    pub(super) then: Then,
    pub(super) identity: Rc<Identity>,
    /// Names this sign-in towards the API; not a bearer. None where no code was asked for yet.
    pub(super) token: Option<Rc<crate::domain::Secret<String>>>,
    pub(super) sent_at: u64,
    pub(super) tries_left: u32,
    pub(super) notice: Option<Notice>,
}

/// Plate and serial.
#[derive(Debug, Default)]
pub(super) struct LookupForm {
    pub(super) errors: Vec<FieldError>,
    pub(super) notice: Option<Notice>,
    /// What was looked up in vain; typing on begins with it.
    pub(super) tried: Option<(Plate, DocumentSerial)>,
    /// What the registry knows, and it is not enough.
    pub(super) found: Option<Box<FoundVehicleAt>>,
}

/// A vehicle the registry knows.
#[derive(Debug)]
pub(super) struct FoundVehicleAt {
    pub(super) vehicle: Rc<FoundVehicle>,
    pub(super) serial: Option<DocumentSerial>,
    pub(super) notice: Option<Notice>,
}

/// The offers of one proposal, and what the customer chose among them.
#[derive(Debug)]
pub(super) struct Sale {
    pub(super) vehicle: Option<Box<VehicleLabel>>,
    pub(super) proposal: ProposalId,
    pub(super) products: Vec<Product>,
    pub(super) total: Option<u32>,
    /// Instalments by product: survives every read.
    pub(super) plans: Vec<(crate::domain::ProductId, u8)>,
    /// The offer that was chosen last.
    pub(super) chosen: Option<crate::domain::ProductId>,
    /// Offers to be compared, in the order in which they were marked.
    pub(super) marked: Vec<crate::domain::ProductId>,
    /// One more was to be marked than can be compared.
    pub(super) too_many: bool,
    /// Offers about which the agency was asked to call.
    pub(super) called: Vec<crate::domain::ProductId>,
    pub(super) arrangement: Arrangement,
    pub(super) notice: Option<Notice>,
}

/// Where the asking for offers stands.
#[derive(Debug)]
pub(super) struct Poll {
    pub(super) began: u64,
    /// The call or wait that is under way; none when asking has stopped.
    pub(super) pending: Option<Attempt>,
    /// Reads in a row that found nobody waiting and the same number of offers.
    pub(super) quiet_reads: u8,
    pub(super) failed_reads: u8,
    pub(super) done: bool,
    /// Some insurers take longer than usual.
    pub(super) late: bool,
}

/// Where the asking for the result stands.
#[derive(Debug)]
pub(super) struct Check {
    pub(super) pending: Attempt,
    /// Whether `pending` is a call (else a wait).
    pub(super) reading: bool,
    pub(super) reads: u32,
    /// The customer may still be on the payment page.
    pub(super) away: Option<Box<PaymentPage>>,
}

/// A policy.
#[derive(Debug)]
pub(super) struct Issued {
    pub(super) policy: crate::domain::PolicyId,
    pub(super) insurer: String,
    pub(super) paid: Option<Money>,
    pub(super) details: Option<Policy>,
    pub(super) document: Option<DocumentUrl>,
    pub(super) details_pending: Option<Attempt>,
    pub(super) document_pending: Option<Attempt>,
    pub(super) wait: Option<Attempt>,
    pub(super) tries: u8,
    pub(super) mail: Mail,
    /// The session ended while the document was still to come.
    pub(super) signed_out: bool,
}

impl State {
    pub(super) fn is_signed_in(&self) -> bool {
        !matches!(
            self,
            Self::Waiting
                | Self::Identify(_)
                | Self::SendingCode(..)
                | Self::Code(_)
                | Self::Resending(..)
                | Self::Verifying(..)
                | Self::SignedOut
        )
    }

    /// Whether there is something of a customer's to drop: a session, or what waits for whoever signs in again.
    pub(super) fn can_sign_out(&self) -> bool {
        let then = match self {
            Self::Identify(signing_in) | Self::SendingCode(signing_in, ..) => &signing_in.then,
            Self::Code(code) | Self::Resending(code, _) | Self::Verifying(code, _) => &code.then,
            state => return state.is_signed_in(),
        };
        matches!(then, Then::Back(_))
    }

    /// Whether a purchase was sent whose end is not known.
    pub(super) fn is_payment_open(&self) -> bool {
        matches!(self, Self::Sending(..) | Self::PageReady(..) | Self::Checking(..) | Self::Unsettled(..))
    }

    /// The same place without anything under way: where a sale is kept while the customer signs in again.
    pub(super) fn at_rest(self) -> Self {
        match self {
            Self::SavingConsents(_) => Self::Consents(Vec::new()),
            Self::SavingProfile(..) => Self::Profile(Vec::new()),
            Self::LookingUp(..) => Self::Lookup(Box::default()),
            Self::SavingVehicle(origin, ..) | Self::Relisting(origin, ..) => origin.into_state(None),
            Self::Requesting(vehicle, label, _) => Self::RequestFailed(vehicle, label, Notice::SessionExpired),
            Self::Confirming(sale, ..) | Self::Review(sale, ..) | Self::PriceChanged(sale, ..) | Self::NotTaken(sale, _) => {
                Self::Offers(sale, Poll::stopped())
            }
            Self::Sending(sale, payment, _) | Self::PageReady(sale, payment, _) | Self::Checking(sale, payment, _) => {
                Self::Unsettled(sale, payment)
            }
            state => state,
        }
    }

    /// Whether the state waits for this call.
    pub(super) fn awaits(&self, attempt: Attempt) -> bool {
        match self {
            Self::SendingCode(_, _, of)
            | Self::Resending(_, of)
            | Self::Verifying(_, of)
            | Self::SavingProfile(_, of)
            | Self::LookingUp(_, of)
            | Self::SavingVehicle(_, _, of)
            | Self::Relisting(_, _, of)
            | Self::Requesting(_, _, of)
            | Self::Sending(_, _, of) => *of == attempt,
            Self::Opening(opening) => opening.awaits(attempt),
            Self::SavingConsents(pending) => pending.iter().any(|(of, _)| *of == attempt),
            Self::Offers(_, poll) | Self::Detail(_, poll, _) => poll.pending == Some(attempt),
            Self::Confirming(_, deal, of) => *of == attempt || deal.documents.awaits(attempt),
            Self::Review(_, deal) | Self::PriceChanged(_, deal, _) => deal.documents.awaits(attempt),
            Self::Checking(_, _, check) => check.pending == attempt,
            Self::Issued(_, issued) => [issued.details_pending, issued.document_pending, issued.mail.pending()].contains(&Some(attempt)),
            Self::Waiting
            | Self::Identify(_)
            | Self::Code(_)
            | Self::Consents(_)
            | Self::Profile(_)
            | Self::Vehicles(_)
            | Self::Lookup(_)
            | Self::Found(_)
            | Self::ByHand(_)
            | Self::RequestFailed(..)
            | Self::PageReady(..)
            | Self::Unsettled(..)
            | Self::NotTaken(..)
            // It asks by itself who was answered.
            | Self::Mine(_)
            | Self::SignedOut => false,
        }
    }
}

impl SigningIn {
    pub(super) fn new(then: Then) -> Box<Self> {
        Box::new(Self { then, errors: Vec::new(), notice: None })
    }

    /// The form for who signs in again, to go on where this state is left.
    pub(super) fn after(state: State) -> Box<Self> {
        match state {
            State::Identify(signing_in) | State::SendingCode(signing_in, ..) => Self::new(signing_in.then),
            State::Code(code) | State::Resending(code, _) | State::Verifying(code, _) => Self::new(code.then),
            State::Opening(opening) => Self::new(opening.then),
            state => Self::new(Then::Back(Box::new(state.at_rest()))),
        }
    }

    /// The same form with a message.
    pub(super) fn saying(mut self: Box<Self>, notice: Notice) -> Box<Self> {
        self.notice = Some(notice);
        self
    }
}

impl Sale {
    pub(super) fn new(proposal: ProposalId, vehicle: Option<Box<VehicleLabel>>) -> Self {
        let (chosen, marked, too_many, called, arrangement) = (None, Vec::new(), false, Vec::new(), Arrangement::default());
        Self {
            vehicle,
            proposal,
            products: Vec::new(),
            total: None,
            plans: Vec::new(),
            chosen,
            marked,
            too_many,
            called,
            arrangement,
            notice: None,
        }
    }
}

impl Poll {
    /// Asking has not begun, or has ended.
    pub(super) fn stopped() -> Box<Self> {
        Box::new(Self { began: 0, pending: None, quiet_reads: 0, failed_reads: 0, done: false, late: false })
    }
}

impl Config {
    pub(super) fn asks_for(&self, consent: Consent) -> bool {
        consent == Consent::Kvkk || self.offers_etk
    }
}
