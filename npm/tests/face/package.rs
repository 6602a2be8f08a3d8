//! The package, loaded as a program loads it, but for the module: that is the one these tests are a part of.

use std::pin::Pin;
use std::rc::Rc;

use insurup_npm::{WasmCheckout, WasmClient};
use js_sys::{Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::api::{Api, BASE};
use super::fetch_stub::{Reply, Sent, Stub, outcome};

pub(crate) const AGENT: &str = "3f2a1b6c-9d4e-4f7a-8b21-0c5d6e7f8a90";
pub(crate) const WHO: &str = r#"{"tckn": "10000000146", "birthDate": "1990-04-23", "phone": "0532 123 45 67"}"#;
pub(crate) const ORIGIN: &str = "https://agency.example";

#[wasm_bindgen(inline_js = r#"
let loaded;

/** The package's script. Its two imports are all that is not its own. */
export function load(script, WasmClient, WasmCheckout) {
  const [rest, ...imports] = [script.replace(/^import .*\n/gm, ''), ...script.matchAll(/^import .*$/gm)];
  if (imports.length !== 2) throw new Error(`${imports.length} imports`);
  globalThis.theModule = { WasmClient, WasmCheckout };
  const head = 'const { WasmClient, WasmCheckout } = theModule; const load = async () => {}; const source = () => {};\n';
  loaded ??= import(URL.createObjectURL(new Blob([head, rest], { type: 'text/javascript' })));
  return loaded;
}

/** What the page is told of that nobody caught. */
export class Uncaught {
  #errors = [];
  #add = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#errors.push(String(event.reason ?? event.error ?? event.message));
  };

  static #current;

  constructor() {
    // That of a test that failed is still there.
    Uncaught.#current?.restore();
    Uncaught.#current = this;
    for (const type of ['error', 'unhandledrejection']) addEventListener(type, this.#add, true);
  }

  errors() {
    return this.#errors;
  }

  restore() {
    for (const type of ['error', 'unhandledrejection']) removeEventListener(type, this.#add, true);
  }
}

/** Everything there is to read in a value, members that are not enumerable too. */
export function everything(value) {
  const seen = new Set();
  const texts = [];
  const walk = (value) => {
    if (typeof value === 'string') texts.push(value);
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    for (let owner = value; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
      for (const key of Reflect.ownKeys(owner)) {
        texts.push(String(key));
        const { value: own, get } = Object.getOwnPropertyDescriptor(owner, key);
        walk(get ? get.call(value) : own);
      }
    }
  };
  walk(value);
  return texts.join('\n');
}
"#)]
extern "C" {
    #[wasm_bindgen(js_name = load)]
    fn load_script(script: &str, client: &JsValue, checkout: &JsValue) -> Promise;
    fn everything(value: &JsValue) -> String;

    #[wasm_bindgen(js_name = Uncaught)]
    type JsUncaught;
    #[wasm_bindgen(constructor, js_class = "Uncaught")]
    fn new() -> JsUncaught;
    #[wasm_bindgen(method)]
    fn errors(this: &JsUncaught) -> Vec<String>;
    #[wasm_bindgen(method)]
    fn restore(this: &JsUncaught);
}

#[wasm_bindgen]
extern "C" {
    /// The package's `Client` or `Checkout`.
    #[derive(Debug, Clone)]
    pub(crate) type Instance;
    #[wasm_bindgen(method, structural)]
    pub(crate) fn close(this: &Instance);
    #[wasm_bindgen(method, structural, js_name = signOut)]
    pub(crate) fn sign_out(this: &Instance);
    #[wasm_bindgen(method, structural, getter, js_name = signedIn)]
    pub(crate) fn signed_in(this: &Instance) -> bool;
    #[wasm_bindgen(method, structural, getter)]
    pub(crate) fn view(this: &Instance) -> JsValue;
    #[wasm_bindgen(method, structural, catch)]
    pub(crate) fn send(this: &Instance, event: &JsValue) -> Result<(), ClientError>;
    #[wasm_bindgen(method, structural, js_name = onChange)]
    pub(crate) fn on_change(this: &Instance, listener: &JsValue) -> Function;
    #[wasm_bindgen(method, structural, js_name = onMessage)]
    pub(crate) fn on_message(this: &Instance, listener: &JsValue) -> Function;

    /// What a promise was rejected with.
    #[derive(Debug, Clone)]
    pub(crate) type ClientError;
    #[wasm_bindgen(method, structural, getter)]
    pub(crate) fn name(this: &ClientError) -> Option<String>;
    #[wasm_bindgen(method, structural, getter)]
    pub(crate) fn code(this: &ClientError) -> Option<String>;
    #[wasm_bindgen(method, structural, getter)]
    pub(crate) fn message(this: &ClientError) -> Option<String>;
    #[wasm_bindgen(method, structural, getter)]
    pub(crate) fn status(this: &ClientError) -> Option<u16>;
    #[wasm_bindgen(method, structural, getter)]
    pub(crate) fn field(this: &ClientError) -> Option<String>;
    #[wasm_bindgen(method, structural, getter)]
    pub(crate) fn problem(this: &ClientError) -> JsValue;
    #[wasm_bindgen(method, structural, getter)]
    pub(crate) fn cause(this: &ClientError) -> JsValue;
}

pub(crate) type Outcome = Result<JsValue, ClientError>;
/// A call that is under way.
pub(crate) type Pending = Pin<Box<dyn Future<Output = Outcome>>>;

/// The module's exports that a program imports.
pub(crate) async fn exports() -> JsValue {
    let of = |instance: JsValue| {
        let class = Reflect::get(&instance, &"constructor".into()).expect("a class");
        (class, instance)
    };
    let options = json(&format!(r#"{{"agentId": "{AGENT}"}}"#));
    let (client, one) = of(WasmClient::new(&options).map(JsValue::from).expect("options"));
    let quiet = || Function::new_no_args("");
    let (checkout, other) = of(WasmCheckout::new(&sale_options(), quiet(), quiet(), quiet()).map(JsValue::from).expect("options"));
    for instance in [one, other] {
        method(&instance, "close").call0(&instance).expect("closing throws nothing");
        method(&instance, "free").call0(&instance).expect("freeing throws nothing");
    }
    let script = include_str!("../../../www/npm/index.js");
    JsFuture::from(load_script(script, &client, &checkout)).await.expect("a script that loads")
}

pub(crate) fn json(text: &str) -> JsValue {
    JSON::parse(text).expect("JSON")
}

pub(crate) fn text(value: &JsValue) -> String {
    JSON::stringify(value).map_or_else(|_| String::new(), |text| text.as_string().unwrap_or_default())
}

pub(crate) fn method(of: &JsValue, name: &str) -> Function {
    Reflect::get(of, &name.into()).expect("an object").unchecked_into()
}

pub(crate) fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).expect("an object")
}

pub(crate) fn all_of(value: &JsValue) -> String {
    everything(value)
}

/// `class.create(options)`.
pub(crate) async fn create(class: &str, options: &JsValue) -> Result<Instance, ClientError> {
    let class = get(&exports().await, class);
    let made: Promise = method(&class, "create").call1(&class, options).expect("a promise").unchecked_into();
    settled(made).await.map(JsCast::unchecked_into)
}

pub(crate) async fn client() -> Instance {
    create("Client", &client_options("")).await.expect("a client")
}

pub(crate) fn client_options(more: &str) -> JsValue {
    json(&format!(r#"{{"agentId": "{AGENT}", "apiBase": "{BASE}"{more}}}"#))
}

pub(crate) fn sale_options() -> JsValue {
    json(&format!(
        r#"{{"agentId": "{AGENT}", "apiBase": "{BASE}", "coverageGroups": ["68f0c0ffee0123456789aa01"], "callbackUrl": "{ORIGIN}/return",
            "hostOrigin": "{ORIGIN}", "insurers": {{"12": {{"quote": true, "sellOnline": ["{ORIGIN}"]}}}}}}"#
    ))
}

/// A client with a session.
pub(crate) async fn signed_in() -> Instance {
    let client = client().await;
    sign_in(&client).await;
    client
}

pub(crate) async fn sign_in(client: &Instance) {
    call(client, "signIn", &[json(WHO)]).await.expect("a code");
    call(client, "verifyCode", &[json(r#"{"code": "123456"}"#)]).await.expect("a session");
}

/// Calls a method that gives a promise, now; what comes of it is to be awaited.
pub(crate) fn call(client: &Instance, name: &str, arguments: &[JsValue]) -> Pending {
    let arguments: js_sys::Array = arguments.iter().collect();
    let promise = method(client, name).apply(client, &arguments).expect("no method throws").unchecked_into();
    settled(promise)
}

pub(crate) fn me(client: &Instance) -> Pending {
    call(client, "me", &[])
}

/// The promise's end; that there is one is part of what is tested.
pub(crate) fn settled(promise: Promise) -> Pending {
    let end = JsFuture::from(promise);
    Box::pin(async move { outcome(end).await.expect("an end of the promise").map_err(JsCast::unchecked_into) })
}

#[track_caller]
pub(crate) fn code(outcome: &Outcome) -> String {
    match outcome {
        Ok(value) => format!("no error but {}", text(value)),
        Err(error) => error.code().unwrap_or_else(|| format!("{error:?}")),
    }
}

/// The API, but for what `first` answers.
pub(crate) fn server(first: impl Fn(&Sent) -> Option<Reply> + 'static) -> (Stub, Rc<Api>) {
    let storage = session_storage();
    method(&storage, "clear").call0(&storage).expect("a storage");
    let api = Rc::new(Api::default());
    let theirs = Rc::clone(&api);
    (Stub::new(move |request| first(request).unwrap_or_else(|| theirs.answer(request))), api)
}

fn session_storage() -> JsValue {
    get(&js_sys::global(), "sessionStorage")
}

/// The bearer of a request.
pub(crate) fn bearer(request: &Sent) -> String {
    request.header("Authorization").and_then(|header| header.strip_prefix("Bearer ").map(str::to_owned)).unwrap_or_default()
}

/// An object with one member.
pub(crate) fn object(name: &str, value: &JsValue) -> JsValue {
    let object = Object::new();
    Reflect::set(&object, &name.into(), value).expect("a plain object");
    object.into()
}

/// What the page is told of that nobody caught, until this is dropped.
pub(crate) struct Uncaught(JsUncaught);

impl Uncaught {
    pub(crate) fn new() -> Self {
        Self(JsUncaught::new())
    }

    pub(crate) fn errors(&self) -> Vec<String> {
        self.0.errors()
    }
}

impl Drop for Uncaught {
    fn drop(&mut self) {
        self.0.restore();
    }
}
