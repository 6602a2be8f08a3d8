//! Fields: label, input, hint or error. What is typed is kept by the widget under the field's name, so that it survives a screen drawn anew.

use insurup_core::domain::normalise::{decimal, join};
use std::rc::Rc;

use insurup_core::endpoint::Choice;
use insurup_core::flow::Field;
use leptos::prelude::{event_target_checked, event_target_value};

use crate::element::{Make, Piece, el, switch};
use crate::signal::Flag;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use crate::parts::{Icon, div, icon, note, nothing, paragraph, part, span, text};
use crate::texts::Text;
use crate::ui::{Ui, next_frame};
use crate::words;

/// What can be chosen, as values and words; made again whenever it is asked for.
pub(crate) type Options = Rc<dyn Make<Vec<(String, String)>>>;

/// What a text field is like.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) hint: Option<Text>,
    /// `inputmode`: which keyboard a phone shows.
    pub(crate) keyboard: &'static str,
    /// `autocomplete`: what the browser may fill in.
    pub(crate) fills: &'static str,
    pub(crate) prefix: &'static str,
    pub(crate) optional: bool,
    /// A plate looks like one.
    pub(crate) plate: bool,
    pub(crate) placeholder: &'static str,
}

impl Kind {
    /// A field nothing may be filled into, with the usual keyboard.
    pub(crate) const PLAIN: Self =
        Self { hint: None, keyboard: "text", fills: "off", prefix: "", optional: false, plate: false, placeholder: "" };
    /// A field for a number.
    pub(crate) const DIGITS: Self = Self { keyboard: "numeric", ..Self::PLAIN };
}

/// An e-mail address.
pub(crate) const EMAIL: Kind = Kind { keyboard: "email", fills: "email", ..Kind::PLAIN };

/// Name of a field inside the widget's tree.
pub(crate) fn id(field: Field) -> String {
    join("f", &decimal(field as u8), "")
}

pub(crate) fn described(field: Field) -> String {
    join("f", &decimal(field as u8), "d")
}

/// A text field. It has no name, so nothing of it can end up in an address.
pub(crate) fn text_field(ui: Ui, field: Field, kind: &'static Kind) -> Piece {
    let input = el("input")
        .attr("id", &id(field))
        .attr("type", if matches!(kind.keyboard, "tel" | "email") { kind.keyboard } else { "text" })
        .attr("inputmode", kind.keyboard)
        .attr("autocomplete", kind.fills)
        .attr("autocapitalize", if kind.plate { "characters" } else { "off" })
        .attr("spellcheck", "false")
        .attr("placeholder", kind.placeholder)
        .attr("aria-describedby", &described(field))
        .live("aria-invalid", move || ui.wrong(field).map(|_| "true"))
        .prop("value", ui.draft(field))
        .on("input", move |event| {
            ui.set_draft(field, event_target_value(&event));
            ui.check(field, false);
        })
        .on("blur", move |event| {
            tidy(ui, field, &event);
            ui.check(field, true);
        });
    let frame = if kind.plate {
        let country = el("b").attr("aria-hidden", "true").child("TR");
        el("div").live_class(move || if ui.wrong(field).is_some() { "plate lg bad" } else { "plate lg" }).child(parts![country, input])
    } else {
        let prefix = if kind.prefix.is_empty() { nothing() } else { span("", parts![text(kind.prefix)]) };
        el("div").live_class(move || if ui.wrong(field).is_some() { "inp bad ltr" } else { "inp ltr" }).child(parts![prefix, input])
    };
    div("field", parts![label(ui, field, kind.optional), frame, below(ui, field, kind.hint)])
}

/// A value on file, masked, until the customer wants to change it: then `field`, empty. `changes` says which it is.
pub(crate) fn masked_field(ui: Ui, field: Field, known: Option<String>, kind: &'static Kind, changes: Flag) -> Piece {
    switch(
        move || u32::from(changes.get()),
        move |changed| match &known {
            Some(known) if changed == 0 => {
                let change = el("button")
                    .attr("type", "button")
                    .class("link")
                    .child((ui.t(Text::CommonChange), span("vh", parts![text(join(" · ", &ui.t(words::field(field)), ""))])));
                let change = change.on("click", move |_| {
                    changes.set(true);
                    focus_field(ui, field);
                });
                let value = div("inp", parts![span("num", parts![text(known.clone())]), change]);
                let name = el("p").class("legend").child(ui.t(words::field(field)));
                div("field known", parts![name, value])
            }
            _ => text_field(ui, field, kind),
        },
    )
}

/// What the API gives to choose from, as values and words.
pub(crate) fn pairs(choices: &[Choice]) -> impl Iterator<Item = (String, String)> {
    choices.iter().map(|choice| (choice.value.clone(), choice.text.clone()))
}

/// Moves the focus into a field, once it is drawn.
pub(crate) fn focus_field(ui: Ui, field: Field) {
    next_frame(move || {
        ui.focus(&join("#", &id(field), ""));
    });
}

/// A list to choose from; `options` are [`option`]s.
pub(crate) fn select_field(ui: Ui, field: Field, options: Piece) -> Piece {
    div("field", parts![label(ui, field, false), select_of(ui, field, options, Rc::new(|| ())), below(ui, field, None)])
}

