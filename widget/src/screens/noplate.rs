//! A vehicle that has no plate yet.

use insurup_core::domain::normalise::{decimal, join, parts};
use insurup_core::flow::{Field, Screen};

use super::by_hand::{again, brand, fuel_and_use, model, send_typed, write_known, year};
use super::plain_heading;
use crate::combobox::search_field;
use crate::element::Piece;
use crate::form::{Kind, summary, text_field};
use crate::parts::{div, form};
use crate::texts::Text;
use crate::ui::Ui;

/// The form: the province in place of plate and serial. Loaded later.
pub(super) fn no_plate(ui: Ui) -> Piece {
    if let Screen::ByHand(view) = &ui.view_now().screen {
        write_known(ui, view);
    }
    // By the number that begins their plates.
    let cities = move || {
        let named = |(city, name): (u8, &str)| {
            let code = join(if city < 10 { "0" } else { "" }, &decimal(city), "");
            let words = join(&code, " · ", name);
            (code, words)
        };
        (1..).zip(parts(&ui.t(Text::ListCities), ",")).map(named).collect()
    };
    form(parts![
        plain_heading(ui, Text::VehicleNoplateTitle, None),
        summary(ui),
        again(ui),
        search_field(ui, Field::City, cities, None, move || ui.refresh()),
        brand(ui),
        div("grid2 stack", parts![year(ui), text_field(ui, Field::Seats, const { &Kind { optional: true, ..Kind::DIGITS } })]),
        model(ui),
        fuel_and_use(ui),
        text_field(ui, Field::Chassis, const { &Kind::PLAIN }),
        text_field(ui, Field::Engine, const { &Kind::PLAIN }),
        send_typed(ui, Field::City),
    ])
}
