//! Drawing: elements are made at once, and what changes is a closure that an effect runs again (`signal.rs`).
//!
//! Leptos' own views give every shape of markup a type, and compile building, comparing and removing for each of them. Measured on
//! this widget that was 168 kB (brotli) of module, against 118 kB with one type of view as data, and less still without the data: a
//! [`Piece`] is the node itself, one number on this side of the boundary. The reactive graph and its owners are
//! Leptos'. Elements are made by `createElement`, never from markup: the pages' policy forbids that (decision 16).
//!
//! What belongs to a node (effects, listeners) is kept by the owner it was made under, and ends with it.

use std::cell::RefCell;
use std::rc::Rc;

use insurup_core::client::carrier::{Listener, Target};
use leptos::prelude::*;
use leptos::reactive::diagnostics::SpecialNonReactiveZone;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Event, Node};

use crate::kept::keep;
use crate::signal::{Signal, follow};

/// Something drawn: an element, a text, or several of them in a fragment until they are put somewhere.
pub(crate) struct Piece(Node);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = document, js_name = createElement)]
    fn create_element(tag: &str) -> Node;
    #[wasm_bindgen(js_namespace = document, js_name = createElementNS)]
    fn create_element_ns(namespace: &str, tag: &str) -> Node;
    #[wasm_bindgen(js_namespace = document, js_name = createTextNode)]
    fn create_text(text: &str) -> Node;
    #[wasm_bindgen(js_namespace = document, js_name = createDocumentFragment)]
    fn create_fragment() -> Node;
    /// An element as a script sees it: its methods are called without asking for its kind.
    type Scripted;
    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set_attribute(this: &Scripted, name: &str, value: &str);
    #[wasm_bindgen(method, js_name = removeAttribute)]
    fn remove_attribute(this: &Scripted, name: &str);
    #[wasm_bindgen(method)]
    fn append(this: &Scripted, child: &Node);
    #[wasm_bindgen(method)]
    fn before(this: &Scripted, sibling: &Node);
    #[wasm_bindgen(method)]
    fn remove(this: &Scripted);
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set(this: &Scripted, name: &str, value: &JsValue);
}

/// An element.
pub(crate) fn el(tag: &str) -> Piece {
    Piece(create_element(tag))
}

/// An element of a drawing.
pub(crate) fn svg(tag: &str) -> Piece {
    Piece(create_element_ns("http://www.w3.org/2000/svg", tag))
}

pub(crate) fn nothing() -> Piece {
    Piece(create_fragment())
}

/// A closure kept in a box. Not `dyn Fn`: that can be called in three ways, and each of them is compiled for each closure.
pub(crate) trait Make<T> {
    fn make(&self) -> T;
}

impl<T, F: Fn() -> T> Make<T> for F {
    fn make(&self) -> T {
        self()
    }
}

/// The same for what reacts to an event.
trait React {
    fn react(&mut self, event: Event);
}

impl<F: FnMut(Event)> React for F {
    fn react(&mut self, event: Event) {
        self(event);
    }
}

/// Something that is drawn again whenever a signal changes that it read.
pub(crate) fn part(draw: impl Fn() -> Piece + 'static) -> Piece {
    part_of(Box::new(draw))
}

fn part_of(draw: Box<dyn Make<Piece>>) -> Piece {
    let (place, start, end) = between();
    follow(move || {
        let piece = draw.make();
        while let Some(old) = start.next_sibling().filter(|old| *old != end) {
            scripted(&old).remove();
        }
        scripted(&end).before(&piece.0);
    });
    place
}

/// Something that is drawn again only when the answer is another number: what a customer has opened, typed into or moved the focus to
/// stays, whatever else of the sale changes.
pub(crate) fn switch(ask: impl Fn() -> u32 + 'static, draw: impl Fn(u32) -> Piece + 'static) -> Piece {
    let answer = Signal::new(untrack(&ask));
    let ask: Box<dyn Make<u32>> = Box::new(ask);
    follow(move || {
        let now = ask.make();
        if answer.get_untracked() != now {
            answer.set(now);
        }
    });
    part(move || {
        let answer = answer.get();
        untrack(|| draw(answer))
    })
}

