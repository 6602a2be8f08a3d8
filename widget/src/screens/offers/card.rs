//! One offer of the list: who offers what, what it costs and covers, and what can be done with it.

use std::cell::RefCell;
use std::rc::Rc;

use insurup_core::domain::ProductId;
use insurup_core::domain::normalise::{decimal, join, small};
use insurup_core::flow::{Action, Cover, DocumentView, Event, OfferState, OfferView, PlanView, Reason, Screen};
use leptos::prelude::*;

use super::{Shown, call_me, instalments, is_priced, open, pick, tick};
use crate::element::{Piece, el, switch};
use crate::form::option;
use crate::format;
use crate::kept::Kept;
use crate::parts::{Icon, button, call, div, icon, item, list, nothing, number, paragraph, part, span, text};
use crate::signal::{Signal, follow};
use crate::texts::Text;
use crate::ui::Ui;

/// One offer as it stands in the list, for whatever is drawn of it.
#[derive(Clone, Copy)]
struct Card {
    ui: Ui,
    offer: Kept<RefCell<Option<Rc<OfferView>>>>,
    /// Counts changes of the offer.
    version: Signal,
}

/// The card of an offer. Its parts are drawn anew only when this offer changed, and what has a focus or an open list only when it is about
/// something else: not when another offer became the cheapest, nor when a plan was chosen in it.
pub(super) fn draw(ui: Ui, shown: Shown, id: &str) -> Piece {
    let (version, held) = (Signal::new(0), Signal::new(0));
    let card = Card { ui, offer: Kept::new(RefCell::new(shown.one(id))), version };
    let watched = id.to_owned();
    follow(move || card.take(shown.one(&watched), held));
    let drawn = |signal: Signal, draw: fn(Ui, &OfferView) -> Piece| {
        part(move || {
            signal.track();
            card.latest().map_or_else(nothing, |offer| draw(ui, &offer))
        })
    };
    let class = move || {
        version.track();
        match card.latest() {
            Some(offer) if is_calm(&offer) => "offer calm",
            Some(offer) if offer.chosen => "offer on",
            _ => "offer",
        }
    };
    let insurer = card.latest().map(|offer| offer.insurer.clone()).unwrap_or_default();
    let who =
        div("who", parts![drawn(version, logo), el("h3").class("sub").child(insurer), drawn(version, below_name), drawn(version, badges)]);
    let facts = parts![drawn(version, cost), drawn(version, covers), drawn(version, say)];
    let parts = parts![who, facts, drawn(held, plan), drawn(held, act), more(card)];
    el("li").live_class(class).attr("data-offer", id).attr("tabindex", "-1").child(parts)
}

impl Card {
    fn latest(self) -> Option<Rc<OfferView>> {
        self.offer.with_value(Clone::clone)
    }

    fn read(self, read: fn(&OfferView) -> u32) -> u32 {
        self.version.track();
        self.latest().map_or(0, |offer| read(&offer))
    }

    /// The offer of the moment; `held` is told where there is something else to choose or do.
    fn take(self, latest: Option<Rc<OfferView>>, held: Signal) {
        let before = self.latest();
        if latest.is_some() && before != latest {
            let is_other = before.as_deref().map(choices) != latest.as_deref().map(choices);
            self.offer.update_value(|offer| *offer = latest);
            if is_other {
                held.count();
            }
            self.version.count();
        }
    }

    fn send(self, event: fn(ProductId) -> Event) {
        if let Some(offer) = self.latest() {
            self.ui.send(event(offer.id.clone()));
        }
    }
}

/// The insurer's logo, where the agency may show it. The name beside it says the same: where the page's policy lets no picture in, nothing
/// is lost.
fn logo(_: Ui, offer: &OfferView) -> Piece {
    match &offer.logo {
        Some(url) => el("img").class("logo").attr("alt", "").attr("loading", "lazy").attr("referrerpolicy", "no-referrer").attr("src", url),
        None => nothing(),
    }
}

/// What a customer can choose and do.
fn choices(offer: &OfferView) -> (Vec<PlanView>, Action, bool, bool) {
    let plans = if let OfferState::Priced { plans, .. } = &offer.state { plans.clone() } else { Vec::new() };
    (plans, offer.action.clone(), offer.chosen, offer.call_me)
}

