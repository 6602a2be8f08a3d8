//! A list with a search: a field over the options that fit what is typed. Nothing floats; the options stand in the flow, below the field.
//! The customer always chooses: what is typed and fits no option stays where it is, and the field asks for a choice.

use std::cell::RefCell;
use std::rc::Rc;

use insurup_core::domain::normalise::{decimal, join, seek};
use insurup_core::flow::Field;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use crate::element::{Make, Piece, el, switch};
use crate::form::{Options, below, described, id, label, options_of, select_of};
use crate::kept::Kept;
use crate::parts::{Icon, div, icon, live, nothing, part, span, text};
use crate::signal::{Flag, Signal, follow};
use crate::texts::Text;
use crate::ui::{Ui, next_frame};

/// A list as short as this is seen at once, and is a native one.
const SHORT: usize = 7;

/// One list with its search; as cheap to copy as a number.
#[derive(Clone, Copy)]
struct Search {
    ui: Ui,
    field: Field,
    options: Kept<Options>,
    chosen: Kept<Rc<dyn Make<()>>>,
    open: Flag,
    /// What is typed since something was chosen.
    typed: Kept<RefCell<Option<String>>>,
    /// Counts changes of that.
    typing: Signal,
    /// The option that Enter would choose, by its place among those that fit.
    active: Signal,
}

/// A list to choose from: a native one where it is short, else with a search. `chosen` is called when another option is chosen.
pub(crate) fn search_field(
    ui: Ui,
    field: Field,
    options: impl Fn() -> Vec<(String, String)> + 'static,
    hint: Option<Text>,
    chosen: impl Fn() + 'static,
) -> Piece {
    search_of(ui, field, Rc::new(options), hint, Rc::new(chosen))
}

fn search_of(ui: Ui, field: Field, options: Options, hint: Option<Text>, chosen: Rc<dyn Make<()>>) -> Piece {
    let count = Rc::clone(&options);
    let list = switch(
        move || u32::from(count.make().len() > SHORT),
        move |long| {
            // A list that arrives while the focus waits in the field must not cost the focus.
            ui.keep_focus(join("#", &id(field), ""));
            if long == 0 {
                let options = Rc::clone(&options);
                return select_of(ui, field, part(move || options_of(ui, field, options.make().into_iter())), Rc::clone(&chosen));
            }
            let search = Search {
                ui,
                field,
                options: Kept::new(Rc::clone(&options)),
                chosen: Kept::new(Rc::clone(&chosen)),
                open: Flag::new(false),
                typed: Kept::new(RefCell::default()),
                typing: Signal::new(0),
                active: Signal::new(0),
            };
            search.draw()
        },
    );
    div("field", parts![label(ui, field, false), list, below(ui, field, hint)])
}

impl Search {
    fn draw(self) -> Piece {
        let Self { ui, field, open, .. } = self;
        let input = el("input")
            .attr("id", &id(field))
            .attr("role", "combobox")
            .attr("autocomplete", "off")
            .attr("autocapitalize", "off")
            .attr("spellcheck", "false")
            .attr("aria-autocomplete", "list")
            .attr("aria-controls", &self.list_id())
            .attr("aria-describedby", &described(field))
            .attr("placeholder", &ui.t(Text::VehicleSearch))
            .live("aria-expanded", move || Some(if open.get() { "true" } else { "false" }))
            .live("aria-invalid", move || ui.wrong(field).map(|_| "true"))
            .live_prop("value", move || self.shown().into())
            .on("click", move |_| self.show(true))
            .on("input", move |event| self.type_in(event_target_value(&event)))
            .on("keydown", move |event| self.press(&event))
            .on("blur", move |_| self.leave());
        let frame = el("div")
            .live_class(move || if ui.wrong(field).is_some() { "inp bad" } else { "inp" })
            .child(parts![input, span("", parts![icon(Icon::Search)])]);
        let list = part(move || {
            if !open.get() {
                return nothing();
            }
            let query = self.typed();
            let current = ui.draft(field);
            let options: Piece =
                self.fitting().into_iter().zip(0_u32..).map(|(option, place)| self.option(option, place, &query, &current)).collect();
            el("ul")
                .class("list")
                .attr("id", &self.list_id())
                .attr("role", "listbox")
                .attr("aria-label", &ui.t(crate::words::field(field)))
                // The focus stays in the field: leaving it would close the list before the click.
                .on("mousedown", |event| event.prevent_default())
                .child(options)
        });
        let count = live(move || match (open.get(), self.fitting().len()) {
            (false, _) => String::new(),
            (true, 0) => ui.t(Text::VehicleSearchNone),
            (true, count) => ui.fill(Text::VehicleSearchCount, &[("n", &decimal(count))]),
        });
        let count = el("p").live_class(move || if open.get() { "hint" } else { "vh" }).attr("role", "status").child(count);
        follow(move || self.mark());
        parts![frame, list, count]
    }

