//! From the state of a sale to its picture.

use super::offers::{offers, plans};
use super::{
    Again, AwayView, ByHandView, ChangedView, CheckView, CodeView, ConsentsView, FlowView, FormView, FoundView, IdentifyView, LookupView,
    MailView, NotTakenView, OffersView, PlanView, PolicyView, ProfileView, ReviewView, Screen, Step, VehicleLabel,
};
use crate::domain::ProductId;
use crate::domain::normalise::{decimal, parts};
use crate::endpoint::proposals::Product;
use crate::endpoint::vehicles::FoundVehicle;
use crate::flow::field::{Field, FieldError};
use crate::flow::mail::Mail;
use crate::flow::notice::Notice;
use crate::flow::payment_page::PaymentPage;
use crate::flow::purchase::{Deal, Document};
use crate::flow::sign_in::{Then, on_file};
use crate::flow::state::{CodeSent, Sale, SigningIn, State};
use crate::flow::vehicle::{Form, describe_found};
use crate::flow::{CaseStep, Consent, Flow, SessionProfile, vehicle_label};
use crate::later::later;

pub(in crate::flow) fn view(flow: &Flow) -> FlowView {
    let (screen, step, can_go_back, notice) = draw(flow, &flow.state);
    let case = if let CaseStep::Kept(case) = &flow.case { case.clone() } else { None };
    let (signed_in, can_sign_out) = (flow.state.is_signed_in(), flow.state.can_sign_out());
    FlowView { screen, step, can_go_back, signed_in, can_sign_out, begun: flow.begun, notice, case }
}

fn draw(flow: &Flow, state: &State) -> (Screen, Step, bool, Option<Notice>) {
    let form = |errors: &[FieldError], busy: bool| FormView { errors: errors.to_vec(), busy };
    match state {
        State::Waiting => (Screen::Blank, Step::You, false, None),
        State::Identify(signing_in) => {
            let view = IdentifyView { form: form(&signing_in.errors, false), again: signing_in.again() };
            (Screen::Identify(view), Step::You, false, signing_in.notice.clone())
        }
        // Nobody has pressed anything: the session ended, and a code is on its way.
        State::SendingCode(signing_in, ..) if signing_in.notice.is_some() => {
            (Screen::Opening, behind(flow, &signing_in.then).0, false, None)
        }
        State::SendingCode(signing_in, ..) => {
            (Screen::Identify(IdentifyView { form: form(&[], true), again: signing_in.again() }), Step::You, false, None)
        }
        State::Code(code) => code_screen(flow, code, false, true, code.notice.clone()),
        State::Resending(code, _) => code_screen(flow, code, false, false, None),
        State::Verifying(code, _) => code_screen(flow, code, true, false, None),
        State::Opening(opening) => (Screen::Opening, Step::You, false, opening.failed().cloned()),
        State::Consents(errors) => (Screen::Consents(consents(flow, form(errors, false))), Step::You, false, None),
        State::SavingConsents(_) => (Screen::Consents(consents(flow, form(&[], true))), Step::You, false, None),
        State::Profile(errors) => (Screen::Profile(profile(flow, form(errors, false))), Step::You, false, None),
        State::SavingProfile(..) => (Screen::Profile(profile(flow, form(&[], true))), Step::You, false, None),
        State::Vehicles(notice) => {
            let vehicles = on_file(flow).iter().map(|vehicle| (vehicle.id.clone(), vehicle_label(vehicle))).collect();
            (Screen::Vehicles(vehicles), Step::Vehicle, false, notice.clone())
        }
        State::Lookup(lookup) => {
            (Screen::Lookup(look_up(flow, form(&lookup.errors, false))), Step::Vehicle, !on_file(flow).is_empty(), lookup.notice.clone())
        }
        State::LookingUp(..) => (Screen::Lookup(look_up(flow, form(&[], true))), Step::Vehicle, true, None),
        State::Found(found) => (Screen::Found(found.view(false)), Step::Vehicle, true, found.notice.clone()),
        State::ByHand(by_hand) => (Screen::ByHand(typed(flow, by_hand, false)), Step::Vehicle, true, by_hand.notice.clone()),
        State::SavingVehicle(origin, ..) | State::Relisting(origin, ..) => match origin {
            crate::flow::vehicle::Origin::Found(found) => (Screen::Found(found.view(true)), Step::Vehicle, false, None),
            crate::flow::vehicle::Origin::ByHand(by_hand) => (Screen::ByHand(typed(flow, by_hand, true)), Step::Vehicle, false, None),
        },
        State::Requesting(_, label, _) => (Screen::Offers(OffersView::empty(label, false)), Step::Offers, false, None),
        State::RequestFailed(_, label, notice) => {
            (Screen::Offers(OffersView::empty(label, true)), Step::Offers, true, Some(notice.clone()))
        }
        State::Offers(sale, poll) => {
            let notice = sale.notice.clone().or_else(|| flow.details.notice.clone());
            (Screen::Offers(offers(flow, sale, poll)), Step::Offers, true, notice)
        }
        State::Detail(sale, _, detail) => {
            (later(super::details::detail as fn(_, &Sale, _) -> _)(flow, sale, detail), Step::Offers, true, sale.notice.clone())
        }
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
            let mut view = review(flow, sale, &payment.choice.product, &crate::flow::purchase::Documents::default(), true);
            view.sending = true;
            (Screen::Review(Box::new(view)), Step::Payment, false, None)
        }
        State::PriceChanged(sale, deal, old) => {
            let product = sale.product(&deal.choice.product);
            let new = product.and_then(|product| sale.plan(product)).map_or(*old, |(_, price)| price);
            (Screen::PriceChanged(ChangedView { insurer: insurer(product), old: *old, new }), Step::Payment, true, None)
        }
        State::PageReady(sale, payment, page) => (Screen::Ready(away(flow, sale, payment, page)), Step::Payment, false, None),
        State::Checking(sale, payment, check) => match &check.away {
            Some(page) => (Screen::Away(away(flow, sale, payment, page)), Step::Payment, false, None),
            None => (Screen::Checking(checking(sale, payment)), Step::Payment, false, None),
        },
        State::Unsettled(sale, payment) => (Screen::Unknown(checking(sale, payment)), Step::Payment, false, None),
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
                support_code: support_code(sale.proposal.as_str()),
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
                insured: masked_name(flow),
                vehicle: sale.vehicle.clone(),
                number: details.and_then(|policy| policy.number.clone()),
                start: details.and_then(|policy| policy.start),
                end: details.and_then(|policy| policy.end),
                paid: issued.paid,
                document_url: issued.document.as_ref().map(|url| url.as_str().to_owned()),
                mail: if issued.signed_out { None } else { mail(flow, &issued.mail) },
            };
            (Screen::Policy(view), Step::Policy, false, issued.signed_out.then_some(Notice::SessionExpired))
        }
        State::Mine(mine) => mine.draw(),
        State::SignedOut => (Screen::SignedOut, Step::You, false, None),
    }
}

