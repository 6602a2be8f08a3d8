//! The few parts screens are made of. Each returns the same type, so that the code for putting them together exists once.
//!

use crate::element::{Make, Piece, el, svg, switch};
pub(crate) use crate::element::{nothing, part};
use insurup_core::domain::normalise::join;

use std::rc::Rc;

use insurup_core::domain::Plate;

use crate::texts::Text;
use crate::ui::Ui;

/// Several parts, one after the other.
macro_rules! parts {
    ($part:expr $(,)?) => { $part };
    ($($part:expr),* $(,)?) => { $crate::element::nothing()$(.put($part))* };
}

/// The icons, as drawn: one path each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Check,
    Cross,
    Back,
    Down,
    Download,
    Lock,
    Phone,
    Document,
    Alert,
    Info,
    Clock,
    Out,
    Plus,
    Search,
    Mail,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Cross => "M6.5 6.5l11 11M17.5 6.5l-11 11",
            Self::Back => "M14.5 5.5L8 12l6.5 6.5",
            Self::Down => "M6.5 9.5L12 15l5.5-5.5",
            Self::Download => "M12 4v11M7 10.5l5 5 5-5M5 20h14",
            Self::Lock => {
                "M7.5 10.5h9a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-5.5a2 2 0 0 1 2-2zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"
            }
            Self::Phone => {
                "M8.2 4H5.5A1.5 1.5 0 0 0 4 5.6C4.5 13.5 10.5 19.5 18.4 20a1.5 1.5 0 0 0 1.6-1.5v-2.7l-4.2-1.8-1.8 2.2a12 12 0 0 1-6.2-6.2L10 8.2z"
            }
            Self::Document => "M7 3.5h7l4 4V20.5H7zM13.5 3.5v4.5H18M10 12.5h5M10 16h5",
            Self::Alert => "M12 4l9 15.5H3zM12 10v4.5M12 17v.01",
            Self::Info => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.8v.01",
            Self::Clock => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
            Self::Out => {
                "M13.5 4.5H19.5V10.5M19.5 4.5L11 13M17.5 14v4a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V8A1.5 1.5 0 0 1 6 6.5h4"
            }
            Self::Plus => "M12 5v14M5 12h14",
            Self::Mail => {
                "M5 5.5h14a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 17V7A1.5 1.5 0 0 1 5 5.5zM4 7l8 6 8-6"
            }
            Self::Search => "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4 4",
        }
    }
}

pub(crate) fn icon(icon: Icon) -> Piece {
    let class = if icon == Icon::Back { "flip" } else { "" };
    svg("svg").class(class).attr("viewBox", "0 0 24 24").attr("aria-hidden", "true").child(svg("path").attr("d", icon.path()))
}

/// An element with a class and children.
macro_rules! boxes {
    ($($name:ident = $tag:literal,)+) => {$(
        pub(crate) fn $name(class: &'static str, children: Piece) -> Piece {
            el($tag).class(class).child(children)
        }
    )+};
}

boxes! {
    div = "div",
    paragraph = "p",
    span = "span",
    list = "ul",
    item = "li",
    ordered = "ol",
}

pub(crate) fn text(text: impl Into<Piece>) -> Piece {
    text.into()
}

/// Text that follows the picture of the sale.
pub(crate) fn live(text: impl Fn() -> String + 'static) -> Piece {
    live_of(Box::new(text))
}

fn live_of(text: Box<dyn Make<String>>) -> Piece {
    part(move || Piece::from(text.make()))
}

pub(crate) fn title(title: String) -> Piece {
    el("h2").class("title").attr("tabindex", "-1").child(title)
}

/// Heading of a screen, with a line below.
pub(crate) fn heading(heading: String, lead: Option<Piece>) -> Piece {
    let lead = lead.map_or_else(nothing, |lead| paragraph("lead", parts![lead]));
    div("", parts![title(heading), lead])
}

/// Heading of a screen that tells how something went.
pub(crate) fn outcome(kind: &'static str, sign: Icon, title: String, lead: String) -> Piece {
    let class = match kind {
        "good" => "disc good",
        "warn" => "disc warn",
        "bad" => "disc bad",
        _ => "disc",
    };
    div("stack", parts![span(class, parts![icon(sign)]), heading(title, Some(text(lead)))])
}

/// A message. Mistakes are announced at once, everything else when there is a pause.
pub(crate) fn note(kind: &'static str, sign: Icon, children: Piece) -> Piece {
    let class = match kind {
        "good" => "note good",
        "warn" => "note warn",
        "bad" => "note bad",
        _ => "note",
    };
    let role = if kind == "bad" { "alert" } else { "status" };
    el("div").class(class).attr("role", role).attr("tabindex", "-1").child(icon(sign)).child(div("", children))
}

