//! What the page shows: the values behind the texts, what can be pressed, and what is wrong. The one thing a user interface reads.

use super::Flow;
use super::field::{Field, FieldError, Wrong};
use super::notice::Notice;
use super::purchase::{Deal, Document};
use super::sign_in::{Then, on_file};
use super::state::{Sale, State};
use super::vehicle::describe_found;
use crate::domain::{CoverageValue, Date, FuelType, Money, Plate, ProductId, ProductState, ProductType, UtilizationStyle, VehicleId};
use crate::endpoint::Choice;
use crate::endpoint::proposals::Product;
use crate::endpoint::vehicles::FoundVehicle;

/// One picture of the sale.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowView {
    /// Which screen, with what is on it.
    pub screen: Screen,
    /// Where in the sale it is.
    pub step: Step,
    /// There is a way back.
    pub can_go_back: bool,
    /// There is a session to end.
    pub signed_in: bool,
    /// A message above everything else.
    pub notice: Option<Notice>,
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
    Consents(FormView),
    /// Vehicles on file.
    Vehicles(Vec<(VehicleId, VehicleLabel)>),
    /// Plate and serial.
    Lookup(FormView),
    /// Is this your vehicle?
    Found(FoundView),
    /// The details, typed.
    ByHand(Box<ByHandView>),
    /// The offers.
    Offers(OffersView),
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
    /// When another one can be asked for, in milliseconds of the clock that only goes forward.
    pub resend_at_ms: u64,
    /// No tries are left.
    pub locked: bool,
    /// The code is being checked.
    pub busy: bool,
    /// Changes with every code that was sent and every try that failed: the field is empty again.
    pub serial: u64,
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
    pub offers: Vec<OfferView>,
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
}

/// One offer.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferView {
    /// Names it.
    pub id: ProductId,
    /// Who offers.
    pub insurer: String,
    /// What.
    pub product: String,
    /// Where it stands.
    pub state: OfferState,
    /// What can be done with it.
    pub action: Action,
    /// The cheapest of all that are shown.
    pub lowest: bool,
    /// No-claims discount.
    pub no_claims: bool,
    /// Occupation discount.
    pub occupation: bool,
    /// What of the cover is worth a tick or a cross.
    pub covers: Vec<Cover>,
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
    /// The result was last asked for then, in milliseconds since 1970.
    pub last_read_unix_ms: Option<i64>,
}

/// The result is awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckView {
    /// The payment page had been opened.
    pub opened: bool,
    /// The result was last asked for then, in milliseconds since 1970.
    pub last_read_unix_ms: Option<i64>,
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
            Self::Vehicles(_) => "vehicles",
            Self::Lookup(_) => "vehicle-lookup",
            Self::Found(_) => "vehicle-found",
            Self::ByHand(_) => "vehicle-byhand",
            Self::Offers(_) => "offers",
            Self::Review(_) => "review",
            Self::PriceChanged(_) => "price-changed",
            Self::Ready(_) => "payment-ready",
            Self::Away(_) => "payment-away",
            Self::Checking(_) => "checking",
            Self::Unknown(_) => "unknown",
            Self::NotTaken(_) => "not-completed",
            Self::Policy(_) => "policy",
            Self::SignedOut => "signed-out",
        }
    }
}

pub(super) fn view(flow: &Flow) -> FlowView {
    let (screen, step, can_go_back, notice) = draw(flow);
    FlowView { screen, step, can_go_back, signed_in: flow.state.is_signed_in(), notice }
}