fn profile(flow: &Flow, form: FormView) -> ProfileView {
    let account = flow.account.as_ref();
    ProfileView {
        form,
        person: flow.is_person(),
        name: masked_name(flow),
        email: account.and_then(|account| account.email()).map(|email| email.masked()),
        cities: flow.cities_to_ask(),
    }
}

fn mail(flow: &Flow, mail: &Mail) -> Option<MailView> {
    let mut view = MailView { known: flow.account.as_ref()?.email().map(|email| email.masked()), ..MailView::default() };
    match mail {
        Mail::Unsent => {}
        Mail::Wrong(wrong) => view.form.errors.push(FieldError { field: Field::Email, wrong: wrong.clone() }),
        Mail::Sending(..) => view.form.busy = true,
        Mail::Sent(to) => view.sent = Some(to.clone()),
        Mail::Failed => view.failed = true,
    }
    Some(view)
}

fn consents(flow: &Flow, form: FormView) -> ConsentsView {
    ConsentsView { form, kvkk: flow.lacks(Consent::Kvkk), etk: flow.lacks(Consent::Etk) }
}

fn look_up(flow: &Flow, form: FormView) -> LookupView {
    LookupView { form, without_plate: flow.knows_no_plate() }
}

impl SigningIn {
    fn again(&self) -> Option<Again> {
        match self.then {
            Then::Begin => None,
            Then::Back(_) => Some(Again::Sale),
            Then::Check(_) => Some(Again::Payment),
        }
    }
}

fn code_screen(
    flow: &Flow,
    code: &CodeSent,
    busy: bool,
    can_go_back: bool,
    notice: Option<Notice>,
) -> (Screen, Step, bool, Option<Notice>) {
    let (step, vehicle) = behind(flow, &code.then);
    let view = CodeView {
        phone: code.identity.phone.masked(),
        sent: code.token.is_some(),
        resend_at_ms: flow.sms.next_at(),
        locked: code.tries_left == 0,
        busy,
        serial: code.sent_at + u64::from(code.tries_left),
        again: matches!(code.then, Then::Back(_)),
        vehicle,
    };
    (Screen::Code(view), step, can_go_back, notice)
}

