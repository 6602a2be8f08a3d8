//! The screens: one function each, from the picture of the sale to what is seen.

mod aside;
mod blocked;
mod by_email;
mod by_hand;
mod later;
mod mine;
mod mistakes;
mod noplate;
mod offers;
mod payment;
mod profile;
mod sign_in;
mod unpaid;
mod vehicle;

pub(crate) use aside::aside;
pub(crate) use blocked::blocked;
pub(crate) use mistakes::{contrast, mistakes};
pub(crate) use offers::offers_ready;

use std::rc::Rc;

use insurup_core::client::carrier::clear_timeout;
use insurup_core::flow::{Event, Screen};
use wasm_bindgen::prelude::*;

use crate::element::Piece;
use crate::kept::keep;
use crate::later::screen as screen_later;
use crate::parts::{Icon, button, div, heading, nothing, outcome, paragraph, part, span, text};
use crate::signal::Signal;
use crate::texts::Text;
use crate::ui::Ui;

/// The screen of the moment.
pub(crate) fn draw(ui: Ui) -> Piece {
    match &ui.view().screen {
        Screen::Blank => nothing(),
        Screen::Identify(view) => sign_in::identify(ui, view.again),
        Screen::Code(_) => sign_in::code(ui),
        Screen::Opening => opening(ui),
        Screen::Consents(_) => sign_in::consents(ui),
        Screen::Profile(_) => profile::profile(ui),
        Screen::Vehicles(vehicles) => vehicle::saved(ui, vehicles),
        Screen::Lookup(_) => vehicle::lookup(ui),
        Screen::Found(view) => vehicle::found(ui, view),
        Screen::ByHand(view) if view.without_plate => screen_later(ui, noplate::no_plate),
        Screen::ByHand(_) => screen_later(ui, by_hand::by_hand),
        Screen::Offers(_) => offers::offers(ui),
        Screen::Coverages(_) | Screen::Comparison(_) | Screen::Called(_) => screen_later(ui, later::draw),
        Screen::Mine(_) => screen_later(ui, mine::draw),
        Screen::Review(_) => payment::review(ui),
        Screen::PriceChanged(_) => screen_later(ui, unpaid::price_changed),
        Screen::Ready(view) => payment::ready(ui, view),
        Screen::Away(_) => payment::away(ui),
        Screen::Checking(_) => payment::checking(ui),
        Screen::Unknown(view) => payment::unknown(ui, view),
        Screen::NotTaken(_) => screen_later(ui, unpaid::not_taken),
        Screen::Policy(_) => payment::policy(ui),
        Screen::SignedOut => signed_out(ui),
    }
}

/// What is on file is being read.
fn opening(ui: Ui) -> Piece {
    part(move || if ui.view().notice.is_some() { nothing() } else { bones(ui) })
}

/// The boxes of what will stand here.
pub(crate) fn bones(ui: Ui) -> Piece {
    let said = paragraph("vh", parts![ui.say(Text::CommonLoading)]);
    let bone = |class| span(class, parts![text("")]);
    div("stack wide", parts![said, bone("sk w3"), bone("sk w2"), div("inp", parts![text("")]), div("inp", parts![text("")]), bone("sk")])
}

fn signed_out(ui: Ui) -> Piece {
    let again = button("btn full", parts![ui.say(Text::SignedoutAgain)], move || ui.send(Event::Retry));
    div(
        "stack wide form",
        parts![outcome("good", Icon::Check, ui.t(Text::SignedoutTitle), ui.t(Text::SessionOut)), div("acts", parts![again])],
    )
}

/// Back from the payment page, in its tab: nothing is known here, and nothing in the address is believed. Who has closed the first tab
/// signs in, and finds what came of it among their policies and offers.
pub(crate) fn returned(ui: Ui, closed: impl Fn() + 'static) -> Piece {
    div(
        "stack wide form",
        parts![
            outcome("", Icon::Clock, ui.t(Text::ReturnTitle), ui.t(Text::AwayTab)),
            div("acts", parts![crate::parts::call(ui, "btn alt full"), button("link", ui.say(Text::ReturnClosed), closed)]),
        ],
    )
}

/// The way to what the customer has already.
fn link_to_mine(ui: Ui) -> Piece {
    button("link mine", ui.say(Text::MineTitle), move || ui.send(Event::ShowMine))
}

/// Plate and name of a vehicle, under a heading.
fn vehicle_line(label: Option<&insurup_core::flow::VehicleLabel>) -> Piece {
    label.map_or_else(nothing, |label| paragraph("lead row", parts![crate::parts::plate(label.plate.as_ref()), text(label.text.clone())]))
}

fn plain_heading(ui: Ui, title: Text, lead: Option<Text>) -> Piece {
    heading(ui.t(title), lead.map(|lead| ui.say(lead)))
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setInterval)]
    fn set_interval(act: &JsValue, milliseconds: u32) -> f64;
}

/// Ticks until its owner ends.
struct Clock {
    number: f64,
    _act: Closure<dyn FnMut()>,
}

impl Drop for Clock {
    fn drop(&mut self) {
        clear_timeout(self.number);
    }
}

/// A signal that changes every second, as long as the screen stands.
fn every_second() -> Signal {
    let second = Signal::new(0);
    let act = Closure::<dyn FnMut()>::new(move || second.count());
    keep(Rc::new(Clock { number: set_interval(act.as_ref(), 1000), _act: act }));
    second
}
