//! The frame around every screen: where one is, the way back, the way out, and whom to call.

use insurup_core::flow::{Event, Screen, Step};
use leptos::prelude::*;

use crate::element::{Piece, el};

use crate::parts::{Icon, Parts, button, call, div, icon, item, list, live, note, nothing, paragraph, part, span, text, title};
use crate::screens;
use crate::texts::Text;
use crate::ui::Ui;
use crate::words;

const STEPS: [(Step, Text); 5] = [
    (Step::You, Text::StepYou),
    (Step::Vehicle, Text::StepVehicle),
    (Step::Offers, Text::StepOffers),
    (Step::Payment, Text::StepPayment),
    (Step::Policy, Text::StepPolicy),
];

/// Everything.
pub(crate) fn draw(ui: Ui) -> Piece {
    let errors = ui.config_errors();
    let content: Parts = if errors.iter().any(crate::config::ConfigError::is_fatal) {
        vec![cannot_start(ui)]
    } else {
        follow_screens(ui);
        let unknown = if errors.is_empty() { nothing() } else { mistakes(ui) };
        vec![unknown, top(ui), steps(ui), notice(ui), part(move || screen(ui)), foot(ui)]
    };
    let said = el("div").class("vh").attr("role", "status").child(live(move || spoken(ui)));
    el("div")
        .class("ins")
        .attr("lang", if ui.is_turkish() { "tr" } else { "en" })
        .live("data-theme", move || {
            let _ = ui.view();
            Some(ui.page().theme)
        })
        .child((said, div("box", content)))
}

/// The screen, drawn anew only when it is another one; within a screen its parts follow by themselves.
fn screen(ui: Ui) -> Piece {
    let name = ui.screen.get();
    // A page the payment page sent the customer to, in a tab that knows of no payment: the first tab does.
    if ui.page().is_return && matches!(&ui.view_now().screen, Screen::Identify(view) if !view.again) {
        return screens::returned(ui);
    }
    el("div").class("enter").attr("data-screen", &name).child(untrack(|| screens::draw(ui)))
}

/// After each change of screen the heading has the focus: a keyboard goes on from there, a screen reader says where one is.
fn follow_screens(ui: Ui) {
    Effect::new(move |seen: Option<&'static str>| {
        let name = ui.screen.get();
        // The first screen comes by itself: it must not take the focus from the page.
        if seen.is_some_and(|seen| seen != name && seen != "start") {
            ui.focus_later(".title");
        }
        name
    });
}

fn top(ui: Ui) -> Piece {
    let back = part(move || {
        if !ui.view().can_go_back {
            return nothing();
        }
        el("button")
            .attr("type", "button")
            .class("icon")
            .attr("aria-label", &ui.t(Text::CommonBack))
            .child(icon(Icon::Back))
            .on("click", move |_| ui.send(Event::Back))
    });
    let place = live(move || {
        let step = ui.view().step;
        format!(
            "{} · {}",
            ui.fill(Text::CommonStep, &[("n", &(step as usize + 1).to_string()), ("total", "5")]),
            ui.t(STEPS[step as usize].1)
        )
    });
    let out =
        part(
            move || {
                if ui.view().signed_in { button("link", vec![text(ui.t(Text::CommonSignout))], move || sign_out(ui)) } else { nothing() }
            },
        );
    div("top", vec![back, paragraph("", vec![place]), out])
}

fn sign_out(ui: Ui) {
    ui.clear_drafts();
    ui.send(Event::SignOut);
}

fn steps(ui: Ui) -> Piece {
    let items: Vec<_> = STEPS
        .into_iter()
        .map(|(step, name)| {
            el("li")
                .live_class(move || if ui.view().step > step { "done" } else { "" })
                .live("aria-current", move || (ui.view().step == step).then_some("step"))
                .child(span("", vec![text(ui.t(name))]))
        })
        .collect();
    el("ol").class("steps").child(items)
}

fn notice(ui: Ui) -> Piece {
    part(move || {
        let view = ui.view();
        // The code screen says it at its field.
        match &view.notice {
            Some(notice) if !matches!(view.screen, Screen::Code(_)) => div("stack said", vec![words::notice(ui, notice)]),
            _ => nothing(),
        }
    })
}

fn foot(ui: Ui) -> Piece {
    let page = ui.page();
    let secure = span("", vec![icon(Icon::Lock), text(ui.t(Text::CommonSecure))]);
    let phone = el("a").attr("href", &crate::parts::telephone(&page.phone)).child(page.phone.clone());
    let agency = span("", vec![icon(Icon::Phone), span("", vec![text(format!("{} · ", page.agency_name)), phone])]);
    el("footer").class("foot").child(vec![secure, agency])
}

/// One line for a screen reader, where no focus moves: how many insurers have answered.
fn spoken(ui: Ui) -> String {
    match &ui.view().screen {
        Screen::Offers(offers) if offers.total > 0 && !offers.done => {
            ui.fill(Text::OffersWaiting, &[("n", &offers.answered.to_string()), ("total", &offers.total.to_string())])
        }
        Screen::Offers(offers) if offers.done => screens::offers_ready(ui, offers),
        _ => String::new(),
    }
}

/// The configuration is wrong: the developer reads what and where, a visitor whom to call.
fn cannot_start(ui: Ui) -> Piece {
    div("stack", vec![title(ui.t(Text::CfgVisitor)), call(ui, "btn full alt"), mistakes(ui)])
}

fn mistakes(ui: Ui) -> Piece {
    let lines: Parts = ui.config_errors().iter().map(|error| item("mono", vec![text(words::config_error(ui, error))])).collect();
    let codes: Vec<_> = ui.config_errors().iter().map(|error| error.code()).collect();
    div(
        "stack",
        vec![
            note("bad", Icon::Alert, vec![paragraph("sub", vec![text(ui.t(Text::CfgTitle))]), list("", lines)]),
            paragraph("small muted", vec![text(format!("insurup:error · {}", codes.join(", ")))]),
        ],
    )
}