fn draw(flow: &Flow) -> (Screen, Step, bool, Option<Notice>) {
    let form = |errors: &[FieldError], busy: bool| FormView { errors: errors.to_vec(), busy };
    match &flow.state {
        State::Waiting => (Screen::Blank, Step::You, false, None),
        State::Identify(signing_in) => (
            Screen::Identify(IdentifyView { form: form(&signing_in.errors, false), again: signing_in.again() }),
            Step::You,
            false,
            signing_in.notice.clone(),
        ),
        State::SendingCode(signing_in, ..) => {
            (Screen::Identify(IdentifyView { form: form(&[], true), again: signing_in.again() }), Step::You, false, None)
        }
        State::Code(code) => (Screen::Code(code.view(flow, false)), Step::You, true, code.notice.clone()),
        State::Resending(code, _) => (Screen::Code(code.view(flow, false)), Step::You, false, None),
        State::Verifying(code, _) => (Screen::Code(code.view(flow, true)), Step::You, false, None),
        State::Opening(opening) => (Screen::Opening, Step::You, false, opening.failed().cloned()),
        State::Consents(errors) => (Screen::Consents(form(errors, false)), Step::You, false, None),
        State::SavingConsents(_) => (Screen::Consents(form(&[], true)), Step::You, false, None),
        State::Vehicles(notice) => {
            let vehicles = on_file(flow).iter().map(|vehicle| (vehicle.id.clone(), super::vehicle_label(vehicle))).collect();
            (Screen::Vehicles(vehicles), Step::Vehicle, false, notice.clone())
        }
        State::Lookup(lookup) => {
            (Screen::Lookup(form(&lookup.errors, false)), Step::Vehicle, !on_file(flow).is_empty(), lookup.notice.clone())
        }
        State::LookingUp(..) => (Screen::Lookup(form(&[], true)), Step::Vehicle, true, None),
        State::Found(found) => (Screen::Found(found.view(false)), Step::Vehicle, true, found.notice.clone()),
        State::ByHand(by_hand) => (Screen::ByHand(Box::new(by_hand.view(flow, false))), Step::Vehicle, true, by_hand.notice.clone()),
        State::SavingVehicle(origin, ..) | State::Relisting(origin, ..) => match origin {
            super::vehicle::Origin::Found(found) => (Screen::Found(found.view(true)), Step::Vehicle, false, None),
            super::vehicle::Origin::ByHand(by_hand) => (Screen::ByHand(Box::new(by_hand.view(flow, true))), Step::Vehicle, false, None),
        },
        State::Requesting(_, label, _) => (Screen::Offers(OffersView::empty(label, false)), Step::Offers, false, None),
        State::RequestFailed(_, label, notice) => {
            (Screen::Offers(OffersView::empty(label, true)), Step::Offers, true, Some(notice.clone()))
        }
        State::Offers(sale, poll) => (Screen::Offers(offers(flow, sale, poll)), Step::Offers, true, sale.notice.clone()),
        State::Review(sale, deal) => {
            let Deal { choice, documents } = &**deal;
            let view = review(flow, sale, &choice.product, documents, false);
            let missing = !documents.may_pay() && !view.documents_busy;
            let notice = sale.notice.clone().or_else(|| missing.then_some(Notice::NoDocument));
            (Screen::Review(Box::new(view)), Step::Payment, true, notice)
        }
        State::Confirming(sale, deal, _) => {
            let Deal { choice, documents } = &**deal;
            (Screen::Review(Box::new(review(flow, sale, &choice.product, documents, true))), Step::Payment, false, None)
        }
        State::Sending(sale, payment, _) => {
            let mut view = review(flow, sale, &payment.choice.product, &super::purchase::Documents::default(), true);
            view.sending = true;
            (Screen::Review(Box::new(view)), Step::Payment, false, None)
        }
        State::PriceChanged(sale, deal, old) => {
            let product = sale.product(&deal.choice.product);
            let new = product.and_then(|product| sale.plan(product)).map_or(*old, |(_, price)| price);
            (Screen::PriceChanged(ChangedView { insurer: insurer(product), old: *old, new }), Step::Payment, true, None)
        }
        State::PageReady(sale, payment, page) => (Screen::Ready(away(sale, payment, page, None)), Step::Payment, false, None),
        State::Checking(sale, payment, check) => match &check.away {
            Some(page) => (Screen::Away(away(sale, payment, page, check.last_read_unix_ms)), Step::Payment, false, None),
            None => (Screen::Checking(checking(sale, payment, check.last_read_unix_ms)), Step::Payment, false, None),
        },
        State::Unsettled(sale, payment) => (Screen::Unknown(checking(sale, payment, None)), Step::Payment, false, None),
        State::NotTaken(sale, settled) => {
            let product = sale.product(&settled.choice.product);
            let view = NotTakenView {
                insurer: insurer(product),
                amount: product.and_then(|product| sale.plan(product)).map(|(_, price)| price),
                reason: settled.reason.clone(),
                not_started: settled.not_started,
                can_retry: settled.retry,
                retry_at_ms: settled.retry_at,
                in_a_row: flow.failures.in_a_row,
                support_code: support_code(sale),
            };
            (Screen::NotTaken(view), Step::Payment, true, None)
        }
        State::Issued(sale, issued) => {
            let details = issued.details.as_ref();
            let view = PolicyView {
                insurer: issued.insurer.clone(),
                product: sale
                    .products
                    .iter()
                    .find(|product| product.policy.as_ref() == Some(&issued.policy))
                    .map(|product| product.product_name.clone()),
                vehicle: sale.vehicle.clone(),
                number: details.and_then(|policy| policy.number.clone()),
                start: details.and_then(|policy| policy.start),
                end: details.and_then(|policy| policy.end),
                paid: issued.paid,
                document_url: issued.document.as_ref().map(|url| url.as_str().to_owned()),
            };
            (Screen::Policy(view), Step::Policy, false, issued.signed_out.then_some(Notice::SessionExpired))
        }
        State::SignedOut => (Screen::SignedOut, Step::You, false, None),
    }
}

