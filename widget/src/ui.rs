//! What every part of the screen reaches: the picture of the sale, the texts, what is being typed, and the way to send an event.

use std::cell::RefCell;
use std::rc::Rc;

use insurup_core::client::browser::Driver;
use insurup_core::domain::normalise::{join, join_with, trim};
use insurup_core::domain::{Date, ProductId};
use insurup_core::endpoint::Wire;
use insurup_core::flow::{Event, Field, FieldError, FlowView, IdentityKind, MailView, Screen, Step, Wrong, check_field, error_of};
use insurup_core::json::Value;
use js_sys::{Function, JSON};
use wasm_bindgen::prelude::*;

use crate::config::Page;
use crate::element::Piece;
use crate::kept::Kept;
use crate::later::{self, ABSENT, FAILED};
use crate::signal::Signal;
use crate::texts::{Text, fill};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = requestAnimationFrame)]
    fn before_paint(act: &JsValue);
}

#[wasm_bindgen(module = "/src/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = focus)]
    fn focus_in(root: &JsValue, selector: &str) -> bool;
    #[wasm_bindgen(js_name = topOf)]
    fn top_in(root: &JsValue, selector: &str) -> Option<f64>;
    #[wasm_bindgen(js_name = colours)]
    fn colours_in(root: &JsValue, selector: &str) -> String;
    #[wasm_bindgen(js_name = mark)]
    fn mark_in(root: &JsValue, field: &str, list: &str, option: &str);
    /// Whether there is a network, if the browser says so.
    #[wasm_bindgen(js_name = isOnline)]
    pub(crate) fn is_online() -> Option<bool>;
    /// Whether a finger is what it is mostly pointed with; nothing where the tab can keep nothing for its next page.
    #[wasm_bindgen(js_name = isPhone)]
    pub(crate) fn is_phone() -> Option<bool>;
}

/// A handle to one widget; as cheap to copy as a number.
#[derive(Clone, Copy)]
pub(crate) struct Ui {
    inner: Kept<RefCell<Inner>>,
}

/// What surrounds the widget.
pub(crate) struct Outside {
    /// Where it is drawn.
    pub(crate) root: JsValue,
    /// What it began with, as the loader handed it over.
    pub(crate) config: JsValue,
    pub(crate) texts: JsValue,
    /// Takes messages for the page.
    pub(crate) emit: Function,
    /// Has the part that is loaded later loaded.
    pub(crate) later: Function,
}

struct Inner {
    /// Counts pictures: whoever reads the sale is told of the next one.
    picture: Signal,
    /// Counts messages above the screen: one is drawn, and read out, once.
    notices: Signal,
    /// Counts screens: one is drawn anew only when it is another one.
    screens: Signal,
    /// Counts changes of language and look.
    words: Signal,
    texts: Vec<String>,
    is_turkish: bool,
    page: Rc<Page>,
    /// The page was told what is wrong with it.
    complained: bool,
    outside: Outside,
    driver: Option<Rc<Driver>>,
    view: Rc<FlowView>,
    wire: Wire,
    drafts: Vec<(Field, String)>,
    kind: IdentityKind,
    /// The vehicle that was last written into the drafts.
    known: String,
    /// What opened the screen that stands in place of the list of offers: it has the focus again afterwards.
    opener: String,
    /// What was found wrong, or put right, since the form was last sent.
    checked: Vec<(Field, Option<Wrong>)>,
    /// Whether the part that is loaded later is there.
    later: Signal,
    press: Signal,
}

impl Ui {
    pub(crate) fn new(texts: Vec<String>, is_turkish: bool, wire: Wire, page: Rc<Page>, outside: Outside) -> Self {
        let view = Rc::new(FlowView {
            screen: Screen::Blank,
            step: Step::You,
            can_go_back: false,
            signed_in: false,
            can_sign_out: false,
            begun: 0,
            notice: None,
            case: None,
        });
        let (picture, notices, screens, words) = (Signal::new(0), Signal::new(0), Signal::new(0), Signal::new(0));
        let inner = Inner {
            picture,
            notices,
            screens,
            words,
            texts,
            is_turkish,
            wire,
            page,
            complained: false,
            outside,
            driver: None,
            view,
            drafts: Vec::new(),
            kind: IdentityKind::Individual,
            known: String::new(),
            opener: String::new(),
            checked: Vec::new(),
            later: Signal::new(ABSENT),
            press: Signal::new(ABSENT),
        };
        Self { inner: Kept::new(RefCell::new(inner)) }
    }

