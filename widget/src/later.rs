//! Screens that most customers never meet. Their code is a module of its own, which is fetched when one is wanted; `xtask` cuts it out
//! by the names of the functions.
//!
//! Whatever it holds is reached through [`screen`], [`draw`], [`say`], [`mistakes`], [`contrast`] and [`send`] alone: a function called
//! before its code is there would end the widget.

use std::hint::black_box;

use insurup_core::flow::Event;
use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::element::{Piece, switch};
use crate::parts::{Icon, button, note, nothing, paragraph};
use crate::screens;
use crate::signal::Signal;
use crate::texts::Text;
use crate::ui::Ui;

pub(crate) const ABSENT: u32 = 0;
pub(crate) const COMING: u32 = 1;
const THERE: u32 = 2;
pub(crate) const FAILED: u32 = 3;

/// A whole screen, as soon as its code is there: then its heading has the focus, which it could not have before.
pub(crate) fn screen(ui: Ui, screen: fn(Ui) -> Piece) -> Piece {
    draw_then(ui, screen, |ui, came| {
        if came {
            ui.focus_later(".title");
        }
    })
}

/// What this function draws, as soon as its code is there. The focus stays where it is.
pub(crate) fn draw(ui: Ui, draw: fn(Ui) -> Piece) -> Piece {
    draw_then(ui, draw, |_, _| ())
}

/// The same for a few words above a screen, for which no room is kept.
pub(crate) fn say(ui: Ui, draw: fn(Ui) -> Piece) -> Piece {
    draw_meanwhile(ui, draw, |_, _| (), |_| nothing())
}

/// What is wrong with the configuration, as soon as there is code that can name it. The focus stays where it is: it may be the page's. Where
/// the code does not come, the page is told no more than that something is wrong.
pub(crate) fn mistakes(ui: Ui) -> Piece {
    draw_then(ui, screens::mistakes, |ui, came| {
        if !came {
            ui.tell("error", &[("code", "config/invalid")]);
        }
    })
}

/// Whether text on the accent can be read, as soon as there is code that can tell. If that does not come nothing is said: the page has a
/// colour of its own there, and probably knows why.
pub(crate) fn contrast(ui: Ui) -> Piece {
    let contrast = black_box(screens::contrast as fn(Ui) -> Piece);
    let (state, fetch) = ui.later();
    if state.get_untracked() == ABSENT {
        begin(state, &fetch);
    }
    switch(move || u32::from(state.get() == THERE), move |there| if there == 0 { nothing() } else { contrast(ui) })
}

/// Sends an event as soon as the code that answers to it is there. If it can't be had that is said, and the same press tries again.
pub(crate) fn send(ui: Ui, event: Event) {
    let (state, fetch) = ui.later();
    if state.get_untracked() == THERE {
        return ui.pass(event);
    }
    let press = ui.press();
    press.set(COMING);
    ask(state, &fetch, move |came| {
        press.set(if came { ABSENT } else { FAILED });
        if came {
            ui.pass(event);
        }
    });
}

fn draw_then(ui: Ui, draw: fn(Ui) -> Piece, then: fn(Ui, bool)) -> Piece {
    draw_meanwhile(ui, draw, then, screens::bones)
}

fn draw_meanwhile(ui: Ui, draw: fn(Ui) -> Piece, then: fn(Ui, bool), meanwhile: fn(Ui) -> Piece) -> Piece {
    // A compiler that sees which function it is would call it directly.
    let draw = black_box(draw);
    let (state, fetch) = ui.later();
    if matches!(state.get_untracked(), ABSENT | FAILED) {
        begin(state, &fetch);
    }
    switch(
        move || state.get(),
        move |now| match now {
            THERE => {
                then(ui, true);
                draw(ui)
            }
            FAILED => {
                then(ui, false);
                let fetch = fetch.clone();
                let again = button("link", ui.say(Text::CommonRetry), move || begin(state, &fetch));
                note("bad", Icon::Alert, parts![paragraph("", ui.say(Text::NetServer)), again])
            }
            _ => meanwhile(ui),
        },
    )
}

fn begin(state: Signal, fetch: &Function) {
    ask(state, fetch, |_| ());
}

/// Asks for it, and tells whether it came. The widget may be gone by then.
fn ask(state: Signal, fetch: &Function, then: impl FnOnce(bool) + 'static) {
    state.set(COMING);
    let done = Closure::once_into_js(move |came: JsValue| {
        let came = came.is_truthy();
        state.set(if came { THERE } else { FAILED });
        then(came);
    });
    // The loader sees to it that it is told.
    let _ = fetch.call1(&JsValue::UNDEFINED, &done);
}
