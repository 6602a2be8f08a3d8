//! The offers: who has answered, what each costs, and what can be done with it.

use std::cell::RefCell;
use std::rc::Rc;

use insurup_core::domain::ProductId;
use insurup_core::domain::normalise::{decimal, join, small};
use insurup_core::flow::{
    Action, Arrangement, Cover, DocumentView, Event, OfferState, OfferView, OffersView, Order, PlanView, Reason, Screen,
};
use leptos::prelude::*;

use crate::element::{Flag, Piece, Signal, el, follow, keyed, switch};
use crate::kept::Kept;

use super::vehicle_line;
use crate::form::option;
use crate::format;
use crate::parts::{Icon, button, call, div, icon, item, list, live, note, nothing, number, outcome, outward, paragraph, part, span, text};
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

/// The list as it stands before the customer's eyes. While they are at it with pointer, focus or scrolling, what has arrived since waits
/// until they want to see it: nothing moves under a finger.
#[derive(Clone, Copy)]
struct Shown {
    offers: Kept<RefCell<Vec<Rc<OfferView>>>>,
    /// Counts changes of the list.
    turn: Signal,
    /// So many offers wait.
    waiting: Signal,
    pointed: Flag,
    focused: Flag,
}

impl Shown {
    fn follow(ui: Ui) -> Self {
        let (turn, waiting) = (Signal::new(0), Signal::new(0));
        let (pointed, focused) = (Flag::new(false), Flag::new(false));
        let shown = Self { offers: Kept::new(RefCell::default()), turn, waiting, pointed, focused };
        follow(move || {
            let latest = with(ui, |offers| offers.offers.clone());
            untrack(|| shown.take(ui, latest));
        });
        shown
    }

    fn take(self, ui: Ui, latest: Vec<Rc<OfferView>>) {
        let held = self.waiting.get_untracked() > 0
            || (self.offers.with_value(|offers| offers.iter().any(|offer| is_priced(offer))) && self.is_used(ui));
        if !held {
            self.offers.update_value(|offers| *offers = latest);
        } else {
            let mut news = 0;
            self.offers.update_value(|shown| {
                let is_new = |offer: &&Rc<OfferView>| is_priced(offer) && !shown.iter().any(|old| old.id == offer.id && is_priced(old));
                news = latest.iter().filter(is_new).count();
                // Who is gone can't be chosen any more.
                shown.retain(|old| latest.iter().any(|offer| offer.id == old.id));
                for old in shown {
                    let now = latest.iter().find(|offer| offer.id == old.id).filter(|_| old.state != OfferState::Waiting);
                    *old = now.unwrap_or(old).clone();
                }
            });
            self.waiting.set(u32::try_from(news).unwrap_or(0));
        }
        self.turn.count();
    }

    /// Whether the customer is in the middle of the list.
    fn is_used(self, ui: Ui) -> bool {
        let scrolled = || ui.is_past(".offers");
        self.pointed.get_untracked() || self.focused.get_untracked() || scrolled()
    }

    /// Shows everything with the next picture, in the order of the moment.
    fn release(self) {
        self.offers.update_value(Vec::clear);
        self.waiting.set(0);
    }

    fn ids(self) -> Vec<String> {
        self.turn.track();
        self.offers.with_value(|offers| offers.iter().map(|offer| offer.id.as_str().to_owned()).collect())
    }

    fn one(self, id: &str) -> Option<Rc<OfferView>> {
        self.turn.track();
        self.offers.with_value(|offers| offers.iter().find(|offer| offer.id.as_str() == id).cloned())
    }
}

fn is_priced(offer: &OfferView) -> bool {
    matches!(offer.state, OfferState::Priced { .. })
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
            switch(
                move || u32::from(with(ui, |offers| offers.vehicle.is_some())),
                move |_| with(ui, |offers| offers.vehicle.clone()).map_or_else(nothing, |label| vehicle_line(Some(&label))),
            ),
        ],
    );
    if failed {
        let again = button("btn full", parts![ui.say(Text::CommonRetry)], move || ui.send(Event::Retry));
        return div("stack wide form", parts![head, div("acts", parts![again, call(ui, "btn alt full")])]);
    }
    let shown = Shown::follow(ui);
    let cards = keyed(move || shown.ids(), move |id| card(ui, shown, id));
    let offers = list("stack offers", parts![cards, skeletons(ui)])
        .on("pointermove", move |_| shown.pointed.set(true))
        .on("pointerleave", move |_| shown.pointed.set(false))
        .on("focusin", move |_| shown.focused.set(true))
        .on("focusout", move |_| shown.focused.set(false));
    let quotes = switch(
        move || u32::from(with(ui, |offers| offers.quote_only)),
        move |only| if only == 0 { nothing() } else { note("", Icon::Info, parts![paragraph("", parts![ui.say(Text::PermQuote)])]) },
    );
    div("stack wide", parts![head, quotes, progress(ui), arrivals(ui, shown), tools(ui, shown), offers, nothing_fits(ui), bar(ui)])
}

