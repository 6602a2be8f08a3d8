//! Beginning, ending, and what is under way meanwhile. Whatever the order: no promise without an end, no trap of the module.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use super::fetch_stub::{Reply, Sent, pause, until};
use super::package::{
    Instance, Uncaught, WHO, call, client, code, create, exports, get, json, me, method, object, sale_options, server, settled, sign_in,
    signed_in,
};

/// Nobody was told of an error that nobody caught, such as "null pointer passed to rust".
async fn is_quiet(uncaught: &Uncaught) {
    pause(30).await;
    assert_eq!(uncaught.errors(), [""; 0]);
}

#[wasm_bindgen_test]
async fn closing_ends_what_is_under_way() {
    for late in [Reply::Never, Reply::Stalls, Reply::After(500, Box::new(Reply::json("{}"))), Reply::Json(503, "{}".to_owned())] {
        let (stub, _) = server(move |request| request.url().ends_with("/me").then(|| late.clone()));
        let uncaught = Uncaught::new();
        let client = signed_in().await;
        let waiting: Vec<_> = (0..3).map(|_| me(&client)).collect();
        until("all are sent", || stub.sent_to("/me").len() >= 3).await;
        pause(5).await;
        client.close();
        let sent = stub.sent_to("/me").len();
        assert!(!client.signed_in());
        for outcome in waiting {
            assert_eq!(code(&outcome.await), "closed");
        }
        is_quiet(&uncaught).await;
        assert_eq!(stub.sent_to("/me").len(), sent);
    }
}

