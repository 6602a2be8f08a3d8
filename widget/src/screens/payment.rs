//! Paying, the result, and the policy. What is known, what is not, and what to do: nothing else is said here.

use std::rc::Rc;

use insurup_core::client::carrier::set_timeout;
use insurup_core::domain::normalise::join;
use insurup_core::flow::{AwayView, CheckView, Event, Field, PaymentTimes, PlanView, ReviewView, Screen};
use wasm_bindgen::prelude::*;

use crate::element::{Piece, el, switch};
use crate::signal::Flag;

use super::offers::instalments;
use super::{link_to_mine, plain_heading};
use crate::form::check_box;
use crate::parts::{
    Icon, action_of, button, call, div, facts, icon, item, list, live, note, nothing, number, outcome, outward, paragraph, part, plate,
    span, text, way_out,
};
use crate::texts::Text;
use crate::ui::Ui;
use crate::{format, later};

fn with_review<T: Default>(ui: Ui, read: impl FnOnce(&ReviewView) -> T) -> T {
    match &ui.view().screen {
        Screen::Review(view) => read(view),
        _ => T::default(),
    }
}

pub(super) fn review(ui: Ui) -> Piece {
    ui.set_draft(Field::Acknowledged, String::new());
    let summary = part(move || with_review(ui, |view| Some(summary(ui, view))).unwrap_or_else(nothing));
    let plans = switch(
        move || u32::try_from(with_review(ui, |view| view.plans.len())).unwrap_or(0),
        move |count| if count < 2 { nothing() } else { plan_choice(ui, &with_review(ui, |view| view.plans.clone())) },
    );
    let redirect = live(move || with_review(ui, |view| ui.fill(Text::ReviewRedirect, &[("insurer", &view.insurer)])));
    let busy = move || with_review(ui, |view| view.busy);
    let label = move || {
        let words = live(move || {
            let amount = with_review(ui, |view| view.plan).map(|plan| format::money(&ui.language(), plan.total)).unwrap_or_default();
            ui.fill(Text::ReviewSubmit, &[("amount", &amount)])
        });
        parts![icon(Icon::Out), words]
    };
    let press = move || ui.send(Event::Pay { acknowledged: ui.is_ticked(Field::Acknowledged) });
    let pay = action_of(ui, Rc::new(busy), Box::new(label), Text::ReviewReread, Box::new(press));
    div(
        "split stack wide",
        parts![
            summary,
            div(
                "stack wide",
                parts![
                    plain_heading(ui, Text::ReviewTitle, Some(Text::ReviewLead)),
                    plans,
                    documents(ui),
                    note("", Icon::Lock, parts![paragraph("", parts![redirect])]),
                    div("acts", parts![pay]),
                ],
            ),
        ],
    )
}

fn summary(ui: Ui, view: &ReviewView) -> Piece {
    let change = button("link", parts![ui.say(Text::CommonChange)], move || ui.send(Event::Back));
    let mut rows = vec![(ui.t(Text::ReviewProduct), text(view.product.clone()))];
    if let Some(vehicle) = &view.vehicle {
        rows.push((
            ui.t(Text::StepVehicle),
            if vehicle.plate.is_some() { plate(vehicle.plate.as_ref()) } else { text(vehicle.text.clone()) },
        ));
    }
    if let Some(insured) = &view.insured {
        rows.push((ui.t(Text::ReviewInsured), text(insured.clone())));
    }
    let amount = view.plan.map(|plan| format::money(&ui.language(), plan.total)).unwrap_or_default();
    let rule = el("hr").class("rule").attr("role", "presentation");
    let sum = div("row end", parts![span("", parts![ui.say(Text::ReviewAmount)]), span("price", parts![number(amount)])]);
    let head = div("row end", parts![paragraph("sub", parts![text(view.insurer.clone())]), if view.busy { nothing() } else { change }]);
    div("well stack side", parts![head, facts("facts", rows), rule, sum])
}

fn plan_choice(ui: Ui, plans: &[PlanView]) -> Piece {
    let cards: Piece = plans
        .iter()
        .map(|plan| {
            let plan = *plan;
            let chosen = move || with_review(ui, |view| view.plan.is_some_and(|chosen| chosen.instalments == plan.instalments));
            let radio = el("input")
                .attr("type", "radio")
                .attr("name", "plan")
                .live_prop("checked", move || chosen().into())
                .on("change", move |_| ui.send(Event::ChooseInstalments(plan.instalments)));
            let total = format::money(&ui.language(), plan.total);
            let (name, sum) = if plan.instalments == 1 {
                (ui.t(Text::OffersCash), total)
            } else {
                (instalments(ui, &plan, Text::OffersInstalment), ui.fill(Text::OffersTotal, &[("amount", &total)]))
            };
            let name = span("", parts![span("sub", parts![text(name)])]);
            el("label").class("pick").child(parts![radio, name, span("small muted num", parts![text(sum)])])
        })
        .collect();
    let legend = el("legend").class("legend").child(ui.t(Text::OffersPlan));
    el("fieldset").class("field").child((legend, div("stack tight", cards)))
}

