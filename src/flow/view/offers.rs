//! The offers, in the order in which they are shown.

use super::{Action, Cover, OfferState, OfferView, OffersView, PlanView, Reason, VehicleLabel};
use crate::domain::{CoverageValue, Currency, Money, ProductState, ProductType};
use crate::endpoint::proposals::Product;
use crate::flow::state::Sale;
use crate::flow::{Display, Flow};

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
    let offers = ranked(offers);
    let ticks: Vec<_> = shown
        .iter()
        .map(|product| match product.state {
            ProductState::Waiting | ProductState::Unknown(_) => None,
            ProductState::Failed => Some(false),
            _ => Some(true),
        })
        .collect();
    let answered = ticks.iter().filter(|tick| tick.is_some()).count();
    let total = sale
        .total
        .map_or(0, |total| usize::try_from(total).unwrap_or(0))
        .saturating_sub(sale.products.len() - shown.len())
        .max(ticks.len());
    OffersView { vehicle: sale.vehicle.clone(), offers, answered, total, ticks, done: poll.done, late: poll.late, failed: false }
}

/// In order of rank; offers of equal standing stay in the order in which they came. By insertion: the lists are short, and
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