    pub(crate) fn drive(self, driver: Rc<Driver>) {
        self.inner.update_value(|inner| inner.driver = Some(driver));
    }

    /// A new picture of the sale. Often it is the same as before; comparing whole pictures would cost a visitor more than drawing the
    /// texts again, and what has a focus to lose is drawn by [`switch`](crate::element::switch).
    pub(crate) fn show(self, view: Rc<FlowView>) {
        let (said, moved) = self
            .inner
            .update_value(|inner| {
                let moved = inner.view.screen.name() != view.screen.name();
                if inner.view.begun != view.begun {
                    // Another sale: the identity form is not needed any more, and what somebody else typed whose session had ended is not
                    // this customer's to find.
                    inner.drafts.clear();
                    inner.known.clear();
                }
                let said = moved || inner.view.notice != view.notice;
                inner.view = view;
                if moved {
                    inner.checked.clear();
                }
                (said, moved)
            })
            .unwrap_or_default();
        self.refresh();
        if said {
            self.inner.with_value(|inner| inner.notices).count();
        }
        if moved {
            self.inner.with_value(|inner| inner.screens).count();
        }
    }

    /// Whoever asks is told of the next message, and not of the same one again.
    pub(crate) fn follow_notices(self) {
        self.inner.with_value(|inner| inner.notices).track();
    }

    /// Another look, another name, another language. What was typed and chosen stays.
    pub(crate) fn restyle(self, page: Rc<Page>, is_turkish: bool, texts: Vec<String>) {
        let other_words = self.inner.update_value(|inner| {
            // Another language has other texts, and so has an agency that changes its own. Those that come behind are for screens that
            // are not there yet: they must take the focus from nobody.
            let known = inner.texts.len().min(texts.len());
            let other_words = inner.texts[..known] != texts[..known] || inner.page != page;
            (inner.page, inner.is_turkish, inner.texts) = (page, is_turkish, texts);
            other_words
        });
        if other_words == Some(true) {
            self.inner.with_value(|inner| inner.words).count();
        }
    }

    /// Whoever asks is drawn anew when the words are others.
    pub(crate) fn follow_words(self) {
        self.inner.with_value(|inner| inner.words).track();
    }

    /// Draws again what depends on the picture, or on what was typed.
    pub(crate) fn refresh(self) {
        self.inner.with_value(|inner| inner.picture).count();
    }

