//! Which vehicle.

use std::rc::Rc;

use insurup_core::domain::VehicleId;
use insurup_core::domain::normalise::decimal;
use insurup_core::flow::{Event, Field, FoundView, Screen, VehicleLabel};

use crate::element::{Piece, el};
use crate::signal::Signal;

use super::{link_to_mine, plain_heading};
use crate::form::{Kind, summary, text_field};
use crate::format;
use crate::parts::{Icon, action, action_of, button, div, facts, form, icon, nothing, paragraph, plate, span, text};
use crate::texts::Text;
use crate::ui::Ui;
use crate::words;

pub(super) fn saved(ui: Ui, vehicles: &[(VehicleId, VehicleLabel)]) -> Piece {
    // The place in the list, as a number of bits enough for any list.
    let chosen = Signal::new(0);
    let cards: Piece = vehicles
        .iter()
        .zip(0_u32..)
        .map(|((_, label), place)| {
            let radio = el("input")
                .attr("type", "radio")
                .attr("name", "vehicle")
                .prop("checked", place == 0)
                .on("change", move |_| chosen.set(place));
            let name = span("sub", parts![text(label.text.clone())]);
            el("label").class("pick").child(parts![radio, span("", parts![name]), plate(label.plate.as_ref())])
        })
        .collect();
    let ids: Vec<_> = vehicles.iter().map(|(id, _)| id.clone()).collect();
    let legend = el("legend").class("vh").child(ui.t(Text::VehicleSavedTitle));
    let group = el("fieldset").class("stack tight").child((legend, cards));
    form(parts![
        plain_heading(ui, Text::VehicleSavedTitle, None),
        group,
        div(
            "row",
            parts![
                button("link", parts![icon(Icon::Plus), ui.say(Text::VehicleAdd)], move || ui.send(Event::AddVehicle)),
                link_to_mine(ui)
            ]
        ),
        div(
            "acts",
            parts![action(
                ui,
                || false,
                Text::CommonContinue,
                Text::CommonLoading,
                move || {
                    if let Some(id) = ids.get(chosen.get_untracked() as usize) {
                        ui.send(Event::ChooseVehicle(id.clone()));
                    }
                },
            )],
        ),
    ])
}

pub(super) fn lookup(ui: Ui) -> Piece {
    let busy = move || matches!(&ui.view().screen, Screen::Lookup(view) if view.form.busy);
    let without_plate = matches!(&ui.view_now().screen, Screen::Lookup(view) if view.without_plate);
    let no_plate =
        if without_plate { button("link", parts![ui.say(Text::VehicleNoplate)], move || ui.send(Event::WithoutPlate)) } else { nothing() };
    form(parts![
        plain_heading(ui, Text::VehicleLookupTitle, Some(Text::VehicleLookupLead)),
        summary(ui),
        text_field(ui, Field::Plate, const { &PLATE }),
        text_field(ui, Field::Serial, const { &Kind { hint: Some(Text::VehicleSerialHint), ..Kind::PLAIN } }),
        div(
            "acts",
            parts![action_of(
                ui,
                Rc::new(busy),
                Box::new(move || parts![icon(Icon::Search), ui.say(Text::VehicleLookupSubmit)]),
                Text::VehicleLookupBusy,
                Box::new(move || ui.submit(Event::SubmitLookup { plate: ui.draft(Field::Plate), serial: ui.draft(Field::Serial) })),
            )],
        ),
        div(
            "row",
            parts![button("link", parts![ui.say(Text::VehicleByhand)], move || ui.send(Event::TypeByHand)), no_plate, link_to_mine(ui)]
        ),
    ])
}

pub(super) const PLATE: Kind = Kind { plate: true, placeholder: "34 ABC 123", ..Kind::PLAIN };

pub(super) fn found(ui: Ui, view: &FoundView) -> Piece {
    let busy = move || matches!(&ui.view().screen, Screen::Found(view) if view.busy);
    let mut rows = Vec::new();
    let mut row = |name: Text, value: Option<String>| {
        if let Some(value) = value {
            rows.push((ui.t(name), text(value)));
        }
    };
    row(Text::VehicleFuel, view.fuel.as_ref().map(|fuel| words::fuel(ui, fuel)));
    row(Text::VehicleUse, view.utilization.as_ref().map(|style| words::utilization(ui, style)));
    row(Text::VehicleSeats, view.seats.map(decimal));
    row(Text::VehicleDate, view.registered.map(|date| format::date(&ui.language(), date)));
    let head = div("row end", parts![paragraph("sub", parts![text(view.label.text.clone())]), plate(view.label.plate.as_ref())]);
    form(parts![
        plain_heading(ui, Text::VehicleFoundTitle, None),
        div("policy", parts![head, div("", parts![facts("facts", rows)])]),
        div(
            "acts",
            parts![
                action(ui, busy, Text::VehicleFoundYes, Text::VehicleBusy, move || ui.send(Event::ConfirmVehicle)),
                button("btn full alt", parts![ui.say(Text::VehicleFoundNo)], move || ui.send(Event::TypeByHand)),
            ],
        ),
    ])
}
