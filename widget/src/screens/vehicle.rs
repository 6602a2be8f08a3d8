//! Which vehicle.

use insurup_core::domain::normalise::{decimal, trim};
use insurup_core::domain::{BrandRef, VehicleId};
use insurup_core::flow::{ByHandView, Event, Field, FoundView, Screen, VehicleForm, VehicleLabel};
use leptos::prelude::*;

use crate::element::{Piece, el};

use super::plain_heading;
use crate::combobox::search_field;
use crate::form::{Kind, select_field, summary, text_field};
use crate::format;
use crate::parts::{Icon, action, button, div, facts, form, icon, nothing, paragraph, part, plate, span, text};
use crate::texts::Text;
use crate::ui::Ui;
use crate::words::{self, FUELS, USES};

pub(super) fn saved(ui: Ui, vehicles: &[(VehicleId, VehicleLabel)]) -> Piece {
    // The place in the list, as a number of bits enough for any list.
    let chosen = RwSignal::new(0_u32);
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
        button("link", parts![icon(Icon::Plus), ui.say(Text::VehicleAdd)], move || ui.send(Event::AddVehicle)),
        div(
            "acts",
            parts![action(
                || false,
                move || ui.say(Text::CommonContinue),
                String::new(),
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
        text_field(ui, Field::Plate, PLATE),
        text_field(ui, Field::Serial, Kind { hint: Some(Text::VehicleSerialHint), ..Kind::PLAIN }),
        div(
            "acts",
            parts![action(
                busy,
                move || parts![icon(Icon::Search), ui.say(Text::VehicleLookupSubmit)],
                ui.t(Text::VehicleLookupBusy),
                move || ui.submit(Event::SubmitLookup { plate: ui.draft(Field::Plate), serial: ui.draft(Field::Serial) }),
            )],
        ),
        div("row", parts![button("link", parts![ui.say(Text::VehicleByhand)], move || ui.send(Event::TypeByHand)), no_plate]),
    ])
}

const PLATE: Kind = Kind { plate: true, placeholder: "34 ABC 123", ..Kind::PLAIN };

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
    row(Text::VehicleSeats, view.seats.map(|seats| decimal(seats)));
    row(Text::VehicleDate, view.registered.map(|date| format::date(&ui.language(), date)));
    let head = div("row end", parts![paragraph("sub", parts![text(view.label.text.clone())]), plate(view.label.plate.as_ref())]);
    form(parts![
        plain_heading(ui, Text::VehicleFoundTitle, None),
        div("policy", parts![head, div("", parts![facts("facts", rows)])]),
        div(
            "acts",
            parts![
                action(busy, move || ui.say(Text::VehicleFoundYes), ui.t(Text::VehicleBusy), move || ui.send(Event::ConfirmVehicle)),
                button("btn full alt", parts![ui.say(Text::VehicleFoundNo)], move || ui.send(Event::TypeByHand)),
            ],
        ),
    ])
}

/// Writes what is known about the vehicle into the fields, when it is another one than before.
pub(super) fn write_known(ui: Ui, view: &ByHandView) {
    if ui.is_news(filled(&view.filled).map(|(_, known)| known.as_str()).join("\n")) {
        // What the register leaves open is open, whatever was typed about another vehicle.
        let is_registered = !view.filled.brand.is_empty();
        for (field, known) in filled(&view.filled) {
            let field = if view.without_plate && field == Field::Plate { Field::City } else { field };
            if is_registered || !known.is_empty() {
                ui.set_draft(field, known.clone());
            }
        }
    }
}

/// The makes, once they are read.
pub(super) fn brand(ui: Ui) -> Piece {
    let brands = move || match &ui.view().screen {
        Screen::ByHand(view) => view.brands.iter().map(|choice| (choice.value.clone(), choice.text.clone())).collect(),
        _ => Vec::new(),
    };
    search_field(ui, Field::Brand, brands, None, move || ask_models(ui))
}

