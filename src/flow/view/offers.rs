//! The offers, in the order in which they are shown.

use std::cmp::Ordering;
use std::rc::Rc;

use super::{Action, Cover, DocumentView, OfferState, OfferView, OffersView, PlanView, Reason, VehicleLabel};
use crate::domain::{CoverageValue, Currency, Money, ProductState, ProductType};
use crate::endpoint::proposals::Product;
use crate::flow::details::Ask;
use crate::flow::state::Sale;
use crate::flow::{Arrangement, Display, Flow, Order};
use crate::later::later;

impl OffersView {
    pub(super) fn empty(label: &VehicleLabel, failed: bool) -> Self {
        Self {
            vehicle: Some(Box::new(label.clone())),
            offers: Vec::new(),
            answered: 0,
            total: 0,
            ticks: Vec::new(),
            done: false,
            late: false,
            failed,
            ready: 0,
            hidden: 0,
            arrangement: Arrangement::default(),
            quote_only: false,
            splits_online: false,
            splits_instalments: false,
            marked: 0,
            too_many: false,
        }
    }
}

pub(super) fn offers(flow: &Flow, sale: &Sale, poll: &crate::flow::state::Poll) -> OffersView {
    // A hidden one is read like the others (it may have been bought before it was hidden), and left out of what is seen and counted.
    let shown: Vec<_> = sale.products.iter().filter(|product| flow.config.display(product) != Display::Hidden).collect();
    let mut offers: Vec<_> = shown.iter().map(|product| offer(flow, sale, product)).collect();
    if let Some(lowest) = offers.iter().filter_map(OfferView::price).min()
        && let Some(offer) = offers.iter_mut().find(|offer| offer.price() == Some(lowest))
    {
        offer.lowest = true;
    }
    let ticks: Vec<_> = offers
        .iter()
        .map(|offer| match offer.state {
            OfferState::Waiting => None,
            OfferState::Failed(_) => Some(false),
            _ => Some(true),
        })
        .collect();
    let answered = ticks.iter().filter(|tick| tick.is_some()).count();
    let total = sale
        .total
        .map_or(0, |total| usize::try_from(total).unwrap_or(0))
        .saturating_sub(sale.products.len() - shown.len())
        .max(ticks.len());
    let priced = |of: fn(&OfferView) -> bool| offers.iter().filter(|offer| offer.has_price() && of(offer)).count();
    let ready = priced(|_| true);
    let some_but_not_all = |count: usize| count > 0 && count < ready;
    let arrangement = sale.arrangement;
    let mut view = OffersView {
        vehicle: sale.vehicle.clone(),
        offers: Vec::new(),
        answered,
        total,
        ticks,
        // Who is asked again is waited for again.
        done: poll.done && !flow.details.asks_again(),
        late: poll.late,
        failed: false,
        ready,
        hidden: 0,
        arrangement,
        quote_only: !shown.is_empty() && !shown.iter().any(|product| flow.config.may_sell(&product.insurer)),
        splits_online: arrangement.online || some_but_not_all(priced(|offer| offer.action == Action::Buy)),
        splits_instalments: arrangement.instalments || some_but_not_all(priced(OfferView::has_instalments)),
        marked: flow.compared(sale).count(),
        too_many: sale.too_many,
    };
    let all = offers.len();
    offers.retain(|offer| offer.fits(arrangement));
    view.hidden = all - offers.len();
    view.offers = ranked(offers, arrangement.order).into_iter().map(Rc::new).collect();
    view
}

/// In order of rank; offers of equal standing stay in the order in which they came. By insertion: the lists are short, and
/// the library's sort is four times the code.
fn ranked(offers: Vec<OfferView>, order: Order) -> Vec<OfferView> {
    let mut ranked: Vec<OfferView> = Vec::with_capacity(offers.len());
    for offer in offers {
        let place = ranked.iter().position(|other| offer.comes_before(other, order)).unwrap_or(ranked.len());
        ranked.insert(place, offer);
    }
    ranked
}

/// The letters of insurers' names, in the order of Turkish dictionaries.
const ALPHABET: &str = "AaBbCcÇçDdEeFfGgĞğHhIıİiJjKkLlMmNnOoÖöPpQqRrSsŞşTtUuÜüVvWwXxYyZz";

/// Where a name stands in a dictionary: what is no letter comes first.
fn dictionary(name: &str) -> impl Iterator<Item = usize> {
    name.chars().map(|letter| ALPHABET.chars().position(|of| of == letter).map_or(0, |place| place / 2 + 1))
}

/// Nobody asks for this order before the second half is there.
fn by_name(one: &OfferView, other: &OfferView) -> Ordering {
    dictionary(&one.insurer).cmp(dictionary(&other.insurer))
}

