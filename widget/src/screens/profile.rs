//! What the API lacks about the customer.

use std::rc::Rc;

use insurup_core::endpoint::Choice;
use insurup_core::flow::{Event, Field, FlowView, Screen};

use super::plain_heading;
use crate::element::{Piece, switch};
use crate::form::{EMAIL, Kind, masked_field, options_of, pairs, select_field, summary};
use crate::parts::{action, button, div, form, nothing};
use crate::signal::Flag;
use crate::texts::Text;
use crate::ui::Ui;

/// The form: what is on file masked, what is not asked for. Not loaded later: every new customer meets it.
pub(super) fn profile(ui: Ui) -> Piece {
    let (person, name, email) = match &ui.view_now().screen {
        Screen::Profile(view) => (view.person, view.name.clone(), view.email.clone()),
        _ => (false, None, None),
    };
    let (new_name, new_email) = (Flag::new(person && name.is_none()), Flag::new(email.is_none()));
    // Gone again, where the list can't be had.
    let city = switch(
        move || cities(&ui.view()).map_or(0, |cities| 1 + u32::from(!cities.is_empty())),
        move |_| match cities(&ui.view_now()) {
            Some(cities) => select_field(ui, Field::AddressCity, options_of(ui, Field::AddressCity, pairs(&cities))),
            None => nothing(),
        },
    );
    let busy = move || matches!(&ui.view().screen, Screen::Profile(view) if view.form.busy);
    let changed = move |is_new: Flag, field| is_new.get_untracked().then(|| ui.draft(field));
    let name =
        if person { masked_field(ui, Field::Name, name, const { &Kind { fills: "name", ..Kind::PLAIN } }, new_name) } else { nothing() };
    form(parts![
        plain_heading(ui, Text::ProfileTitle, Some(Text::ProfileLead)),
        summary(ui),
        name,
        masked_field(ui, Field::Email, email, const { &EMAIL }, new_email),
        city,
        div(
            "acts",
            parts![
                action(ui, busy, Text::CommonContinue, Text::ProfileBusy, move || ui.submit(Event::SubmitProfile {
                    name: changed(new_name, Field::Name),
                    email: changed(new_email, Field::Email),
                    city: Some(ui.draft(Field::AddressCity)),
                })),
                button("btn full alt", ui.say(Text::ProfileSkip), move || ui.send(Event::SkipProfile)),
            ],
        ),
    ])
}

fn cities(view: &FlowView) -> Option<Rc<Vec<Choice>>> {
    match &view.screen {
        Screen::Profile(view) => view.cities.clone(),
        _ => None,
    }
}
