//! What stands between an offer and its payment, or came of one: another price, and a payment that was not completed.

use insurup_core::client::browser::Driver;
use insurup_core::domain::normalise::decimal;
use insurup_core::flow::{Event, NotTakenView, Screen};

use super::every_second;
use crate::element::{Piece, el};
use crate::format;
use crate::parts::{Icon, action, button, div, facts, note, nothing, number, outcome, paragraph, part, span, text};
use crate::texts::Text;
use crate::ui::Ui;

pub(super) fn price_changed(ui: Ui) -> Piece {
    let Screen::PriceChanged(view) = &ui.view().screen else { return nothing() };
    let old = el("del").class("muted").child(number(format::money(&ui.language(), view.old)));
    let rows = vec![
        (ui.t(Text::ReviewChangedOld), old),
        (ui.t(Text::ReviewChangedNew), span("price", parts![number(format::money(&ui.language(), view.new))])),
    ];
    div(
        "stack wide form",
        parts![
            outcome("warn", Icon::Alert, ui.t(Text::ReviewChangedTitle), ui.fill(Text::ReviewChangedLead, &[("insurer", &view.insurer)])),
            facts("facts well", rows),
            div(
                "acts",
                parts![
                    action(
                        ui,
                        || false,
                        Text::ReviewChangedAccept,
                        Text::CommonLoading,
                        move || ui.send(Event::Pay { acknowledged: true }),
                    ),
                    button("btn full alt", parts![ui.say(Text::ReviewChangedLeave)], move || ui.send(Event::Back)),
                ],
            ),
        ],
    )
}

pub(super) fn not_taken(ui: Ui) -> Piece {
    let Screen::NotTaken(view) = &ui.view().screen else { return nothing() };
    let title = if view.not_started { Text::FailedNotstarted } else { Text::FailedTitle };
    let reason = view.reason.as_ref().map_or_else(nothing, |reason| {
        note("", Icon::Info, parts![paragraph("", parts![text(ui.fill(Text::FailedReason, &[("reason", reason)]))])])
    });
    let mut rows = vec![(ui.t(Text::ReviewInsurer), text(view.insurer.clone()))];
    if let Some(amount) = view.amount {
        rows.push((ui.t(Text::ReviewAmount), number(format::money(&ui.language(), amount))));
    }
    let support = ui.fill(Text::CommonSupport, &[("code", &view.support_code)]);
    let retry = if view.can_retry { again(ui, view) } else { nothing() };
    let other =
        button(if view.can_retry { "btn full alt" } else { "btn full" }, parts![ui.say(Text::FailedOther)], move || ui.send(Event::Back));
    div(
        "stack wide form",
        parts![
            outcome("bad", Icon::Cross, ui.t(title), ui.t(Text::FailedLead)),
            reason,
            facts("facts", rows),
            paragraph("small muted", parts![text(support)]),
            div("acts", parts![retry, other]),
        ],
    )
}

/// Paying again, after the time that several failures in a row cost.
fn again(ui: Ui, view: &NotTakenView) -> Piece {
    let (at, count) = (view.retry_at_ms, view.in_a_row);
    let second = every_second();
    part(move || {
        second.track();
        let seconds = at.saturating_sub(Driver::now().ms).div_ceil(1000);
        if seconds == 0 {
            return button("btn full", parts![ui.say(Text::FailedRetry)], move || ui.send(Event::PayAgain));
        }
        let time = format::minutes(seconds);
        paragraph("", parts![text(ui.fill(Text::FailedCooldown, &[("n", &decimal(count)), ("time", &time)]))])
    })
}
