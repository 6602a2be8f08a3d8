//! The frame around every screen: where one is, the way back, the way out, and whom to call.

use std::cell::Cell;

use insurup_core::domain::normalise::{decimal, join};
use insurup_core::flow::{Event, Notice, Screen, Step};
use leptos::prelude::*;

use crate::config::Verdict;
use crate::element::{Piece, el, switch};
use crate::later::{self, COMING, FAILED};
use crate::parts::{Icon, button, call, div, icon, live, note, nothing, paragraph, part, span, text, title};
use crate::screens;
use crate::signal::{Signal, follow};
use crate::texts::Text;
use crate::ui::{Ui, is_online};
use crate::words;

const STEPS: [(Step, Text); 5] = [
    (Step::You, Text::StepYou),
    (Step::Vehicle, Text::StepVehicle),
    (Step::Offers, Text::StepOffers),
    (Step::Payment, Text::StepPayment),
    (Step::Policy, Text::StepPolicy),
];

/// Everything; drawn anew only when the language or the look is another.
pub(crate) fn draw(ui: Ui, verdict: Verdict) -> Piece {
    let starts = verdict != Verdict::Wrong;
    if starts {
        follow_screens(ui);
    }
    let whole = part(move || {
        ui.follow_words();
        untrack(|| if starts { frame(ui, verdict) } else { cannot_start(ui) })
    });
    el("div").child(whole)
}

fn frame(ui: Ui, verdict: Verdict) -> Piece {
    let unknown = match verdict {
        Verdict::Right => nothing(),
        Verdict::Unseen => later::contrast(ui),
        _ => later::mistakes(ui),
    };
    let said = el("div").class("vh").attr("role", "status").child(live(move || spoken(ui)));
    let returned = Signal::new(u32::from(ui.page().is_return));
    surface(ui, said, parts![unknown, top(ui), steps(ui), notice(ui), part(move || screen(ui, returned)), foot(ui)])
}

fn surface(ui: Ui, said: Piece, content: Piece) -> Piece {
    let language = if ui.is_turkish() { "tr" } else { "en" };
    // A region of its own, also on a page that has no others: else its foot would be taken for the page's.
    // Both languages are written from left to right, whatever the page around is.
    el("section")
        .class("ins")
        .attr("aria-label", &ui.page().agency_name)
        .attr("lang", language)
        .attr("dir", "ltr")
        .attr("data-theme", &ui.page().theme)
        .live("aria-busy", move || (ui.press().get() == COMING).then_some("true"))
        .child((said, div("box", content)))
}

/// The screen, drawn anew only when it is another one; within a screen its parts follow by themselves.
fn screen(ui: Ui, returned: Signal) -> Piece {
    let name = ui.screen();
    // A page the payment page sent the customer to, in a tab that knows of no payment: the first tab does.
    if returned.get() != 0 && matches!(&ui.view_now().screen, Screen::Identify(view) if view.again.is_none()) {
        return screens::returned(ui, move || {
            returned.set(0);
            ui.focus_later(".title");
        });
    }
    el("div").class("enter").attr("data-screen", name).child(untrack(|| screens::draw(ui)))
}

/// After each change of screen the heading has the focus: a keyboard goes on from there, a screen reader says where one is.
fn follow_screens(ui: Ui) {
    let seen = Cell::new("start");
    follow(move || {
        let name = ui.screen();
        // The first screen comes by itself: it must not take the focus from the page.
        if seen.replace(name) != "start" {
            ui.focus_opener();
        }
    });
}

fn top(ui: Ui) -> Piece {
    let back = switch(
        move || u32::from(ui.view().can_go_back),
        move |possible| {
            if possible == 0 {
                return nothing();
            }
            el("button")
                .attr("type", "button")
                .class("icon")
                .attr("aria-label", &ui.t(Text::CommonBack))
                .child(icon(Icon::Back))
                .on("click", move |_| ui.send(Event::Back))
        },
    );
    let place = live(move || {
        let step = ui.view().step;
        join(&ui.fill(Text::CommonStep, &[("n", &decimal(step as usize + 1)), ("total", "5")]), " · ", &ui.t(STEPS[step as usize].1))
    });
    let out = switch(
        move || u32::from(ui.view().can_sign_out),
        move |possible| {
            if possible == 0 { nothing() } else { button("link", ui.say(Text::CommonSignout), move || sign_out(ui)) }
        },
    );
    div("top", parts![back, paragraph("", parts![place]), out])
}

fn sign_out(ui: Ui) {
    ui.clear_drafts();
    ui.send(Event::SignOut);
}

fn steps(ui: Ui) -> Piece {
    let items: Piece = STEPS
        .into_iter()
        .map(|(step, name)| {
            el("li")
                .live_class(move || if ui.view().step > step { "done" } else { "" })
                .live("aria-current", move || (ui.view().step == step).then_some("step"))
                .child(span("", parts![ui.say(name)]))
        })
        .collect();
    el("ol").class("steps").child(items)
}

fn notice(ui: Ui) -> Piece {
    let offline = Cell::new(false);
    part(move || {
        ui.follow_notices();
        if ui.press().get() == FAILED {
            return div("stack said", parts![words::notice(ui, &Notice::Server)]);
        }
        let view = ui.view_now();
        let was_offline = offline.replace(view.notice == Some(Notice::Offline));
        let said = match (&view.notice, &view.screen) {
            // The code screen says it at its field, the identity form in its heading.
            (Some(Notice::SessionExpired), Screen::Identify(_)) => return nothing(),
            (Some(notice), screen) if *notice == Notice::SessionExpired || !matches!(screen, Screen::Code(_)) => words::notice(ui, notice),
            (None, _) if was_offline && is_online() == Some(true) => note("good", Icon::Check, paragraph("", ui.say(Text::NetOnline))),
            _ => return nothing(),
        };
        div("stack said", said)
    })
}

fn foot(ui: Ui) -> Piece {
    let page = ui.page();
    let secure = span("", parts![icon(Icon::Lock), ui.say(Text::CommonSecure)]);
    let phone = el("a").attr("href", &crate::parts::telephone(&page.phone)).child(page.phone.clone());
    let agency = span("", parts![icon(Icon::Phone), span("", parts![text(join(&page.agency_name, " · ", "")), phone])]);
    el("footer").class("foot").child(parts![secure, agency])
}

/// One line for a screen reader, where no focus moves: how many insurers have answered.
fn spoken(ui: Ui) -> String {
    match &ui.view().screen {
        Screen::Offers(offers) if offers.total > 0 && !offers.done => {
            ui.fill(Text::OffersWaiting, &[("n", &decimal(offers.answered)), ("total", &decimal(offers.total))])
        }
        Screen::Offers(offers) if offers.done => screens::offers_ready(ui, offers),
        _ => String::new(),
    }
}

/// The configuration is wrong: the developer reads what and where, a visitor whom to call.
fn cannot_start(ui: Ui) -> Piece {
    let content = div("stack", parts![title(ui.t(Text::CfgVisitor)), call(ui, "btn full alt"), later::mistakes(ui)]);
    surface(ui, nothing(), content)
}
