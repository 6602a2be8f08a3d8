//! A sale without a screen: the same driver as the widget's.

use std::rc::Rc;

use insurup_core::client::Message;
use insurup_core::client::browser::{Driver, Setup};
use insurup_core::flow::{Attempt, Consent, Event};
use insurup_core::json::Value;
use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::arguments::Invalid;
use crate::errors::CallError;
use crate::shape::Shape as _;
use crate::{configuration, events};

/// What `Checkout` of the package keeps.
#[wasm_bindgen]
#[derive(Debug)]
pub struct WasmCheckout(Rc<Driver>);

#[wasm_bindgen]
impl WasmCheckout {
    /// Starts a sale, or throws what is wrong with the options. `on_change` is called with every new picture, `on_message` with
    /// `{ type: 'step' | 'completed' | 'error', … }`, as the widget's page would be; `verify_phone` with a phone and a number, for
    /// which [`phone_verified`](Self::phone_verified) is the answer.
    ///
    /// # Errors
    ///
    /// A plain object with `code: 'invalid-argument'`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue, on_change: Function, on_message: Function, verify_phone: Function) -> Result<Self, JsValue> {
        let (common, config) = configuration::checkout(&Value::from_js(options)).map_err(thrown)?;
        Ok(Self(Driver::start(Setup {
            config: Rc::new(config),
            base: common.base,
            language: common.language,
            // A listener that throws is the page's matter: the package calls each one apart and lets the page know.
            on_view: Box::new(move |view| drop(on_change.call1(&JsValue::UNDEFINED, &view.shape().to_js()))),
            on_message: Box::new(move |message| drop(on_message.call1(&JsValue::UNDEFINED, &told(&message).to_js()))),
            go_on: None,
            verify_phone: Some(Box::new(move |Attempt(number), phone| {
                drop(verify_phone.call2(&JsValue::UNDEFINED, &phone.number().into(), &number.into()));
            })),
        })))
    }

    /// The picture of the moment.
    #[must_use]
    pub fn view(&self) -> JsValue {
        self.0.view().shape().to_js()
    }

    /// Something happened.
    ///
    /// # Errors
    ///
    /// A plain object with `code: 'invalid-argument'`; then nothing has changed.
    pub fn send(&self, event: &JsValue) -> Result<(), JsValue> {
        let event = events::read(&Value::from_js(event)).map_err(thrown)?;
        self.0.send(event);
        Ok(())
    }

    /// Whether the agency found that the phone is the customer's.
    pub fn phone_verified(&self, number: u32, yes: bool) {
        self.0.send(Event::PhoneVerified(Attempt(number), yes));
    }

    /// Ends timers, requests, listeners and locks. Safe to repeat.
    pub fn close(&self) {
        self.0.close();
    }
}

fn thrown(invalid: Invalid) -> JsValue {
    CallError::Invalid(invalid).shape().to_js()
}

fn told(message: &Message) -> Value {
    let (kind, detail) = match message {
        Message::Step(screen) => ("step", Some(("screen", *screen))),
        Message::Completed => ("completed", None),
        Message::Consent(Consent::Kvkk, _) => ("consent", Some(("consent", "kvkk"))),
        Message::Consent(Consent::Etk, _) => ("consent", Some(("consent", "etk"))),
        Message::Error(code) => ("error", Some(("code", *code))),
        Message::CallRequested(request) => {
            let mut object = request.shape();
            object.put("type", "call-requested");
            return object;
        }
    };
    let mut object = Value::of("type", kind);
    if let Message::Consent(_, unix_ms) = message {
        object.put("unixMs", *unix_ms);
    }
    if let Some((name, value)) = detail {
        object.put(name, value);
    }
    object
}