/// The documents the law wants readable before paying, and the tick that they were read.
fn documents(ui: Ui) -> Piece {
    let links = part(move || {
        let (offer, information, busy) =
            with_review(ui, |view| (view.offer_url.clone(), view.information_url.clone(), view.documents_busy));
        let all = offer.is_some() && information.is_some();
        let link = |url: Option<String>, words: Text| match url {
            Some(url) => outward(ui, "link", &url, parts![icon(Icon::Document), ui.say(words)], || ()),
            None => nothing(),
        };
        let below = match (busy, all) {
            (true, _) => paragraph("small muted", ui.say(Text::CommonLoading)),
            (false, false) => button("link", ui.say(Text::CommonRetry), move || ui.send(Event::Retry)),
            (false, true) => nothing(),
        };
        div("stack tight", parts![link(offer, Text::OffersDocument), link(information, Text::ReviewInfo), below])
    });
    let unread = part(move || {
        if with_review(ui, |view| view.unacknowledged) {
            el("p").class("error").attr("role", "alert").child((icon(Icon::Alert), span("", parts![ui.say(Text::ErrAck)])))
        } else {
            nothing()
        }
    });
    let name = el("h3").class("legend").child(ui.t(Text::ReviewDocs));
    div(
        "field",
        parts![name, links, mail(ui, "link", Text::ReviewSend), check_box(ui, Field::Acknowledged, Text::ReviewAck, None, None), unread],
    )
}

pub(super) fn ready(ui: Ui, view: &AwayView) -> Piece {
    let mut rows = vec![(ui.t(Text::AwayHost), span("mono", parts![text(view.host.clone())]))];
    if let Some(amount) = view.amount {
        rows.push((ui.t(Text::ReviewAmount), number(format::money(&ui.language(), amount))));
    }
    let label = parts![ui.say(Text::AwayOpen), icon(Icon::Out)];
    let (lead, open) = if view.same_tab {
        // At once: a moment later this page may be gone. The link stays where it is.
        let open = way_out("btn full", &view.url, "_top", label, move || ui.send(Event::PageOpened));
        (Text::AwayReadySame, open)
    } else {
        (Text::AwayReadyLead, outward(ui, "btn full", &view.url, label, move || opened(ui)))
    };
    div(
        "stack wide form",
        parts![
            outcome("", Icon::Lock, ui.t(Text::AwayReadyTitle), ui.t(lead)),
            facts("facts", rows),
            div("acts", parts![open, button("link", parts![ui.say(Text::AwayLeave)], move || ui.send(Event::GaveUp))]),
        ],
    )
}

/// The link does the opening; the sale learns of it a moment later, so that the link is still there while the browser follows it.
fn opened(ui: Ui) {
    set_timeout(&Closure::once_into_js(move || ui.send(Event::PageOpened)), 0);
}

pub(super) fn away(ui: Ui) -> Piece {
    let Screen::Away(view) = &ui.view().screen else { return nothing() };
    let reopen = outward(ui, "btn full alt", &view.url, parts![ui.say(Text::AwayReopen), icon(Icon::Out)], || ());
    div(
        "stack wide form",
        parts![
            outcome("", Icon::Out, ui.t(Text::AwayTitle), ui.t(Text::AwayLead)),
            timeline(ui, true, true),
            div("acts", parts![button("btn full", parts![ui.say(Text::AwayCheck)], move || ui.send(Event::CheckNow)), reopen]),
            button("link", parts![ui.say(Text::AwayLeave)], move || ui.send(Event::GaveUp)),
        ],
    )
}

/// What is known, and since when; what is not yet. Drawn once, only the times follow the sale.
fn timeline(ui: Ui, opened: bool, hopeful: bool) -> Piece {
    let row = |class, sign: Piece, words: Text, at: fn(PaymentTimes) -> Option<i64>| {
        let mark = el("i").attr("aria-hidden", "true").child(sign);
        let time = live(move || at(times(ui)).map_or_else(String::new, |at| format::time(&ui.language(), at)));
        let time = span("small muted num", time);
        let row = el("li").class(class).child((mark, parts![span("", parts![ui.say(words)]), time]));
        if class == "now" { row.attr("aria-current", "step") } else { row }
    };
    let opened = if opened { row("ok", icon(Icon::Check), Text::CheckOpened, |times| times.opened_unix_ms) } else { nothing() };
    let rows = parts![
        row("ok", icon(Icon::Check), Text::CheckSent, |times| times.sent_unix_ms),
        opened,
        row("now", nothing(), Text::CheckWaiting, |times| times.last_read_unix_ms),
        if hopeful { row("later", nothing(), Text::CheckPolicy, |_| None) } else { nothing() },
    ];
    crate::parts::ordered("tl", rows)
}

fn times(ui: Ui) -> PaymentTimes {
    match &ui.view().screen {
        Screen::Away(view) => view.times,
        Screen::Checking(view) | Screen::Unknown(view) => view.times,
        _ => PaymentTimes::default(),
    }
}