/// What is known of an offer beside its price: covers, document, and a box to compare it.
fn more(card: Card) -> Piece {
    let ui = card.ui;
    switch(
        move || card.read(|offer| u32::from(is_priced(offer))),
        move |priced| {
            let Some(offer) = card.latest().filter(|_| priced > 0) else { return nothing() };
            let named = |piece: Piece, words: Text| piece.attr("aria-label", &join(&ui.t(words), ": ", &offer.insurer));
            let open = move || {
                if let Some(offer) = card.latest() {
                    ui.leave_from(&offer.id, "covers");
                }
                card.send(Event::ShowCoverages);
            };
            let covers = button("link", ui.say(Text::OffersCoverages), open).attr("data-covers", "");
            let document = switch(
                move || {
                    card.read(|offer| match offer.document {
                        DocumentView::There(_) => 2,
                        DocumentView::Busy => 1,
                        DocumentView::None => 0,
                    })
                },
                move |_| card.latest().map_or_else(nothing, |offer| document(card, &offer)),
            );
            let mark = tick(
                move || card.read(|offer| u32::from(offer.marked)) > 0,
                move |marked| {
                    card.send(if marked { mark } else { unmark });
                    // A mark too many is taken back: the offer is the same as before, the box is not.
                    card.version.count();
                },
            );
            let compare = el("label").class("row small").child((named(mark, Text::OffersCompare), ui.t(Text::OffersCompare)));
            div("row end links", parts![div("row", parts![named(covers, Text::OffersCoverages), document]), compare])
        },
    )
}

fn mark(product: ProductId) -> Event {
    Event::MarkOffer { product, marked: true }
}

fn unmark(product: ProductId) -> Event {
    Event::MarkOffer { product, marked: false }
}

/// The offer as a document: asked for by the first press, then a link, as no page may be opened after waiting.
fn document(card: Card, offer: &OfferView) -> Piece {
    let ui = card.ui;
    ui.keep_focus(join("[data-offer=\"", offer.id.as_str(), "\"] [data-document]"));
    let shown = match &offer.document {
        DocumentView::There(url) => open(ui, url, Text::OffersPdf),
        DocumentView::Busy => span("muted small", ui.say(Text::CommonLoading)).attr("role", "status").attr("tabindex", "-1"),
        DocumentView::None => {
            let name = join(&ui.t(Text::OffersPdf), ": ", &offer.insurer);
            button("link", ui.say(Text::OffersPdf), move || card.send(Event::ShowDocument)).attr("aria-label", &name)
        }
    };
    shown.attr("data-document", "")
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
    if !(offer.lowest || offer.no_claims || offer.occupation || offer.chosen) {
        return nothing();
    }
    let badge = |shown: bool, class, words: Text| if shown { span(class, ui.say(words)) } else { nothing() };
    div(
        "row",
        parts![
            badge(offer.lowest, "badge good", Text::OffersLowest),
            if offer.chosen { span("badge", parts![icon(Icon::Check), ui.say(Text::OffersChosen)]) } else { nothing() },
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
        // Where it holds for all, it is said once.
        (_, Action::Call(Reason::Offline)) if matches!(&ui.view_now().screen, Screen::Offers(offers) if offers.quote_only) => {
            return nothing();
        }
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
            option(&decimal(plan.instalments), words, plan.instalments == *chosen)
        })
        .collect();
    let id = offer.id.clone();
    let name = join(&ui.t(Text::OffersPlan), ": ", &offer.insurer);
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
            let (class, words) = if offer.chosen { ("btn mid", Text::CommonContinue) } else { ("btn mid alt", Text::OffersPick) };
            div("act", pick(ui, offer, class, words))
        }
        Action::Call(_) if offer.call_me => div("act", call_me(ui, offer, "btn mid alt")),
        Action::Call(_) => div("act", parts![call(ui, "btn mid alt")]),
        Action::Retry => {
            let id = offer.id.clone();
            let words = ui.t(Text::OffersAsk);
            let name = join(&words, ": ", &offer.insurer);
            let ask = button("link", words.into(), move || {
                ui.send(Event::RetryOffer(id.clone()));
                // The button goes; who pressed it stays at the offer.
                ui.focus_on(join("[data-offer=\"", id.as_str(), "\"]"));
            });
            div("act", ask.attr("aria-label", &name))
        }
        Action::None => nothing(),
    }
}