/// The models of the make and year that are chosen.
pub(super) fn model(ui: Ui) -> Piece {
    let models = move || match &ui.view().screen {
        Screen::ByHand(view) => match &view.models {
            // Models of another make or year are nobody's choice.
            Some((brand, year, models)) if *brand == ui.draft(Field::Brand) && *year == trim(&ui.draft(Field::Year)) => {
                models.iter().map(|choice| (choice.value.clone(), choice.text.clone())).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    search_field(ui, Field::Model, models, Some(Text::VehicleModelFirst), move || ui.refresh())
}

pub(super) fn fuel_and_use(ui: Ui) -> Piece {
    let fuels = list_of(ui, FUELS, |fuel| fuel.as_str().to_owned());
    let uses = list_of(ui, USES, |style| style.as_str().to_owned());
    div("grid2 stack", parts![select_field(ui, Field::Fuel, fuels, None, || ()), select_field(ui, Field::Use, uses, None, || ())])
}

/// What the form needs could not be read.
pub(super) fn again(ui: Ui) -> Piece {
    part(move || match &ui.view().screen {
        Screen::ByHand(view) if view.lists_failed => crate::parts::note(
            "warn",
            Icon::Info,
            parts![
                paragraph("", parts![ui.say(Text::NetServer)]),
                button("link", parts![ui.say(Text::CommonRetry)], move || ui.send(Event::Retry)),
            ],
        ),
        _ => nothing(),
    })
}

/// Sends the form with what is in its fields; `plate` is the field that says it.
pub(super) fn send_typed(ui: Ui, plate: Field) -> Piece {
    let busy = move || matches!(&ui.view().screen, Screen::ByHand(view) if view.form.busy);
    div(
        "acts",
        action(
            busy,
            move || ui.say(Text::CommonContinue),
            ui.t(Text::VehicleBusy),
            move || ui.submit(Event::SubmitVehicle(Box::new(typed(ui, plate)))),
        ),
    )
}

/// Loaded later.
pub(super) fn by_hand(ui: Ui) -> Piece {
    match &ui.view_now().screen {
        Screen::ByHand(view) => by_hand_form(ui, view),
        _ => nothing(),
    }
}

fn by_hand_form(ui: Ui, view: &ByHandView) -> Piece {
    write_known(ui, view);
    let masked = |masked: bool| Kind { hint: masked.then_some(Text::VehicleMasked), optional: true, ..Kind::PLAIN };
    form(parts![
        plain_heading(ui, Text::VehicleByhandTitle, None),
        summary(ui),
        again(ui),
        text_field(ui, Field::Plate, PLATE),
        text_field(ui, Field::Serial, Kind { hint: Some(Text::VehicleSerialHint), ..Kind::PLAIN }),
        brand(ui),
        year(ui),
        model(ui),
        fuel_and_use(ui),
        div(
            "grid2 stack",
            parts![
                text_field(ui, Field::Registered, Kind { hint: Some(Text::IdBirthHint), optional: true, ..Kind::DIGITS }),
                text_field(ui, Field::Seats, Kind { optional: true, ..Kind::DIGITS }),
            ],
        ),
        text_field(ui, Field::Engine, masked(view.engine_masked)),
        text_field(ui, Field::Chassis, masked(view.chassis_masked)),
        send_typed(ui, Field::Plate),
    ])
}

fn list_of<T: 'static + Sync>(
    ui: Ui,
    words: &'static [(T, Text)],
    value: fn(&T) -> String,
) -> impl Fn() -> Vec<(String, String)> + 'static {
    move || words.iter().map(|(of, text)| (value(of), ui.t(*text))).collect()
}

/// The year decides the models too.
pub(super) fn year(ui: Ui) -> Piece {
    let field = text_field(ui, Field::Year, Kind { hint: Some(Text::VehicleYearHint), ..Kind::DIGITS });
    el("div").class("").child(field).on("input", move |_| ask_models(ui))
}

/// Asks for the models as soon as make and year are there; a model of another make is no longer chosen.
fn ask_models(ui: Ui) {
    let (brand, year) = (ui.draft(Field::Brand), ui.draft(Field::Year));
    ui.set_draft(Field::Model, String::new());
    if BrandRef::new(brand.clone()).is_some() && trim(&year).len() == 4 {
        ui.send(Event::ChooseModels { brand, year });
    }
    ui.refresh();
}

fn filled(form: &VehicleForm) -> [(Field, &String); 11] {
    [
        (Field::Plate, &form.plate),
        (Field::Serial, &form.serial),
        (Field::Brand, &form.brand),
        (Field::Year, &form.year),
        (Field::Model, &form.model),
        (Field::Fuel, &form.fuel),
        (Field::Use, &form.utilization),
        (Field::Engine, &form.engine),
        (Field::Chassis, &form.chassis),
        (Field::Registered, &form.registered),
        (Field::Seats, &form.seats),
    ]
}

fn typed(ui: Ui, plate: Field) -> VehicleForm {
    VehicleForm {
        plate: ui.draft(plate),
        serial: if plate == Field::Plate { ui.draft(Field::Serial) } else { String::new() },
        brand: ui.draft(Field::Brand),
        year: ui.draft(Field::Year),
        model: ui.draft(Field::Model),
        fuel: ui.draft(Field::Fuel),
        utilization: ui.draft(Field::Use),
        engine: ui.draft(Field::Engine),
        chassis: ui.draft(Field::Chassis),
        registered: ui.draft(Field::Registered),
        seats: ui.draft(Field::Seats),
    }
}
