//! Programs hand in anything. What can't be read is refused, and the module is as well as before.

use js_sys::{Array, Error, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::fetch_stub::pause;
use super::package::{Instance, Uncaught, call, code, create, get, me, object, sale_options, server, signed_in, text};

fn cyclic() -> JsValue {
    let inner = object("list", &Array::new());
    let outer = object("policyId", &inner);
    get(&inner, "list").unchecked_into::<Array>().push(&outer);
    outer
}

fn deep() -> JsValue {
    (0..100_000).fold(JsValue::NULL, |inner, _| object("policyId", &inner))
}

fn throwing() -> JsValue {
    Function::new_no_args("return { get policyId() { throw new RangeError('theirs'); } }").call0(&JsValue::UNDEFINED).expect("an object")
}

fn proxy() -> JsValue {
    Function::new_no_args("return new Proxy({}, { ownKeys() { throw new RangeError('theirs'); } })")
        .call0(&JsValue::UNDEFINED)
        .expect("an object")
}

async fn is_well(client: &Instance) {
    assert!(client.signed_in());
    let answer = me(client).await.expect("an answer");
    assert_eq!(get(&answer, "id").as_string().as_deref(), Some("0b9d8c7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f"));
}

#[wasm_bindgen_test]
async fn what_has_no_end_is_refused() {
    let (_stub, _) = server(|_| None);
    let uncaught = Uncaught::new();
    let client = signed_in().await;
    for value in [cyclic(), deep()] {
        let outcome = call(&client, "readPolicy", std::slice::from_ref(&value)).await;
        assert_eq!(code(&outcome), "invalid-argument");
        assert_eq!(
            create("Client", &value).await.map(JsValue::from).as_ref().map_err(|error| error.code()),
            Err(Some("invalid-argument".to_owned()))
        );
        is_well(&client).await;
    }
    let sale = create("Checkout", &sale_options()).await.expect("a sale");
    for value in [cyclic(), deep()] {
        assert_eq!(sale.send(&value).expect_err("no event").code().as_deref(), Some("invalid-argument"));
        assert_eq!(get(&sale.view(), "screen"), "identify");
    }
    client.close();
    sale.close();
    pause(20).await;
    assert_eq!(uncaught.errors(), [""; 0]);
}

#[wasm_bindgen_test]
async fn what_throws_when_it_is_read_throws_at_its_owner() {
    let (_stub, _) = server(|_| None);
    let uncaught = Uncaught::new();
    let client = signed_in().await;
    for value in [throwing(), proxy()] {
        let error = call(&client, "readPolicy", &[value]).await.expect_err("their error");
        assert!(error.is_instance_of::<Error>() && error.message().as_deref() == Some("theirs"), "{error:?}");
        is_well(&client).await;
    }
    // Nothing of a call that was torn off keeps the client from being freed.
    client.close();
    pause(20).await;
    assert_eq!(uncaught.errors(), [""; 0]);
}

#[wasm_bindgen_test]
async fn what_is_no_data_is_refused() {
    let (stub, _) = server(|_| None);
    let client = signed_in().await;
    let sent = stub.sent().len();
    let kinds = Function::new_no_args("return [1n, Symbol('x'), () => 'p', new Map(), new Date(), NaN, Infinity, true, [], {}, -0, '']");
    let kinds: Array = kinds.call0(&JsValue::UNDEFINED).expect("an array").unchecked_into();
    for value in kinds.iter() {
        let outcome = call(&client, "readPolicy", &[object("policyId", &value)]).await;
        assert_eq!(code(&outcome), "invalid-argument", "{value:?}");
    }
    for value in kinds.iter().filter(|value| !value.is_object() || value.is_function()) {
        assert_eq!(code(&call(&client, "readPolicy", std::slice::from_ref(&value)).await), "invalid-argument", "{value:?}");
    }
    assert_eq!(stub.sent().len(), sent);
    is_well(&client).await;
    client.close();
}

#[wasm_bindgen_test]
async fn what_was_handed_in_is_not_changed_and_not_kept() {
    let (stub, _) = server(|_| None);
    let client = signed_in().await;
    let given = Object::new();
    Reflect::set(&given, &"policyId".into(), &super::api::POLICY.into()).expect("a plain object");
    let waiting = call(&client, "readPolicy", &[Object::freeze(&given).into()]);
    let before = text(&given);
    assert!(waiting.await.is_ok());
    assert_eq!((text(&given), stub.sent_to(super::api::POLICY).len()), (before, 1));
    client.close();
}
