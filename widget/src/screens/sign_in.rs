//! Who are you: identity, code, consents.

use insurup_core::domain::normalise::{decimal, join};
use std::cell::Cell;

use insurup_core::client::browser::Driver;
use insurup_core::domain::Secret;
use insurup_core::flow::{Again, CodeView, Event, Field, IdentityForm, IdentityKind, Notice, Screen};
use leptos::prelude::*;

use crate::element::{Piece, el, switch};
use crate::signal::follow;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{every_second, plain_heading, vehicle_line};
use crate::form::{Kind, check_box, summary, text_field};
use crate::later;
use crate::parts::{Icon, action, button, div, facts, form, heading, icon, live, note, nothing, paragraph, part, span, text};
use crate::texts::Text;
use crate::ui::Ui;

pub(super) fn identify(ui: Ui, again: Option<Again>) -> Piece {
    let (title, lead) = match again {
        None => (Text::IdTitleKasko, Text::IdLead),
        Some(Again::Sale) => (Text::SessionTitle, Text::SessionLead),
        Some(Again::Payment) => (Text::AgainPayment, Text::AgainPaymentLead),
    };
    let page = ui.page();
    let link = el("a")
        .attr("href", &page.kvkk_url)
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .child((ui.t(Text::ConsentNoticeLink), span("vh", parts![text(join(" (", &ui.t(Text::CommonNewtab), ")"))])));
    let busy = move || matches!(&ui.view().screen, Screen::Identify(view) if view.form.busy);
    form(parts![
        plain_heading(ui, title, Some(lead)),
        summary(ui),
        kinds(ui),
        switch(move || ui.kind() as u32, move |_| who(ui)),
        text_field(
            ui,
            Field::Phone,
            const { &Kind { hint: Some(Text::IdPhoneHint), keyboard: "tel", fills: "tel-national", prefix: "+90", ..Kind::PLAIN } },
        ),
        paragraph("small muted", parts![text(join(&ui.t(Text::ConsentNotice), " ", "")), link]),
        div(
            "acts",
            parts![action(ui, busy, Text::IdSubmit, Text::IdBusy, move || {
                let draft = |field| Secret::new(ui.draft(field));
                let kind = ui.kind();
                ui.submit(Event::SubmitIdentity(Box::new(IdentityForm {
                    kind,
                    number: draft(kind.field()),
                    birth_date: draft(Field::BirthDate),
                    phone: draft(Field::Phone),
                })));
            })],
        ),
    ])
}

/// As what to sign in.
fn kinds(ui: Ui) -> Piece {
    let kinds = [
        (IdentityKind::Individual, Text::IdIndividual),
        (IdentityKind::Foreign, Text::IdForeign),
        (IdentityKind::Company, Text::IdCompany),
    ];
    let choices: Piece = kinds
        .into_iter()
        .map(|(kind, words)| {
            let radio = el("input")
                .attr("type", "radio")
                .attr("name", "kind")
                .prop("checked", ui.kind() == kind)
                .on("change", move |_| ui.set_kind(kind));
            el("label").child(parts![radio, span("", ui.say(words))])
        })
        .collect();
    el("fieldset").class("field").child((el("legend").class("legend").child(ui.t(Text::IdKind)), div("seg", choices)))
}

/// The number, and the birthday of whoever has one.
fn who(ui: Ui) -> Piece {
    let birth = || text_field(ui, Field::BirthDate, const { &Kind { hint: Some(Text::IdBirthHint), fills: "bday", ..Kind::DIGITS } });
    match ui.kind() {
        IdentityKind::Individual => {
            parts![text_field(ui, Field::Tckn, const { &Kind { hint: Some(Text::IdTcknHint), ..Kind::DIGITS } }), birth()]
        }
        IdentityKind::Foreign => {
            parts![text_field(ui, Field::ForeignId, const { &Kind { hint: Some(Text::IdYknHint), ..Kind::PLAIN } }), birth()]
        }
        IdentityKind::Company => text_field(ui, Field::Vkn, const { &Kind { hint: Some(Text::IdVknHint), ..Kind::DIGITS } }),
    }
}

