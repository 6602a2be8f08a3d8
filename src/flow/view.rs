//! What the page shows: the values behind the texts, what can be pressed, and what is wrong. The one thing a user interface reads.

mod details;
mod draw;
pub(super) mod mine;
mod offers;
mod own;
mod payment;

pub use draw::support_code;
pub(super) use draw::view;
pub use own::{MineView, OwnPolicyView, OwnProposalView, ResumeView};
pub use payment::{AwayView, ChangedView, CheckView, MailView, NotTakenView, PaymentTimes, PolicyView, ReviewView};

use std::rc::Rc;

use super::event::Arrangement;
use super::field::{Field, FieldError, Wrong};
use super::notice::Notice;
use crate::domain::{CaseId, CoverageValue, Date, FuelType, Money, Plate, ProductId, UtilizationStyle, VehicleId};
use crate::endpoint::Choice;
use crate::later::Apart;

/// One picture of the sale.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowView {
    /// Which screen, with what is on it.
    pub screen: Screen,
    /// Where in the sale it is.
    pub step: Step,
    /// There is a way back.
    pub can_go_back: bool,
    /// There is a session.
    pub signed_in: bool,
    /// There is something of the customer's to drop: the session, or what is kept for whoever signs in again.
    pub can_sign_out: bool,
    /// Which sale of this page it is. What was typed in an earlier one is not the next customer's to find.
    pub begun: u32,
    /// A message above everything else.
    pub notice: Option<Notice>,
    /// The case in which the agency sees this customer, for whoever speaks with the agency about the sale.
    pub case: Option<CaseId>,
}

/// The five steps of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Who buys.
    You,
    /// Which vehicle.
    Vehicle,
    /// Which offer.
    Offers,
    /// Payment.
    Payment,
    /// The policy.
    Policy,
}

/// A screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Screen {
    /// Nothing yet.
    Blank,
    /// Identity number, birth date, phone.
    Identify(IdentifyView),
    /// The code from the SMS.
    Code(CodeView),
    /// What is on file is being read; or could not be.
    Opening,
    /// Consents.
    Consents(ConsentsView),
    /// What the API lacks about the customer.
    Profile(ProfileView),
    /// Vehicles on file.
    Vehicles(Vec<(VehicleId, VehicleLabel)>),
    /// Plate and serial.
    Lookup(LookupView),
    /// Is this your vehicle?
    Found(FoundView),
    /// The details, typed.
    ByHand(Box<ByHandView>),
    /// The offers.
    Offers(OffersView),
    /// What one offer covers.
    Coverages(Box<CoveragesView>),
    /// Offers side by side.
    Comparison(ComparisonView),
    /// The agency will call.
    Called(CalledView),
    /// The last look before paying.
    Review(Box<ReviewView>),
    /// The price changed.
    PriceChanged(ChangedView),
    /// The payment page can be opened.
    Ready(AwayView),
    /// The customer is on the payment page.
    Away(AwayView),
    /// The result is being asked for.
    Checking(CheckView),
    /// The result is not known.
    Unknown(CheckView),
    /// Not bought.
    NotTaken(NotTakenView),
    /// Bought.
    Policy(PolicyView),
    /// What the customer has already.
    Mine(Apart<MineView>),
    /// Signed out.
    SignedOut,
}

/// A form that only has errors and may be busy.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FormView {
    /// What is wrong, in the order of the fields.
    pub errors: Vec<FieldError>,
    /// An answer is awaited.
    pub busy: bool,
}

/// The consents that are not on file.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsentsView {
    /// Errors and business.
    pub form: FormView,
    /// The processing of personal data is asked for.
    pub kvkk: bool,
    /// Commercial messages are asked for.
    pub etk: bool,
}

/// What is known about the customer, masked, and what is not.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfileView {
    /// Errors and business.
    pub form: FormView,
    /// A person has a name to be asked for; a company's is the register's.
    pub person: bool,
    /// The name on file: `A•••• Y•••••`.
    pub name: Option<String>,
    /// The address on file: `a•••@ornek.com`.
    pub email: Option<String>,
    /// Cities to choose from, if there is none on file; none yet while they are being read.
    pub cities: Option<Rc<Vec<Choice>>>,
}

/// Plate and serial.
#[derive(Debug, Clone, PartialEq)]
pub struct LookupView {
    /// Errors and business.
    pub form: FormView,
    /// The customer can go on with a vehicle that has no plate yet.
    pub without_plate: bool,
}

/// The identity form.
#[derive(Debug, Clone, PartialEq)]
pub struct IdentifyView {
    /// Errors and business.
    pub form: FormView,
    /// Why the customer, who was here before, is asked again.
    pub again: Option<Again>,
}

