//! The offers: who has answered, what each costs, and what can be done with it.

use std::cell::RefCell;
use std::rc::Rc;

use insurup_core::domain::normalise::small;
use insurup_core::flow::{Action, Cover, Event, OfferState, OfferView, OffersView, PlanView, Reason, Screen};
use leptos::prelude::*;

use crate::element::{Piece, el, keyed, switch};

use super::vehicle_line;
use crate::form::option;
use crate::format;
use crate::parts::{Icon, button, call, div, icon, item, list, live, nothing, number, outcome, paragraph, part, span, text};
use crate::texts::Text;
use crate::ui::Ui;

pub(super) fn offers(ui: Ui) -> Piece {
    switch(
        move || {
            with(ui, |offers| {
                let some = offers.hidden > 0
                    || offers.offers.iter().any(|offer| matches!(offer.state, OfferState::Priced { .. } | OfferState::NoPrice));
                if offers.done && !some { NOBODY } else { u32::from(offers.failed) }
            })
        },
        move |kind| if kind == NOBODY { nobody_offers(ui) } else { listed(ui, kind != 0) },
    )
}

/// All insurers have answered, none with an offer.
const NOBODY: u32 = 2;

/// Reads the offers of the moment.
fn with<T: Default>(ui: Ui, read: impl FnOnce(&OffersView) -> T) -> T {
    match &ui.view().screen {
        Screen::Offers(offers) => read(offers),
        _ => T::default(),
    }
}

/// One offer of the moment.
fn one(ui: Ui, id: &str) -> Option<OfferView> {
    with(ui, |offers| offers.offers.iter().find(|offer| offer.id.as_str() == id).cloned())
}

fn nobody_offers(ui: Ui) -> Piece {
    let ask_all = move || {
        ui.send(Event::RetryOffers);
        ui.focus_later(".title");
    };
    div(
        "stack wide form",
        parts![
            outcome("", Icon::Search, ui.t(Text::OffersNoneTitle), ui.t(Text::OffersNoneLead)),
            div("acts", parts![button("btn full", parts![ui.say(Text::OffersAsk)], ask_all), call(ui, "btn alt full")],),
        ],
    )
}

fn listed(ui: Ui, failed: bool) -> Piece {
    let head = div(
        "",
        parts![
            crate::parts::title(ui.t(Text::OffersTitle)),
            part(move || {
                with(ui, |offers| Some(offers.vehicle.clone())).flatten().map_or_else(nothing, |label| vehicle_line(Some(&label)))
            }),
        ],
    );
    if failed {
        let again = button("btn full", parts![ui.say(Text::CommonRetry)], move || ui.send(Event::Retry));
        return div("stack wide form", parts![head, div("acts", parts![again, call(ui, "btn alt full")])]);
    }
    let cards =
        keyed(move || with(ui, |offers| offers.offers.iter().map(|offer| offer.id.as_str().to_owned()).collect()), move |id| card(ui, id));
    div("stack wide", parts![head, progress(ui), list("stack", parts![cards, skeletons(ui)])])
}

/// How many have answered: the sentence is the information, the ticks are for the eye.
fn progress(ui: Ui) -> Piece {
    let sentence = live(move || {
        with(ui, |offers| match (offers.done, offers.total) {
            (true, _) => offers_ready(ui, offers),
            (false, 0) => ui.t(Text::CommonLoading),
            (false, total) => ui.fill(Text::OffersWaiting, &[("n", &offers.answered.to_string()), ("total", &total.to_string())]),
        })
    });
    let ticks = part(move || {
        let ticks = with(ui, |offers| if offers.done { Vec::new() } else { offers.ticks.clone() });
        // Answers first: the row fills from its beginning.
        let of = |answer: Option<bool>, class: &'static str| {
            let count = ticks.iter().filter(|tick| **tick == answer).count();
            (0..count).map(move |_| el("i").class(class))
        };
        let ticks: Piece = of(Some(true), "ok").chain(of(Some(false), "no")).chain(of(None, "wait")).collect();
        el("div").class("ticks").attr("aria-hidden", "true").child(ticks)
    });
    let below = live(move || {
        with(ui, |offers| match (offers.done, offers.late) {
            (false, false) => ui.t(Text::OffersWaitingLead),
            (false, true) => ui.t(Text::OffersLate),
            (true, _) => String::new(),
        })
    });
    // Asking ends after a while, also while somebody has not answered: the customer decides about waiting on.
    let again = switch(
        move || u32::from(with(ui, |offers| offers.done && offers.ticks.contains(&None))),
        move |waits| {
            if waits == 0 { nothing() } else { button("link", ui.say(Text::OffersAsk), move || ui.send(Event::KeepWaiting)) }
        },
    );
    div("stack tight", parts![paragraph("sub", parts![sentence]), ticks, paragraph("small muted", parts![below]), again])
}