/// The code from the message; where none was sent, as the session ended while nobody was there, the way to have one sent.
pub(super) fn code(ui: Ui) -> Piece {
    let view = move || match &ui.view().screen {
        Screen::Code(view) => Some(view.clone()),
        _ => None,
    };
    let busy = move || view().is_some_and(|view| view.busy);
    let phone = view().map(|view| view.phone).unwrap_or_default();
    // A code that was refused, or replaced by another one, is gone from the field.
    let seen = Cell::new(None);
    follow(move || {
        let serial = view().map(|view| view.serial);
        if seen.replace(serial).is_some_and(|seen| Some(seen) != serial) {
            ui.set_draft(Field::Code, String::new());
            ui.refresh();
            ui.focus_later(".code input");
        }
    });
    let sent = move || u32::from(view().is_some_and(|view| view.sent));
    let entry = switch(sent, move |sent| {
        if sent == 0 {
            let send = action(ui, busy, Text::CodeResend, Text::IdBusy, move || ui.send(Event::ResendCode));
            return parts![below(ui), send];
        }
        let submit = move || ui.send(Event::SubmitCode(Secret::new(ui.draft(Field::Code))));
        parts![code_field(ui), action(ui, busy, Text::CodeSubmit, Text::CodeBusy, submit)]
    });
    let lead =
        live(
            move || {
                if sent() == 0 { join(&phone, " · ", &ui.t(Text::IdPhoneHint)) } else { ui.fill(Text::CodeLead, &[("phone", &phone)]) }
            },
        );
    let signs_in_again = view().is_some_and(|view| view.again);
    let kept = if signs_in_again { later::draw(ui, kept) } else { nothing() };
    form(parts![
        heading(ui.t(Text::CodeTitle), Some(lead)),
        part(move || {
            let resent = ui.view().notice == Some(Notice::CodeResent);
            if resent { note("", Icon::Info, parts![paragraph("", parts![ui.say(Text::CodeResent)])]) } else { nothing() }
        }),
        entry,
        div("row", parts![resend(ui, view), button("link", parts![ui.say(Text::CodePhone)], move || ui.send(Event::ChangeNumber))]),
        kept,
    ])
}

/// One input over six drawn boxes. It is sent by the button, not by itself; a wrong code is emptied and has the focus again.
fn code_field(ui: Ui) -> Piece {
    let boxes: Piece = (0..6).map(|place| el("i").live_class(move || if typed(ui).len() == place { "on" } else { "" }).child("")).collect();
    let input = el("input")
        .attr("id", "code")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "one-time-code")
        .attr("maxlength", "12")
        .attr("aria-describedby", "coded")
        .live("aria-invalid", move || refusal(ui).map(|_| "true"))
        .live_prop("value", move || typed(ui).into())
        .on("input", move |event| {
            let digits: String = event_target_value(&event).chars().filter(char::is_ascii_digit).take(6).collect();
            if let Some(input) = event.target().map(JsCast::unchecked_into::<HtmlInputElement>) {
                input.set_value(&digits);
            }
            ui.set_draft(Field::Code, digits);
            ui.refresh();
        });
    let frame = el("div").live_class(move || if refusal(ui).is_some() { "code bad" } else { "code" }).child((boxes, input));
    let label = el("label").attr("for", "code").child(ui.t(Text::CodeLabel));
    div("field", parts![label, frame, below(ui)])
}

/// What is wrong, where the code is typed.
fn below(ui: Ui) -> Piece {
    part(move || match refusal(ui) {
        Some(words) => {
            el("p").class("error").attr("id", "coded").attr("role", "alert").child((icon(Icon::Alert), span("", parts![text(words)])))
        }
        None => nothing(),
    })
}

