//! A vehicle's details, typed. Loaded later.

use insurup_core::domain::BrandRef;
use insurup_core::domain::normalise::trim;
use insurup_core::flow::{ByHandView, Event, Field, Screen, VehicleForm};

use super::plain_heading;
use super::vehicle::PLATE;
use crate::combobox::search_field;
use crate::element::{Piece, el};
use crate::form::{Kind, options_of, pairs, select_field, summary, text_field};
use crate::parts::{Icon, action, button, div, form, nothing, paragraph, part};
use crate::texts::Text;
use crate::ui::Ui;
use crate::words::{FUELS, USES};

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
        Screen::ByHand(view) => pairs(&view.brands).collect(),
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
                pairs(models).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    search_field(ui, Field::Model, models, Some(Text::VehicleModelFirst), move || ui.refresh())
}

pub(super) fn fuel_and_use(ui: Ui) -> Piece {
    let fuels = list_of(ui, Field::Fuel, FUELS, |fuel| fuel.as_str().to_owned());
    let uses = list_of(ui, Field::Use, USES, |style| style.as_str().to_owned());
    div("grid2 stack", parts![select_field(ui, Field::Fuel, fuels), select_field(ui, Field::Use, uses)])
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
        action(ui, busy, Text::CommonContinue, Text::VehicleBusy, move || ui.submit(Event::SubmitVehicle(Box::new(typed(ui, plate))))),
    )
}

pub(super) fn by_hand(ui: Ui) -> Piece {
    match &ui.view_now().screen {
        Screen::ByHand(view) => by_hand_form(ui, view),
        _ => nothing(),
    }
}

fn by_hand_form(ui: Ui, view: &ByHandView) -> Piece {
    write_known(ui, view);
    const OPEN: Kind = Kind { optional: true, ..Kind::PLAIN };
    let masked = |masked: bool| if masked { const { &Kind { hint: Some(Text::VehicleMasked), ..OPEN } } } else { const { &OPEN } };
    form(parts![
        plain_heading(ui, Text::VehicleByhandTitle, None),
        summary(ui),
        again(ui),
        text_field(ui, Field::Plate, const { &PLATE }),
        text_field(ui, Field::Serial, const { &Kind { hint: Some(Text::VehicleSerialHint), ..Kind::PLAIN } }),
        brand(ui),
        year(ui),
        model(ui),
        fuel_and_use(ui),
        div(
            "grid2 stack",
            parts![
                text_field(ui, Field::Registered, const { &Kind { hint: Some(Text::IdBirthHint), optional: true, ..Kind::DIGITS } }),
                text_field(ui, Field::Seats, const { &Kind { optional: true, ..Kind::DIGITS } }),
            ],
        ),
        text_field(ui, Field::Engine, masked(view.engine_masked)),
        text_field(ui, Field::Chassis, masked(view.chassis_masked)),
        send_typed(ui, Field::Plate),
    ])
}

fn list_of<T: 'static + Sync>(ui: Ui, field: Field, words: &'static [(T, Text)], value: fn(&T) -> String) -> Piece {
    options_of(ui, field, words.iter().map(|(of, text)| (value(of), ui.t(*text))))
}

/// The year decides the models too.
pub(super) fn year(ui: Ui) -> Piece {
    let field = text_field(ui, Field::Year, const { &Kind { hint: Some(Text::VehicleYearHint), ..Kind::DIGITS } });
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