/// "2 new offers": they come in when the customer wants to see them.
fn arrivals(ui: Ui, shown: Shown) -> Piece {
    let sentence = live(move || match shown.waiting.get() {
        0 => String::new(),
        count => ui.fill(Text::OffersNew, &[("n", &decimal(count))]),
    });
    let show = switch(
        move || u32::from(shown.waiting.get() > 0),
        move |some| {
            let show = move || {
                shown.release();
                ui.refresh();
                ui.focus_later(".title");
            };
            if some == 0 { nothing() } else { button("link", ui.say(Text::OffersShow), show) }
        },
    );
    let said = el("p").class("sub").attr("role", "status").child(sentence);
    el("div").live_class(move || if shown.waiting.get() > 0 { "well row end news" } else { "vh" }).child((said, show))
}

/// Order and filters, once there is something to arrange.
fn tools(ui: Ui, shown: Shown) -> Piece {
    let kinds = move || {
        with(ui, |offers| {
            u32::from(offers.ready > 1 || offers.hidden > 0)
                | u32::from(offers.splits_online) << 1
                | u32::from(offers.splits_instalments) << 2
        })
    };
    switch(kinds, move |kinds| {
        if kinds == 0 {
            return nothing();
        }
        let change = move |change: fn(&mut Arrangement, bool), to: bool| {
            let mut arrangement = with(ui, |offers| offers.arrangement);
            change(&mut arrangement, to);
            shown.release();
            ui.send(Event::Arrange(arrangement));
        };
        let by_name = with(ui, |offers| offers.arrangement.order == Order::Name);
        let options = parts![option("price", ui.t(Text::OffersSortPrice), !by_name), option("name", ui.t(Text::OffersSortName), by_name),];
        let order = el("select").attr("aria-label", &ui.t(Text::OffersSort)).attr("autocomplete", "off").child(options).on(
            "change",
            move |event| {
                let by_name = event_target_value(&event) == "name";
                change(|arrangement, by_name| arrangement.order = if by_name { Order::Name } else { Order::Price }, by_name);
            },
        );
        let chip = |there: bool, words: Text, is: fn(&Arrangement) -> bool, set: fn(&mut Arrangement, bool)| {
            if !there {
                return nothing();
            }
            let input = tick(move || with(ui, |offers| is(&offers.arrangement)), move |ticked| change(set, ticked));
            el("label").class("chip").child((input, ui.t(words)))
        };
        let online = chip(kinds & 2 != 0, Text::OffersFilterOnline, |of| of.online, |of, to| of.online = to);
        let instalments = chip(kinds & 4 != 0, Text::OffersFilterInstalment, |of| of.instalments, |of, to| of.instalments = to);
        let chips = div("row", parts![online, instalments]).attr("role", "group").attr("aria-label", &ui.t(Text::OffersFilter));
        div("tools", parts![div("inp", parts![order, icon(Icon::Down)]), if kinds > 1 { chips } else { nothing() }])
    })
}

/// A box to tick that follows the sale.
fn tick(is: impl Fn() -> bool + 'static, set: impl Fn(bool) + 'static) -> Piece {
    el("input").attr("type", "checkbox").attr("autocomplete", "off").live_prop("checked", move || is().into()).on("change", move |event| {
        set(event_target_checked(&event));
    })
}

/// What is asked for is offered by none.
fn nothing_fits(ui: Ui) -> Piece {
    let none = move || u32::from(with(ui, |offers| offers.hidden > 0 && offers.offers.is_empty()));
    switch(none, move |none| if none == 0 { nothing() } else { paragraph("muted", ui.say(Text::OffersFilterNone)) })
}