/// What waits for whoever signs in again: what was typed, or else the vehicle.
fn kept(ui: Ui) -> Piece {
    let view = ui.view_now();
    let Screen::Code(view) = &view.screen else { return nothing() };
    let mut rows = Vec::new();
    for field in [Field::Plate, Field::Serial, Field::Year, Field::Registered, Field::Engine, Field::Chassis, Field::Seats] {
        let typed = ui.draft(field);
        if !typed.is_empty() {
            rows.push((ui.t(crate::words::field(field)), text(typed)));
        }
    }
    if rows.is_empty() && view.vehicle.is_none() {
        return nothing();
    }
    let kept = if rows.is_empty() { vehicle_line(view.vehicle.as_deref()) } else { facts("facts", rows) };
    parts![el("hr").class("rule"), kept]
}

/// The digits typed so far.
fn typed(ui: Ui) -> String {
    let _ = ui.view();
    ui.draft(Field::Code)
}

/// What is wrong with the code, in words.
fn refusal(ui: Ui) -> Option<String> {
    let view = ui.view();
    let words = match view.notice.as_ref()? {
        Notice::CodeResent | Notice::SessionExpired => return None,
        Notice::CodeWrong(left) => ui.fill(Text::CodeWrong, &[("n", &decimal(*left))]),
        Notice::CodeShort => ui.t(Text::CodeLength),
        Notice::CodeOld => ui.t(Text::CodeOld),
        Notice::CodeExpired => ui.t(Text::CodeExpired),
        Notice::CodeLocked => ui.t(Text::CodeLocked),
        Notice::CodeUnsent => ui.t(Text::CodeUnsent),
        Notice::TooManyCodes(seconds) => ui.fill(Text::CodeRate, &[("time", &crate::format::minutes(*seconds))]),
        Notice::Rate(seconds) => ui.fill(Text::NetRate, &[("seconds", &decimal(*seconds))]),
        Notice::Offline => ui.t(Text::NetOffline),
        Notice::Server => ui.t(Text::NetServer),
        _ => ui.t(Text::NetUnexpected),
    };
    Some(words)
}

/// Another code: a button, once the time is there; until then the time, second by second, as the sale counts it.
fn resend(ui: Ui, view: impl Fn() -> Option<CodeView> + Copy + 'static) -> Piece {
    let left = move || {
        let at = view().map_or(0, |view| view.resend_at_ms);
        at.saturating_sub(Driver::now().ms).div_ceil(1000)
    };
    let second = every_second();
    let over = move || {
        second.track();
        if view().is_some_and(|view| view.sent) { u32::from(left() == 0) } else { 2 }
    };
    switch(over, move |over| {
        match over {
            0 => {}
            1 => return button("link", ui.say(Text::CodeResend), move || ui.send(Event::ResendCode)),
            // The filled button does it.
            _ => return nothing(),
        }
        let words = live(move || {
            second.track();
            ui.fill(Text::CodeWait, &[("seconds", &decimal(left()))])
        });
        paragraph("small muted", words)
    })
}

pub(super) fn consents(ui: Ui) -> Piece {
    let page = ui.page();
    let busy = move || matches!(&ui.view().screen, Screen::Consents(view) if view.form.busy);
    // Which are asked for is decided when the screen comes: one that is recorded doesn't vanish under the finger.
    let (asks_kvkk, asks_etk) = match &ui.view_now().screen {
        Screen::Consents(view) => (view.kvkk, view.etk),
        _ => (false, false),
    };
    let kvkk = if asks_kvkk {
        check_box(ui, Field::ConsentKvkk, Text::ConsentKvkk, Some((Text::ConsentKvkkLink, page.consent_url.clone())), None)
    } else {
        nothing()
    };
    let etk = if asks_etk && !page.etk_url.is_empty() {
        let link = (Text::ConsentEtkLink, page.etk_url.clone());
        check_box(ui, Field::ConsentEtk, Text::ConsentEtk, Some(link), Some(Text::ConsentEtkHint))
    } else {
        nothing()
    };
    form(parts![
        plain_heading(ui, Text::ConsentLegend, None),
        summary(ui),
        kvkk,
        etk,
        div(
            "acts",
            parts![action(ui, busy, Text::CommonContinue, Text::CommonLoading, move || {
                ui.submit(Event::SubmitConsents { kvkk: ui.is_ticked(Field::ConsentKvkk), etk: ui.is_ticked(Field::ConsentEtk) });
            })],
        ),
    ])
}