impl super::state::SigningIn {
    fn again(&self) -> Option<Again> {
        match self.then {
            Then::Begin => None,
            Then::Back(_) => Some(Again::Sale),
            Then::Check(_) => Some(Again::Payment),
        }
    }
}

impl super::state::CodeSent {
    fn view(&self, flow: &Flow, busy: bool) -> CodeView {
        CodeView {
            phone: self.identity.phone.masked(),
            resend_at_ms: flow.sms.next_at(),
            locked: self.tries_left == 0,
            busy,
            serial: self.sent_at + u64::from(self.tries_left),
        }
    }
}

impl super::state::FoundVehicleAt {
    fn view(&self, busy: bool) -> FoundView {
        let vehicle = &self.vehicle;
        FoundView {
            label: VehicleLabel { plate: vehicle.plate.clone(), text: describe_found(vehicle) },
            fuel: vehicle.fuel.clone(),
            utilization: vehicle.utilization.clone(),
            registered: vehicle.registration_date,
            seats: vehicle.seats,
            busy,
        }
    }
}

impl super::vehicle::Form {
    fn view(&self, flow: &Flow, busy: bool) -> ByHandView {
        let masked = |hidden: fn(&FoundVehicle) -> bool| self.found.as_deref().is_some_and(hidden);
        ByHandView {
            form: FormView { errors: self.errors.clone(), busy },
            filled: self.filled.clone(),
            engine_masked: masked(|vehicle| vehicle.engine_masked),
            chassis_masked: masked(|vehicle| vehicle.chassis_masked),
            brands: flow.lists.all_brands.clone(),
            models: flow
                .lists
                .all_models
                .as_ref()
                .map(|(brand, year, models)| (brand.as_str().to_owned(), year.value().to_string(), models.clone())),
            models_busy: flow.lists.reads_models(),
            lists_failed: flow.lists.failed(),
        }
    }
}

impl OffersView {
    fn empty(label: &VehicleLabel, failed: bool) -> Self {
        Self {
            vehicle: Some(Box::new(label.clone())),
            offers: Vec::new(),
            answered: 0,
            total: 0,
            ticks: Vec::new(),
            done: false,
            late: false,
            failed,
        }
    }
}