/// Where signing in leads back to, and the vehicle there.
fn behind(flow: &Flow, then: &Then) -> (Step, Option<Box<VehicleLabel>>) {
    let Then::Back(state) = then else { return (Step::You, None) };
    let (screen, step, ..) = draw(flow, state);
    let vehicle = match screen {
        Screen::Found(found) => Some(Box::new(found.label)),
        Screen::ByHand(form) => {
            form.filled.plate.parse().ok().map(|plate| Box::new(VehicleLabel { plate: Some(plate), text: String::new() }))
        }
        Screen::Offers(offers) => offers.vehicle,
        _ => None,
    };
    (step, vehicle)
}

impl crate::flow::state::FoundVehicleAt {
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

fn typed(flow: &Flow, form: &Form, busy: bool) -> Box<ByHandView> {
    Box::new(later(Form::view as fn(_, _, _) -> _)(form, flow, busy))
}

impl Form {
    fn view(&self, flow: &Flow, busy: bool) -> ByHandView {
        let masked = |hidden: fn(&FoundVehicle) -> bool| self.found.as_deref().is_some_and(hidden);
        ByHandView {
            form: FormView { errors: self.errors.clone(), busy },
            without_plate: self.without_plate,
            filled: self.filled.clone(),
            engine_masked: masked(|vehicle| vehicle.engine_masked),
            chassis_masked: masked(|vehicle| vehicle.chassis_masked),
            brands: flow.lists.all_brands.clone(),
            models: flow
                .lists
                .all_models
                .as_ref()
                .map(|(brand, year, models)| (brand.as_str().to_owned(), decimal(year.value()), models.clone())),
            models_busy: flow.lists.reads_models(),
            lists_failed: flow.lists.failed(),
        }
    }
}

fn review(flow: &Flow, sale: &Sale, product: &ProductId, documents: &crate::flow::purchase::Documents, busy: bool) -> ReviewView {
    let found = sale.product(product);
    let plan = found.and_then(|product| sale.plan(product)).map(|(instalments, total)| PlanView::new(instalments, total));
    let url = |document: &Document| if let Document::There(url) = document { Some(url.as_str().to_owned()) } else { None };
    ReviewView {
        vehicle: sale.vehicle.clone(),
        insurer: insurer(found),
        product: found.map(|product| product.product_name.clone()).unwrap_or_default(),
        insured: masked_name(flow),
        plans: found.map(plans).unwrap_or_default(),
        plan,
        offer_url: url(&documents.offer),
        information_url: url(&documents.information),
        documents_busy: [&documents.offer, &documents.information].into_iter().any(|document| matches!(document, Document::Asked(_))),
        unacknowledged: documents.unacknowledged,
        mail: mail(flow, &documents.mail),
        busy,
        sending: false,
    }
}

/// The customer's name, masked.
fn masked_name(flow: &Flow) -> Option<String> {
    flow.account.as_ref()?.customer.full_name.as_deref().map(initials)
}

/// `Ayşe Yılmaz` becomes `A•••• Y•••••`.
fn initials(name: &str) -> String {
    let mut masked = String::new();
    for word in parts(name, " ").into_iter().filter(|word| !word.is_empty()) {
        if !masked.is_empty() {
            masked.push(' ');
        }
        let mut letters = word.chars();
        masked.extend(letters.next());
        masked.extend(letters.map(|_| '•'));
    }
    masked
}

fn away(flow: &Flow, sale: &Sale, payment: &crate::flow::purchase::Payment, page: &PaymentPage) -> AwayView {
    AwayView {
        url: page.url.clone(),
        host: page.host.clone(),
        insurer: insurer(sale.product(&payment.choice.product)),
        amount: payment.amount,
        same_tab: flow.config.session != SessionProfile::NewTab,
        times: payment.times,
    }
}

fn checking(sale: &Sale, payment: &crate::flow::purchase::Payment) -> CheckView {
    CheckView { opened: payment.opened, times: payment.times, support_code: support_code(sale.proposal.as_str()) }
}

fn insurer(product: Option<&Product>) -> String {
    product.map(|product| product.insurer_name.clone()).unwrap_or_default()
}

/// What of a proposal's or a case's id is told to the agency on the phone: its last eight characters, enough to find it by, and nothing
/// about a person.
#[must_use]
pub fn support_code(id: &str) -> String {
    let start = id.char_indices().rev().nth(7).map_or(0, |(place, _)| place);
    id[start..].to_ascii_uppercase()
}