/// "4 offers are ready": those that have a price.
pub(crate) fn offers_ready(ui: Ui, offers: &OffersView) -> String {
    ui.fill(Text::OffersDone, &[("n", &offers.ready.to_string())])
}

/// Places of offers before the first list is there.
fn skeletons(ui: Ui) -> Piece {
    part(move || {
        if with(ui, |offers| offers.total > 0 || offers.done) {
            return nothing();
        }
        let bones: Piece =
            (0..3).map(|_| item("offer", parts![span("cost sk w3", parts![text("")]), span("sk w2", parts![text("")])])).collect();
        bones
    })
}

/// The card of an offer. Its parts are drawn anew only when this offer changed, and what has a focus or an open list only when it is about
/// something else: not when another offer became the cheapest, nor when a plan was chosen in it.
fn card(ui: Ui, id: &str) -> Piece {
    let offer = Rc::new(RefCell::new(one(ui, id)));
    let (version, held) = (RwSignal::new(0_u32), RwSignal::new(0_u32));
    let watched = {
        let (id, offer) = (id.to_owned(), Rc::clone(&offer));
        part(move || {
            let latest = one(ui, &id);
            if latest.is_some() && *offer.borrow() != latest {
                let before = offer.replace(latest);
                if before.as_ref().map(choices) != offer.borrow().as_ref().map(choices) {
                    held.update(|held| *held += 1);
                }
                version.update(|version| *version += 1);
            }
            nothing()
        })
    };
    let follow = |signal: RwSignal<u32>, draw: fn(Ui, &OfferView) -> Piece| {
        let offer = Rc::clone(&offer);
        part(move || {
            signal.track();
            offer.borrow().as_ref().map_or_else(nothing, |offer| draw(ui, offer))
        })
    };
    let class = {
        let offer = Rc::clone(&offer);
        move || {
            version.track();
            if offer.borrow().as_ref().is_some_and(is_calm) { "offer calm" } else { "offer" }
        }
    };
    let insurer = offer.borrow().as_ref().map(|offer| offer.insurer.clone()).unwrap_or_default();
    let who = div("who", parts![el("h3").class("sub").child(insurer), follow(version, below_name), follow(version, badges)]);
    let facts = parts![follow(version, cost), follow(version, covers), follow(version, say)];
    let parts = parts![watched, who, facts, follow(held, plan), follow(held, act)];
    el("li").live_class(class).attr("data-offer", id).attr("tabindex", "-1").child(parts)
}

/// What a customer can choose and do.
fn choices(offer: &OfferView) -> (Vec<PlanView>, Action) {
    let plans = if let OfferState::Priced { plans, .. } = &offer.state { plans.clone() } else { Vec::new() };
    (plans, offer.action.clone())
}

/// Whether nothing can be bought here.
fn is_calm(offer: &OfferView) -> bool {
    !matches!(
        (&offer.state, &offer.action),
        (OfferState::Waiting, _) | (OfferState::Priced { .. }, Action::Buy | Action::Call(Reason::Offline))
    )
}

fn below_name(ui: Ui, offer: &OfferView) -> Piece {
    let words = if offer.state == OfferState::Waiting { ui.t(Text::OffersStateWaiting) } else { offer.product.clone() };
    paragraph("small muted", parts![text(words)])
}

fn badges(ui: Ui, offer: &OfferView) -> Piece {
    if !(offer.lowest || offer.no_claims || offer.occupation) {
        return nothing();
    }
    let badge = |shown: bool, class, words: Text| if shown { span(class, ui.say(words)) } else { nothing() };
    div(
        "row",
        parts![
            badge(offer.lowest, "badge good", Text::OffersLowest),
            badge(offer.no_claims, "badge", Text::OffersNoclaim),
            badge(offer.occupation, "badge", Text::OffersJob),
        ],
    )
}

fn cost(ui: Ui, offer: &OfferView) -> Piece {
    match &offer.state {
        OfferState::Waiting => span("cost sk w3", parts![text("")]),
        OfferState::Failed(_) => span("cost badge", parts![icon(Icon::Alert), ui.say(Text::OffersStateFailed)]),
        OfferState::NoPrice => {
            let words = if offer.action == Action::None { paragraph("sub", parts![ui.say(Text::OffersNoprice)]) } else { nothing() };
            div("cost", parts![words])
        }
        OfferState::Priced { plans, chosen } => {
            let Some(plan) = plans.iter().find(|plan| plan.instalments == *chosen) else { return nothing() };
            let below = if plan.instalments == 1 { ui.t(Text::OffersTax) } else { instalments(ui, plan, Text::OffersInstalment) };
            div(
                "cost",
                parts![
                    paragraph("price", parts![number(format::money(&ui.language(), plan.total))]),
                    paragraph("small muted", parts![text(below)]),
                ],
            )
        }
    }
}