impl OfferView {
    fn comes_before(&self, other: &Self, order: Order) -> bool {
        let ((group, price), (other_group, other_price)) = (self.rank(), other.rank());
        let by_order = || match order {
            Order::Price => price.cmp(&other_price),
            Order::Name => later(by_name as fn(_, _) -> _)(self, other),
        };
        group.cmp(&other_group).then_with(by_order).is_lt()
    }

    fn has_price(&self) -> bool {
        matches!(self.state, OfferState::Priced { .. })
    }

    fn has_instalments(&self) -> bool {
        matches!(&self.state, OfferState::Priced { plans, .. } if plans.iter().any(|plan| plan.instalments > 1))
    }

    /// Whether it belongs to what the customer wants to see. Nobody knows yet of one that is awaited.
    fn fits(&self, arrangement: Arrangement) -> bool {
        self.state == OfferState::Waiting
            || ((!arrangement.online || self.action == Action::Buy) && (!arrangement.instalments || self.has_instalments()))
    }

    /// The price of the plan with the fewest instalments, in kuruş: by it offers are compared, so that choosing a plan moves no card.
    /// None in a foreign currency: without a rate nobody can say which is cheaper.
    fn price(&self) -> Option<i64> {
        let OfferState::Priced { plans, .. } = &self.state else { return None };
        plans.first().map(|plan| plan.total).filter(|total| total.currency() == Currency::TurkishLira).map(Money::minor)
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

pub(super) fn offer(flow: &Flow, sale: &Sale, product: &Product) -> OfferView {
    let action = flow.action(sale, product);
    let state = match &product.state {
        ProductState::Waiting | ProductState::Unknown(_) => OfferState::Waiting,
        ProductState::Failed if flow.details.is_asked_again(&product.id) => OfferState::Waiting,
        ProductState::Failed => OfferState::Failed(product.error_message.clone()),
        _ => match flow.price_shown(sale, product) {
            Some((chosen, _)) => OfferState::Priced { plans: plans(product), chosen },
            None => OfferState::NoPrice,
        },
    };
    OfferView {
        id: product.id.clone(),
        insurer: product.insurer_name.clone(),
        logo: product.logo.clone().filter(|url| flow.config.may_show_logo(&product.insurer, url)),
        product: product.product_name.clone(),
        state,
        lowest: false,
        no_claims: product.no_claims_discount,
        occupation: product.occupation_discount,
        covers: if flow.config.may_quote(&product.insurer) { covers(&product.coverage) } else { Vec::new() },
        chosen: sale.chosen.as_ref() == Some(&product.id),
        marked: sale.marked.contains(&product.id),
        call_me: flow.may_call_me(&action),
        document: document(flow, product, Ask::Offer),
        action,
    }
}

pub(super) fn document(flow: &Flow, product: &Product, ask: Ask) -> DocumentView {
    match flow.details.document(&product.id, ask) {
        Some(url) => DocumentView::There(url.as_str().to_owned()),
        None if flow.details.is_asking(&product.id, ask) => DocumentView::Busy,
        None => DocumentView::None,
    }
}

impl Flow {
    /// The plan and the price under which an offer is shown; none for one whose price is not known, or not to be shown here.
    pub(in crate::flow) fn price_shown(&self, sale: &Sale, product: &Product) -> Option<(u8, Money)> {
        let answered = !matches!(product.state, ProductState::Waiting | ProductState::Unknown(_) | ProductState::Failed);
        let shown = self.config.display(product) != Display::Hidden && self.config.may_quote(&product.insurer);
        let may = answered && !product.needs_investigation && shown;
        if may { sale.plan(product) } else { None }
    }

    /// What can be done with an offer.
    pub(in crate::flow) fn action(&self, sale: &Sale, product: &Product) -> Action {
        match &product.state {
            ProductState::Waiting | ProductState::Unknown(_) => Action::None,
            // Nobody sees it, so nobody asks about it.
            _ if self.config.display(product) == Display::Hidden => Action::None,
            ProductState::Failed if self.may_ask_again(product) => Action::Retry,
            ProductState::Failed => Action::None,
            _ if product.needs_investigation => Action::Call(Reason::Investigation),
            _ if !self.config.may_quote(&product.insurer) => Action::Call(Reason::Hidden),
            _ if sale.plan(product).is_none() => Action::None,
            _ if self.buyable(sale, &product.id).is_some() => Action::Buy,
            _ if product.kind == ProductType::WebService => Action::Call(Reason::Offline),
            _ => Action::Call(Reason::Robot),
        }
    }
}

pub(super) fn plans(product: &Product) -> Vec<PlanView> {
    product.premiums.iter().filter_map(|premium| Some(PlanView::new(premium.instalments, premium.gross?))).collect()
}

impl PlanView {
    pub(super) fn new(instalments: u8, total: Money) -> Self {
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