/// How many offers are marked, and the way to see them side by side.
fn bar(ui: Ui) -> Piece {
    let sentence = live(move || {
        with(ui, |offers| match (offers.too_many, offers.marked) {
            (true, _) => ui.t(Text::OffersCompareMax),
            (false, 0) => String::new(),
            (false, marked) => ui.fill(Text::OffersCompareBar, &[("n", &decimal(marked))]),
        })
    });
    let compare = switch(
        move || u32::from(with(ui, |offers| offers.marked > 1)),
        move |enough| {
            let compare = move || ui.send(Event::CompareOffers);
            if enough == 0 { nothing() } else { button("btn mid", ui.say(Text::OffersCompare), compare) }
        },
    );
    let said = el("p").class("sub").attr("role", "status").child(sentence);
    el("div").live_class(move || if with(ui, |offers| offers.marked > 0) { "bar" } else { "vh" }).child((said, compare))
}

/// How many have answered: the sentence is the information, the ticks are for the eye.
fn progress(ui: Ui) -> Piece {
    let sentence = live(move || {
        with(ui, |offers| match (offers.done, offers.total) {
            (true, _) => offers_ready(ui, offers),
            (false, 0) => ui.t(Text::CommonLoading),
            (false, total) => ui.fill(Text::OffersWaiting, &[("n", &decimal(offers.answered)), ("total", &decimal(total))]),
        })
    });
    // Drawn anew only when one of the counts is another.
    let counts = move || {
        with(ui, |offers| {
            let of = |answer| offers.ticks.iter().filter(|tick| **tick == answer).take(1023).zip(1..).last().map_or(0, |(_, count)| count);
            if offers.done { 0 } else { of(Some(true)) << 20 | of(Some(false)) << 10 | of(None) }
        })
    };
    let ticks = switch(counts, |counts| {
        // Answers first: the row fills from its beginning.
        let of = |count: u32, class: &'static str| (0..count & 1023).map(move |_| el("i").class(class));
        let ticks: Piece = of(counts >> 20, "ok").chain(of(counts >> 10, "no")).chain(of(counts, "wait")).collect();
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
    ui.fill(Text::OffersDone, &[("n", &decimal(offers.ready))])
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
fn card(ui: Ui, shown: Shown, id: &str) -> Piece {
    let offer = Rc::new(RefCell::new(shown.one(id)));
    let (version, held) = (Signal::new(0), Signal::new(0));
    let watched = {
        let (id, offer) = (id.to_owned(), Rc::clone(&offer));
        part(move || {
            let latest = shown.one(&id);
            if latest.is_some() && *offer.borrow() != latest {
                let before = offer.replace(latest);
                if before.as_deref().map(choices) != offer.borrow().as_deref().map(choices) {
                    held.count();
                }
                version.count();
            }
            nothing()
        })
    };
    let follow = |signal: Signal, draw: fn(Ui, &OfferView) -> Piece| {
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
            match offer.borrow().as_ref() {
                Some(offer) if is_calm(offer) => "offer calm",
                Some(offer) if offer.chosen => "offer on",
                _ => "offer",
            }
        }
    };
    let insurer = offer.borrow().as_ref().map(|offer| offer.insurer.clone()).unwrap_or_default();
    let who = div(
        "who",
        parts![follow(version, logo), el("h3").class("sub").child(insurer), follow(version, below_name), follow(version, badges)],
    );
    let facts = parts![follow(version, cost), follow(version, covers), follow(version, say)];
    let parts = parts![watched, who, facts, follow(held, plan), follow(held, act), more(ui, &offer, version)];
    el("li").live_class(class).attr("data-offer", id).attr("tabindex", "-1").child(parts)
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
fn more(ui: Ui, offer: &Rc<RefCell<Option<Rc<OfferView>>>>, version: Signal) -> Piece {
    let read = {
        let offer = Rc::clone(offer);
        move |read: fn(&OfferView) -> u32| {
            version.track();
            offer.borrow().as_deref().map_or(0, read)
        }
    };
    let (kinds, ticked, offer) = (read.clone(), read.clone(), Rc::clone(offer));
    switch(
        move || read(|offer| u32::from(is_priced(offer))),
        move |priced| {
            let Some(offer) = offer.borrow().clone().filter(|_| priced > 0) else { return nothing() };
            let name = |words: &str| join(words, ": ", &offer.insurer);
            let words = ui.t(Text::OffersCoverages);
            let (id, label) = (offer.id.clone(), name(&words));
            let open = move || {
                ui.leave_from(&id, "covers");
                ui.send(Event::ShowCoverages(id.clone()));
            };
            let covers = button("link", words.into(), open).attr("aria-label", &label).attr("data-covers", "");
            let (kinds, ticked, id) = (kinds.clone(), ticked.clone(), offer.id.clone());
            let label = name(&ui.t(Text::OffersPdf));
            let document = switch(
                move || {
                    kinds(|offer| match offer.document {
                        DocumentView::There(_) => 2,
                        DocumentView::Busy => 1,
                        DocumentView::None => 0,
                    })
                },
                {
                    let offer = id.clone();
                    move |kind| document(ui, &offer, kind, &label)
                },
            );
            let mark = tick(
                move || ticked(|offer| u32::from(offer.marked)) > 0,
                move |marked| {
                    ui.send(Event::MarkOffer { product: id.clone(), marked });
                    // A mark too many is taken back: the offer is the same as before, the box is not.
                    version.count();
                },
            );
            let words = ui.t(Text::OffersCompare);
            let mark = mark.attr("aria-label", &name(&words));
            let compare = el("label").class("row small").child((mark, words));
            div("row end links", parts![div("row", parts![covers, document]), compare])
        },
    )
}

/// The offer as a document: asked for by the first press, then a link, as no page may be opened after waiting.
fn document(ui: Ui, id: &ProductId, kind: u32, label: &str) -> Piece {
    let there = with(ui, |offers| match offers.offers.iter().find(|offer| offer.id == *id).map(|offer| &offer.document) {
        Some(DocumentView::There(url)) => Some(url.clone()),
        _ => None,
    });
    let place = join("[data-offer=\"", id.as_str(), "\"] [data-document]");
    // Who pressed it stays at it, whatever it is by now.
    if ui.has(&join(&place, ":focus", "")) {
        ui.focus_on(place);
    }
    match (kind, there) {
        (2, Some(url)) => open(ui, &url, Text::OffersPdf).attr("data-document", ""),
        (1, _) => span("muted small", ui.say(Text::CommonLoading)).attr("role", "status").attr("tabindex", "-1").attr("data-document", ""),
        _ => {
            let id = id.clone();
            let ask = move || ui.send(Event::ShowDocument(id.clone()));
            button("link", ui.say(Text::OffersPdf), ask).attr("aria-label", label).attr("data-document", "")
        }
    }
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

/// `6 taksit × ₺3.377,95`
pub(super) fn instalments(ui: Ui, plan: &PlanView, words: Text) -> String {
    ui.fill(words, &[("n", &decimal(plan.instalments)), ("amount", &format::money(&ui.language(), plan.each))])
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

/// "Call me": the agency learns of it, and the customer that it did.
pub(super) fn call_me(ui: Ui, offer: &OfferView, class: &'static str) -> Piece {
    let id = offer.id.clone();
    let words = ui.t(Text::PermCall);
    let name = join(&words, ": ", &offer.insurer);
    button(class, parts![icon(Icon::Phone), words.into()], move || {
        ui.leave_from(&id, "call");
        ui.send(Event::RequestCall(id.clone()));
    })
    .attr("aria-label", &name)
    .attr("data-call", "")
}

// What the list and the screens that are loaded later both do is here, once: two closures of the same code are one function to the
// compiler, and that one would be on the other side.

/// Chooses the offer.
pub(super) fn pick(ui: Ui, offer: &OfferView, class: &'static str, words: Text) -> Piece {
    let id = offer.id.clone();
    let words = ui.t(words);
    let name = join(&words, ": ", &offer.insurer);
    button(class, words.into(), move || ui.send(Event::PickOffer(id.clone()))).attr("aria-label", &name)
}

/// A document in a new tab.
pub(super) fn open(ui: Ui, url: &str, words: Text) -> Piece {
    outward(ui, "link", url, parts![icon(Icon::Document), ui.say(words)], || ())
}

/// What failed, once more.
pub(super) fn again(ui: Ui) -> Piece {
    button("link", ui.say(Text::CommonRetry), move || ui.send(Event::Retry))
}

/// Back to the list.
pub(super) fn back(ui: Ui) -> Piece {
    button("btn alt full", ui.say(Text::ReviewChangedLeave), move || ui.send(Event::Back))
}