fn offers(flow: &Flow, sale: &Sale, poll: &super::state::Poll) -> OffersView {
    let mut offers: Vec<_> = sale.products.iter().map(|product| offer(flow, sale, product)).collect();
    if let Some(lowest) = offers.iter().filter_map(OfferView::price).min()
        && let Some(offer) = offers.iter_mut().find(|offer| offer.price() == Some(lowest))
    {
        offer.lowest = true;
    }
    let offers = ranked(offers);
    let ticks: Vec<_> = sale
        .products
        .iter()
        .map(|product| match product.state {
            ProductState::Waiting | ProductState::Unknown(_) => None,
            ProductState::Failed => Some(false),
            _ => Some(true),
        })
        .collect();
    let answered = ticks.iter().filter(|tick| tick.is_some()).count();
    let total = sale.total.map_or(0, |total| usize::try_from(total).unwrap_or(0)).max(ticks.len());
    OffersView { vehicle: sale.vehicle.clone(), offers, answered, total, ticks, done: poll.done, late: poll.late, failed: false }
}

/// In order of rank; offers of equal standing stay in the order in which the API lists them. By insertion: the lists are short, and
/// the library's sort is four times the code.
fn ranked(offers: Vec<OfferView>) -> Vec<OfferView> {
    let mut ranked: Vec<OfferView> = Vec::with_capacity(offers.len());
    for offer in offers {
        let rank = offer.rank();
        let place = ranked.iter().position(|other| other.rank() > rank).unwrap_or(ranked.len());
        ranked.insert(place, offer);
    }
    ranked
}

impl OfferView {
    /// The price of the chosen plan, in minor units.
    fn price(&self) -> Option<i64> {
        let OfferState::Priced { plans, chosen } = &self.state else { return None };
        plans.iter().find(|plan| plan.instalments == *chosen).map(|plan| plan.total.minor())
    }

    fn rank(&self) -> (u8, i64) {
        match (&self.state, &self.action) {
            (OfferState::Priced { .. }, Action::Buy | Action::Call(Reason::Offline)) => (0, self.price().unwrap_or(i64::MAX)),
            (OfferState::Waiting, _) => (1, 0),
            (OfferState::Priced { .. }, _) => (2, self.price().unwrap_or(i64::MAX)),
            (OfferState::NoPrice, _) => (3, 0),
            (OfferState::Failed(_), _) => (4, 0),
        }
    }
}

fn offer(flow: &Flow, sale: &Sale, product: &Product) -> OfferView {
    let may_quote = flow.config.may_quote(&product.insurer);
    let (state, action) = match &product.state {
        ProductState::Waiting | ProductState::Unknown(_) => (OfferState::Waiting, Action::None),
        ProductState::Failed => (OfferState::Failed(product.error_message.clone()), Action::None),
        _ if product.needs_investigation => (OfferState::NoPrice, Action::Call(Reason::Investigation)),
        _ if !may_quote => (OfferState::NoPrice, Action::Call(Reason::Hidden)),
        _ => match sale.plan(product) {
            None => (OfferState::NoPrice, Action::None),
            Some((chosen, _)) => {
                let plans = plans(product);
                let action = if flow.buyable(sale, &product.id).is_some() {
                    Action::Buy
                } else if product.kind == ProductType::WebService {
                    Action::Call(Reason::Offline)
                } else {
                    Action::Call(Reason::Robot)
                };
                (OfferState::Priced { plans, chosen }, action)
            }
        },
    };
    OfferView {
        id: product.id.clone(),
        insurer: product.insurer_name.clone(),
        product: product.product_name.clone(),
        state,
        action,
        lowest: false,
        no_claims: product.no_claims_discount,
        occupation: product.occupation_discount,
        covers: if may_quote { covers(&product.coverage) } else { Vec::new() },
    }
}

fn plans(product: &Product) -> Vec<PlanView> {
    product.premiums.iter().filter_map(|premium| Some(PlanView::new(premium.instalments, premium.gross?))).collect()
}