/// What signing in once more leads back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// Where the session ended.
    Sale,
    /// The result of a payment.
    Payment,
}

/// The code form.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeView {
    /// Where the code went: `0532 ••• •• 67`.
    pub phone: String,
    /// It went there; else it is still to be asked for.
    pub sent: bool,
    /// When another one can be asked for, in milliseconds of the clock that only goes forward.
    pub resend_at_ms: u64,
    /// No tries are left.
    pub locked: bool,
    /// The code is being checked.
    pub busy: bool,
    /// Changes with every code that was sent and every try that failed: the field is empty again.
    pub serial: u64,
    /// The session had ended: there is something to go on with.
    pub again: bool,
    /// The vehicle the customer was at when the session ended.
    pub vehicle: Option<Box<VehicleLabel>>,
}

/// A vehicle in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VehicleLabel {
    /// Its plate, if it has one.
    pub plate: Option<Plate>,
    /// "Renault Clio · 2021", with what of it is known.
    pub text: String,
}

/// The vehicle the registry found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundView {
    /// Plate and name.
    pub label: VehicleLabel,
    /// Fuel.
    pub fuel: Option<FuelType>,
    /// Use.
    pub utilization: Option<UtilizationStyle>,
    /// Date of registration.
    pub registered: Option<Date>,
    /// Seats.
    pub seats: Option<u8>,
    /// It is being saved.
    pub busy: bool,
}

/// The typed form of a vehicle.
#[derive(Debug, Clone, PartialEq)]
pub struct ByHandView {
    /// Errors and business.
    pub form: FormView,
    /// The vehicle has no plate yet: the province stands in its place, and there is no serial.
    pub without_plate: bool,
    /// What is known already, to begin with.
    pub filled: super::VehicleForm,
    /// The registry hides the engine number: it may be left blank.
    pub engine_masked: bool,
    /// The registry hides the chassis number: it may be left blank.
    pub chassis_masked: bool,
    /// Makes; empty while they are read.
    pub brands: Vec<Choice>,
    /// Models of the make and year they were asked for.
    pub models: Option<(String, String, Vec<Choice>)>,
    /// Models are being read.
    pub models_busy: bool,
    /// Makes or models could not be read.
    pub lists_failed: bool,
}

/// The offers.
#[derive(Debug, Clone, PartialEq)]
pub struct OffersView {
    /// What is insured.
    pub vehicle: Option<Box<VehicleLabel>>,
    /// One for each product: cheapest first, then those that are awaited, then those that can't be bought.
    pub offers: Vec<Rc<OfferView>>,
    /// How many have answered …
    pub answered: usize,
    /// … of so many.
    pub total: usize,
    /// Whether each one so far has answered with an offer, in the order of the ticks: yes, no, not yet.
    pub ticks: Vec<Option<bool>>,
    /// Nobody is asked any more.
    pub done: bool,
    /// Some insurers take longer than usual.
    pub late: bool,
    /// The insurers could not be asked at all.
    pub failed: bool,
    /// So many have a price …
    pub ready: usize,
    /// … and so many are not shown, as the customer wants to see others only.
    pub hidden: usize,
    /// How the list is looked at.
    pub arrangement: Arrangement,
    /// None of them may be sold on this page: prices are for information.
    pub quote_only: bool,
    /// Some can be bought here and others can't: it makes sense to ask for those only.
    pub splits_online: bool,
    /// The same with instalments.
    pub splits_instalments: bool,
    /// So many are marked to be compared …
    pub marked: usize,
    /// … and there was to be one more than can be.
    pub too_many: bool,
}

/// One offer.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferView {
    /// Names it.
    pub id: ProductId,
    /// Who offers.
    pub insurer: String,
    /// Address of the insurer's logo, where the agency may show it.
    pub logo: Option<String>,
    /// What.
    pub product: String,
    /// Where it stands.
    pub state: OfferState,
    /// What can be done with it.
    pub action: Action,
    /// The cheapest of all that are shown in lira.
    pub lowest: bool,
    /// No-claims discount.
    pub no_claims: bool,
    /// Occupation discount.
    pub occupation: bool,
    /// What of the cover is worth a tick or a cross.
    pub covers: Vec<Cover>,
    /// The customer chose it last.
    pub chosen: bool,
    /// It is to be compared.
    pub marked: bool,
    /// The agency can be asked to call about it.
    pub call_me: bool,
    /// The offer as a document.
    pub document: DocumentView,
}

/// A document that is fetched when somebody wants it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum DocumentView {
    /// Nobody asked for it, or it could not be had.
    #[default]
    None,
    /// It is being asked for.
    Busy,
    /// Its address.
    There(String),
}