/// A list of which each part is drawn once and keeps its place in the document, as long as its key is in the list.
pub(crate) fn keyed(keys: impl Fn() -> Vec<String> + 'static, draw: impl Fn(&str) -> Piece + 'static) -> Piece {
    let (place, start, end) = between();
    let parts: RefCell<Vec<(String, Node, Owner)>> = RefCell::default();
    // What is drawn for a key outlives the run of the effect that drew it, so it belongs to the owner outside.
    let outside = Owner::current().unwrap_or_default();
    follow(move || {
        let keys = keys();
        let mut parts = parts.borrow_mut();
        let mut old = std::mem::take(&mut *parts);
        for key in keys {
            let part = match old.iter().position(|(of, ..)| *of == key) {
                Some(place) => old.remove(place),
                None => {
                    let owner = outside.child();
                    let piece = owner.with(|| untrack(|| draw(&key)));
                    (key, piece.0, owner)
                }
            };
            parts.push(part);
        }
        for (_, node, owner) in old {
            owner.cleanup();
            scripted(&node).remove();
        }
        // What is new or has another rank is put in front of what stands here: a node that is moved loses its focus, and an open list closes.
        let mut here = start.next_sibling();
        for (_, node, _) in parts.iter() {
            if here.as_ref() == Some(node) {
                here = node.next_sibling();
            } else {
                scripted(here.as_ref().unwrap_or(&end)).before(node);
            }
        }
    });
    place
}

impl Piece {
    /// Puts the whole where it is to be seen.
    pub(crate) fn stand_in(&self, root: &Node) {
        scripted(root).append(&self.0);
    }

    pub(crate) fn go(&self) {
        scripted(&self.0).remove();
    }

    pub(crate) fn class(self, class: &str) -> Self {
        if class.is_empty() { self } else { self.attr("class", class) }
    }

    pub(crate) fn attr(self, name: &str, value: &str) -> Self {
        scripted(&self.0).set_attribute(name, value);
        self
    }

    /// An attribute that follows what it reads; none is no attribute.
    pub(crate) fn live(self, name: &'static str, value: impl Fn() -> Option<&'static str> + 'static) -> Self {
        self.live_of(name, Box::new(value))
    }

    fn live_of(self, name: &'static str, value: Box<dyn Make<Option<&'static str>>>) -> Self {
        let element = self.0.clone();
        follow(move || match value.make() {
            Some(value) => scripted(&element).set_attribute(name, value),
            None => scripted(&element).remove_attribute(name),
        });
        self
    }

    pub(crate) fn live_class(self, class: impl Fn() -> &'static str + 'static) -> Self {
        self.live("class", move || Some(class()))
    }

    pub(crate) fn prop(self, name: &str, value: impl Into<JsValue>) -> Self {
        scripted(&self.0).set(name, &value.into());
        self
    }

    pub(crate) fn live_prop(self, name: &'static str, value: impl Fn() -> JsValue + 'static) -> Self {
        let element = self.0.clone();
        follow(move || scripted(&element).set(name, &value()));
        self
    }

    pub(crate) fn on(self, event: &'static str, react: impl FnMut(Event) + 'static) -> Self {
        self.on_of(event, Box::new(react))
    }

    fn on_of(self, event: &'static str, mut react: Box<dyn React>) -> Self {
        let react = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            // What happens is looked at once; a debug build would warn of each look.
            let _once = SpecialNonReactiveZone::enter();
            react.react(event.unchecked_into());
        });
        // It ends with the owner of the moment, before the node is gone: a field that is taken out of the document with the focus in it
        // hears of losing it.
        keep(Rc::new(Listener::new(self.0.clone().unchecked_into::<Target>(), event, react)));
        self
    }

    pub(crate) fn child(self, child: impl Into<Self>) -> Self {
        self.put(child.into())
    }

    /// A child, and another …
    #[expect(clippy::needless_pass_by_value, reason = "it is in the parent now; who put it there has no more to do with it")]
    pub(crate) fn put(self, child: Self) -> Self {
        scripted(&self.0).append(&child.0);
        self
    }
}

impl From<&str> for Piece {
    fn from(text: &str) -> Self {
        Self(create_text(text))
    }
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Self(create_text(&text))
    }
}

impl FromIterator<Self> for Piece {
    fn from_iter<I: IntoIterator<Item = Self>>(pieces: I) -> Self {
        pieces.into_iter().fold(nothing(), Self::put)
    }
}

impl<A: Into<Self>, B: Into<Self>> From<(A, B)> for Piece {
    fn from((first, second): (A, B)) -> Self {
        nothing().child(first).child(second)
    }
}

/// A fragment with two marks, which stay around whatever will be between them.
fn between() -> (Piece, Node, Node) {
    let (start, end) = (create_text(""), create_text(""));
    let place = nothing();
    scripted(&place.0).append(&start);
    scripted(&place.0).append(&end);
    (place, start, end)
}

fn scripted(node: &Node) -> &Scripted {
    node.unchecked_ref()
}