/// `6 taksit × ₺3.377,95`
pub(super) fn instalments(ui: Ui, plan: &PlanView, words: Text) -> String {
    ui.fill(words, &[("n", &plan.instalments.to_string()), ("amount", &format::money(&ui.language(), plan.each))])
}

fn covers(ui: Ui, offer: &OfferView) -> Piece {
    if !matches!(offer.state, OfferState::Priced { .. }) || offer.covers.is_empty() {
        return if offer.state == OfferState::Waiting { span("sk w2", parts![text("")]) } else { nothing() };
    }
    let ticks: Piece = offer
        .covers
        .iter()
        .map(|cover| {
            let (included, words) = match cover {
                Cover::Liability(Some(minor)) => (true, ui.fill(Text::CoverImm, &[("amount", &format::limit(&ui.language(), *minor))])),
                Cover::Liability(None) => (true, ui.t(Text::CoverImmUnlimited)),
                Cover::RentalCar(true) => (true, ui.t(Text::CoverCar)),
                Cover::RentalCar(false) => (false, ui.fill(Text::CoverNot, &[("cover", &ui.t(Text::CoverCar))])),
                Cover::NoDeductible => (true, ui.t(Text::CoverNodeductible)),
            };
            item(if included { "" } else { "no" }, parts![icon(if included { Icon::Check } else { Icon::Cross }), text(words)])
        })
        .collect();
    list("ticked", ticks)
}

/// Why there is no price, or no buying here.
fn say(ui: Ui, offer: &OfferView) -> Piece {
    let words = match (&offer.state, &offer.action) {
        (OfferState::Failed(Some(reason)), _) => ui.fill(Text::OffersStateReason, &[("reason", reason)]),
        (OfferState::Failed(None), _) => ui.t(Text::OffersStateNoreason),
        (_, Action::Call(Reason::Robot)) => ui.t(Text::PermRobot),
        (_, Action::Call(Reason::Offline)) => ui.t(Text::PermOffline),
        (_, Action::Call(Reason::Investigation)) => ui.t(Text::PermInvestigation),
        (_, Action::Call(Reason::Hidden)) => ui.t(Text::PermHidden),
        _ => return nothing(),
    };
    paragraph("say small", parts![text(words)])
}

fn plan(ui: Ui, offer: &OfferView) -> Piece {
    let OfferState::Priced { plans, chosen } = &offer.state else { return nothing() };
    if plans.len() < 2 {
        return nothing();
    }
    let options: Piece = plans
        .iter()
        .map(|plan| {
            let words = if plan.instalments == 1 { ui.t(Text::OffersCash) } else { instalments(ui, plan, Text::OffersPlanN) };
            option(&plan.instalments.to_string(), words, plan.instalments == *chosen)
        })
        .collect();
    let id = offer.id.clone();
    let name = format!("{}: {}", ui.t(Text::OffersPlan), offer.insurer);
    let select = el("select").attr("aria-label", &name).attr("autocomplete", "off").child(options).on("change", move |event| {
        if let Some(instalments) = small(&event_target_value(&event)) {
            ui.send(Event::ChoosePlan { product: id.clone(), instalments });
        }
    });
    div("plan", parts![div("inp", parts![select, icon(Icon::Down)])])
}

fn act(ui: Ui, offer: &OfferView) -> Piece {
    match &offer.action {
        Action::Buy => {
            let id = offer.id.clone();
            let words = ui.t(Text::OffersPick);
            let name = format!("{words}: {}", offer.insurer);
            div("act", button("btn mid alt", words.into(), move || ui.send(Event::PickOffer(id.clone()))).attr("aria-label", &name))
        }
        Action::Call(_) => div("act", parts![call(ui, "btn mid alt")]),
        Action::Retry => {
            let id = offer.id.clone();
            let words = ui.t(Text::OffersAsk);
            let name = format!("{words}: {}", offer.insurer);
            let ask = button("link", words.into(), move || {
                ui.send(Event::RetryOffer(id.clone()));
                // The button goes; who pressed it stays at the offer.
                ui.focus_on(["[data-offer=\"", id.as_str(), "\"]"].concat());
            });
            div("act", ask.attr("aria-label", &name))
        }
        Action::None => nothing(),
    }
}
