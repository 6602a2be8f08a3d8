//! The boundary between loader and application: plain data in, plain messages out (decision 17).

use std::rc::Rc;

use insurup_core::client::Message;
use insurup_core::client::browser::{Driver, Setup as DriverSetup};
use insurup_core::domain::CaseId;
use insurup_core::endpoint::Wire;
use insurup_core::flow::Consent;
use insurup_core::json::Value;
use js_sys::Function;
use leptos::mount::{UnmountHandle, mount_to_renderer};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::app;
use crate::config::{self, Reading, Tag, Verdict};
use crate::element::Piece;
use crate::format::strings;
use crate::ui::{Outside, Ui};

/// A running widget.
#[wasm_bindgen]
pub struct Handle {
    driver: Option<Rc<Driver>>,
    ui: Ui,
    drawn: Option<(UnmountHandle<Piece>, Owner)>,
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Handle").finish_non_exhaustive()
    }
}

/// Draws the widget into `root`. `config` is `{attributes: {name: value}, more, page: {origin, href}, language, keys}`, where `more` is what
/// stands in the attribute `config`: `null` without one, anything but an object if it is not JSON. `texts` are the texts of one language in
/// the order of the catalogue (and `keys` their names, where the agency has words of its own), `emit` is called with `{type, detail}`,
/// `later` returns a promise of the second module.
#[wasm_bindgen]
#[must_use]
pub fn mount(root: HtmlElement, config: JsValue, texts: JsValue, emit: Function, later: Function) -> Handle {
    let Reading { setup, page, texts: words, is_turkish, verdict } = read(&config, &texts);
    let place = root.clone();
    let outside = Outside { root, config, texts, emit, later };
    let wire = setup.as_ref().map_or(Wire::Current, |setup| setup.sale.wire);
    // What the widget keeps ends with it too, not only what is drawn.
    let owner = Owner::new();
    let ui = owner.with(|| Ui::new(words, is_turkish, wire, page, outside));
    let drawn = mount_to_renderer(&place, move || untrack(|| app::draw(ui, verdict)));
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
    Handle { driver, ui, drawn: Some((drawn, owner)) }
}

#[wasm_bindgen]
impl Handle {
    /// Ends timers, requests and listeners, and removes what was drawn. Safe to repeat.
    pub fn unmount(&mut self) {
        if let Some(driver) = self.driver.take() {
            driver.close();
        }
        if let Some((drawn, owner)) = self.drawn.take() {
            drop(drawn);
            owner.cleanup();
        }
    }

    /// Takes over what may change while the widget runs: language, theme, name and phone of the agency, addresses of the texts. Who sells
    /// and what is asked for belongs to a sale; a change of those needs a new one.
    pub fn configure(&self, config: &JsValue, texts: &JsValue) {
        let Reading { page, texts, is_turkish, verdict, .. } = read(config, texts);
        // A sale goes on with what it began with where the tag says something wrong now: it was right then.
        let page = if verdict == Verdict::Wrong && self.driver.is_some() { self.ui.page() } else { page };
        self.ui.restyle(page, is_turkish, texts);
    }
}

/// What the loader handed over, read.
fn read(config: &JsValue, texts: &JsValue) -> Reading {
    config::read(&Tag::of(&Value::from_js(config)), &strings(texts))
}
