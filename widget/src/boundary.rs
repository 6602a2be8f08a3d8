//! The boundary between loader and application: plain data in, plain messages out (decision 17).

use std::cell::RefCell;
use std::rc::Rc;

use insurup_core::client::Message;
use insurup_core::client::browser::{Driver, Setup as DriverSetup};
use insurup_core::domain::CaseId;
use insurup_core::endpoint::Wire;
use insurup_core::flow::Consent;
use insurup_core::json::Value;
use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::app;
use crate::config::{self, Reading, Tag, Verdict};
use crate::element::Piece;
use crate::format::strings;
use crate::kept::Kept;
use crate::ui::{Outside, Ui, is_phone};

/// A running widget. The loader knows its number: an object would be a class there, and its end watched by the collector.
struct Running {
    driver: Option<Rc<Driver>>,
    ui: Ui,
    drawn: Option<Piece>,
    owner: Owner,
}

/// Draws the widget into `root`. `config` is `{attributes: {name: value}, more, page: {origin, href}, language, keys}`, where `more` is what
/// stands in the attribute `config`: `null` without one, anything but an object if it is not JSON. `texts` are the texts of one language in
/// the order of the catalogue (and `keys` their names, where the agency has words of its own), `emit` is called with `{type, detail}`,
/// `later` brings the second module, and calls back with whether it came. Returns a number for [`configure`] and [`unmount`], never 0.
#[wasm_bindgen]
#[must_use]
pub fn mount(root: &HtmlElement, config: JsValue, texts: JsValue, emit: Function, later: Function) -> u32 {
    let Reading { setup, page, texts: words, is_turkish, verdict } = read(&config, &texts);
    let outside = Outside { root: JsValue::clone(root), config, texts, emit, later };
    let wire = setup.as_ref().map_or(Wire::Current, |setup| setup.sale.wire);
    // What the widget keeps ends with it too, not only what is drawn.
    let owner = Owner::new();
    let ui = owner.with(|| Ui::new(words, is_turkish, wire, page, outside));
    let drawn = owner.with(|| untrack(|| app::draw(ui, verdict)));
    drawn.stand_in(root);
    let driver = setup.map(|setup| {
        Driver::start(DriverSetup {
            config: setup.sale,
            base: setup.api_base,
            language: if is_turkish { "tr-TR" } else { "en-US" },
            on_view: Box::new(move |view| ui.show(view)),
            go_on: Some(Box::new(move |event| ui.send(event))),
            verify_phone: None,
            on_message: Box::new(move |message| match message {
                Message::Step(step) => ui.tell("step", &[("step", step)]),
                Message::CallRequested(request) => {
                    let case = request.case_id.as_ref().map_or("", CaseId::as_str);
                    ui.tell(
                        "call-requested",
                        &[
                            ("product", request.product.as_str()),
                            ("insurer", request.insurer.as_str()),
                            ("reason", request.reason.name()),
                            ("case", case),
                        ],
                    );
                }
                Message::Completed => ui.tell("completed", &[]),
                Message::Consent(consent, unix_ms) => {
                    let page = ui.page();
                    let (kind, url) = match consent {
                        Consent::Kvkk => ("kvkk", page.consent_url.as_str()),
                        Consent::Etk => ("etk", page.etk_url.as_str()),
                    };
                    ui.tell("consent", &[("type", kind), ("url", url), ("time", &crate::format::moment(unix_ms))]);
                }
                Message::Error(code) => ui.tell("error", &[("code", code)]),
            }),
        })
    });
    if let Some(driver) = &driver {
        ui.drive(Rc::clone(driver));
        ui.tell("ready", &[]);
    }
    let keeper = owner.clone();
    let running = RefCell::new(Running { driver, ui, drawn: Some(drawn), owner });
    keeper.with(|| Kept::new(running)).number()
}

/// Ends timers, requests and listeners of the widget with this number, and removes what was drawn. Safe to repeat.
#[wasm_bindgen]
pub fn unmount(widget: u32) {
    let end = |running: &mut Running| (running.driver.take(), running.drawn.take(), running.owner.clone());
    if let Some((driver, drawn, owner)) = Kept::of(widget).update_value(end) {
        if let Some(driver) = driver {
            driver.close();
        }
        owner.cleanup();
        if let Some(drawn) = drawn {
            drawn.go();
        }
    }
}

/// Takes over what may change while the widget with this number runs: language, theme, name and phone of the agency, addresses of the
/// texts. Who sells and what is asked for belongs to a sale; a change of those needs a new one. Pages seldom do that, so the second module
/// must be there.
#[wasm_bindgen]
pub fn configure(widget: u32, config: &JsValue, texts: &JsValue) {
    std::hint::black_box(change as fn(_, &_, &_))(widget, config, texts);
}

fn change(widget: u32, config: &JsValue, texts: &JsValue) {
    let Some((ui, sells)) = Kept::of(widget).try_with_value(|running: &Running| (running.ui, running.driver.is_some())) else { return };
    let Reading { page, texts, is_turkish, verdict, .. } = read(config, texts);
    // A sale goes on with what it began with where the tag says something wrong now: it was right then.
    let page = if verdict == Verdict::Wrong && sells { ui.page() } else { page };
    ui.restyle(page, is_turkish, texts);
}

/// What the loader handed over, read.
fn read(config: &JsValue, texts: &JsValue) -> Reading {
    let config = Value::from_js(config);
    let mut tag = Tag::of(&config);
    tag.is_phone = is_phone();
    config::read(&tag, &strings(texts))
}
