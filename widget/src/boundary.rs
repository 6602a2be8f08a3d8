//! The boundary between loader and application: plain data in, plain messages out (decision 17).

use std::rc::Rc;

use insurup_core::client::Message;
use insurup_core::client::browser::{Driver, Setup as DriverSetup};
use insurup_core::domain::CaseId;
use insurup_core::endpoint::Wire;
use insurup_core::flow::Consent;
use insurup_core::json::Value;
use js_sys::{Array, Function, Object, Reflect};
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::app;
use crate::config::{self, ConfigError, Page, Setup};
use crate::element::Piece;
use crate::format::strings;
use crate::ui::Ui;

/// A running widget.
#[wasm_bindgen]
pub struct Handle {
    driver: Option<Rc<Driver>>,
    ui: Ui,
    mounted: Option<Box<dyn FnOnce()>>,
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Handle").finish_non_exhaustive()
    }
}

/// Draws the widget into `root`. `config` is `{attributes: {name: value}, page: {origin, href}, language, keys}`, `texts` the texts of
/// one language in the order of the catalogue (and `keys` their names, where the agency has words of its own), `emit` is called with
/// `{type, detail}`, `later` returns a promise of the second module.
#[wasm_bindgen]
#[must_use]
pub fn mount(root: HtmlElement, config: &JsValue, texts: &JsValue, emit: Function, later: Function) -> Handle {
    let Reading { setup, page, errors, language, texts } = read_config(config, texts);
    let emit = Rc::new(move |kind: &str, detail: &[(&str, &str)]| {
        let message = object(&[("type", kind.into()), ("detail", object_of_texts(detail).into())]);
        // What the page does with it is not the widget's business.
        let _ = emit.call1(&JsValue::UNDEFINED, &message);
    });
    for error in &errors {
        emit("error", &[("code", &error.code), ("field", &error.field)]);
    }
    let wire = setup.as_ref().map_or(Wire::Current, |setup| setup.sale.wire);
    // What the widget keeps ends with it too, not only what is drawn.
    let owner = Owner::new();
    let ui = owner.with(|| Ui::new(texts, language, wire, page, errors, root.clone(), later));
    let place = root.clone();
    let mounted = mount_to(root, move || {
        let drawn = StoredValue::new_local(untrack(|| app::draw(ui)));
        drawn.with_value(|drawn| drawn.put_into(&place));
        on_cleanup(move || {
            drawn.try_with_value(Piece::take_out);
        });
    });
    let driver = setup.map(|setup| {
        let messenger = Rc::clone(&emit);
        Driver::start(DriverSetup {
            config: Rc::new(setup.sale),
            base: setup.api_base,
            language: if ui.is_turkish() { "tr-TR" } else { "en-US" },
            on_view: Box::new(move |view| ui.show(view)),
            verify_phone: None,
            on_message: Box::new(move |message| match message {
                Message::Step(step) => messenger("step", &[("step", step)]),
                Message::CallRequested(request) => {
                    let case = request.case_id.as_ref().map_or("", CaseId::as_str);
                    messenger(
                        "call-requested",
                        &[
                            ("product", request.product.as_str()),
                            ("insurer", request.insurer.as_str()),
                            ("reason", request.reason.name()),
                            ("case", case),
                        ],
                    );
                }
                Message::Completed => messenger("completed", &[]),
                Message::Consent(consent, unix_ms) => {
                    let page = ui.page();
                    let (kind, url) = match consent {
                        Consent::Kvkk => ("kvkk", page.consent_url),
                        Consent::Etk => ("etk", page.etk_url.unwrap_or_default()),
                    };
                    messenger("consent", &[("type", kind), ("url", &url), ("time", &crate::format::moment(unix_ms))]);
                }
                Message::Error(code) => messenger("error", &[("code", code)]),
            }),
        })
    });
    if let Some(driver) = &driver {
        ui.drive(Rc::clone(driver));
        emit("ready", &[]);
    }
    Handle {
        driver,
        ui,
        mounted: Some(Box::new(move || {
            drop(mounted);
            owner.cleanup();
        })),
    }
}

#[wasm_bindgen]
impl Handle {
    /// Ends timers, requests and listeners, and removes what was drawn. Safe to repeat.
    pub fn unmount(&mut self) {
        if let Some(driver) = self.driver.take() {
            driver.close();
        }
        if let Some(unmount) = self.mounted.take() {
            unmount();
        }
    }

    /// Takes over what may change while the widget runs: language, theme, name and phone of the agency, addresses of the texts. Who sells
    /// and what is asked for belongs to a sale; a change of those needs a new one.
    pub fn configure(&self, config: &JsValue, texts: &JsValue) {
        let Reading { setup, page, language, texts, .. } = read_config(config, texts);
        // A sale that runs keeps what it began with, whatever is wrong with the tag by now.
        let page = if setup.is_none() && self.driver.is_some() { self.ui.page() } else { page };
        self.ui.restyle(page, language, texts);
    }
}

/// What the loader handed over, read.
struct Reading {
    setup: Option<Setup>,
    page: Page,
    errors: Vec<ConfigError>,
    language: String,
    texts: Vec<String>,
}

fn read_config(config: &JsValue, texts: &JsValue) -> Reading {
    let attributes = attributes(config);
    let page = member(config, "page");
    let more = match attributes.iter().find(|(name, _)| name == "config") {
        None => Some(Value::Null),
        Some((_, text)) => Value::parse(text),
    };
    let (setup, page, mut errors) = config::read(&attributes, more.as_ref(), &text_of(&page, "origin"), &text_of(&page, "href"));
    let (language, mut texts) = (text_of(config, "language"), strings(texts));
    if let Some(more) = &more {
        let own = more.field("texts");
        errors.extend(config::reword(own, &strings(&member(config, "keys")), &language, &mut texts).err());
    }
    Reading { setup, page, errors, language, texts }
}

fn attributes(config: &JsValue) -> Vec<(String, String)> {
    let attributes: Object = member(config, "attributes").unchecked_into();
    Object::entries(&attributes)
        .iter()
        .map(|entry| {
            let entry = Array::from(&entry);
            (entry.get(0).as_string().unwrap_or_default(), entry.get(1).as_string().unwrap_or_default())
        })
        .collect()
}

fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn text_of(object: &JsValue, name: &str) -> String {
    member(object, name).as_string().unwrap_or_default()
}

fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // Setting a member of a plain object can't fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

fn object_of_texts(entries: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        let _ = Reflect::set(&object, &(*name).into(), &(*value).into());
    }
    object
}
