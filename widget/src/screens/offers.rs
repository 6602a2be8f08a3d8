//! The offers: who has answered, what each costs, and what can be done with it.

mod card;

use std::cell::RefCell;
use std::rc::Rc;

use insurup_core::domain::normalise::{decimal, join};
use insurup_core::flow::{Arrangement, Event, OfferState, OfferView, OffersView, Order, PlanView, Screen};
use leptos::prelude::*;

use crate::element::{Piece, el, keyed, switch};
use crate::kept::Kept;
use crate::signal::{Flag, Signal, follow};

use super::vehicle_line;
use crate::form::option;
use crate::format;
use crate::parts::{Icon, button, call, div, icon, item, list, live, note, nothing, outcome, outward, paragraph, part, span, text};
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
    let cards = keyed(move || shown.ids(), move |id| card::draw(ui, shown, id));
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
            let kinds = u32::from(offers.ready > 1 || offers.hidden > 0)
                | u32::from(offers.splits_online) << 1
                | u32::from(offers.splits_instalments) << 2;
            if kinds == 0 && !offers.done { COMING } else { kinds }
        })
    };
    switch(kinds, move |kinds| {
        // Their place is kept: what comes into it must not push the list away.
        if kinds == COMING {
            return div("tools", nothing());
        }
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

/// There will be something to arrange.
const COMING: u32 = 8;

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
    // Drawn anew only when one of the counts is another; each has ten bits.
    let counts = move || {
        with(ui, |offers| {
            let of = |answer| offers.ticks.iter().take(1023).map(|tick| u32::from(*tick == answer)).sum::<u32>();
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

/// `6 taksit × ₺3.377,95`
pub(super) fn instalments(ui: Ui, plan: &PlanView, words: Text) -> String {
    ui.fill(words, &[("n", &decimal(plan.instalments)), ("amount", &format::money(&ui.language(), plan.each))])
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