    /// Name of the screen; whoever asks is told of the next one, and of nothing that happens within it.
    pub(crate) fn screen(self) -> &'static str {
        self.inner.with_value(|inner| inner.screens).track();
        self.view_now().screen.name()
    }

    /// The picture of the sale; whoever asks is told of the next one.
    pub(crate) fn view(self) -> Rc<FlowView> {
        self.inner.with_value(|inner| inner.picture).track();
        self.view_now()
    }

    /// The same, for once.
    pub(crate) fn view_now(self) -> Rc<FlowView> {
        self.inner.with_value(|inner| Rc::clone(&inner.view))
    }

    pub(crate) fn send(self, event: Event) {
        if event.needs_later() { later::send(self, event) } else { self.pass(event) }
    }

    /// Sends an event whose answer is there.
    pub(crate) fn pass(self, event: Event) {
        // What was waited for may come when the widget is gone.
        let Some((driver, press)) = self.inner.try_with_value(|inner| (inner.driver.clone(), inner.press)) else { return };
        // What could not be had is not what the customer wants by now.
        if press.get_untracked() == FAILED {
            press.set(ABSENT);
        }
        if let Some(driver) = driver {
            driver.send(event);
        }
    }

    /// Sends a form: what was checked on the way counts no more, what the sale says does.
    pub(crate) fn submit(self, event: Event) {
        self.inner.update_value(|inner| inner.checked.clear());
        self.send(event);
        self.refresh();
        self.focus_later(".note.bad");
    }

    pub(crate) fn t(self, text: Text) -> String {
        self.inner.with_value(|inner| inner.texts.get(text as usize).cloned().unwrap_or_default())
    }

    /// A text, drawn.
    pub(crate) fn say(self, text: Text) -> Piece {
        self.inner.with_value(|inner| inner.texts.get(text as usize).map_or("", String::as_str).into())
    }

    pub(crate) fn fill(self, text: Text, values: &[(&str, &str)]) -> String {
        fill(&self.t(text), values)
    }

    pub(crate) fn language(self) -> String {
        if self.is_turkish() { "tr-TR" } else { "en-GB" }.to_owned()
    }

    pub(crate) fn is_turkish(self) -> bool {
        self.inner.with_value(|inner| inner.is_turkish)
    }

    pub(crate) fn page(self) -> Rc<Page> {
        self.inner.with_value(|inner| Rc::clone(&inner.page))
    }

    /// Configuration and texts it began with.
    pub(crate) fn given(self) -> (JsValue, JsValue) {
        self.inner.with_value(|inner| (inner.outside.config.clone(), inner.outside.texts.clone()))
    }

    /// Whether the page was not told yet what is wrong with it; from here on it was.
    pub(crate) fn is_first_complaint(self) -> bool {
        self.inner.update_value(|inner| !std::mem::replace(&mut inner.complained, true)).unwrap_or_default()
    }

    /// Sends the page a message.
    pub(crate) fn tell(self, kind: &str, detail: &[(&'static str, &str)]) {
        let Some(emit) = self.inner.try_with_value(|inner| inner.outside.emit.clone()) else { return };
        let mut words = Value::object();
        for (name, value) in detail {
            words.put(name, *value);
        }
        let mut message = Value::of("type", kind);
        message.put("detail", words);
        if let Ok(message) = JSON::parse(&message.to_text()) {
            // What the page does with it is not the widget's business.
            let _ = emit.call1(&JsValue::UNDEFINED, &message);
        }
    }

    pub(crate) fn draft(self, field: Field) -> String {
        self.inner.with_value(|inner| inner.drafts.iter().find(|(of, _)| *of == field).map(|(_, text)| text.clone()).unwrap_or_default())
    }

    pub(crate) fn set_draft(self, field: Field, text: String) {
        self.inner.update_value(|inner| match inner.drafts.iter_mut().find(|(of, _)| *of == field) {
            Some((_, draft)) => *draft = text,
            None => inner.drafts.push((field, text)),
        });
    }

    /// Forgets what was typed: after the code it is not needed again, and at the end the next person must not find it.
    pub(crate) fn clear_drafts(self) {
        self.inner.update_value(|inner| {
            inner.drafts.clear();
            inner.kind = IdentityKind::Individual;
            inner.known.clear();
        });
    }

    /// As what the customer signs in; whoever asks is told of another choice.
    pub(crate) fn kind(self) -> IdentityKind {
        self.inner.with_value(|inner| inner.picture).track();
        self.inner.with_value(|inner| inner.kind)
    }

    /// Another choice: what was wrong with fields that are no longer there, or not yet, is not said any more.
    pub(crate) fn set_kind(self, kind: IdentityKind) {
        self.inner.update_value(|inner| {
            inner.kind = kind;
            inner.checked = [Field::Tckn, Field::ForeignId, Field::Vkn, Field::BirthDate].map(|field| (field, None)).into();
        });
        self.refresh();
    }

    /// Whether this is another vehicle than the one that was last written into the drafts; it counts as written from here on. The same
    /// one is met again by who signs in again: what was typed over it stays.
    pub(crate) fn is_news(self, vehicle: String) -> bool {
        let known = self.inner.update_value(|inner| std::mem::replace(&mut inner.known, vehicle.clone()));
        known != Some(vehicle)
    }

    /// What is wrong with a field, now: what was checked since the form was sent, or else what the sale said about it.
    pub(crate) fn wrong(self, field: Field) -> Option<Wrong> {
        let view = self.view();
        let checked = self.inner.with_value(|inner| inner.checked.iter().find(|(of, _)| *of == field).map(|(_, wrong)| wrong.clone()));
        checked.unwrap_or_else(|| error_of(errors(&view), field).cloned())
    }

    /// All that is wrong with the form.
    pub(crate) fn all_wrong(self) -> Vec<Field> {
        let view = self.view();
        errors(&view).iter().map(|error| error.field).filter(|field| self.wrong(*field).is_some()).collect()
    }

    /// Checks a field as it is left; while it is wrong, at each key too.
    pub(crate) fn check(self, field: Field, leaving: bool) {
        let text = self.draft(field);
        let was_wrong = self.wrong(field).is_some();
        if (leaving && !trim(&text).is_empty()) || was_wrong {
            let today = Date::in_istanbul(Driver::now().unix_ms);
            let wrong = check_field(field, &text, today, self.inner.with_value(|inner| inner.wire));
            let is_wrong = wrong.is_some();
            self.inner.update_value(|inner| {
                inner.checked.retain(|(of, _)| *of != field);
                inner.checked.push((field, wrong));
            });
            if was_wrong || is_wrong {
                self.refresh();
            }
        }
    }

    /// Whether "try again" does something on the screen of the moment.
    pub(crate) fn can_retry(self) -> bool {
        matches!(self.view().screen, Screen::Opening | Screen::Offers(_) | Screen::ByHand(_) | Screen::Review(_))
    }

    /// Whether the part that is loaded later is there, and what has it loaded.
    pub(crate) fn later(self) -> (Signal, Function) {
        self.inner.with_value(|inner| (inner.later, inner.outside.later.clone()))
    }

    /// How it stands with what was last pressed and needs that part.
    pub(crate) fn press(self) -> Signal {
        self.inner.with_value(|inner| inner.press)
    }

    /// A part of an offer opens another screen: the way back leads to it.
    pub(crate) fn leave_from(self, product: &ProductId, part: &str) {
        let opener = join_with("", &["[data-offer=\"", product.as_str(), "\"] [data-", part, "]"]);
        self.inner.update_value(|inner| inner.opener = opener);
    }

    /// Another screen was opened by what this finds.
    pub(crate) fn leave_by(self, opener: &str) {
        self.inner.update_value(|inner| inner.opener = opener.to_owned());
    }

    /// Moves the focus to what opened the last screen, where it is on this one, or else to the heading.
    pub(crate) fn focus_opener(self) {
        next_frame(move || {
            let opener = self.inner.update_value(|inner| std::mem::take(&mut inner.opener)).unwrap_or_default();
            if opener.is_empty() || !self.focus(&opener) {
                self.inner.update_value(|inner| inner.opener = opener);
                self.focus(".title");
            }
        });
    }

    /// Moves the focus, once what changed is drawn.
    pub(crate) fn focus_later(self, selector: &'static str) {
        self.focus_on(selector.to_owned());
    }

    /// The same for one of many.
    pub(crate) fn focus_on(self, selector: String) {
        next_frame(move || {
            self.focus(&selector);
        });
    }

    /// Focus without a jump: the page scrolls only if what is focused is out of view. Says whether there is such an element.
    pub(crate) fn focus(self, selector: &str) -> bool {
        focus_in(&self.root(), selector)
    }

    /// Something is about to be drawn anew: whoever has the focus in it stays at it, whatever it is by then.
    pub(crate) fn keep_focus(self, selector: String) {
        if top_in(&self.root(), &join(&selector, ":focus", "")).is_some() {
            self.focus_on(selector);
        }
    }

    /// Whether the customer has scrolled past the top of such an element.
    pub(crate) fn is_past(self, selector: &str) -> bool {
        top_in(&self.root(), selector).is_some_and(|top| top < 0.0)
    }

    /// The colours of text and ground of such an element, as the browser writes them; empty if there is none.
    pub(crate) fn colours(self, selector: &str) -> String {
        colours_in(&self.root(), selector)
    }

    /// Says which option of a list is the active one, and brings it into view; all by their ids. There may be no such list.
    pub(crate) fn mark(self, field: &str, list: &str, option: &str) {
        mark_in(&self.root(), field, list, option);
    }

    /// Where it is drawn, also when it is drawn no more.
    fn root(self) -> JsValue {
        self.inner.try_with_value(|inner| inner.outside.root.clone()).unwrap_or_default()
    }
}

/// Does something when what changed is drawn.
pub(crate) fn next_frame(act: impl FnOnce() + 'static) {
    next_frame_of(Box::new(act));
}

#[inline(never)]
fn next_frame_of(act: Box<dyn FnOnce()>) {
    before_paint(&Closure::once_into_js(act));
}

/// Sending by e-mail, on the screens that have it.
pub(crate) fn mail(view: &FlowView) -> Option<&MailView> {
    match &view.screen {
        Screen::Review(review) => review.mail.as_ref(),
        Screen::Policy(policy) => policy.mail.as_ref(),
        _ => None,
    }
}

fn errors(view: &FlowView) -> &[FieldError] {
    match &view.screen {
        Screen::Identify(identify) => &identify.form.errors,
        Screen::Consents(consents) => &consents.form.errors,
        Screen::Profile(profile) => &profile.form.errors,
        Screen::Policy(_) | Screen::Review(_) => mail(view).map_or(&[], |mail| &mail.form.errors),
        Screen::Lookup(lookup) => &lookup.form.errors,
        Screen::ByHand(by_hand) => &by_hand.form.errors,
        _ => &[],
    }
}