impl PlanView {
    fn new(instalments: u8, total: Money) -> Self {
        let each = Money::new(total.minor() / i64::from(instalments.max(1)), total.currency());
        Self { instalments, total, each }
    }
}

/// The covers of a kasko that customers compare first.
fn covers(coverage: &[(String, CoverageValue)]) -> Vec<Cover> {
    let value = |name: &str| coverage.iter().find(|(field, _)| field == name).map(|(_, value)| value);
    let mut covers = Vec::new();
    match value("immLimitiAyrimsiz") {
        Some(CoverageValue::Amount(limit)) => covers.push(Cover::Liability(Some(*limit))),
        Some(CoverageValue::Limitless | CoverageValue::HighestLimit) => covers.push(Cover::Liability(None)),
        _ => {}
    }
    match value("kiralikArac") {
        Some(CoverageValue::NotIncluded) => covers.push(Cover::RentalCar(false)),
        None | Some(CoverageValue::Undefined) => {}
        Some(_) => covers.push(Cover::RentalCar(true)),
    }
    if matches!(value("muafiyetOrani"), Some(CoverageValue::NotIncluded | CoverageValue::Percent(0) | CoverageValue::Number(0))) {
        covers.push(Cover::NoDeductible);
    }
    covers
}

fn review(flow: &Flow, sale: &Sale, product: &ProductId, documents: &super::purchase::Documents, busy: bool) -> ReviewView {
    let found = sale.product(product);
    let plan = found.and_then(|product| sale.plan(product)).map(|(instalments, total)| PlanView::new(instalments, total));
    let url = |document: &Document| if let Document::There(url) = document { Some(url.as_str().to_owned()) } else { None };
    ReviewView {
        vehicle: sale.vehicle.clone(),
        insurer: insurer(found),
        product: found.map(|product| product.product_name.clone()).unwrap_or_default(),
        insured: flow.account.as_ref().and_then(|account| account.customer.full_name.as_deref()).map(initials),
        plans: found.map(plans).unwrap_or_default(),
        plan,
        offer_url: url(&documents.offer),
        information_url: url(&documents.information),
        documents_busy: [&documents.offer, &documents.information].into_iter().any(|document| matches!(document, Document::Asked(_))),
        unacknowledged: documents.unacknowledged,
        busy,
        sending: false,
    }
}

/// `Ayşe Yılmaz` becomes `A•••• Y•••••`.
fn initials(name: &str) -> String {
    let mut masked = String::new();
    for word in name.split_whitespace() {
        if !masked.is_empty() {
            masked.push(' ');
        }
        let mut letters = word.chars();
        masked.extend(letters.next());
        masked.extend(letters.map(|_| '•'));
    }
    masked
}

fn away(sale: &Sale, payment: &super::purchase::Payment, page: &super::purchase::PaymentPage, last_read_unix_ms: Option<i64>) -> AwayView {
    AwayView {
        url: page.url.clone(),
        host: page.host.clone(),
        insurer: insurer(sale.product(&payment.choice.product)),
        amount: payment.amount,
        last_read_unix_ms,
    }
}

fn checking(sale: &Sale, payment: &super::purchase::Payment, last_read_unix_ms: Option<i64>) -> CheckView {
    CheckView { opened: payment.opened, last_read_unix_ms, support_code: support_code(sale) }
}

fn insurer(product: Option<&Product>) -> String {
    product.map(|product| product.insurer_name.clone()).unwrap_or_default()
}

/// The last eight characters of the proposal's id: enough for the agency to find it, and nothing about a person.
fn support_code(sale: &Sale) -> String {
    let id = sale.proposal.as_str();
    let start = id.char_indices().rev().nth(7).map_or(0, |(place, _)| place);
    id[start..].to_ascii_uppercase()
}

/// Whether an error belongs to a field; for the summary of errors.
#[must_use]
pub fn error_of(errors: &[FieldError], field: Field) -> Option<&Wrong> {
    errors.iter().find(|error| error.field == field).map(|error| &error.wrong)
}
