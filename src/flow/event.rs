//! What can happen to a sale, and what the sale then asks for.

use super::Consent;
use super::field::Field;
use super::view::Reason;
use crate::domain::normalise::{decimal, join};
use crate::domain::{InsurerId, MobilePhone, PolicyId, ProductId, ProposalId, Secret, VehicleId};
use crate::endpoint::{Answer, Call};
use crate::transport::Failure;

/// Names one request or timer of the flow. An outcome that carries another number than the state waits for is late, and dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Attempt(pub u32);

/// The time at which an event happened; the flow itself has no clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Now {
    /// Milliseconds of a clock that only goes forward: everything that is measured.
    pub ms: u64,
    /// Milliseconds since 1970: only for calendar days.
    pub unix_ms: i64,
}

/// As what a customer signs in; decides which number identifies them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityKind {
    /// A citizen, also one with a business of their own.
    Individual,
    /// A foreigner.
    Foreign,
    /// A company, for which somebody signs in with their own phone.
    Company,
}

impl IdentityKind {
    /// The field of the number.
    #[must_use]
    pub fn field(self) -> Field {
        match self {
            Self::Individual => Field::Tckn,
            Self::Foreign => Field::ForeignId,
            Self::Company => Field::Vkn,
        }
    }
}

/// What the customer wrote about themselves, as written.
#[derive(Debug)]
pub struct IdentityForm {
    /// Who signs in.
    pub kind: IdentityKind,
    /// Identity number, foreigner identity or passport number, tax number.
    pub number: Secret<String>,
    /// Date of birth, dd.mm.yyyy. A company has none.
    pub birth_date: Secret<String>,
    /// Mobile phone.
    pub phone: Secret<String>,
}

/// What the customer wrote about a vehicle, as written.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct VehicleForm {
    /// Plate, or only the number of the province (01 to 81) for a vehicle that has none yet.
    pub plate: String,
    /// Registration serial.
    pub serial: String,
    /// Value of the chosen make.
    pub brand: String,
    /// Model year.
    pub year: String,
    /// Value of the chosen model.
    pub model: String,
    /// Wire value of the fuel.
    pub fuel: String,
    /// Wire value of the use.
    pub utilization: String,
    /// Engine number.
    pub engine: String,
    /// Chassis number.
    pub chassis: String,
    /// Date of registration, dd.mm.yyyy.
    pub registered: String,
    /// Number of seats.
    pub seats: String,
}

/// How the list of offers is looked at.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Arrangement {
    /// What comes first.
    pub order: Order,
    /// Only what can be bought here.
    pub online: bool,
    /// Only what can be paid in instalments.
    pub instalments: bool,
}

/// By what offers of equal standing are sorted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The cheapest first.
    #[default]
    Price,
    /// By the insurers' names.
    Name,
}

/// Everything that can happen.
#[derive(Debug)]
pub enum Event {
    /// The widget is on the page. A record means that an earlier page of this tab had sent a purchase.
    Started(Option<Journal>),
    /// The identity form was sent.
    SubmitIdentity(Box<IdentityForm>),
    /// The code was sent.
    SubmitCode(Secret<String>),
    /// Another code, please.
    ResendCode,
    /// Back to the identity form to change the number.
    ChangeNumber,
    /// The consent screen was left forwards, with what is ticked.
    SubmitConsents {
        /// Personal data.
        kvkk: bool,
        /// Commercial messages.
        etk: bool,
    },
    /// What the API lacks about the customer was sent. What is left as it is on file is `None`.
    SubmitProfile {
        /// Full name.
        name: Option<String>,
        /// E-mail address.
        email: Option<String>,
        /// The city of the address, one of [`ProfileView::cities`](super::ProfileView::cities).
        city: Option<String>,
    },
    /// On without it.
    SkipProfile,
    /// A saved vehicle was chosen.
    ChooseVehicle(VehicleId),
    /// Another vehicle than the saved ones.
    AddVehicle,
    /// Plate and serial were sent.
    SubmitLookup {
        /// Plate, as written.
        plate: String,
        /// Registration serial, as written.
        serial: String,
    },
    /// The details will be typed.
    TypeByHand,
    /// The vehicle has no plate yet: its details will be typed, with the province in place of plate and serial.
    WithoutPlate,
    /// The vehicle that was found is the right one.
    ConfirmVehicle,
    /// Make and year are chosen: which models are there?
    ChooseModels {
        /// Value of the make.
        brand: String,
        /// Model year, as written.
        year: String,
    },
    /// The vehicle form was sent.
    SubmitVehicle(Box<VehicleForm>),
    /// An instalment plan of an offer.
    ChoosePlan {
        /// The offer.
        product: ProductId,
        /// Number of instalments; 1 is paid at once.
        instalments: u8,
    },
    /// Another instalment plan of the offer that is being reviewed.
    ChooseInstalments(u8),
    /// An offer was chosen.
    PickOffer(ProductId),
    /// The customer wants to go on waiting for insurers that are late.
    KeepWaiting,
    /// The insurer of this offer, who made none, is to be asked again.
    RetryOffer(ProductId),
    /// All insurers who made no offer are to be asked again.
    RetryOffers,
    /// What does this offer cover?
    ShowCoverages(ProductId),
    /// The document of this offer.
    ShowDocument(ProductId),
    /// An offer is to be compared, or not any more.
    MarkOffer {
        /// The offer.
        product: ProductId,
        /// Whether it is.
        marked: bool,
    },
    /// The marked offers side by side.
    CompareOffers,
    /// The list in another order, or only some of it.
    Arrange(Arrangement),
    /// The agency is to call about this offer.
    RequestCall(ProductId),
    /// The one press that confirms amount and payment.
    Pay {
        /// The customer ticked that the documents were read.
        acknowledged: bool,
    },
    /// The payment page was opened by the customer's click.
    PageOpened,
    /// Back from the payment page, by whatever way: proves nothing, wakes the check.
    Returned,
    /// Check the result now.
    CheckNow,
    /// "I decided not to pay": also only leads to the check.
    GaveUp,
    /// Pay the same offer again, after a payment that the API says was not completed.
    PayAgain,
    /// What the customer has with the agency already: open offers and policies.
    ShowMine,
    /// Carry on with these open offers.
    ResumeProposal(ProposalId),
    /// The document of this policy of the list.
    ShowPolicyDocument(PolicyId),
    /// Send the offer's documents by e-mail: to this address, or to the one on file.
    SendOffer(Option<String>),
    /// Send the policy by e-mail: to this address, or to the one on file.
    SendPolicy(Option<String>),
    /// One screen back.
    Back,
    /// Once more what just failed.
    Retry,
    /// The customer signs out.
    SignOut,
    /// The session has had its time, or the customer was away for too long.
    TimedOut,
    /// The page is no longer in view.
    Hidden,
    /// The page is in view again.
    Shown,
    /// Whether the agency found that the phone is the customer's.
    PhoneVerified(Attempt, bool),
    /// A sign-in or a code was accepted; the session has its tokens.
    SignedIn(Attempt),
    /// A call ended.
    Answered(Attempt, Result<Answer, Failure>),
    /// A wait is over.
    TimerFired(Attempt),
    /// A lock was asked for: it is held now, or another tab of this browser holds it.
    Locked(Attempt, bool),
}