/// What an offer covers.
#[derive(Debug, Clone, PartialEq)]
pub struct CoveragesView {
    /// The offer.
    pub offer: OfferView,
    /// Covers by the name the API gives them, in its order; releases add names.
    pub covers: Vec<(String, CoverageValue)>,
    /// They are being read.
    pub busy: bool,
    /// They could not be read.
    pub failed: bool,
    /// The information form.
    pub information: DocumentView,
    /// One of the documents could not be had.
    pub document_failed: bool,
}

/// Offers side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparisonView {
    /// Two or three.
    pub offers: Vec<OfferView>,
    /// One row per cover and per number of instalments, each with a value for each offer.
    pub rows: Vec<ComparedView>,
    /// What the offers cover is being read.
    pub busy: bool,
    /// It could not be read of all of them.
    pub failed: bool,
}

/// One row of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedView {
    /// What is compared.
    pub row: Compared,
    /// Not all are the same.
    pub differs: bool,
}

/// What is compared; an offer that says nothing about it has none.
#[derive(Debug, Clone, PartialEq)]
pub enum Compared {
    /// A cover by the name the API gives it.
    Cover(String, Vec<Option<CoverageValue>>),
    /// One instalment of so many.
    Plan(u8, Vec<Option<Money>>),
}

/// The agency will call.
#[derive(Debug, Clone, PartialEq)]
pub struct CalledView {
    /// About whose offer.
    pub insurer: String,
    /// About which.
    pub product: String,
    /// Where: `0532 ••• •• 67`.
    pub phone: String,
    /// To be told to the agency.
    pub support_code: String,
}

/// Where an offer stands.
#[derive(Debug, Clone, PartialEq)]
pub enum OfferState {
    /// The insurer has not answered.
    Waiting,
    /// The insurer makes no offer, and may say why.
    Failed(Option<String>),
    /// A price; the chosen plan is the one with this number of instalments.
    Priced {
        /// Every plan that has a price.
        plans: Vec<PlanView>,
        /// Number of instalments of the chosen one.
        chosen: u8,
    },
    /// An offer whose price can't be shown.
    NoPrice,
}

/// An instalment plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanView {
    /// Number of instalments; 1 is paid at once.
    pub instalments: u8,
    /// All of it.
    pub total: Money,
    /// One of them, rounded down to the kuruş.
    pub each: Money,
}

/// What can be done with an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Bought.
    Buy,
    /// The agency is called.
    Call(Reason),
    /// The insurer is asked again.
    Retry,
    /// Nothing.
    None,
}

/// Why an offer can't be bought here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A robot fetched it; people finish it.
    Robot,
    /// Not sold online on this site, or not with a way of paying that exists here.
    Offline,
    /// The insurer must look at it first.
    Investigation,
    /// Its price may not be shown here.
    Hidden,
}

impl Reason {
    /// Name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Robot => "robot",
            Self::Offline => "not-sold-online",
            Self::Investigation => "investigation",
            Self::Hidden => "hidden",
        }
    }
}

/// A cover worth a tick or a cross.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cover {
    /// Liability beyond the compulsory one, up to so many minor units; none is without limit.
    Liability(Option<i64>),
    /// A replacement car, or none.
    RentalCar(bool),
    /// Nothing is deducted from a claim.
    NoDeductible,
}

impl Screen {
    /// Name for programs: in `insurup:step` events, and to tell whether the screen changed.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Blank => "start",
            Self::Identify(_) => "identify",
            Self::Code(_) => "code",
            Self::Opening => "opening",
            Self::Consents(_) => "consents",
            Self::Profile(_) => "profile",
            Self::Vehicles(_) => "vehicles",
            Self::Lookup(_) => "vehicle-lookup",
            Self::Found(_) => "vehicle-found",
            Self::ByHand(view) if view.without_plate => "vehicle-noplate",
            Self::ByHand(_) => "vehicle-byhand",
            Self::Offers(_) => "offers",
            Self::Coverages(_) => "coverages",
            Self::Comparison(_) => "comparison",
            Self::Called(_) => "call-requested",
            Self::Review(_) => "review",
            Self::PriceChanged(_) => "price-changed",
            Self::Ready(_) => "payment-ready",
            Self::Away(_) => "payment-away",
            Self::Checking(_) => "checking",
            Self::Unknown(_) => "unknown",
            Self::NotTaken(_) => "not-completed",
            Self::Policy(_) => "policy",
            Self::Mine(_) => "mine",
            Self::SignedOut => "signed-out",
        }
    }
}

/// Whether an error belongs to a field; for the summary of errors.
#[must_use]
pub fn error_of(errors: &[FieldError], field: Field) -> Option<&Wrong> {
    errors.iter().find(|error| error.field == field).map(|error| &error.wrong)
}