/// A button with its look: `btn full`, `btn full alt`, `link` …
pub(crate) fn button(class: &'static str, children: Piece, press: impl Fn() + 'static) -> Piece {
    button_of(class, children, Box::new(press))
}

fn button_of(class: &'static str, children: Piece, press: Box<dyn Make<()>>) -> Piece {
    el("button").attr("type", "button").class(class).child(children).on("click", move |_| press.make())
}

/// The one filled button of a screen. While an answer is awaited it says so, keeps its place and its focus, and takes no second press;
/// if that takes long, a line below says that the page is still at it.
pub(crate) fn action(ui: Ui, busy: impl Fn() -> bool + 'static, label: Text, wait: Text, press: impl Fn() + 'static) -> Piece {
    action_of(ui, Rc::new(busy), said(ui, label), wait, Box::new(press))
}

fn said(ui: Ui, words: Text) -> Box<dyn Make<Piece>> {
    Box::new(move || ui.say(words))
}

/// The same with more than words in it.
pub(crate) fn action_of(ui: Ui, busy: Rc<dyn Make<bool>>, label: Box<dyn Make<Piece>>, wait: Text, press: Box<dyn Make<()>>) -> Piece {
    let (waits, slow) = (Rc::clone(&busy), Rc::clone(&busy));
    // Not drawn again without a reason: WebKit sends no click where what was pressed is replaced before it is let go, as it would be by
    // what is said of the field that is left by the press.
    let content = switch(
        move || u32::from(waits.make()),
        move |waits| if waits == 0 { label.make() } else { parts![el("span").class("spin").attr("aria-hidden", "true"), ui.say(wait)] },
    );
    let slow = part(move || if slow.make() { paragraph("hint slow", ui.say(Text::CommonSlow)).attr("role", "status") } else { nothing() });
    let waits = Rc::clone(&busy);
    let button = el("button")
        .attr("type", "submit")
        .class("btn full")
        .live("aria-disabled", move || waits.make().then_some("true"))
        .child(content)
        .on("click", move |event| {
            event.prevent_default();
            if !busy.make() {
                press.make();
            }
        });
    parts![button, slow]
}

/// A form: Enter in a field does what the filled button does, and nothing ever leaves the page by itself (the fields have no names).
pub(crate) fn form(children: Piece) -> Piece {
    el("form").class("stack wide form").attr("novalidate", "").child(children).on("submit", |event| event.prevent_default())
}

/// A link that opens in a new tab.
pub(crate) fn outward(ui: Ui, class: &'static str, url: &str, children: Piece, press: impl Fn() + 'static) -> Piece {
    let children = children.put(span("vh", parts![text(join(" (", &ui.t(Text::CommonNewtab), ")"))]));
    way_out(class, url, "_blank", children, press)
}

/// The same, in the tab or the window named.
pub(crate) fn way_out(class: &'static str, url: &str, target: &str, children: Piece, press: impl Fn() + 'static) -> Piece {
    let link = el("a")
        .class(class)
        .attr("href", url)
        .attr("target", target)
        .attr("rel", "noopener noreferrer")
        .attr("referrerpolicy", "no-referrer")
        .child(children)
        .on("click", move |_| press());
    // A file the browser holds already has no name of its own.
    if url.starts_with("blob:") { link.attr("download", "police.pdf") } else { link }
}

/// The agency's phone.
pub(crate) fn call(ui: Ui, class: &'static str) -> Piece {
    let phone = ui.page().phone.clone();
    el("a").class(class).attr("href", &telephone(&phone)).child(icon(Icon::Phone)).child(phone)
}

/// `0212 000 00 00` becomes `tel:+902120000000`.
pub(crate) fn telephone(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    match digits.strip_prefix('0') {
        Some(national) => join("tel:+90", national, ""),
        None => join("tel:", &digits, ""),
    }
}

/// A plate, as it looks.
pub(crate) fn plate(plate: Option<&Plate>) -> Piece {
    plate.map_or_else(nothing, |plate| {
        let country = el("b").attr("aria-hidden", "true").child("TR");
        span("plate small", parts![country, el("span").child(plate.spaced())])
    })
}

/// A number or an amount: left to right, never wrapped.
pub(crate) fn number(value: String) -> Piece {
    span("num", parts![text(value)])
}

/// Names and values.
pub(crate) fn facts(class: &'static str, rows: Vec<(String, Piece)>) -> Piece {
    let rows: Piece =
        rows.into_iter().map(|(name, value)| el("div").class("").child(el("dt").child(name)).child(el("dd").child(value))).collect();
    el("dl").class(class).child(rows)
}
