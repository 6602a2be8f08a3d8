//! The offer's documents, or the policy, by e-mail.

use insurup_core::flow::{Event, Field, MailView, Screen};

use crate::element::{Piece, el, switch};
use crate::form::{EMAIL, masked_field};
use crate::parts::{Icon, div, icon, note, nothing, paragraph, part, text};
use crate::signal::Flag;
use crate::texts::Text;
use crate::ui::Ui;

/// Drawn once there is something to send; what is typed stays, whatever else of the policy comes meanwhile.
#[inline(never)]
pub(crate) fn mail(ui: Ui) -> Piece {
    switch(
        move || u32::from(view(ui).is_some()),
        move |there| {
            let Some(MailView { known, .. }) = view(ui).filter(|_| there != 0) else { return nothing() };
            let new = Flag::new(known.is_none());
            let send = move || {
                if !busy(ui) {
                    let to = new.get_untracked().then(|| ui.draft(Field::Email));
                    ui.submit(if is_policy(ui) { Event::SendPolicy(to) } else { Event::SendOffer(to) });
                }
            };
            let label = part(move || {
                if busy(ui) {
                    parts![el("span").class("spin").attr("aria-hidden", "true"), ui.say(Text::PolicyEmailBusy)]
                } else {
                    parts![icon(Icon::Mail), ui.say(Text::PolicyEmail)]
                }
            });
            // Not the filled button: that is the download's.
            let button = el("button")
                .attr("type", "submit")
                .class("btn full alt")
                .live("aria-disabled", move || busy(ui).then_some("true"))
                .child(label)
                .on("click", move |event| {
                    event.prevent_default();
                    send();
                });
            let form = el("form").class("stack").attr("novalidate", "").on("submit", |event| event.prevent_default());
            form.child(parts![masked_field(ui, Field::Email, known, const { &EMAIL }, new), div("acts", button), part(move || told(ui))])
        },
    )
}

fn view(ui: Ui) -> Option<MailView> {
    crate::ui::mail(&ui.view()).cloned()
}

fn is_policy(ui: Ui) -> bool {
    matches!(ui.view_now().screen, Screen::Policy(_))
}

fn busy(ui: Ui) -> bool {
    view(ui).is_some_and(|view| view.form.busy)
}

/// What came of it.
fn told(ui: Ui) -> Piece {
    let (sent, failed) =
        if is_policy(ui) { (Text::PolicyEmailSent, Text::PolicyEmailFailed) } else { (Text::ReviewSent, Text::ReviewUnsent) };
    match view(ui) {
        Some(MailView { sent: Some(to), .. }) => note("good", Icon::Check, paragraph("", text(ui.fill(sent, &[("email", &to)])))),
        Some(MailView { failed: true, .. }) => note("bad", Icon::Alert, paragraph("", ui.say(failed))),
        _ => nothing(),
    }
}