/// The list alone, for a field that has its label and what stands below it already.
pub(crate) fn select_of(ui: Ui, field: Field, options: Piece, chosen: Rc<dyn Make<()>>) -> Piece {
    let select = el("select")
        .attr("id", &id(field))
        .attr("autocomplete", if field == Field::AddressCity { "address-level1" } else { "off" })
        .attr("aria-describedby", &described(field))
        .live("aria-invalid", move || ui.wrong(field).map(|_| "true"))
        .child(options)
        .on("change", move |event| {
            ui.set_draft(field, event_target_value(&event));
            ui.check(field, true);
            chosen.make();
        });
    el("div").live_class(move || if ui.wrong(field).is_some() { "inp bad" } else { "inp" }).child(parts![select, icon(Icon::Down)])
}

/// What can be chosen, with what was.
pub(crate) fn options_of(ui: Ui, field: Field, choices: impl Iterator<Item = (String, String)>) -> Piece {
    let current = ui.draft(field);
    let first = nothing().put(option("", ui.t(Text::CommonChoose), current.is_empty()));
    choices.fold(first, |list, (value, words)| {
        let selected = value == current;
        list.put(option(&value, words, selected))
    })
}

pub(crate) fn option(value: &str, words: String, selected: bool) -> Piece {
    el("option").attr("value", value).prop("selected", selected).child(words)
}

/// One consent, or "I have read it": never ticked before, with the text it is about beside it.
pub(crate) fn check_box(ui: Ui, field: Field, words: Text, link: Option<(Text, String)>, hint: Option<Text>) -> Piece {
    let input = el("input")
        .attr("id", &id(field))
        .attr("type", "checkbox")
        .attr("autocomplete", "off")
        .attr("aria-describedby", &described(field))
        .live("aria-invalid", move || ui.wrong(field).map(|_| "true"))
        .prop("checked", ui.is_ticked(field))
        .on("change", move |event| {
            ui.set_draft(field, if event_target_checked(&event) { "1".to_owned() } else { String::new() });
        });
    let link = link.map_or_else(nothing, |(words, url)| {
        el("a")
            .attr("href", &url)
            .attr("target", "_blank")
            .attr("rel", "noopener")
            .child((ui.t(words), span("vh", parts![text(join(" (", &ui.t(Text::CommonNewtab), ")"))])))
    });
    let label = el("label").attr("for", &id(field)).child((ui.t(words), parts![text(" "), link]));
    div("check", parts![input, label, below(ui, field, hint)])
}

impl Ui {
    pub(crate) fn is_ticked(self, field: Field) -> bool {
        !self.draft(field).is_empty()
    }
}

pub(crate) fn label(ui: Ui, field: Field, optional: bool) -> Piece {
    let note = if optional { span("muted small", parts![text(join(" (", &ui.t(Text::CommonOptional), ")"))]) } else { nothing() };
    el("label").attr("for", &id(field)).child((ui.t(words::field(field)), note))
}

/// The error where there is one, else the hint.
pub(crate) fn below(ui: Ui, field: Field, hint: Option<Text>) -> Piece {
    part(move || match (ui.wrong(field), hint) {
        (Some(wrong), _) => {
            let words = words::wrong(ui, &wrong);
            el("p").class("error").attr("id", &described(field)).child((icon(Icon::Alert), span("", parts![text(words)])))
        }
        (None, Some(hint)) => el("p").class("hint").attr("id", &described(field)).child(ui.t(hint)),
        (None, None) => nothing(),
    })
}

/// All mistakes of a form that was sent, first in it, with a way to each.
pub(crate) fn summary(ui: Ui) -> Piece {
    part(move || {
        let wrong = ui.all_wrong();
        if wrong.is_empty() {
            return nothing();
        }
        let links: Piece = wrong
            .iter()
            .map(|field| {
                let field = *field;
                let link = el("a").attr("href", &join("#", &id(field), "")).child(ui.t(words::field(field))).on("click", move |event| {
                    event.prevent_default();
                    ui.focus(&join("#", &id(field), ""));
                });
                crate::parts::item("", parts![link])
            })
            .collect();
        let count = ui.fill(Text::ErrSummary, &[("n", &decimal(wrong.len()))]);
        note("bad", Icon::Alert, parts![paragraph("sub", parts![text(count)]), crate::parts::list("", links)])
    })
}

/// Shows what was typed the way it was read: a plate with its spaces, a phone in groups. What can't be read stays as it is.
fn tidy(ui: Ui, field: Field, event: &Event) {
    let typed = ui.draft(field);
    let read = match field {
        Field::Plate => typed.parse::<insurup_core::domain::Plate>().ok().map(|plate| plate.spaced()),
        Field::Serial => typed.parse::<insurup_core::domain::DocumentSerial>().ok().map(|serial| serial.spaced()),
        Field::Phone => typed.parse::<insurup_core::domain::MobilePhone>().ok().map(|phone| grouped(phone.number())),
        Field::Tckn => typed.parse::<insurup_core::domain::Tckn>().ok().map(|tckn| tckn.as_str().to_owned()),
        _ => None,
    };
    if let (Some(read), Some(input)) = (read, event.target().map(JsCast::unchecked_into::<HtmlInputElement>)) {
        input.set_value(&read);
        ui.set_draft(field, read);
    }
}

/// `532 123 45 67`
fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(13);
    for (place, digit) in digits.chars().enumerate() {
        if matches!(place, 3 | 6 | 8) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