#[wasm_bindgen_test]
async fn closing_ends_what_waits_for_tokens() {
    let (stub, _) = server(|request| match () {
        () if request.url().ends_with("/refresh") => {
            Some(Reply::After(20, Box::new(Reply::json(r#"{"accessToken": "a", "refreshToken": "r"}"#))))
        }
        () if request.url().ends_with("/me") => Some(Reply::Json(401, "{}".to_owned())),
        () => None,
    });
    let uncaught = Uncaught::new();
    let client = signed_in().await;
    let waiting = me(&client);
    until("it is renewed", || stub.sent_to("/refresh").len() == 1).await;
    client.close();
    assert_eq!(code(&waiting.await), "closed");
    is_quiet(&uncaught).await;
    assert_eq!((stub.sent_to("/me").len(), stub.sent_to("/refresh")[0].aborted()), (1, true));
}

#[wasm_bindgen_test]
async fn closing_in_the_same_breath_as_calling_is_an_end_too() {
    let (stub, _) = server(|_| None);
    let uncaught = Uncaught::new();
    let client = signed_in().await;
    let controller = AbortController::new().expect("a controller");
    let waiting = [me(&client), call(&client, "me", &[object("signal", &controller.signal())]), call(&client, "readPolicy", &[json("{}")])];
    client.close();
    controller.abort();
    client.close();
    client.sign_out();
    let codes = ["closed", "closed", "invalid-argument"];
    for (outcome, expected) in waiting.into_iter().zip(codes) {
        assert_eq!(code(&outcome.await), expected);
    }
    controller.abort();
    for name in ["me", "listVehicles", "brands"] {
        assert_eq!(code(&call(&client, name, &[]).await), "closed");
    }
    is_quiet(&uncaught).await;
    assert!(stub.sent_to("/me").iter().all(Sent::aborted));
}

#[wasm_bindgen_test]
async fn what_is_handed_in_may_close_the_client_while_it_is_read() {
    let (stub, _) = server(|_| None);
    let uncaught = Uncaught::new();
    let client = signed_in().await;
    let closing = Function::new_with_args("client", "return { get policyId() { client.close(); return 'p'; } }");
    let given = closing.call1(&JsValue::UNDEFINED, &client).expect("an object");
    let sent = stub.sent().len();
    assert_eq!(code(&call(&client, "readPolicy", &[given]).await), "closed");
    is_quiet(&uncaught).await;
    assert_eq!(stub.sent().len(), sent);
}

#[wasm_bindgen_test]
async fn whoever_hears_of_an_end_may_end_everything() {
    let (_stub, _) = server(|_| None);
    let uncaught = Uncaught::new();
    let client = signed_in().await;
    let theirs = client.clone();
    let then = Closure::<dyn FnMut(JsValue)>::new(move |_| theirs.close());
    let promise: Promise = method(&client, "me").call0(&client).expect("a promise").unchecked_into();
    let chained = method(&promise, "then").call1(&promise, then.as_ref()).expect("a promise").unchecked_into();
    assert!(settled(chained).await.is_ok());
    assert_eq!(code(&me(&client).await), "closed");
    is_quiet(&uncaught).await;
}

#[wasm_bindgen_test]
async fn doing_it_twice_is_no_harm() {
    let (stub, _) = server(|_| None);
    let uncaught = Uncaught::new();
    let package = exports().await;
    let init = |from: &JsValue| settled(method(&package, "init").call1(&JsValue::UNDEFINED, from).expect("a promise").unchecked_into());
    assert!(init(&JsValue::UNDEFINED).await.is_ok() && init(&JsValue::UNDEFINED).await.is_ok());
    assert_eq!(code(&init(&"https://elsewhere.example/core_bg.wasm".into()).await), "invalid-argument");
    let (one, other) = (client().await, client().await);
    // Two clients are two sessions.
    sign_in(&one).await;
    assert_eq!((one.signed_in(), other.signed_in()), (true, false));
    // The same code twice at once: the server decides, nothing breaks.
    let asks = call(&other, "signIn", &[json(WHO)]);
    assert!(asks.await.is_ok());
    let given = || json(r#"{"code": "123456"}"#);
    let (first, second) = (call(&other, "verifyCode", &[given()]), call(&other, "verifyCode", &[given()]));
    assert!(first.await.is_ok());
    let second = second.await;
    assert!(second.is_ok() || code(&second) == "session-ended", "{}", code(&second));
    assert!(other.signed_in());
    one.sign_out();
    one.sign_out();
    assert_eq!((one.signed_in(), other.signed_in()), (false, true));
    assert!(me(&other).await.is_ok());
    one.close();
    assert!(me(&other).await.is_ok());
    other.close();
    is_quiet(&uncaught).await;
    assert_eq!(stub.sent_to("/verify-mfa").len(), 3);
}

/// A sale that closes itself when it shows this screen, or says that it does.
async fn closes_at(screen: &'static str, by: &str) -> Instance {
    let sale = create("Checkout", &sale_options()).await.expect("a sale");
    let theirs = sale.clone();
    let listener = Closure::<dyn FnMut(JsValue)>::new(move |told: JsValue| {
        if get(&told, "screen") == screen {
            theirs.close();
        }
    });
    method(&sale, by).call1(&sale, listener.as_ref()).expect("a listener");
    listener.forget();
    sale
}

#[wasm_bindgen_test]
async fn a_listener_may_close_the_sale_it_listens_to() {
    let uncaught = Uncaught::new();
    for by in ["onChange", "onMessage"] {
        for screen in ["code", "opening", "consents"] {
            let (stub, _) = server(|_| None);
            let sale = closes_at(screen, by).await;
            sale.send(&super::sale::event("submitIdentity", super::sale::IDENTITY)).expect("an event");
            let shown = || get(&sale.view(), "screen").as_string().unwrap_or_default();
            for _ in 0..50 {
                // Closed at the screen before it, or at this one: whoever is told first.
                let _ = sale.send(&super::sale::event("submitCode", r#", "code": "907351""#));
                pause(2).await;
            }
            let (last, sent) = (shown(), stub.sent().len());
            assert!(sale.send(&super::sale::event("retry", "")).is_err_and(|error| error.code().as_deref() == Some("closed")));
            pause(30).await;
            assert_eq!((shown(), stub.sent().len()), (last, sent));
        }
    }
    is_quiet(&uncaught).await;
}

#[wasm_bindgen_test]
async fn a_listener_that_throws_disturbs_nobody_else() {
    let (_stub, _) = server(|_| None);
    let uncaught = Uncaught::new();
    let sale = create("Checkout", &sale_options()).await.expect("a sale");
    let throws = Function::new_no_args("throw new RangeError('theirs')");
    let heard = Rc::new(Cell::new(0));
    let count = Rc::clone(&heard);
    let counts = Closure::<dyn FnMut(JsValue)>::new(move |_| count.set(count.get() + 1));
    let stop = sale.on_change(&throws);
    sale.on_change(counts.as_ref());
    sale.send(&super::sale::event("submitIdentity", super::sale::IDENTITY)).expect("an event");
    until("there is a code", || get(&sale.view(), "screen") == "code").await;
    assert_eq!((uncaught.errors().len(), heard.get() >= 2), (heard.get(), true));
    assert!(uncaught.errors().iter().all(|error| error == "RangeError: theirs"));
    stop.call0(&JsValue::UNDEFINED).expect("taking it back throws nothing");
    let before = uncaught.errors().len();
    sale.send(&super::sale::event("back", "")).expect("an event");
    assert_eq!((uncaught.errors().len(), heard.get()), (before, before + 1));
    sale.close();
}

/// What is under way when a client is closed at any moment of a busy time ends, and ends in one of these ways.
#[wasm_bindgen_test]
async fn at_whatever_moment_a_client_is_closed_everything_ends() {
    let uncaught = Uncaught::new();
    for moment in 0..12 {
        let (_stub, _) = server(|request| match () {
            () if request.url().ends_with("/refresh") => {
                Some(Reply::After(4, Box::new(Reply::json(r#"{"accessToken": "access-2", "refreshToken": "refresh-2"}"#))))
            }
            () if super::package::bearer(request) == "access-1" => Some(Reply::After(3, Box::new(Reply::Json(401, "{}".to_owned())))),
            () => None,
        });
        let client = signed_in().await;
        let waiting: Vec<_> = (0..4).map(|_| me(&client)).chain((0..2).map(|_| call(&client, "listVehicles", &[]))).collect();
        pause(moment).await;
        client.close();
        for outcome in waiting {
            let outcome = outcome.await;
            assert!(outcome.is_ok() || code(&outcome) == "closed", "{}", code(&outcome));
        }
    }
    is_quiet(&uncaught).await;
}