    fn option(self, (value, words): (String, String), place: u32, query: &Option<String>, current: &str) -> Piece {
        let (start, end) = query.as_ref().and_then(|typed| seek(&words, typed)).unwrap_or_default();
        let name = parts![text(words[..start].to_owned()), el("mark").child(words[start..end].to_owned()), text(words[end..].to_owned())];
        let tick = if value == current { icon(Icon::Check) } else { nothing() };
        el("li")
            .attr("role", "option")
            .attr("id", &self.option_id(place))
            .attr("aria-selected", "false")
            .on("click", move |_| self.choose(place))
            .child(parts![span("", name), tick])
    }

    fn typed(self) -> Option<String> {
        self.typing.track();
        self.typed.with_value(Clone::clone)
    }

    fn type_over(self, typed: Option<String>) {
        self.typed.update_value(|of| *of = typed);
        self.typing.count();
    }

    fn list_id(self) -> String {
        join(&id(self.field), "l", "")
    }

    fn option_id(self, place: u32) -> String {
        join(&id(self.field), "-", &decimal(place))
    }

    fn all(self) -> Vec<(String, String)> {
        self.options.get().map(|options| options.make()).unwrap_or_default()
    }

    /// The options that fit what is typed.
    fn fitting(self) -> Vec<(String, String)> {
        let typed = self.typed().unwrap_or_default();
        self.all().into_iter().filter(|(_, words)| seek(words, &typed).is_some()).collect()
    }

    /// What stands in the field: what is typed, else what is chosen.
    fn shown(self) -> String {
        if let Some(typed) = self.typed() {
            return typed;
        }
        let _ = self.ui.view();
        let current = self.ui.draft(self.field);
        self.all().into_iter().find(|(value, _)| *value == current).map(|(_, words)| words).unwrap_or_default()
    }

    fn show(self, open: bool) {
        if self.open.get_untracked() == open {
            return;
        }
        let current = self.ui.draft(self.field);
        let place = untrack(|| self.fitting()).iter().position(|(value, _)| *value == current).unwrap_or_default();
        self.active.set(u32::try_from(place).unwrap_or_default());
        self.open.set(open);
    }

    /// What was chosen is not chosen any more: what is typed is something else.
    fn type_in(self, typed: String) {
        let Self { ui, field, .. } = self;
        let had = !ui.draft(field).is_empty();
        ui.set_draft(field, String::new());
        self.active.set(0);
        self.type_over(Some(typed));
        self.open.set(true);
        if had {
            self.changed();
        }
    }

    fn press(self, event: &Event) {
        let key = event.unchecked_ref::<KeyboardEvent>().key();
        let open = self.open.get_untracked();
        let last = u32::try_from(untrack(|| self.fitting()).len()).unwrap_or_default().saturating_sub(1);
        let active = self.active.get_untracked();
        let next = match &*key {
            "ArrowDown" | "ArrowUp" if !open => {
                self.show(true);
                self.active.get_untracked()
            }
            "ArrowDown" => {
                if active >= last {
                    0
                } else {
                    active + 1
                }
            }
            "ArrowUp" => active.checked_sub(1).unwrap_or(last),
            "Home" if open => 0,
            "End" if open => last,
            "Enter" if open => {
                event.prevent_default();
                return self.choose(active);
            }
            "Escape" if open => {
                event.prevent_default();
                return self.open.set(false);
            }
            _ => return,
        };
        event.prevent_default();
        self.active.set(next);
    }

    fn choose(self, place: u32) {
        let Some((value, _)) = untrack(|| self.fitting()).into_iter().nth(place as usize) else { return };
        let Self { ui, field, .. } = self;
        let other = ui.draft(field) != value;
        ui.set_draft(field, value);
        self.type_over(None);
        self.open.set(false);
        ui.check(field, true);
        if other {
            self.changed();
        }
    }

    /// Whoever typed an option to its end has chosen it.
    fn leave(self) {
        let Some(typed) = untrack(|| self.typed()) else { return self.open.set(false) };
        let whole = |words: &str| seek(words, &typed) == Some((0, words.len()));
        match untrack(|| self.fitting()).iter().zip(0_u32..).find(|((_, words), _)| whole(words)) {
            Some((_, place)) => self.choose(place),
            None => {
                self.open.set(false);
                // An empty field is no mistake before the form is sent.
                if typed.is_empty() {
                    self.type_over(None);
                }
            }
        }
    }

    fn changed(self) {
        if let Some(chosen) = self.chosen.get() {
            chosen.make();
        }
        self.ui.refresh();
    }

    /// Says which option is the active one, and brings it into view.
    fn mark(self) {
        let (open, active) = (self.open.get(), self.active.get());
        self.typing.track();
        // The options may be drawn after this.
        next_frame(move || {
            let list = if open { self.list_id() } else { String::new() };
            self.ui.mark(&id(self.field), &list, &self.option_id(active));
        });
    }
}