impl Event {
    /// Whether what answers to it may be loaded later: whoever sends it sees to it that it is there.
    #[must_use]
    pub fn needs_later(&self) -> bool {
        self.is_of_list()
            || matches!(
                self,
                Self::TypeByHand | Self::WithoutPlate | Self::SubmitVehicle(_) | Self::SendOffer(_) | Self::SendPolicy(_) | Self::ShowMine
            )
    }

    /// Whether it is about a single offer, or about the list as a whole.
    pub(super) fn is_of_list(&self) -> bool {
        matches!(
            self,
            Self::RetryOffer(_)
                | Self::RetryOffers
                | Self::ShowCoverages(_)
                | Self::ShowDocument(_)
                | Self::MarkOffer { .. }
                | Self::CompareOffers
                | Self::Arrange(_)
                | Self::RequestCall(_)
        )
    }
}

/// What the flow asks the world for.
#[derive(Debug)]
pub enum Command {
    /// Call the API; the outcome comes back with the same number.
    Call(Attempt, Call),
    /// Let the agency verify that this phone is the customer's; [`Event::PhoneVerified`] comes back with the same number.
    VerifyPhone(Attempt, MobilePhone),
    /// Come back after so many milliseconds.
    Wait(Attempt, u32),
    /// Keep this record over a reload of this tab.
    StoreJournal(Journal),
    /// Drop the record.
    ForgetJournal,
    /// Send this event as soon as what answers to it is there: the sale goes on with it by itself.
    GoOn(Event),
    /// Drop the tokens.
    EndSession,
    /// The sale is complete: tell the page around the widget.
    Completed,
    /// The API has recorded a consent that the customer ticked: tell the page around the widget, for its own records.
    ConsentGiven(Consent),
    /// The customer wants to be called about this offer of this insurer: tell the page around the widget.
    CallRequested(ProductId, InsurerId, Reason),
    /// Keep other tabs of this browser from this until it is unlocked; [`Event::Locked`] comes back with the same number.
    Lock(Attempt, Lock),
    /// The lock with this number is not needed any more, whether or not it was ever held.
    Unlock(Attempt),
}

/// What only one tab of this browser may do at a time (decision 4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lock {
    /// Looking for a case and creating one: a second tab waits, and then finds the first one's.
    Case,
    /// Buying this offer: a second tab is refused.
    Purchase(ProductId),
    /// Going on with the session that began at this moment, in milliseconds since 1970: a duplicate of the tab that left it is refused.
    Session(i64),
}

impl Lock {
    /// Its name among all locks of the page's origin, where the page's own scripts can read it: no word about a person.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Case => "insurup-checkout:case".to_owned(),
            Self::Purchase(product) => join("insurup-checkout:purchase:", product.as_str(), ""),
            Self::Session(began) => join("insurup-checkout:session:", &decimal(*began), ""),
        }
    }

    /// Whether a tab that comes second waits for its turn.
    #[must_use]
    pub fn waits(&self) -> bool {
        matches!(self, Self::Case)
    }
}

/// A purchase that was sent, so that no reload can forget it or send it twice. Holds ids only, nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// The proposal.
    pub proposal: ProposalId,
    /// The product that was being bought.
    pub product: ProductId,
    /// The instalment plan.
    pub instalments: u8,
    /// An earlier purchase of this offer had failed when this one was sent: that failure says nothing about this one.
    pub failed_before: bool,
}