fn with_check<T: Default>(ui: Ui, read: impl FnOnce(&CheckView) -> T) -> T {
    match &ui.view().screen {
        Screen::Checking(view) | Screen::Unknown(view) => read(view),
        _ => T::default(),
    }
}

pub(super) fn checking(ui: Ui) -> Piece {
    let opened = with_check(ui, |view| view.opened);
    let last = live(move || {
        with_check(ui, |view| {
            let code = ui.fill(Text::CommonSupport, &[("code", &view.support_code)]);
            match view.times.last_read_unix_ms {
                Some(at) => join(&ui.fill(Text::CheckLast, &[("time", &format::time(&ui.language(), at))]), " · ", &code),
                None => code,
            }
        })
    });
    div(
        "stack wide form",
        parts![
            outcome("", Icon::Clock, ui.t(Text::CheckTitle), ui.t(Text::CheckLead)),
            timeline(ui, opened, true),
            paragraph("small muted", parts![last]),
        ],
    )
}

pub(super) fn unknown(ui: Ui, view: &CheckView) -> Piece {
    let lines = [Text::UnknownWait, Text::UnknownCall].into_iter().map(|words| item("", parts![ui.say(words)])).collect();
    div(
        "stack wide form",
        parts![
            outcome("warn", Icon::Clock, ui.t(Text::UnknownTitle), ui.t(Text::UnknownLead)),
            timeline(ui, view.opened, false),
            list("stack tight well small", lines),
            paragraph("sub", parts![text(ui.fill(Text::CommonSupport, &[("code", &view.support_code)]))]),
            div(
                "acts",
                parts![button("btn full", parts![ui.say(Text::UnknownCheck)], move || ui.send(Event::CheckNow)), call(ui, "btn alt full")],
            ),
        ],
    )
}

pub(super) fn policy(ui: Ui) -> Piece {
    let insurer = match &ui.view().screen {
        Screen::Policy(view) => view.insurer.clone(),
        _ => String::new(),
    };
    ui.clear_drafts();
    div(
        "stack wide form",
        parts![
            outcome("good", Icon::Check, ui.t(Text::PolicyTitle), ui.fill(Text::PolicyLead, &[("insurer", &insurer)])),
            part(move || document(ui)),
            switch(
                move || u32::from(document_url(ui).is_some()),
                move |_| match document_url(ui) {
                    Some(url) => {
                        let link = outward(ui, "btn full", &url, parts![icon(Icon::Download), ui.say(Text::PolicyDownload)], || ());
                        div("acts", link)
                    }
                    None => note("", Icon::Info, paragraph("", ui.say(Text::PolicyPending))),
                },
            ),
            // Not the filled button: that is the download's.
            mail(ui, "btn full alt", Text::PolicyEmail),
            link_to_mine(ui),
        ],
    )
}

/// Documents by e-mail: a button, and in its place the address as soon as it is pressed.
fn mail(ui: Ui, class: &'static str, words: Text) -> Piece {
    let wanted = Flag::new(false);
    let possible = move || crate::ui::mail(&ui.view()).is_some();
    switch(
        move || u32::from(possible()) + u32::from(possible() && wanted.get()),
        move |kind| match kind {
            0 => nothing(),
            1 => {
                let open = move || {
                    wanted.set(true);
                    ui.focus_later(".mail");
                };
                div("acts", button(class, parts![icon(Icon::Mail), ui.say(words)], open))
            }
            _ => div("mail", later::draw(ui, super::by_email::mail)).attr("tabindex", "-1"),
        },
    )
}

fn document_url(ui: Ui) -> Option<String> {
    match &ui.view().screen {
        Screen::Policy(view) => view.document_url.clone(),
        _ => None,
    }
}

fn document(ui: Ui) -> Piece {
    let shown = ui.view();
    let Screen::Policy(view) = &shown.screen else { return nothing() };
    let vehicle = view.vehicle.as_ref().and_then(|vehicle| vehicle.plate.clone());
    let head = div("row end", parts![paragraph("sub", parts![text(view.insurer.clone())]), plate(vehicle.as_ref())]);
    let number_line = view.number.clone().map_or_else(
        || span("sk w2", parts![text("")]),
        |policy| parts![paragraph("muted small", parts![ui.say(Text::PolicyNumber)]), paragraph("price", parts![number(policy)])],
    );
    let mut rows = Vec::new();
    if let Some(product) = &view.product {
        rows.push((ui.t(Text::ReviewProduct), text(product.clone())));
    }
    if let Some(insured) = &view.insured {
        rows.push((ui.t(Text::ReviewInsured), text(insured.clone())));
    }
    if let Some(start) = view.start {
        rows.push((ui.t(Text::ReviewStart), text(format::date(&ui.language(), start))));
    }
    if let Some(end) = view.end {
        rows.push((ui.t(Text::ReviewEnd), text(format::date(&ui.language(), end))));
    }
    if let Some(paid) = view.paid {
        rows.push((ui.t(Text::PolicyPaid), number(format::money(&ui.language(), paid))));
    }
    div("policy", parts![div("stack tight", parts![head, number_line]), div("", parts![facts("facts", rows)])])
}
